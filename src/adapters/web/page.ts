import type { ReferenceRequest } from '../../contract/docs/reference.ts'
import type { ReferenceReply } from '../../contract/docs/replies.ts'
import { appendVary } from '../../guard/append.ts'

/**
 * Reads what a page depends on. Undefined where a request is for none.
 *
 * @param below - returns path and query below the place of the pages
 */
export function pageRequest(
  { method, url: asked, headers }: Request,
  below: (path: string, search: string) => string | undefined,
): ReferenceRequest | undefined {
  const { pathname, search } = new URL(asked)
  const url = below(pathname, search)
  if (url === undefined) return undefined
  return {
    method,
    url,
    sentUrl: pathname + search,
    accept: headers.get('accept') ?? undefined,
    acceptLanguage: headers.get('accept-language') ?? undefined,
    ifNoneMatch: headers.get('if-none-match') ?? undefined,
  }
}

/**
 * Makes a Response of a page.
 *
 * @param begun - the headers of a response that was begun. They stay, but for the ones that a page has itself
 */
export function pageResponse(
  { status, headers, body }: ReferenceReply,
  method: string,
  begun?: Headers,
): Response {
  const merged = new Headers(begun)
  for (const name of Object.keys(headers)) merged.set(name, headers[name]!)
  const vary = begun?.get('vary')
  if (vary && headers['Vary'] !== undefined) {
    merged.set('Vary', headers['Vary'].split(', ').reduce(appendVary, vary))
  }
  const hasBody = method !== 'HEAD' && status !== 304
  return new Response(hasBody ? (body as Uint8Array<ArrayBuffer>) : null, { status, headers: merged })
}
