import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

/** What a page makes: an app of some framework. Each is known by what it alone has. */
export type App =
  | RequestListener
  | { readonly callback: () => RequestListener }
  | Fastify
  | { readonly init: () => Promise<unknown>; readonly getHttpAdapter: () => { getInstance: () => App } }
  | { readonly fetch: (request: Request, env?: unknown) => Response | Promise<Response> }

interface Fastify {
  readonly ready: () => PromiseLike<unknown>
  readonly routing: (request: IncomingMessage, response: ServerResponse) => void
}

/** An app as node:http takes it. */
export async function listenerOf(app: App): Promise<RequestListener> {
  if ('callback' in app) return app.callback()
  if ('routing' in app) {
    await app.ready()
    return (request, response) => app.routing(request, response)
  }
  if ('getHttpAdapter' in app) {
    await app.init()
    return listenerOf(app.getHttpAdapter().getInstance())
  }
  if ('fetch' in app) {
    const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
    return (request, response) => void answer(request, response)
  }
  return app
}
