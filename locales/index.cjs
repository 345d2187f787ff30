// Where this folder is. It stands two levels above the sources and above both builds, so one path serves all three.
// Undefined where a bundler has moved the code away from the files, or the host has none; no `require`, which an ESM
// bundle does not have.
const fs = globalThis.process?.getBuiltinModule?.('node:fs')
const here = typeof __dirname === 'string' ? __dirname : ''
module.exports = isThere() ? here : undefined

function isThere() {
  try {
    return fs?.existsSync?.(`${here}/en/http.json`) ?? false
  } catch {
    // Deno throws where a program may not read.
    return false
  }
}
