import { checkOptions, type Checks } from '../guard/options.ts'
import { isArray, read } from '../guard/read.ts'
import { SetupError } from '../guard/setup-error.ts'
import type { Observer } from '../report/report.ts'
import { createLabels, methodLabel } from './labels.ts'

/** The part of prom-client that is used. */
export interface PromClient {
  /** Its class of counters. */
  readonly Counter: new (configuration: {
    name: string
    help: string
    labelNames: PromLabel[]
    registers: never[]
  }) => PromCounter
  /** Its default registry. */
  readonly register: PromRegistry
}

/** The part of a registry of prom-client that is used. */
export interface PromRegistry {
  /** Returns what is registered under a name. */
  getSingleMetric(name: string): unknown
}

/** The part of a counter of prom-client that is used. */
export interface PromCounter {
  /** Counts one. */
  inc(labels: Record<PromLabel, string>): unknown
}

/** A label of the counter. */
export type PromLabel = (typeof LABELS)[number]

/** The options of `promCounter`. */
export interface PromOptions {
  /** What was imported: `import client from 'prom-client'`. */
  readonly client: PromClient
  /** Where the counter is registered. @default the client's own registry */
  readonly register?: PromRegistry | undefined
}

const NAME = 'bizerror_errors_total'
const LABELS = ['catalog', 'code', 'status', 'method'] as const

const CHECKS: Checks<PromOptions> = {
  client: [
    (value) => typeof read(value, 'Counter') === 'function' && isRegistry(read(value, 'register')),
    "prom-client itself: import client from 'prom-client'",
  ],
  register: [isRegistry, 'a registry of prom-client, such as new client.Registry()'],
}

function isRegistry(value: unknown): boolean {
  return typeof read(value, 'getSingleMetric') === 'function'
}

/**
 * Counts errors for Prometheus: `bizerror_errors_total{catalog, code, status, method}`. The code is the true one where it
 * was concealed; `status` is empty where no answer was sent. The handlers of one registry share the counter.
 *
 * @throws SetupError - when an option is wrong, or the name is taken by another metric
 * @example
 * import client from 'prom-client'
 * app.use(errorHandler({ catalog: shop, observe: promCounter({ client }) }))
 */
export function promCounter(options: PromOptions): Observer {
  const { client, register } = checkOptions('promCounter', options, CHECKS, '{ client }')
  if (client === undefined) throw new SetupError(`promCounter has no client. Give ${CHECKS.client[1]}.`)
  const counter = counterIn(register ?? client.register, client)
  const labelsOf = createLabels()
  return {
    onReport(report) {
      const { catalog, code } = labelsOf(report)
      const status = report.sent ? String(report.status) : ''
      counter.inc({ catalog, code, status, method: methodLabel(report.method) })
    },
  }
}

function counterIn(register: PromRegistry, { Counter }: PromClient): PromCounter {
  const present = register.getSingleMetric(NAME)
  if (present === undefined) {
    return new Counter({
      name: NAME,
      help: 'Errors that were answered, or could not be, by code.',
      labelNames: [...LABELS],
      registers: [register as never],
    })
  }
  const names = read(present, 'labelNames')
  if (isArray(names) && names.join() === LABELS.join()) return present as PromCounter
  throw new SetupError(
    `promCounter found another metric named ${NAME}. Give a registry without one: { register }.`,
  )
}
