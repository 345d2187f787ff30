// The packages that we need, loaded at set-up and not by an import of ours: together they take longer than all of our
// own code. CommonJS, since `import()` has to be waited for; `require` of a literal, so that bundlers follow it.
exports.i18next = once(() => require('i18next'))
exports.negotiator = once(() => require('negotiator'))

// Packages of which an app may have none, for files that few apps have. They are looked for from here, and from the file
// that needs them, by a `require` that bundlers do not follow: an app without them is bundled without a word.
exports.json5 = (file) => ofTheApp('json5', file)
exports.yaml = (file) => ofTheApp('yaml', file)

// A framework, of which nothing is needed here but that the app has it.
exports.checkInstalled = (name, entry) => {
  // In a bundle, it may be anywhere.
  if (typeof __filename !== 'string' || !/[\\/]dependencies\.cjs$/.test(__filename)) return
  const { createRequire } = process.getBuiltinModule('node:module')
  const places = [__filename, `${process.cwd()}/_`, ...(process.argv[1] ? [process.argv[1]] : [])]
  if (places.map(createRequire).some((require) => isFound(require, name))) return
  throw new Error(`${entry} needs ${name}, which is not installed. Run npm install ${name}.`)
}

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
