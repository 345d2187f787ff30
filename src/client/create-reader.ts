import { ApiError, isApiError } from './api-error.ts'
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
    throw new TypeError(`Options are ${JSON.stringify(options)}. Give catalog, of clientCatalog, or read.`)
  }

  function mayBeError(status: number): boolean {
    return status >= 400 || (status === 200 && success !== undefined)
  }

  function parse({ status, headers, body, cause }: Answer & { cause?: unknown }): ApiError | undefined {
    if (!mayBeError(status)) return undefined
    const header = headerGetter(headers)
    let told: Members = {}
    try {
      if (body && !((body as string).length > MAX_LENGTH)) {
        const isJson = /[/+]json\b|^$/i.test(header('content-type'))
        const parsed: unknown = typeof body === 'string' && isJson ? JSON.parse(body) : body
        told = (read?.(parsed) as Members | undefined) ?? (isJson ? errorIn(parsed, envelope) : told)
      }
    } catch (error) {
      cause = error
    }
    const error = toldError(told, status)
    if (status < 400 && [undefined, success].includes(error.code)) return undefined
    // What a cache has kept was told to others.
    const fresh: GetHeader = Number(header('age')) > 0 ? () => '' : header
    const violated = list(told['violated-policies']).filter(text) as string[]
    const quotas = quotasOf(fresh)
    // A spread of as many members takes longer than all the rest.
    return new ApiError(
      Object.assign(error, {
        status,
        errors: list(told['errors']).map((each) => toldError(errorIn(each, envelope), status)),
        requestId: text(told['requestId'] ?? told['request_id'] ?? header('x-request-id')),
        retryAfter:
          retryAfterOf(fresh) ?? ([429, 503].includes(status) ? waitOf(quotas, violated) : undefined),
        quotas,
        violated,
        locale: text(header('content-language')),
        cause,
      }),
    )
  }

  return {
    catalog,
    is: ((error: unknown, ...codes: readonly unknown[]) =>
      isApiError(error) && (!codes.length || codes.includes(error.code))) as Reader<TCatalog>['is'],
    parse: parse as Reader<TCatalog>['parse'],
    async read(response) {
      const { status, headers } = response
      if (!mayBeError(status)) return undefined
      try {
        const body = await bodyText(status < 400 ? response.clone() : response)
        return parse({ status, headers, body }) as never
      } catch (cause) {
        if (/^(Abort|Timeout)/.test((cause as Error | undefined)?.name ?? '')) throw cause
        return parse({ status, headers, cause }) as never
      }
    },
  }
}
