// The packages that we need, loaded at set-up and not by an import of ours: together they take longer than all of our
// own code. CommonJS, since `import()` has to be waited for; `require` of a literal, so that bundlers follow it.
exports.i18next = once(() => require('i18next'))
exports.negotiator = once(() => require('negotiator'))
exports.httpErrors = once(() => require('http-errors'))

// Packages of which an app may have none, for files that few apps have. They are looked for from here, and from the file
// that needs them, by a `require` that bundlers do not follow: an app without them is bundled without a word.
exports.json5 = (file) => ofTheApp('json5', file)
exports.yaml = (file) => ofTheApp('yaml', file)

function ofTheApp(name, file) {
  const { createRequire } = process.getBuiltinModule('node:module')
  const places = [typeof __filename === 'string' ? __filename : file, file].map(createRequire)
  const place = places.find((require) => isFound(require, name))
  return place?.(name)
}

function isFound(require, name) {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

function once(load) {
  let loaded
  return () => (loaded ??= load())
}
