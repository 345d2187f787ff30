import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Redis as Valkey } from 'iovalkey'
import { createClient } from 'redis'
import { createCalendar, type Unit } from '../../../../src/rate-limit/calendar.ts'
import {
  withFallback,
  type FallbackStore,
  type StateChange,
} from '../../../../src/rate-limit/stores/fallback/fallback.ts'
import type { Fallback } from '../../../../src/rate-limit/stores/fallback/local.ts'
import { memoryStore } from '../../../../src/rate-limit/stores/memory/memory-store.ts'
import type { Limit } from '../../../../src/rate-limit/stores/store.ts'
import type { RedisClient } from '../../../../src/rate-limit/stores/redis/client.ts'
import { redisStore, type RedisStoreOptions } from '../../../../src/rate-limit/stores/redis/redis-store.ts'

/** A client with the defaults of its library, that nobody listens to. */
export interface Client {
  readonly client: RedisClient
  /** How often a script was sent. */
  readonly sent: () => number
  readonly end: () => void
}

export interface ConnectOptions {
  readonly password?: string
  /** Of ioredis: while Redis is down, it waits so long for its own closed socket before it lets the process end. */
  readonly disconnectTimeout?: number
}

export interface Library {
  readonly name: string
  /** Begins to connect, and does not wait for it. */
  readonly connect: (port: number, options?: ConnectOptions) => Client
}

export const libraries: readonly Library[] = [
  {
    name: 'ioredis',
    connect(port, options) {
      const client = new Redis({ port, host: '127.0.0.1', ...options })
      return { client, sent: countCalls(client, ['evalsha', 'eval']), end: () => client.disconnect() }
    },
  },
  {
    name: 'node-redis',
    connect(port, { password } = {}) {
      const client = createClient({
        socket: { port, host: '127.0.0.1' },
        ...(password !== undefined && { password }),
      })
      // As an app does that does not wait for it.
      void client.connect().catch(() => {})
      return {
        client,
        sent: countCalls(client, ['evalSha', 'eval']),
        end: () => (client.isOpen ? client.destroy() : undefined),
      }
    },
  },
]

/** The library of Valkey, which began as ioredis. */
export const iovalkey: Library = {
  name: 'iovalkey',
  connect(port, options) {
    const client = new Valkey({ port, host: '127.0.0.1', ...options })
    return { client, sent: countCalls(client, ['evalsha', 'eval']), end: () => client.disconnect() }
  },
}

/** Counts calls of an object's own methods, and lets them through. */
function countCalls(object: object, methods: readonly string[]): () => number {
  let calls = 0
  const target = object as Record<string, (...args: unknown[]) => unknown>
  for (const method of methods) {
    const real = target[method]!.bind(target)
    target[method] = (...args) => {
      calls++
      return real(...args)
    }
  }
  return () => calls
}

export async function untilReady({ client }: Client): Promise<void> {
  while (!('status' in client ? client.status === 'ready' : client.isReady === true)) await sleep(5)
}

export function limitOf(
  limit: number,
  window: Limit['window'] | Unit = 60,
  more: Partial<Limit> = {},
): Limit {
  const counted = typeof window === 'string' ? createCalendar(window) : window
  return { name: 'all', limit, window: counted, algorithm: 'fixed', ...more }
}

export interface Machine {
  readonly store: FallbackStore
  readonly changes: readonly StateChange[]
  readonly logs: readonly (readonly [message: string, error: unknown])[]
}

/** What a limiter counts with, with all that it tells. */
export function machine(
  client: RedisClient,
  limits: readonly Limit[],
  { fallback, ...options }: RedisStoreOptions & { readonly fallback?: Fallback } = {},
): Machine {
  const changes: StateChange[] = []
  const logs: [string, unknown][] = []
  const store = withFallback(redisStore(client, options), limits, {
    fallback,
    local: memoryStore(),
    onStateChange: (change) => changes.push(change),
    warn: (message, error) => logs.push([message, error]),
  })
  return { store, changes, logs }
}
