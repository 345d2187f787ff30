// Loaded at set-up, as in src/dependencies.cjs; apart, since it needs Node.js, and bundles for other hosts follow `require`.
let loaded
exports.httpErrors = () => (loaded ??= require('http-errors'))
