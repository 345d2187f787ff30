import { expectTypeOf } from 'vitest'
import { readJson, requestIdOf, toResponse, withErrors } from '../../src/adapters/web/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
  },
})
class QuotaError extends Error {}

// What hosts ask for: https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch,
// https://docs.deno.com/api/deno/~/Deno.ServeHandler, https://bun.sh/docs/api/http
interface Env {
  readonly DATABASE: string
}
interface Context {
  waitUntil(promise: Promise<unknown>): void
}
interface CfRequest extends Request {
  readonly cf: { readonly country: string }
}
interface ExportedHandler<TEnv> {
  fetch?: (request: CfRequest, env: TEnv, context: Context) => Response | Promise<Response>
}
declare function denoServe(
  handler: (request: Request, info: { readonly completed: Promise<void> }) => Response | Promise<Response>,
): void
declare function bunServe(options: {
  fetch: (request: Request, server: object) => Response | Promise<Response>
}): void

export default {
  fetch: withErrors(
    (request: CfRequest, env: Env, context: Context) => {
      context.waitUntil(Promise.resolve())
      if (request.cf.country === env.DATABASE) return new Response()
      return undefined
    },
    { catalog: shop, locale: (request) => request.cf.country },
  ),
} satisfies ExportedHandler<Env>

denoServe(withErrors((request) => new Response(request.url)))
denoServe(withErrors(async ({ url }, info) => info.completed.then(() => new Response(url))))
bunServe({ fetch: withErrors(async (request) => Response.json(await readJson(request))) })

expectTypeOf(withErrors(() => {})).toBeCallableWith(new Request('http://localhost/'))
expectTypeOf(withErrors(() => {})).returns.toEqualTypeOf<Promise<Response>>()
expectTypeOf(readJson).returns.toEqualTypeOf<Promise<unknown>>()
expectTypeOf(requestIdOf).returns.toEqualTypeOf<string>()
withErrors(() => null, { catalog: shop, onReport: async (_report, request) => request.text() })
withErrors(() => {}, { requestId: { generate: (request) => request.method } })
withErrors(() => {}, { catalog: shop, identify: { when: QuotaError, error: 'GONE' } })

// @ts-expect-error -- no Response
withErrors(() => 'ok')
// @ts-expect-error -- no such error
withErrors(() => {}, { catalog: shop, identify: { when: QuotaError, error: 'LOST' } })
// @ts-expect-error -- its message needs params
withErrors(() => {}, { catalog: shop, identify: { when: QuotaError, error: 'SOLD_OUT' } })
// @ts-expect-error -- an adapter's reply is no text
toResponse('no')
