import { getRequestListener } from '@hono/node-server'
import { readJson, withErrors } from '../../../src/adapters/web/index.ts'
import { bundleOf, type Framework, type Setup } from '../../support/frameworks.ts'
import { Prepared, requestOf } from './prepared.ts'

function handlerOf({ routes }: Setup): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    if (request.headers.get('Content-Type')?.startsWith('application/json')) await readJson(request)
    const route = routes[new URL(request.url).pathname]
    if (!route) return undefined
    const headers = new Headers()
    let status = 200
    const prepared = new Prepared({
      get: (name) => headers.get(name),
      set(name, value) {
        headers.delete(name)
        for (const each of [value].flat()) headers.append(name, each)
      },
      onClose: (tell) => request.signal.addEventListener('abort', tell),
      delete: (name) => headers.delete(name),
      status(code) {
        status = code
      },
    })
    await route(requestOf(request), prepared.response)
    return new Response(prepared.body ?? null, { status, headers })
  }
}

export const webFramework: Framework = {
  name: 'Web',
  listener: (setup) =>
    getRequestListener(withErrors(handlerOf(setup), { requestId: {}, ...bundleOf(setup) })),
}
