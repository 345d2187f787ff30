// Fails requests under a real OpenTelemetry SDK, and prints what was set on the span of each. A process of its own:
// the SDK patches node:http and Express when they are required first, and for good.
import { createRequire } from 'node:module'
import { SpanKind, trace } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

const exporter = new InMemorySpanExporter()
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new ExpressInstrumentation()] })
const require = createRequire(import.meta.url)
for (const patched of ['node:http', 'express']) require(patched)

const { channel } = await import('node:diagnostics_channel')
const { setTimeout: wait } = await import('node:timers/promises')
const { frameworks, listen } = await import('../contract/frameworks.ts')
const { send } = await import('../contract/raw.ts')

/** Marks the span that is active and open. */
const hear = (who: string) => (): void => void trace.getActiveSpan()?.setAttribute(`heard.${who}`, true)

channel('bizerror.answer').subscribe(hear('answers'))
channel('bizerror.report').subscribe(hear('reports'))
const routes = {
  '/throws': () => {
    throw new Error('x')
  },
  '/rejects': async () => {
    await wait(1)
    throw new Error('x')
  },
}
const logger = { error: hear('logger'), info: hear('logger') }
const options = { logger, onAnswer: hear('onAnswer'), onReport: hear('onReport') }
for (const { name, listener } of frameworks) {
  const { server, port } = await listen(listener({ options, routes }))
  for (const path of ['/throws', '/rejects', '/nowhere']) {
    exporter.reset()
    await send(port, { path })
    const served = () => exporter.getFinishedSpans().find(({ kind }) => kind === SpanKind.SERVER)
    while (served() === undefined) await wait(1)
    const heard = Object.keys(served()!.attributes).filter((key) => key.startsWith('heard.'))
    console.log([name, path, ...heard.sort()].join(' '))
  }
  server.close()
  server.closeAllConnections()
}
