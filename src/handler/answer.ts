import { catalog as cloudWaf } from '../catalogs/cloud-waf.ts'
import { compose, type Reply, type RequestFacts } from '../core/compose.ts'
import { createConceal } from '../core/conceal.ts'
import { identify } from '../core/identify.ts'
import { httpStatus } from '../foreign/http.ts'
import { createLocalize } from '../locale/localize.ts'
import { checkOptions, type ErrorHandlerOptions } from './options.ts'
import { createReporter, type ErrorReport } from './report.ts'

/** What became of a reply. */
export type Delivery = Pick<ErrorReport, 'sent' | 'clientGone'>

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
      return typeof locale === 'string' ? locale : undefined
    } catch (error) {
      reporter.warn('The locale function failed; Accept-Language was used', error)
      return undefined
    }
  }

  return (thrown, facts, request) => {
    const state = identify(thrown, catalog, rules, httpStatus)
    const { reply, description } = compose(state, { ...facts, locale: chosenLocale(request) }, settings)
    return {
      reply,
      report: ({ sent, clientGone }) =>
        reporter.report(
          {
            catalog: state.catalog.name,
            code: state.code,
            as: description.code === state.code ? undefined : description.code,
            unknownCode: state.unknownCode,
            status: reply.status,
            sent,
            clientGone,
            locale: description.locale,
            requestId: facts.requestId,
            method: facts.method,
            route: facts.route,
            error: thrown,
          },
          !clientGone && (state.status >= 500 || state.unknownCode !== undefined),
        ),
    }
  }
}
