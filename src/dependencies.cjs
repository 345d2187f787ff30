// The packages that we need, loaded at set-up and not by an import of ours: together they take longer than all of our
// own code. CommonJS, since `import()` has to be waited for; `require` of a literal, so that bundlers follow it.
exports.i18next = once(() => require('i18next'))
exports.negotiator = once(() => require('negotiator'))
exports.httpErrors = once(() => require('http-errors'))

function once(load) {
  let loaded
  return () => (loaded ??= load())
}
