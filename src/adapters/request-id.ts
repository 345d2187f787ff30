import { aFunction, checkOptions, TRUE_OR_FALSE, type Checks } from '../guard/options.ts'
import { isAllowed } from '../guard/headers.ts'
import { openContext, type Enter } from '../handler/current-request.ts'

/** The header that brings and tells an id. */
export interface IdHeader {
  readonly name: string
  /** As it stands among a request's headers. */
  readonly lower: string
}

/** The header of apps that name none. */
export const X_REQUEST_ID: IdHeader = { name: 'X-Request-ID', lower: 'x-request-id' }

/** The options of `requestId`, and of Fastify's `genReqId`. */
export interface IdOptions<TRequest = unknown> {
  /** The header that brings the id, and tells it: `'X-Correlation-ID'`. @default 'X-Request-ID' */
  readonly header?: string | undefined
  /**
   * Makes ids for requests that bring none, of the request (Koa: the context): 1 to 200 of
   * `A-Z a-z 0-9 _ . : ; = + / ~ | @ # -`. @default a UUID
   */
  readonly generate?: ((request: TRequest) => string) | undefined
}

/** The options of `requestId`. */
export interface RequestIdOptions<TRequest = unknown> extends IdOptions<TRequest> {
  /**
   * Lets `currentRequest()` tell the request that is being handled. It makes promises slower, in all of the process.
   * @default false
   */
  readonly context?: boolean | undefined
}

const ID_CHECKS: Checks<IdOptions> = {
  header: [isIdHeader, "the name of a header that only an id is in, such as 'X-Correlation-ID'"],
  generate: aFunction('that returns an id'),
}

const CHECKS: Checks<RequestIdOptions> = { ...ID_CHECKS, context: TRUE_OR_FALSE }

/** What the options of an id say. */
export interface IdChoice<TRequest> {
  readonly header: IdHeader
  readonly generate: ((request: TRequest) => string) | undefined
}

/**
 * Checks the options of `requestId`, once.
 *
 * @returns what they say, and what enters requests where that is wanted
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkRequestId<TRequest>(
  options: RequestIdOptions<TRequest>,
): IdChoice<TRequest> & { readonly enter: Enter | undefined } {
  const { context, ...given } = checkOptions<RequestIdOptions<TRequest>>(
    'requestId',
    options,
    CHECKS,
    '{ header }, { generate }, { context }, or nothing',
  )
  return { ...choiceOf(given), enter: context === true ? openContext() : undefined }
}

/**
 * Checks the options of `genReqId`, once.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function checkGenReqId<TRequest>(options: IdOptions<TRequest>): IdChoice<TRequest> {
  return choiceOf(
    checkOptions<IdOptions<TRequest>>('genReqId', options, ID_CHECKS, '{ header }, { generate }, or nothing'),
  )
}

function choiceOf<TRequest>({
  header: name = X_REQUEST_ID.name,
  generate,
}: IdOptions<TRequest>): IdChoice<TRequest> {
  const lower = name.toLowerCase()
  return { header: lower === X_REQUEST_ID.lower ? X_REQUEST_ID : { name, lower }, generate }
}

const SECRETS = new Set(['authorization', 'cookie', 'proxy-authorization'])

function isIdHeader(name: unknown): boolean {
  if (typeof name !== 'string') return false
  const lower = name.toLowerCase()
  return lower === X_REQUEST_ID.lower || (isAllowed(name) && !SECRETS.has(lower))
}
