import { createCompose } from '../../answer/compose.ts'
import type { RequestFacts } from '../../answer/facts.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Code } from '../../catalog/code.ts'
import type { ErrorDescription } from '../../catalog/envelope.ts'
import { MISSING } from '../../catalog/template.ts'
import { statusState, thrownState, type BizErrorState } from '../../error/state.ts'
import { isArray } from '../../guard/read.ts'
import { createFlow } from '../../handler/flow.ts'
import { completeOptions, HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import { isByType } from '../dump/by-type.ts'
import { catalogOf, envelopeOf } from '../dump/catalog.ts'
import type { Dump, DumpConceal, DumpEntry, DumpHandler } from '../dump/dump.ts'
import type { Answer, AnswerRequest, Answers } from './answers.ts'

/** The id that stands in answers that nobody asked for. */
export const SAMPLE_REQUEST_ID = '4f8c1d2e-7a90-4b6c-9d3e-5f1a2b3c4d5e'

/**
 * Makes the answers that an app gives.
 *
 * @param live - the options of the app's handler, for what a dump cannot hold: functions. Its catalog is that of the dump
 * @throws SetupError - for what no catalog can be
 */
export function createAnswers(dump: Dump, live?: HandlerOptions<Catalog, never>): Answers {
  const catalog = live?.catalog?.name === dump.catalog ? live.catalog : catalogOf(dump)
  const byKey = new Map(dump.entries.map((entry) => [entry.key, entry]))
  const options = live === undefined ? optionsOf(dump, byKey) : { ...live, catalog }
  // No request reaches them.
  const given = { ...options, catalog } as HandlerOptions
  const flow = createFlow(completeOptions('errorHandler', given, HANDLER_CHECKS))
  const compose = createCompose(flow)
  const { first } = flow.shapes
  const isCustom =
    live === undefined && first === undefined
      ? isUnreadable(dump.envelope)
      : isUnreadable(dump.handler?.envelope)

  function answer(state: BizErrorState, { locale, accept }: AnswerRequest): Answer {
    const { status, headers, body } = compose(state, factsOf(locale, accept)).reply
    return { status, headers, body: live === undefined && isCustom ? undefined : body }
  }

  return {
    ofEntry(key, request = {}) {
      const entry = byKey.get(key)
      if (entry === undefined || entry.code === dump.success.code) return undefined
      const params = { ...missing(entry), ...request.params }
      return answer(thrownState(catalog, key, { params }), request)
    },
    ofStatus: (status, request = {}) => answer(statusState(catalog, status), request),
  }
}

function missing({ params }: DumpEntry): Readonly<Record<string, string>> {
  return Object.fromEntries(params.map((name) => [name, MISSING]))
}

function isUnreadable(envelope: DumpHandler['envelope']): boolean {
  return envelope === 'custom' || (typeof envelope === 'object' && !isByType(envelope))
}

/** The options of a handler, as far as a dump holds them. */
function optionsOf(
  { handler = {}, entries }: Dump,
  byKey: ReadonlyMap<Code, DumpEntry>,
): HandlerOptions<Catalog, never> {
  const { envelope, httpStatus, docsUrl, conceal, revealParams } = handler
  const hasStatuses = entries.some((entry) => entry.httpStatus !== undefined)
  const hasDocs = entries.some((entry) => entry.docsUrl !== undefined)
  return {
    envelope: envelope === undefined ? undefined : (envelopesOf(envelope) as HandlerOptions['envelope']),
    httpStatus: hasStatuses
      ? ({ key, status }: ErrorDescription) => byKey.get(key)?.httpStatus ?? status
      : httpStatus,
    docsUrl: hasDocs ? ({ key }: ErrorDescription) => byKey.get(key)?.docsUrl : docsUrl,
    conceal: conceal === undefined ? undefined : concealOf(conceal),
    reveal: revealParams === undefined ? undefined : { params: true },
  }
}

function envelopesOf(envelope: NonNullable<DumpHandler['envelope']>): unknown {
  if (!isByType(envelope)) return envelopeOf(envelope)
  return Object.fromEntries(
    Object.entries(envelope).map(([type, each]) => [type, each === 'page' ? each : envelopeOf(each)]),
  )
}

/** Rules are all by error, or all by status. */
function concealOf(conceal: readonly DumpConceal[]): HandlerOptions['conceal'] {
  const byStatus = conceal.flatMap((rule) => ('status' in rule ? [[rule.status, rule.as]] : []))
  if (byStatus.length > 0) return Object.fromEntries(byStatus) as HandlerOptions['conceal']
  return conceal.flatMap((rule) => ('errors' in rule && isArray(rule.errors) ? [rule] : []))
}

function factsOf(locale: string | undefined, accept: string | undefined): RequestFacts {
  return {
    requestId: SAMPLE_REQUEST_ID,
    requestIdHeader: 'X-Request-ID',
    hasRequestId: false,
    accept,
    acceptLanguage: undefined,
    locale,
    vary: undefined,
    link: undefined,
    exposed: undefined,
    retryAfter: undefined,
    encoded: false,
    contentType: undefined,
    authorization: undefined,
    clientGone: false,
  }
}
