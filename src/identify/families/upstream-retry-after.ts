import { isArray, ignoreRejection, read } from '../../guard/read.ts'
import { retryAfterSeconds } from '../../guard/retry-after.ts'

/**
 * Returns the whole seconds after which another server wants to be asked again, at least 1, from its Retry-After in
 * seconds or as a date (RFC 9110, section 10.2.3). Who asks us then makes us ask it: to come back at once would only be
 * refused again.
 */
export function retryAfterOf(error: unknown): number | undefined {
  const response = read(error, 'response')
  const headers =
    read(response, 'headers') ??
    read(error, 'headers') ??
    read(error, 'responseHeaders') ?? // Vercel AI SDK
    read(read(error, '$response'), 'headers') ?? // AWS SDK 3
    read(read(error, 'meta'), 'headers') ?? // Elasticsearch, OpenSearch
    read(read(error, 'data'), 'headers') // @hapi/wreck
  const value = headerOf(headers)
  const seconds = typeof value === 'string' ? retryAfterSeconds(value) : undefined
  return seconds === undefined ? undefined : Math.max(1, seconds)
}

/** What a rule for another server's answer can tell besides: `extract: toldRetryAfter`. */
export function toldRetryAfter(error: object): { readonly retryAfter: number | undefined } {
  return { retryAfter: retryAfterOf(error) }
}

/** Headers are an object by lower-case names, or those of fetch. */
function headerOf(headers: unknown): unknown {
  const value = askFor(headers) ?? read(headers, 'Retry-After')
  ignoreRejection(value)
  return isArray(value) ? read(value, 0) : value
}

function askFor(headers: unknown): unknown {
  try {
    const get = read(headers, 'get')
    return typeof get === 'function' ? get.call(headers, 'retry-after') : read(headers, 'retry-after')
  } catch {
    return undefined
  }
}
