import { getRequestListener } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bizErrors } from '../../../src/adapters/hono/index.ts'
import { bundleOf, type Framework, type Setup } from '../../support/frameworks.ts'
import { Prepared, requestOf } from './prepared.ts'

function appOf(setup: Setup): Hono {
  const app = bizErrors(new Hono(), bundleOf(setup))
  app.use(async (context, next) => {
    if (context.req.header('Content-Type')?.startsWith('application/json')) await context.req.json()
    await next()
  })
  for (const [path, route] of Object.entries(setup.routes)) {
    app.all(path, async (context) => {
      const prepared = preparedOn(context)
      await route(requestOf(context.req.raw), prepared.response)
      return prepared.body === undefined ? context.body(null) : context.body(prepared.body)
    })
  }
  return app
}

function preparedOn(context: Context): Prepared {
  return new Prepared({
    get: (name) => context.res.headers.get(name),
    set(name, value) {
      const [first, ...others] = [value].flat()
      context.header(name, first)
      for (const other of others) context.header(name, other, { append: true })
    },
    delete: (name) => context.header(name, undefined),
    onClose: (tell) => context.req.raw.signal.addEventListener('abort', tell),
    status: (status) => context.status(status as 200),
  })
}

export const honoFrameworks: readonly Framework[] = [
  { name: 'Hono on Node', listener: (setup) => getRequestListener(appOf(setup).fetch) },
  // As on an edge: nothing of Node's is handed on.
  { name: 'Hono', listener: (setup) => getRequestListener(bare(appOf(setup))) },
]

function bare(app: Hono): (request: Request) => Response | Promise<Response> {
  return (request) => app.fetch(request)
}
