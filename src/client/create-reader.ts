import { ApiError, isApiError } from './api-error.ts'
import { bodyText, MAX_LENGTH } from './body.ts'
import { errorIn } from './envelopes.ts'
import { headerGetter, type GetHeader } from './headers.ts'
import { code, list, text, type Members } from './json.ts'
import { checkOptions, READER_CHECKS } from './options.ts'
import { quotasOf, waitOf } from './quotas.ts'
import type { Answer, Reader, ReaderOptions } from './reader.ts'
import { retryAfterOf } from './retry-after.ts'
import { toldError } from './told-error.ts'

const JSON_TYPE = /^[^;]*[/+]json *(?:;|$)/i

/**
 * Makes a reader of an API's errors, for those who send requests by a library of their own. `createClient` has all of it.
 *
 * Knows the five envelopes of this package, and one of the API's own by `read`. What is no JSON, such as a proxy's page, is
 * an error without a code.
 *
 * @typeParam TCatalog - `typeof shop`, imported as a type: nothing of it is bundled
 * @throws TypeError - for an option that does not exist or cannot work
 * @example
 * const api = createReader<typeof shop>()
 * const response = await fetch('/orders')
 * const error = await api.read(response)
 * if (api.is(error, 10002)) say(error.message)
 */
export function createReader<TCatalog = unknown>(options: ReaderOptions = {}): Reader<TCatalog> {
  const { read, catalog = {} } = checkOptions(options, READER_CHECKS)
  const { success, envelope } = catalog
  const isComposite = envelope === 'composite'

  function mayBeError(status: number): boolean {
    return status >= 400 || (status === 200 && success !== undefined)
  }

  function parse({
    status,
    headers,
    body,
    cause,
  }: Answer & { readonly cause?: unknown }): ApiError | undefined {
    if (!mayBeError(status)) return undefined
    const header = headerGetter(headers)
    let told: Members = {}
    try {
      if (body && !((body as string).length > MAX_LENGTH)) {
        const isJson = JSON_TYPE.test(header('content-type') || '+json')
        const parsed: unknown = typeof body === 'string' && isJson ? JSON.parse(body) : body
        const own = read?.(parsed)
        if (code(own?.code) !== undefined) told = own as unknown as Members
        else if (isJson) told = errorIn(parsed, isComposite)
      }
    } catch (error) {
      cause = error
    }
    const error = toldError(told)
    if (status < 400 && (error.code === undefined || error.code === success)) return undefined
    // What a cache has kept was told to others.
    const fresh: GetHeader = Number(header('age')) > 0 ? () => '' : header
    const violated = list(told['violated-policies']).filter(text) as string[]
    const quotas = quotasOf(fresh)
    return new ApiError({
      ...error,
      message: error.message || `HTTP ${status}`,
      status,
      errors: list(told['errors']).map((each) => toldError(errorIn(each, isComposite))),
      requestId: text(told['requestId'] ?? told['request_id'] ?? header('x-request-id')),
      retryAfter:
        retryAfterOf(fresh) ?? (status === 429 || status === 503 ? waitOf(quotas, violated) : undefined),
      quotas,
      violated,
      locale: text(header('content-language')),
      cause,
    })
  }

  return {
    catalog,
    is: ((error: unknown, ...codes: readonly unknown[]) =>
      isApiError(error) && (codes.length === 0 || codes.includes(error.code))) as Reader<TCatalog>['is'],
    parse: parse as Reader<TCatalog>['parse'],
    async read(response) {
      const { status, headers } = response
      if (!mayBeError(status)) return undefined
      let cause: unknown
      const body = await bodyText(status < 400 ? response.clone() : response).catch((error: unknown) => {
        cause = error
      })
      return parse({ status, headers, body, cause }) as never
    },
  }
}
