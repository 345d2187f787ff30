import { createCompose, type Composed } from '../answer/compose.ts'
import type { Reply, RequestFacts } from '../answer/facts.ts'
import { shapeOf } from '../answer/shape.ts'
import type { BizErrorState } from '../error/state.ts'
import { requestIdFrom } from '../answer/request-id.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { CONDITIONS } from '../catalog/condition.ts'
import { createNoCatalogWarning } from '../error/own-catalog.ts'
import { createLastAnswer, type LastFacts } from './last-answer.ts'
import { createAppLocale } from './app-locale.ts'
import { createFlow } from './flow.ts'
import { completeOptions, HANDLER_CHECKS, type HandlerOptions } from './options.ts'
import { createNamesakeWarning } from './namesake.ts'
import { createStrayWarning } from './stray.ts'
import { createReporter, type ErrorAnswer, type ErrorReport, type Origin } from '../report/report.ts'

/** The fate of a reply. */
export interface Delivery extends Pick<ErrorReport, 'sent' | 'clientGone'> {
  /** Whether another response was cut off for it. */
  readonly cut: boolean
}

/** The fate of most. */
export const SENT: Delivery = { sent: true, clientGone: false, cut: false }

/** The answer to a thrown value. An adapter writes it, once, and calls `report`. */
export interface Answered extends Reply {
  /** The code that the client is told. */
  readonly code: Code
  /** Whether anybody wants to know of the error, should its answer be sent or its client leave. */
  readonly isWanted: boolean
  /**
   * Tells the logger and everybody else, once the answer was written. Never throws.
   *
   * @param delivery - what became of the answer @default it was sent
   * @returns whether the server is to blame
   */
  readonly report: (delivery?: Delivery) => boolean
}

/** Makes the answer to a thrown value. Never throws. */
export interface Responder<TRequest> {
  /** @param request - what the functions among the options are given, such as `locale` */
  (thrown: unknown, facts: RequestFacts, request: TRequest): Answered
  /** Makes an answer that needs nothing of the request, for when an adapter fails. */
  readonly last: (thrown: unknown, failure: unknown, request: TRequest) => Answered
}

/**
 * Sets up the way from a thrown value to a reply, for authors of adapters: identify → compose → tell of the answer →
 * report. All of it is synchronous.
 *
 * @param given - those of `errorHandler`
 * @param originOf - names method and route for logs; asked only when somebody is told of an error
 * @param caller - the function that was given the options, for what is said of a mistake in them @default 'errorHandler'
 * @throws SetupError - when an option is wrong
 * @example
 * const respond = createResponder({ catalog: shop }, ({ method }: Request) => ({ method, route: undefined }))
 * const { status, headers, body, report } = respond(thrown, factsOf({ header }), request)
 */
export function createResponder<TRequest = unknown>(
  given: HandlerOptions<Catalog, TRequest>,
  originOf: (request: TRequest) => Origin,
  caller = 'errorHandler',
): Responder<TRequest> {
  const options = completeOptions(caller, given, HANDLER_CHECKS)
  const { catalog } = options
  // The way from a thrown value to its reply is synchronous.
  let current: TRequest | undefined
  const reporter = createReporter(options, () => current)
  const flow = createFlow(options, reporter.warn)
  const compose = createCompose(flow)
  const lastAnswer = createLastAnswer(catalog, flow.shapes.last ?? shapeOf(catalog), flow)
  const localeOf = options.locale && createAppLocale(options.locale, reporter.warn)
  const warnOfNoCatalog = createNoCatalogWarning(caller, given.catalog, reporter.warn)
  const warnOfNamesake = createNamesakeWarning(catalog, reporter.warn)
  const warnOfStray = createStrayWarning(catalog, reporter.warn)
  warnOfNoCatalog()

  /** Looks at an error of another catalog. Apps may have several, so that most of them are no mistake. */
  function lookAtOther(thrown: unknown, state: BizErrorState): void {
    warnOfNamesake(state)
    warnOfStray(thrown, state)
  }

  /** The request with the app's choice of language, when it makes one. */
  function withLocale(facts: RequestFacts, request: TRequest): RequestFacts {
    const locale = localeOf?.(request)
    return locale === undefined ? facts : { ...facts, locale }
  }

  /** Answers everything that no guard foresaw as the generic 500. */
  function answerSafely(thrown: unknown, facts: RequestFacts, request: TRequest): Composed {
    current = request
    try {
      warnOfNoCatalog()
      const located = withLocale(facts, request)
      // The adapter's own: it may read what foreign errors alone are recognized by when it is asked for.
      const state = flow.identify(thrown, facts)
      if (state.catalog !== catalog) lookAtOther(thrown, state)
      state.errors?.forEach((each) => each.catalog !== catalog && lookAtOther(thrown, each))
      return compose(state, located, request)
    } catch (error) {
      return lastLine(error, facts)
    } finally {
      current = undefined
    }
  }

  function lastLine(failure: unknown, facts: LastFacts): Composed {
    reporter.warn('The answer could not be made; the generic one was sent', failure)
    return lastAnswer(facts)
  }

  function answered(composed: Composed, thrown: unknown, requestId: string, request: TRequest): Answered {
    const { state } = composed
    const isFault = isOurs(state) || (state.errors?.some(isOurs) ?? false)
    const told = reporter.isAnswerWanted()
      ? answerOf(composed, thrown, isFault, requestId, originOf(request))
      : undefined
    if (told !== undefined) reporter.answer(Object.freeze(told), request)
    const { status, headers, body } = composed.reply
    return {
      status,
      headers,
      body,
      code: composed.code,
      isWanted: reporter.isWanted(false) || (isFault && reporter.isWanted(true)),
      report(delivery = SENT) {
        const { sent, clientGone, cut } = delivery
        const fault = cut || (isFault && !clientGone)
        if (!reporter.isWanted(fault)) return fault
        // Made anew: to spread what was told before takes many times as long.
        const answer = answerOf(composed, thrown, fault, requestId, told ?? originOf(request))
        reporter.report(Object.freeze(Object.assign(answer, { sent, clientGone })), request)
        return fault
      },
    }
  }

  return Object.assign(
    (thrown: unknown, facts: RequestFacts, request: TRequest) =>
      answered(answerSafely(thrown, facts, request), thrown, facts.requestId, request),
    {
      last(thrown: unknown, failure: unknown, request: TRequest) {
        const requestId = requestIdFrom(undefined, undefined)
        const facts = { requestId, requestIdHeader: 'X-Request-ID', vary: undefined }
        return answered(lastLine(failure, facts), thrown, requestId, request)
      },
    },
  )
}

/** Whether the server's people have to look at an error. One that is answered with 200 may be a fault of theirs. */
function isOurs({ status, unknownKey, condition }: BizErrorState): boolean {
  return (
    status >= 500 ||
    unknownKey !== undefined ||
    (status === 200 && condition !== undefined && CONDITIONS[condition] >= 500)
  )
}

function answerOf(
  { state, reply, key, locale }: Composed,
  thrown: unknown,
  serverFault: boolean,
  requestId: string,
  { method, route }: Origin,
): ErrorAnswer {
  return {
    catalog: state.catalog.name,
    key: state.entry.key,
    code: state.entry.code,
    condition: state.condition,
    as: key === state.entry.key ? undefined : key,
    unknownKey: state.unknownKey,
    unusable: state.unusable.length === 0 ? undefined : state.unusable,
    errors: state.errors?.map(({ entry: { key, code } }) => ({ key, code })),
    status: reply.status,
    serverFault,
    locale,
    requestId,
    method,
    route,
    error: thrown,
  }
}
