import { factsOf } from '../answer/facts.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ErrorDescription } from '../catalog/envelope.ts'
import type { Origin } from '../report/report.ts'
import { describeError } from './describe-error.ts'
import type { HandlerOptions } from './options.ts'
import { createResponder } from './responder.ts'

/** What fails where there is no response of its own: a message of a socket or a microservice, a field of a query. */
export interface Subject<TRequest> extends Origin {
  /** What hooks are given in the place of a request. */
  readonly context: TRequest
  /** The languages that the client wants, where it said so. */
  readonly acceptLanguage: string | undefined
  /** The id of the request that it belongs to. @default a new one */
  readonly requestId?: string | undefined
}

/** Reports an error as those of requests are, and describes it for its client. */
export type Told<TRequest> = (thrown: unknown, subject: Subject<TRequest>) => ErrorDescription

/**
 * Makes what tells of errors where there is no response.
 *
 * @param caller - the function that was given the options, for what is said of a mistake in them
 * @throws SetupError - when an option is wrong
 */
export function createTell<TRequest>(
  options: HandlerOptions<Catalog, TRequest>,
  caller?: string,
): Told<TRequest> {
  // What is of requests is not asked, and no body is needed.
  const given = { ...options, locale: undefined, envelope: 'flat' } as const
  let origin: Origin
  const responder = createResponder<TRequest>(given, () => origin, caller)
  return (thrown, subject) => {
    const { acceptLanguage, requestId, context } = subject
    origin = subject
    const facts = factsOf({
      header: (name) => (name === 'accept-language' ? acceptLanguage : undefined),
      requestId,
    })
    responder(thrown, facts, context).report()
    return describeError(thrown, { ...options, locale: acceptLanguage })
  }
}
