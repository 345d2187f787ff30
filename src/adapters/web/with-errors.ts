import type { Catalog } from '../../catalog/catalog.ts'
import { isRequest, uncalled } from '../../guard/mounted.ts'
import { checkOptions, isObject, type Checks } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import { createResponder, SENT, type Answered, type Delivery } from '../../handler/responder.ts'
import type { Origin } from '../../report/report.ts'
import type { RequestIdOptions } from '../request-id.ts'
import { onDelivered } from './delivery.ts'
import { WebFacts } from './facts.ts'
import { NotFoundError } from './not-found.ts'
import { createReportPromises } from './report-promises.ts'
import { createRequestIds } from './request-id.ts'
import { isResponse, thrownResponse } from './response.ts'
import { toResponse } from './to-response.ts'

/** The options of `withErrors`: those of every error handler, and the id of a request. */
export interface WithErrorsOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = Request,
> extends HandlerOptions<TCatalog, TRequest> {
  /**
   * Tells the id on every response, and says which header bears it and who makes ids. `{}` for the defaults.
   * @default X-Request-ID on errors alone
   */
  readonly requestId?: RequestIdOptions<TRequest> | undefined
}

const CHECKS: Checks<WithErrorsOptions> = {
  ...HANDLER_CHECKS,
  requestId: [isObject, '{ header }, { generate }, { context }, {}, or nothing'],
}

/** What handles a request. Of nothing that it returns, or of what it throws, `withErrors` makes a response. */
export type Handler<TRequest, TRest extends readonly unknown[]> = (
  request: TRequest,
  ...rest: TRest
  // oxlint-disable-next-line typescript/no-invalid-void-type -- A function that returns in some branches alone.
) => Response | null | undefined | void | Promise<Response | null | undefined | void>

/**
 * Answers whatever a handler of requests throws, and requests for which it returns nothing. A Response that it throws is
 * sent as it is. For everything that serves by `fetch(request)`: Workers, Deno, Bun, service workers, Node.js behind an
 * adapter.
 *
 * @param handler - is given all that the function returned is: the request, and what the host gives beside it
 * @throws SetupError - when an option is wrong
 * @example
 * export default { fetch: withErrors(async (request) => route(request), { catalog: shop }) }
 */
export function withErrors<
  TCatalog extends Catalog = Catalog,
  TRequest extends Request = Request,
  TRest extends readonly unknown[] = readonly unknown[],
>(
  handler: Handler<TRequest, TRest>,
  options: WithErrorsOptions<TCatalog, TRequest> = {},
): (request: TRequest, ...rest: TRest) => Promise<Response> {
  checkHandler(handler)
  const { requestId, onReport, ...given } = checkOptions<WithErrorsOptions<Catalog, TRequest>>(
    'withErrors',
    options,
    CHECKS,
    'an object of options, or nothing',
  )
  const ids = requestId && createRequestIds(requestId)
  const promises = onReport && createReportPromises(onReport)
  const respond = createResponder(
    promises ? { ...given, onReport: promises.onReport } : given,
    originOf,
    'withErrors',
  )

  function answer(thrown: unknown, request: TRequest, rest: readonly unknown[]): Response {
    try {
      const facts = new WebFacts(request)
      const answered = respond(thrown, facts, request)
      const response = toResponse(answered, request)
      if (answered.isWanted) onDelivered(facts, rest, (delivery) => report(answered, delivery, rest))
      return response
    } catch (failure) {
      const answered = respond.last(thrown, failure, request)
      report(answered, SENT, rest)
      return toResponse(answered, { method: methodOf(request) })
    }
  }

  function report(answered: Answered, delivery: Delivery, rest: readonly unknown[]): void {
    answered.report(delivery)
    promises?.hold(rest)
  }

  let isChecked = false

  async function fetch(request: TRequest, ...rest: TRest): Promise<Response> {
    if (!isChecked) checkRequest(request)
    isChecked = true
    let thrown: unknown
    try {
      ids?.begin(request)
      const returned = await handler(request, ...rest)
      if (isResponse(returned)) return ids ? ids.end(request, returned) : returned
      thrown = missing(returned)
    } catch (error) {
      const response = thrownResponse(error)
      if (response !== undefined) return ids ? ids.end(request, response) : response
      thrown = error
    }
    return answer(thrown, request, rest)
  }

  const within = ids?.within
  return within === undefined ? fetch : (request, ...rest) => within(request, () => fetch(request, ...rest))
}

/** @throws SetupError - for what is no function */
function checkHandler(handler: unknown): void {
  if (typeof handler === 'function') return
  if (isRequest(handler)) throw uncalled(CALL)
  throw new SetupError(
    `withErrors was called with ${show(handler)}. Give the function that handles a request, and the options after it.`,
  )
}

const CALL = 'withErrors(handler, options)'

/** @throws SetupError - for what frameworks hand to their middleware in the place of a Request */
function checkRequest(request: unknown): void {
  if (typeof read(read(request, 'headers'), 'get') === 'function') return
  throw new SetupError(
    `The function that ${CALL} returned was called with ${show(request)}. Give it a Request, as Workers, Deno and Bun do; frameworks have entry points of their own, such as bizerror/hono.`,
  )
}

/** What is thrown for what a handler returned that is no Response. */
function missing(returned: unknown): Error {
  if (returned === undefined || returned === null) return new NotFoundError()
  return new TypeError(`The handler returned ${show(returned)}. Return a Response, or nothing for a 404`)
}

/** The route is known to the handler alone. */
function originOf(request: Request): Origin {
  return { method: methodOf(request), route: undefined }
}

function methodOf(request: Request): string {
  const method = read(request, 'method')
  return typeof method === 'string' ? method : 'GET'
}
