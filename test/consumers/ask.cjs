const { createServer } = require('node:http')

/** Starts a listener, asks it for each path in each language, and returns what a client sees of the answers. */
exports.ask = async function ask(listener, paths, languages) {
  const server = createServer(listener)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const answers = await Promise.all(
    paths.flatMap((path) =>
      languages.map(async (language) => {
        const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, {
          headers: { 'Accept-Language': language, 'X-Request-ID': 't-1', Connection: 'close' },
        })
        return {
          path,
          status: response.status,
          requestId: response.headers.get('x-request-id'),
          language: response.headers.get('content-language'),
          body: await response.json(),
        }
      }),
    ),
  )
  server.close()
  return answers
}

/** The same of what answers a Request by a Response. */
exports.askFetch = async function askFetch(fetch, paths, languages) {
  return Promise.all(
    paths.flatMap((path) =>
      languages.map(async (language) => {
        const headers = { 'Accept-Language': language, 'X-Request-ID': 't-1' }
        const response = await fetch(new Request(`http://localhost${path}`, { headers }))
        return {
          path,
          status: response.status,
          requestId: response.headers.get('x-request-id'),
          language: response.headers.get('content-language'),
          body: await response.json(),
        }
      }),
    ),
  )
}
