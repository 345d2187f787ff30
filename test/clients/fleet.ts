import express from 'express'
import type { Redis } from 'ioredis'
import { errorHandler, rateLimit } from '../../src/index.ts'
import { redisStore } from '../../src/rate-limit/index.ts'
import { listen } from '../support/frameworks.ts'
import { shop } from './shop.ts'

/** How many requests pass in a window. */
export const LIMIT = 20

/** How a fleet got through a limit. */
export interface Passage {
  /** Of the clients, those that were served in the end. */
  readonly served: number
  /** What all of them sent. */
  readonly requests: number
  /** Seconds until the last of them was served, or gave up. */
  readonly seconds: number
  /** How many would have come back at once, had all that were refused at first been refused at the same moment. */
  readonly herd: number
}

/** What comes within so many milliseconds comes at once. */
export const AT_ONCE = 25

/**
 * Lets many clients ask at once, each for one thing, where twenty pass in a window. The limiter counts in Redis.
 *
 * @param ask - asks until it is served, or gives up
 */
export async function passageOf(
  redis: Redis,
  clients: number,
  ask: (url: string) => Promise<unknown>,
  window: '1s' | '1m' = '1s',
): Promise<Passage> {
  const arrivals = new Map<string, number[]>()
  const app = express()
  app.use((request, _response, next) => {
    arrivals.set(request.url, [...(arrivals.get(request.url) ?? []), performance.now()])
    next()
  })
  app.use(
    rateLimit({
      catalog: shop,
      policies: [{ name: 'all', limit: LIMIT, window, error: 10029 }],
      key: () => 'all of them',
      // Longer than a busy machine takes.
      store: redisStore(redis, { prefix: `fleet-${prefixes++}:`, timeout: '10s' }),
      headers: { draft: 'draft-11' },
    }),
  )
  app.get('/', (_request, response) => void response.json({ ok: true }))
  app.use(errorHandler({ catalog: shop }))

  const { port, server } = await listen(app)
  try {
    const began = performance.now()
    const ends = await Promise.allSettled(
      Array.from({ length: clients }, (_, client) => ask(`http://127.0.0.1:${port}/?client=${client}`)),
    )
    return {
      served: ends.filter(({ status }) => status === 'fulfilled').length,
      requests: [...arrivals.values()].flat().length,
      seconds: (performance.now() - began) / 1000,
      herd: most(
        [...arrivals.values()].flatMap(([first, second]) => (second === undefined ? [] : second - first!)),
        AT_ONCE,
      ),
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

let prefixes = 0

/** The most of these times that lie within a span. */
export function most(times: readonly number[], span: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((time) => time >= from && time < from + span).length),
  )
}
