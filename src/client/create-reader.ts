import { ApiError, isApiError, type ApiErrorFacts } from './api-error.ts'
import { bodyText, MAX_LENGTH } from './body.ts'
import { errorIn } from './envelopes.ts'
import { headerGetter, type GetHeader } from './headers.ts'
import { list, text, type Members } from './json.ts'
import { quotasOf, waitOf } from './quotas.ts'
import type { Answer, Reader, ReaderOptions } from './reader.ts'
import { retryAfterOf } from './retry-after.ts'
import { toldError } from './told-error.ts'

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
  const { read, catalog = {}, ...others } = options
  const { success, envelope } = catalog
  if (Object.keys(others)[0] || typeof success === 'object') {
    throw new TypeError(`Give { catalog, read }, not ${JSON.stringify(options)}`)
  }

  // A 200 of another type, such as a stream of events, is a success: nobody waits for its end.
  function mayBeError(status: number, json: boolean): boolean {
    return status >= 400 || (status === 200 && success !== undefined && json)
  }

  function parse({ status, headers, body, cause }: Answer & { cause?: unknown }): ApiError | undefined {
    const header = headerGetter(headers)
    const json = isJson(header)
    if (!mayBeError(status, json)) return undefined
    let told: Members = {}
    try {
      if (body) {
        const parsed: unknown =
          json && typeof body === 'string' ? JSON.parse(body.slice(0, MAX_LENGTH)) : body
        told = (read?.(parsed) as Members | undefined) ?? errorIn(json && parsed, envelope)
      }
    } catch (error) {
      cause = error
    }
    const error = toldError(told, status)
    if (status < 400 && (error.code ?? success) === success) return undefined
    // What a cache has kept was told to others.
    const fresh: GetHeader = Number(header('age')) > 0 ? () => '' : header
    const violated = list(told['violated-policies']).filter(text) as string[]
    const quotas = quotasOf(fresh)
    return Object.assign(new ApiError(error as ApiErrorFacts), {
      status,
      errors: list(told['errors']).map((each) => toldError(errorIn(each, envelope), status)),
      requestId: text(told['requestId'] ?? told['request_id'] ?? header('x-request-id')),
      retryAfter:
        retryAfterOf(fresh) ?? (([429, 503].includes(status) && waitOf(quotas, violated)) || undefined),
      quotas,
      violated,
      locale: text(header('content-language')),
      cause,
    })
  }

  return {
    catalog,
    is: ((error: unknown, ...codes: readonly unknown[]) =>
      isApiError(error) && (!codes.length || codes.includes(error.code))) as Reader<TCatalog>['is'],
    parse: parse as Reader<TCatalog>['parse'],
    async read(response) {
      const { status, headers } = response
      let cause: unknown, body: unknown
      try {
        body =
          mayBeError(status, isJson(headerGetter(headers))) &&
          (await bodyText(status < 400 ? response.clone() : response))
      } catch (error) {
        if (/^(Abort|Timeout)/.test(error as string)) throw error
        cause = error
      }
      return parse({ status, headers, body, cause }) as never
    },
  }
}

/** Whether an answer is of the type of all envelopes, or of none. */
function isJson(header: GetHeader): boolean {
  return /[/+]json\b|^$/i.test(header('content-type'))
}
