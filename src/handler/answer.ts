import { catalog as cloudWaf } from '../catalogs/cloud-waf.ts'
import { genericState, type BizErrorState } from '../core/state.ts'
import { compose, type Composed, type Reply, type RequestFacts } from '../core/compose.ts'
import { createConceal } from '../core/conceal.ts'
import { identify } from '../core/identify.ts'
import { ignoreRejection } from '../core/read.ts'
import { httpStatus } from '../foreign/http.ts'
import { parserStatus } from '../foreign/parsers.ts'
import { createLocalize } from '../locale/localize.ts'
import { checkOptions, type ErrorHandlerOptions } from './options.ts'
import { createReporter, type ErrorReport } from './report.ts'

/** What became of a reply. */
export interface Delivery extends Pick<ErrorReport, 'sent' | 'clientGone'> {
  /** Whether another response was cut off for it. */
  readonly cut: boolean
}

/** Makes the answer to a thrown value. `report` is called by the adapter once the answer has been written. */
export type Answer<TRequest> = (
  thrown: unknown,
  facts: Omit<RequestFacts, 'locale'>,
  request: TRequest,
) => { readonly reply: Reply; readonly report: (delivery: Delivery) => void }

/** Sets up the way from a thrown value to a reply: identify → compose → report. */
export function createAnswer<TRequest>(options: ErrorHandlerOptions<TRequest>): Answer<TRequest> {
  checkOptions(options)
  const { catalog = cloudWaf } = options
  const rules = [options.identify ?? []].flat()
  const reporter = createReporter(options.logger, options.onError)
  const settings = {
    conceal: createConceal(catalog, options.conceal),
    localize: createLocalize({
      catalog,
      locales: options.locales,
      i18n: options.i18n,
      fallbackLocale: options.fallbackLocale,
      warn: reporter.warn,
    }),
    envelope: options.envelope,
    problem: options.problem ?? false,
    statusMode: options.statusMode ?? 'http',
    docsUrl: options.docsUrl,
    warn: reporter.warn,
  }
  const localeOf = options.locale

  /** The app's choice, when it makes one that can be understood. */
  function chosenLocale(request: TRequest): string | undefined {
    try {
      const locale: unknown = localeOf?.(request)
      ignoreRejection(locale)
      return typeof locale === 'string' ? locale : undefined
    } catch (error) {
      reporter.warn('The locale function failed; Accept-Language was used', error)
      return undefined
    }
  }

  function identifyAndCompose(
    thrown: unknown,
    facts: RequestFacts,
  ): Composed & { readonly state: BizErrorState } {
    const statusOf = (value: unknown): number | undefined =>
      httpStatus(value) ?? parserStatus(value, facts.encoded)
    const state = identify(thrown, catalog, { rules, statusOf, warn: reporter.warn })
    return { state, ...compose(state, facts, settings) }
  }

  /** The last line: what no guard foresaw is answered as the generic 500. */
  function answerSafely(thrown: unknown, facts: RequestFacts): Composed & { readonly state: BizErrorState } {
    try {
      return identifyAndCompose(thrown, facts)
    } catch (error) {
      reporter.warn('The answer could not be made; the generic one was sent', error)
      const state = genericState(catalog, 500)
      return { state, ...compose(state, facts, { ...settings, envelope: undefined }) }
    }
  }

  return (thrown, facts, request) => {
    const { state, reply, description } = answerSafely(thrown, { ...facts, locale: chosenLocale(request) })
    return {
      reply,
      report: ({ sent, clientGone, cut }) =>
        reporter.report(
          Object.freeze({
            catalog: state.catalog.name,
            code: state.code,
            as: description.code === state.code ? undefined : description.code,
            unknownCode: state.unknownCode,
            unusable: state.unusable.length === 0 ? undefined : state.unusable,
            status: reply.status,
            sent,
            clientGone,
            locale: description.locale,
            requestId: facts.requestId,
            method: facts.method,
            route: facts.route,
            error: thrown,
          }),
          cut || (!clientGone && (state.status >= 500 || state.unknownCode !== undefined)),
        ),
    }
  }
}
