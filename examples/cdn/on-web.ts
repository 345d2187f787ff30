import { reference, withErrors } from 'bizerror/web'
import { createCdn, optionsOf, type Options } from './cdn.ts'

/** What Workers, Deno and Bun serve: `export default createApp()`. */
export function createApp(given: Options = {}): { readonly fetch: (request: Request) => Promise<Response> } {
  const options = optionsOf(given)
  const pages = reference({ ...options, title: 'CDN', path: '/errors' })
  const call = createCdn()

  function answer(request: Request): Response | undefined {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/v2/index.php') return Response.json(call(Object.fromEntries(searchParams)))
    return pages(request)
  }
  return { fetch: withErrors(answer, { ...options, requestId: {} }) }
}
