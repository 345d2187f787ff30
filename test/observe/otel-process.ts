// Fails requests under the real SDKs of OpenTelemetry, and prints what spans and metrics hold of it. In a process of its
// own: both are registered for good.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { endedSpan, metrics, trace } from '../support/tracing.ts'

const { otel } = await import('../../src/observe/otel.ts')
const observe = otel()
const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e9 })
// After otel() was called.
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))

const { BizError, defineCatalog } = await import('../../src/index.ts')
const { frameworks, koaCallback, listen } = await import('../support/frameworks.ts')
const { send } = await import('../support/raw.ts')
const { sampleReport } = await import('../support/sample-report.ts')
const { fastifyFrameworks } = await import('../frameworks/support/fastify.ts')
const { honoFrameworks } = await import('../frameworks/support/hono.ts')
const { nestFrameworks } = await import('../frameworks/support/nest.ts')
const { errorHandler } = await import('../../src/adapters/koa/index.ts')
const { default: Koa } = await import('koa')

const chat = defineCatalog({
  name: 'chat',
  errors: {
    LOST: { code: 7, status: 500, message: 'Lost' },
    GONE: { code: 8, status: 404, message: 'Gone' },
  },
  httpStatus: 200,
})
const fail = (make: () => unknown) => (): never => {
  throw make()
}
const routes = {
  '/conflict': fail(() => new BizError(1006)),
  '/fault': fail(() => new TypeError('boom')),
  '/concealed': fail(() => new BizError(500, { as: 404 })),
  '/several': fail(() => new BizError(1006, { also: [new BizError(500)] })),
  '/lost': fail(() => new chat.BizError('LOST')),
  '/gone': fail(() => new chat.BizError('GONE')),
}
const cut = {
  '/cut': (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200)
    response.write('part')
    throw new BizError(1006)
  },
}
const options = { logger: { error: () => {} }, observe }

async function tell(name: string, path: string): Promise<void> {
  const { status, attributes } = await endedSpan()
  const { 'error.type': type, 'bizerror.catalog': catalog, 'bizerror.code': code } = attributes
  console.log(JSON.stringify([name, path, status.code, type, catalog, code]))
}

async function tellCounts(name: string): Promise<void> {
  await reader.forceFlush()
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics: told }) => told)
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [descriptor.name, value, attributes]),
    )
  exporter.reset()
  // Of others there is nothing new.
  for (const point of points.filter(([, value]) => value !== 0)) console.log(JSON.stringify([name, ...point]))
}

const raw = [frameworks[0]!, frameworks[2]!]
for (const { name, listener } of [...raw, fastifyFrameworks[0]!, honoFrameworks[0]!, nestFrameworks[0]!]) {
  const isRaw = raw.some((each) => each.name === name)
  const { port, server } = await listen(listener({ options, routes: isRaw ? { ...routes, ...cut } : routes }))
  for (const path of [...Object.keys(routes), ...(isRaw ? ['/cut'] : []), '/nowhere']) {
    await send(port, { path })
    await tell(name, path)
  }
  await tellCounts(name)
  server.close()
  server.closeAllConnections()
}

// A span of a middleware around the error handler is not the one of the request.
const app = new Koa()
app.use((_context, next) =>
  trace.getTracer('app').startActiveSpan('outer', async (span) => {
    await next()
    const { status, attributes } = span as unknown as { status: object; attributes: object }
    console.log(JSON.stringify(['a middleware', status, attributes]))
    span.end()
  }),
)
app.use(errorHandler(options))
app.use(fail(() => new TypeError('boom')))
const inner = await listen(koaCallback(app))
await send(inner.port, { path: '/' })
await tell('the request', '/')
inner.server.close()
await tellCounts('the request')

// Another copy, such as the one for require(), has the same counter.
const { href } = new URL('../../src/observe/otel.ts?copy', import.meta.url)
const copy = (await import(href)) as { readonly otel: typeof otel }
for (const observer of [observe, copy.otel()]) observer.onReport!(sampleReport(), undefined)
console.log(JSON.stringify(['copies', copy.otel !== otel]))
await tellCounts('two copies')

// A client that leaves is no fault of the server's.
const left = new Koa()
left.use(errorHandler(options))
left.use(async ({ req }) => {
  await once(req.socket, 'close')
  throw new BizError(500)
})
const { port, server } = await listen(koaCallback(left))
const socket = connect(port, '127.0.0.1', () => {
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n')
  setTimeout(() => socket.destroy(), 20)
})
await tell('a client that left', '/')
await tellCounts('a client that left')
server.close()
process.exit()
