import type { Catalog } from '../catalog/catalog.ts'
import { checkOptions, isObject, type Checks } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { SetupError } from '../guard/setup-error.ts'
import { describeError, type DescribeErrorOptions } from '../handler/describe-error.ts'
import type { ErrorAnswer, Observer } from '../report/report.ts'
import { requestOfStandIn } from '../report/stand-in.ts'

/** The part of Sentry that is used: of its SDK for Node.js, Bun, Deno or Workers, version 8 or later. */
export interface SentryClient {
  /** Captures an error, unless it has captured that one before. */
  captureException(error: unknown, hint: SentryHint): unknown
  /** What all events go through, whenever Sentry is initialized. */
  getGlobalScope(): { addEventProcessor(processor: SentryProcessor): unknown }
}

/** The part of an event of Sentry's that is used. */
export interface SentryEvent {
  /** What it is grouped by. */
  fingerprint?: string[]
  /** What it is searched by. */
  tags?: Record<string, string | number | boolean | bigint | symbol | null | undefined>
  /** What else is known, such as all that an object holds that was thrown and is no Error. */
  extra?: Record<string, unknown>
}

/** The part of what Sentry is told beside an error that is used. */
export interface SentryHint {
  /** Who captured the error, and whether the app did it by itself. */
  readonly mechanism?: { readonly type?: string; readonly handled?: boolean }
  /** What was captured. */
  readonly originalException?: unknown
  /** For event processors. */
  readonly data?: unknown
}

/** Completes an event, or drops it. */
export type SentryProcessor = (
  event: SentryEvent,
  hint: SentryHint,
) => SentryEvent | null | PromiseLike<SentryEvent | null>

/** The options of `sentry`. */
export interface SentryOptions {
  /** What was imported: `import * as Sentry from '@sentry/node'`. */
  readonly client: SentryClient
}

const CHECKS: Checks<SentryOptions> = {
  client: [
    (value) =>
      typeof read(value, 'captureException') === 'function' &&
      typeof read(value, 'getGlobalScope') === 'function',
    "Sentry itself, version 8 or later: import * as Sentry from '@sentry/node'",
  ],
}

/**
 * Tells Sentry of the server's faults, once their answer is known; of 4xx and of clients that have left it hears nothing.
 * Events are grouped by catalog, code and condition, those of an unknown error by their frames as well. Where an
 * integration of Sentry's has captured the error before (where it was thrown, on Express), that is the event.
 *
 * @throws SetupError - when an option is wrong
 * @example
 * import * as Sentry from '@sentry/node'
 * app.use(errorHandler({ catalog: shop, observe: sentry({ client: Sentry }) }))
 */
export function sentry(options: SentryOptions): Observer {
  const { client } = checkOptions('sentry', options, CHECKS, '{ client: Sentry }')
  if (client === undefined) throw new SetupError(`sentry has no client. Give ${CHECKS.client[1]}.`)
  completeEvents(client.getGlobalScope())
  return {
    onAnswer: note,
    onReport(report, request) {
      note(report)
      if (!report.serverFault) return
      if (isObject(request)) told.add(request)
      client.captureException(report.error, { mechanism: MECHANISM, data: report })
    },
  }
}

/**
 * Makes what asks, for an integration of Sentry's that captures where an error is thrown, what will be answered: true for
 * a 5xx. What Sentry cannot mark as captured, such as a text, is left to `sentry()`.
 *
 * @param options - those of `errorHandler`
 * @example
 * Sentry.init({ integrations: [Sentry.expressIntegration({ shouldHandleError: shouldHandleError({ catalog: shop }) })] })
 */
export function shouldHandleError<TCatalog extends Catalog = Catalog, TRequest = unknown>(
  options?: DescribeErrorOptions<TCatalog, TRequest>,
): (error: unknown) => boolean {
  return (error) => isObject(error) && describeError(error, options).status >= 500
}

const MECHANISM = { type: 'auto.middleware.bizerror', handled: false }

/** The mechanism of integrations: `auto.http.express`, `auto.function.fastify`, `auto.middleware.koa`. */
const BY_FRAMEWORK = /^auto\.(?:http|function|middleware)\./

/** What is known of the answers to errors, for events of those who knew of none. */
const answers = new WeakMap<object, ErrorAnswer>()
/** The requests whose error Sentry was told of. */
const told = new WeakSet<object>()
/** The errors of events that Sentry could not mark, and would take again. */
const unmarkable = new WeakSet<object>()
/** The scopes whose events are completed. */
const scopes = new WeakSet<object>()

function note(answer: ErrorAnswer): void {
  if (isObject(answer.error)) answers.set(answer.error, answer)
}

function completeEvents(scope: ReturnType<SentryClient['getGlobalScope']>): void {
  if (scopes.has(scope)) return
  scopes.add(scope)
  scope.addEventProcessor((event, hint) => {
    const { mechanism, originalException: error } = hint
    if (isObject(error) && isAgain(error)) return null
    if (mechanism === MECHANISM) return complete(discreet(event), hint.data as ErrorAnswer)
    if (!isObject(error)) return event
    if (mechanism?.handled !== false || !BY_FRAMEWORK.test(mechanism.type ?? '')) {
      return complete(event, answers.get(error))
    }
    return afterAnswer().then(() => {
      const answer = answers.get(error)
      return answer?.serverFault === false ? null : complete(discreet(event), answer)
    })
  })
}

/** What an object holds that was thrown stays out, as of the log: drivers keep queries and tokens there. */
function discreet(event: SentryEvent): SentryEvent {
  if (event.extra === undefined) return event
  const { __serialized__: _held, ...extra } = event.extra
  return { ...event, extra }
}

/** Whether an event of the same error has come through here, which Sentry knows by a mark on it. */
function isAgain(error: object): boolean {
  const request = requestOfStandIn(error)
  if (isObject(request) && told.has(request)) return true
  if (canBeMarked(error)) return false
  if (unmarkable.has(error)) return true
  unmarkable.add(error)
  return false
}

function canBeMarked(error: object): boolean {
  try {
    return Object.isExtensible(error)
  } catch {
    return false
  }
}

/** What the app has set stays. */
function complete(event: SentryEvent, answer: ErrorAnswer | undefined): SentryEvent {
  if (answer === undefined) return event
  const { catalog, code, condition, route, requestId } = answer
  const tags = {
    'bizerror.catalog': catalog,
    'bizerror.code': String(code),
    ...(route !== undefined && { 'http.route': route }),
    request_id: requestId,
    ...event.tags,
  }
  const fingerprint = ['bizerror', catalog, String(code), condition ?? '{{ default }}']
  return { ...event, tags, fingerprint: event.fingerprint ?? fingerprint }
}

// An app's tests may replace it.
const { setTimeout } = globalThis

/** Waits for the error handler: who captures where an error is thrown does so before. */
function afterAnswer(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
