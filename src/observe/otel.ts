import {
  context,
  createContextKey,
  metrics,
  SpanStatusCode,
  trace,
  type Attributes,
  type MeterProvider,
  type Span,
} from '@opentelemetry/api'
import { getOrMake } from '../guard/memo.ts'
import { SetupError } from '../guard/setup-error.ts'
import type { ErrorAnswer, ErrorReport, Observer } from '../report/report.ts'
import { createLabels } from './labels.ts'

/**
 * Tells OpenTelemetry of errors, by its conventions. The span of the request gets `bizerror.catalog` and `bizerror.code`;
 * for a fault of the server's, and no 4xx, also `error.type` (`shop.SOLD_OUT`) and the status Error
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status). The counter `bizerror.errors` has `error.type`,
 * `http.route` where it is known, and `http.response.status_code` where an answer was sent. Nothing is written as an
 * event: the log has the error. Providers may be registered before or after.
 *
 * @param none - it has no options
 * @throws SetupError - when it is given some
 * @example
 * app.use(errorHandler({ catalog: shop, observe: otel() }))
 */
export function otel(...none: readonly never[]): Observer {
  if (none.length > 0) {
    throw new SetupError(
      'otel was given options, and has none: it uses the providers that are registered. Call it: otel().',
    )
  }
  const counts = (holder[COUNTS] ??= { all: [], byType: new Map(), provider: undefined })
  return {
    onAnswer(answer) {
      const span = requestSpan()
      if (span?.isRecording() !== true) return
      const { catalog, code, type } = labelsOf(answer)
      span.setAttribute('bizerror.catalog', catalog)
      span.setAttribute('bizerror.code', code)
      if (answer.serverFault && !isClientError(answer)) fail(span, type)
    },
    onReport(report) {
      // Whatever status was to be sent, what came was broken.
      if (report.serverFault && !report.sent) fail(requestSpan(), labelsOf(report).type)
      count(report, counts)
    },
  }
}

const labelsOf = createLabels()

/** Of these the span of a server has no status, whatever is behind them. */
function isClientError({ status }: ErrorAnswer): boolean {
  return status >= 400 && status < 500
}

function fail(span: Span | undefined, type: string): void {
  span?.setAttribute('error.type', type)
  span?.setStatus({ code: SpanStatusCode.ERROR })
}

/** Under which instrumentations of HTTP keep the span of the request, as `@opentelemetry/core` has it. */
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA')

/** The span of the request. The active one may be that of a middleware, whose status is its own affair. */
function requestSpan(): Span | undefined {
  const metadata = context.active().getValue(RPC_METADATA) as { readonly span?: Span } | undefined
  return metadata?.span ?? trace.getActiveSpan()
}

interface Series {
  readonly attributes: Attributes
  count: number
}

/** What was counted, by what a series differs in: texts that are joined for each error take longer than the rest. */
interface Counts {
  readonly all: Series[]
  readonly byType: Map<string, Map<number | undefined, Map<string | undefined, Series>>>
  /** Who asks for it. */
  provider: MeterProvider | undefined
}

// Where any copy of this package finds it: a meter has one counter of a name.
const COUNTS = Symbol.for('bizerror.otel')
const holder = globalThis as { [COUNTS]?: Counts }

/** Counts here, and tells the meter when it asks: to be told of each error takes the SDK several microseconds. */
function count(report: ErrorReport, counts: Counts): void {
  const { type } = labelsOf(report)
  const status = report.sent ? report.status : undefined
  const byRoute = getOrMake(getOrMake(counts.byType, type, newMap), status, newMap)
  getOrMake(byRoute, report.route, (route) => newSeries(counts, type, status, route)).count++
  // The API has none until one is registered, and what it gives in its place does nothing, for good.
  const registered = metrics.getMeterProvider()
  if (registered === counts.provider) return
  counts.provider = registered
  tellMeterOf(registered, counts)
}

function newMap<TKey, TValue>(): Map<TKey, TValue> {
  return new Map()
}

function newSeries(
  { all }: Counts,
  type: string,
  status: number | undefined,
  route: string | undefined,
): Series {
  const attributes: Attributes = { 'error.type': type }
  if (status !== undefined) attributes['http.response.status_code'] = status
  if (route !== undefined) attributes['http.route'] = route
  const series = { attributes, count: 0 }
  all.push(series)
  return series
}

function tellMeterOf(provider: MeterProvider, { all }: Counts): void {
  provider
    .getMeter('bizerror')
    .createObservableCounter('bizerror.errors', {
      description: 'Errors that were answered, or could not be.',
      unit: '{error}',
    })
    .addCallback((result) => {
      for (const { attributes, count } of all) result.observe(count, attributes)
    })
}
