/**
 * Prints what it costs many machines to share limits in one Redis, and what passes while it is away. Redis, its
 * outage and all times are real; a machine is a store of its own with a connection of its own, all in this process.
 *
 *     npm run simulate:limits
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createCalendar } from '../../../src/rate-limit/calendar.ts'
import { withFallback, type FallbackStore } from '../../../src/rate-limit/stores/fallback/fallback.ts'
import type { Fallback } from '../../../src/rate-limit/stores/fallback/local.ts'
import { memoryStore } from '../../../src/rate-limit/stores/memory/memory-store.ts'
import { redisStore } from '../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Limit } from '../../../src/rate-limit/stores/store.ts'
import { showProgress } from '../../support/progress.ts'
import { startRedis } from '../stores/redis/redis-server.ts'

const MACHINES = [1, 10, 100, 1_000]
const KEYS = 1_000_000
/** Of each number of machines but the last, which asks once for every key. */
const REQUESTS = 50_000
/** Requests that are under way at once, on all machines together. */
const IN_FLIGHT = 500

const OUTAGE = 10_000
const LIMIT = 100
const ASKED = 10_000

function limitOf(name: string, limit: number, window: Limit['window']): Limit {
  return { name, limit, window, algorithm: 'fixed' }
}

/** As in the gateway: three windows. */
const limits = [
  limitOf('second', 10, 1),
  limitOf('hour', 1_000, 3_600),
  limitOf('month', 100_000, createCalendar('month')),
]

/** 36 characters, as a UUID has. */
function keyOf(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-1f2e-4d3c-8b4a-5968778695a4`
}

async function numberOf(admin: Redis, section: string, pattern: RegExp): Promise<number> {
  return Number(pattern.exec(await admin.info(section))?.[1] ?? 0)
}

interface Cost {
  readonly machines: number
  readonly requests: number
  readonly keys: number
  readonly commands: number
  readonly microseconds: number
  readonly bytes: number
}

/** Asks so many times, for as many keys, evenly over machines that share a Redis of their own. */
async function share(machines: number, requests: number): Promise<Cost> {
  const server = await startRedis(['--maxclients', '2000'])
  const admin = new Redis(server.port, '127.0.0.1')
  const clients = Array.from({ length: machines }, () => new Redis(server.port, '127.0.0.1'))
  await Promise.all(clients.map((client) => client.ping()))
  const stores = clients.map((client): FallbackStore =>
    withFallback(redisStore(client, { timeout: '1s' }), limits, {
      local: memoryStore({ maxKeys: 1_000 }),
      warn: (message, error) => console.error(message, error),
    }),
  )
  await stores[0]!.consume('first', 1)
  await admin.config('RESETSTAT')
  const before = await numberOf(admin, 'memory', /used_memory:(\d+)/)
  let sent = 0
  const ask = async (): Promise<void> => {
    while (sent < requests) {
      const index = sent++
      await stores[index % machines]!.consume(keyOf(index), 1)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask))
  const [evalsha, evals] = await Promise.all([
    numberOf(admin, 'commandstats', /cmdstat_evalsha:calls=(\d+)/),
    numberOf(admin, 'commandstats', /cmdstat_eval:calls=(\d+)/),
  ])
  const microseconds = await numberOf(admin, 'commandstats', /cmdstat_evalsha:.*?usec_per_call=([\d.]+)/)
  const keys = (await admin.dbsize()) - 1
  if (keys !== requests) throw new Error(`Redis has ${keys} keys: some requests were counted elsewhere`)
  const bytes = ((await numberOf(admin, 'memory', /used_memory:(\d+)/)) - before) / keys
  for (const store of stores) store.close()
  for (const client of clients) client.disconnect()
  admin.disconnect()
  await server.stop()
  return { machines, requests, keys, commands: (evalsha + evals) / requests, microseconds, bytes }
}

interface Group {
  readonly machines: number
  readonly fallback: string
  readonly stores: readonly FallbackStore[]
  passed: number
}

const FALLBACKS: Readonly<Record<string, (machines: number) => Fallback>> = {
  "'memory'": () => 'memory',
  '{ share: 1 / machines }': (machines) => ({ share: 1 / machines }),
  "'allow'": () => 'allow',
}

/** One client has used up its limit when Redis goes away, and asks on. All groups live through the same outage. */
async function outage(): Promise<{ readonly groups: readonly Group[]; readonly back: number }> {
  const server = await startRedis()
  const client = new Redis({ port: server.port, host: '127.0.0.1', disconnectTimeout: 100 })
  await client.ping()
  const groups = MACHINES.flatMap((machines) =>
    Object.entries(FALLBACKS).map(([name, fallback]): Group => ({
      machines,
      fallback: name,
      passed: 0,
      stores: Array.from({ length: machines }, () =>
        withFallback(
          redisStore(client, { prefix: `${machines} ${name.replaceAll(/[{}]/g, '')}:`, timeout: '1s' }),
          [limitOf('minute', LIMIT, 60)],
          { fallback: fallback(machines), local: memoryStore({ maxKeys: 100 }), warn: () => {} },
        ),
      ),
    })),
  )
  await Promise.all(
    groups.flatMap(({ stores }) =>
      Array.from({ length: LIMIT }, async (_, index) => stores[index % stores.length]!.consume('client', 1)),
    ),
  )
  await server.kill()
  const started = performance.now()
  for (let asked = 0; asked < ASKED; asked++) {
    const wait = started + (asked * OUTAGE) / ASKED - performance.now()
    if (wait > 1) await sleep(wait)
    await Promise.all(
      groups.map(async (group) => {
        const { allowed } = await group.stores[asked % group.machines]!.consume('client', 1)
        if (allowed) group.passed++
      }),
    )
  }
  await server.start()
  const up = performance.now()
  const stores = groups.flatMap(({ stores }) => stores)
  while (stores.some(({ degraded }) => degraded)) {
    await Promise.all(stores.map(async (store) => store.consume('next', 1)))
    await sleep(20)
  }
  const back = performance.now() - up
  for (const store of stores) store.close()
  client.disconnect()
  await server.stop()
  return { groups, back }
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '---:'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const count = (value: number): string => value.toLocaleString('en-US')

const costs: Cost[] = []
const progress = showProgress(MACHINES.length, 'numbers of machines')
for (const machines of MACHINES) {
  costs.push(await share(machines, machines === MACHINES.at(-1) ? KEYS : REQUESTS))
  progress.update(costs.length)
}
progress.stop()
console.log('Three limits, one request for each key:\n')
console.log(
  table(
    ['machines', 'keys', 'Redis commands per request', 'µs of Redis per request', 'bytes of Redis per key'],
    costs.map(({ machines, keys, commands, microseconds, bytes }) => [
      count(machines),
      count(keys),
      commands.toFixed(4),
      microseconds.toFixed(1),
      bytes.toFixed(0),
    ]),
  ),
)

const { groups, back } = await outage()
console.log(
  `\nRedis away for ${OUTAGE / 1000} s: of ${count(ASKED)} requests of a client that had used up its ${LIMIT} a minute, this many passed:\n`,
)
console.log(
  table(
    ['machines', ...Object.keys(FALLBACKS).map((name) => `\`fallback: ${name}\``)],
    MACHINES.map((machines) =>
      [machines]
        .concat(groups.filter((group) => group.machines === machines).map(({ passed }) => passed))
        .map(count),
    ),
  ),
)
console.log(`\nOnce Redis was up, all machines used it again after ${(back / 1000).toFixed(1)} s.`)
