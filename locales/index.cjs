// Where this folder is: read by the ESM and by the CJS build, which share no other way to know.
// Undefined once a bundler has moved the code away from the files.
module.exports = typeof __dirname === 'string' ? __dirname : undefined
