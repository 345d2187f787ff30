const { createServer } = require('node:http')
const express = require('express')
const { errorHandler } = require('bizerror')
const { BizError } = require('bizerror/catalogs/cloud-waf')

/** Starts an API that refuses everything, and runs a front end with its address. */
exports.serve = async function serve(run) {
  const app = express()
  app.use(() => {
    throw new BizError(1006)
  })
  app.use(errorHandler())
  const server = createServer(app)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  await run(`http://127.0.0.1:${server.address().port}`)
  server.close()
  server.closeAllConnections()
}

/** What a front end has of an error, and which copies of the package know it for one. */
exports.tell = function tell({ name, code, status, message, locale }, known) {
  console.log(JSON.stringify({ name, code, status, message, locale, known }))
}
