import {
  context,
  createContextKey,
  metrics,
  SpanStatusCode,
  trace,
  type Attributes,
  type Counter,
  type MeterProvider,
  type Span,
} from '@opentelemetry/api'
import type { ErrorAnswer, Observer } from '../report/report.ts'
import { createLabels } from './labels.ts'

/**
 * Tells OpenTelemetry of errors, by its conventions. The span of the request gets `bizerror.catalog` and `bizerror.code`;
 * for a fault of the server's, and no 4xx, also `error.type` (`shop.SOLD_OUT`) and the status Error
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status). The counter `bizerror.errors` has `error.type`,
 * `http.route` where it is known, and `http.response.status_code` where an answer was sent. Nothing is written as an
 * event: the log has the error. Providers may be registered before or after.
 *
 * @example
 * app.use(errorHandler({ catalog: shop, observe: otel() }))
 */
export function otel(): Observer {
  const labelsOf = createLabels()
  const count = createCount()
  return {
    onAnswer(answer) {
      const span = requestSpan()
      if (span?.isRecording() !== true) return
      const { catalog, code, type } = labelsOf(answer)
      span.setAttributes({ 'bizerror.catalog': catalog, 'bizerror.code': code })
      if (answer.serverFault && !isClientError(answer)) fail(span, type)
    },
    onReport(report) {
      const { type } = labelsOf(report)
      // Whatever status was to be sent, what came was broken.
      if (report.serverFault && !report.sent) fail(requestSpan(), type)
      const attributes: Attributes = { 'error.type': type }
      if (report.sent) attributes['http.response.status_code'] = report.status
      if (report.route !== undefined) attributes['http.route'] = report.route
      count(attributes)
    },
  }
}

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

/** Counts with the meter that is registered by then: until one is, the API gives one that does nothing, for good. */
function createCount(): (attributes: Attributes) => void {
  let provider: MeterProvider | undefined
  let counter: Counter | undefined
  return (attributes) => {
    const registered = metrics.getMeterProvider()
    if (registered !== provider) {
      provider = registered
      counter = provider.getMeter('bizerror').createCounter('bizerror.errors', {
        description: 'Errors that were answered, or could not be.',
        unit: '{error}',
      })
    }
    counter?.add(1, attributes)
  }
}
