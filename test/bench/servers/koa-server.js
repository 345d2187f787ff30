import { createServer } from 'node:http'

/** A Koa app on node:http, which looks at no promise. */
export function koaServer(app) {
  const callback = app.callback()
  return createServer((request, response) => void callback(request, response))
}
