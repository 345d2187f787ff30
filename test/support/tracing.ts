// Registers a real OpenTelemetry SDK, for good: only for a process of its own, which imports all that is to be traced
// afterwards, by import().
import { createRequire } from 'node:module'
import { SpanKind } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node'

const exporter = new InMemorySpanExporter()
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()] })

// What is required is patched, and what is imported is not.
const require = createRequire(import.meta.url)
for (const patched of ['node:http', 'express']) require(patched)

// Of this copy: a provider that is registered with another one is refused.
export { context, metrics, trace } from '@opentelemetry/api'

const { setTimeout: wait } = await import('node:timers/promises')

/** The server's span of the one request that was made since the last call, once it has ended. */
export async function endedSpan(): Promise<ReadableSpan> {
  for (;;) {
    const span = exporter.getFinishedSpans().find(({ kind }) => kind === SpanKind.SERVER)
    if (span !== undefined) {
      exporter.reset()
      return span
    }
    await wait(1)
  }
}
