import { aFunction, checkOptions, type Checks } from '../guard/options.ts'
import { isAllowed } from '../guard/headers.ts'

/** The header that brings and tells an id. */
export interface IdHeader {
  readonly name: string
  /** As it stands among a request's headers. */
  readonly lower: string
}

/** The header of apps that name none. */
export const X_REQUEST_ID: IdHeader = { name: 'X-Request-ID', lower: 'x-request-id' }

/** The options of `requestId`. */
export interface RequestIdOptions<TRequest = unknown> {
  /** The header that brings the id, and tells it: `'X-Correlation-ID'`. @default 'X-Request-ID' */
  readonly header?: string | undefined
  /**
   * Makes ids for requests that bring none, of the request (Koa: the context): 1 to 200 of
   * `A-Z a-z 0-9 _ . : ; = + / ~ | @ # -`. @default a UUID
   */
  readonly generate?: ((request: TRequest) => string) | undefined
}

const CHECKS: Checks<RequestIdOptions> = {
  header: [isIdHeader, "the name of a header that only an id is in, such as 'X-Correlation-ID'"],
  generate: aFunction('that returns an id'),
}

/**
 * Checks the options of `requestId`, once.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkRequestId<TRequest>(options: RequestIdOptions<TRequest>): {
  readonly header: IdHeader
  readonly generate: ((request: TRequest) => string) | undefined
} {
  const { header: name = X_REQUEST_ID.name, generate } = checkOptions<RequestIdOptions<TRequest>>(
    'requestId',
    options,
    CHECKS,
    '{ header }, { generate }, or nothing',
  )
  const lower = name.toLowerCase()
  return { header: lower === X_REQUEST_ID.lower ? X_REQUEST_ID : { name, lower }, generate }
}

const SECRETS = new Set(['authorization', 'cookie', 'proxy-authorization'])

function isIdHeader(name: unknown): boolean {
  if (typeof name !== 'string') return false
  const lower = name.toLowerCase()
  return lower === X_REQUEST_ID.lower || (isAllowed(name) && !SECRETS.has(lower))
}
