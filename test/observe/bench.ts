// `npm run bench:observe`: what a tool of operators takes of an error, with its real library. All run in one process, in
// turns; the least of the processor's time is shown, since a busy machine only adds to it.
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import * as Sentry from '@sentry/node'
import client from 'prom-client'
import { otel } from '../../src/observe/otel.ts'
import { promCounter } from '../../src/observe/prom.ts'
import { sentry } from '../../src/observe/sentry.ts'
import type { Observer } from '../../src/report/report.ts'
import { sampleReport } from '../support/sample-report.ts'
import { context, metrics, trace } from '../support/tracing.ts'

const ROUNDS = 20
const ERRORS = 50_000
const GOAL = 1_000

/** As many codes, routes and methods as a busy API has. */
const reports = Array.from({ length: 64 }, (_, index) => {
  const status = index % 8 === 0 ? 500 : 409
  return Object.freeze(
    sampleReport({
      code: 1000 + (index % 32),
      status,
      route: `/things/${index % 16}/:id`,
      method: index % 2 === 0 ? 'GET' : 'POST',
      error: new Error('x'),
    }),
  )
})
const mistakes = reports.map((report) => Object.freeze({ ...report, status: 409, serverFault: false }))

const span = trace.getTracer('bench').startSpan('GET /things/:id')
const active = trace.setSpan(context.active(), span)
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e9 })

interface Contestant {
  readonly name: string
  readonly observer: Observer
  readonly told: typeof reports
}

const fixed = { catalog: 'shop', code: '1006', status: '409', method: 'GET' }
const alone = new client.Counter({ name: 'alone', help: 'x', labelNames: Object.keys(fixed), registers: [] })
const contestants: readonly Contestant[] = [
  { name: 'none', observer: { onAnswer() {}, onReport() {} }, told: reports },
  { name: 'otel, a span and no metrics', observer: otel(), told: reports },
  { name: 'prom-client alone', observer: { onReport: () => alone.inc(fixed) }, told: reports },
  { name: 'prom', observer: promCounter({ client }), told: reports },
  { name: 'sentry, of a 4xx', observer: sentry({ client: Sentry }), told: mistakes },
]

function timeOf({ observer, told }: Contestant): number {
  const start = process.cpuUsage()
  for (let index = 0; index < ERRORS; index++) {
    const report = told[index % told.length]!
    observer.onAnswer?.(report, undefined)
    observer.onReport?.(report, undefined)
  }
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1_000) / ERRORS
}

function race(all: readonly Contestant[]): void {
  const times = new Map<Contestant, number[]>(all.map((each) => [each, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [each, taken] of times) taken.push(context.with(active, () => timeOf(each)))
  }
  for (const [{ name }, taken] of times) {
    const least = Math.min(...taken)
    console.log(`${name.padEnd(32)} ${least.toFixed(0).padStart(6)} ns an error`)
    if (least > GOAL) process.exitCode = 1
  }
}

race(contestants)
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
race([{ name: 'otel, a span and metrics', observer: otel(), told: reports }])
