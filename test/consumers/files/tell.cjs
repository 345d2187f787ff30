/** Prints an error in two languages, whose texts are in files of other kinds than JSON, or why it cannot. */
exports.tell = ({ defineCatalog, describeError, errorHandler, SetupError }) => {
  const catalog = defineCatalog({ name: 'shop', errors: { GONE: { status: 410, message: 'Gone' } } })
  const locales = `${process.argv[2]}/{{lng}}/shop.`
  for (const [locale, extension] of [
    ['de', 'yaml'],
    ['fr', 'json5'],
  ]) {
    const options = { catalog, locales: locales + extension, locale: () => locale }
    try {
      errorHandler(options)
      console.log(JSON.stringify(describeError(catalog.errors.GONE(), { ...options, locale }).message))
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      console.log(JSON.stringify(error.message))
    }
  }
}
