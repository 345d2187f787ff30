import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BizError } from '../../../../src/catalogs/cloud-waf.ts'
import type { StateChange } from '../../../../src/rate-limit/stores/fallback/fallback.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import { frameworkNames, type Route } from '../../../support/frameworks.ts'
import { send } from '../../../support/raw.ts'
import { serve } from '../../../support/served.ts'
import { limitedOn, pipeline, type Options } from '../../limited.ts'
import { conflict, LIMITED, masked } from '../away-http.ts'
import { libraries, untilReady, type Client } from './clients.ts'
import { startRedis, WHY_SKIPPED, withoutRedis, type RedisServer } from './redis-server.ts'

describe.skipIf(withoutRedis('away-http.test.ts'))(`rateLimit with redisStore${WHY_SKIPPED}`, () => {
  describe.each(libraries)('on $name', (library) => {
    let server: RedisServer
    let connected: Client

    beforeEach(async () => {
      server = await startRedis()
      connected = library.connect(server.port)
      await untilReady(connected)
    })

    afterEach(async () => {
      connected.end()
      await server.stop()
    })

    test.each(frameworkNames)(
      'N04, N06: with Redis away, every response has its headers and none tells of Redis, on %s',
      async (framework) => {
        const changes: StateChange[] = []
        const limit: Options = {
          policies: [{ name: 'minute', limit: 5, window: '1m' }],
          key: () => 'client',
          // Longer than a busy machine takes for an answer of a Redis that is there.
          store: redisStore(connected.client, { prefix: `${framework}:`, timeout: '500ms' }),
          onStateChange: (change) => changes.push(change),
        }
        const routes = {
          '/': () => {
            throw new BizError(1006)
          },
        }
        const app = limitedOn(framework, { limit, routes })
        const responses = await serve(...app, async ({ port }) => {
          const ask = async (): Promise<string> =>
            masked(await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } }))
          const up = [await ask(), await ask()]
          server.pause()
          const hanging = [await ask(), await ask()]
          server.resume()
          await server.kill()
          const down = [await ask(), await ask(), await ask(), await ask()]
          return { up, hanging, down }
        })
        expect(responses).toEqual({
          up: [conflict(4), conflict(3)],
          // Counted in this process from here on.
          hanging: [conflict(4), conflict(3)],
          down: [conflict(2), conflict(1), conflict(0), LIMITED],
        })
        expect(changes.map(({ state }) => state)).toEqual(['degraded'])
      },
    )

    test('M15: what does not count costs one command more, which its response does not wait for', async () => {
      const admin = new Redis(server.port, '127.0.0.1')
      const scripts = async (): Promise<number> =>
        Number(/cmdstat_evalsha:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1] ?? 0)
      const limit: Options = {
        policies: [{ name: 'minute', limit: 5, window: '1m' }],
        key: () => 'client',
        store: redisStore(connected.client, { prefix: 'given-back:', timeout: '10s' }),
        countIf: ({ status }) => status !== 204,
      }
      const answers: Readonly<Record<string, Route>> = {
        '/given-back': (_request, response) => void response.writeHead(204).end(),
        '/counted': (_request, response) => void response.writeHead(201).end(),
        // What writes then waits, and so does the script that gives back.
        '/paused': async (_request, response) => {
          await admin.client('PAUSE', 60_000, 'WRITE')
          response.writeHead(204).end()
        },
      }
      await serve(...limitedOn('Express 5', { limit, routes: answers }), async ({ port }) => {
        const ask = (path: string): Promise<string> => send(port, { path })
        // The server knows both scripts from then on.
        await ask('/given-back')
        await expect.poll(() => admin.exists('given-back:1:{client}')).toBe(0)
        await admin.config('RESETSTAT')
        await ask('/counted')
        expect(await scripts()).toBe(1)
        expect(await ask('/paused')).toMatch(/^HTTP\/1\.1 204 /)
        expect(await scripts()).toBe(2)
        await admin.client('UNPAUSE')
        await expect.poll(scripts).toBe(3)
        expect(await ask('/counted')).toMatch(/^X-RateLimit-Remaining: 3\r$/m)
      })
      admin.disconnect()
    })

    test('M10: 300 parallel requests over HTTP against a limit of 30: exactly 30 pass', async () => {
      const limit: Options = {
        policies: [{ name: 'minute', limit: 30, window: '1m' }],
        key: () => 'client',
        store: redisStore(connected.client, { prefix: 'exact:', timeout: '10s' }),
      }
      const app = limitedOn('Express 5', {
        limit,
        routes: { '/': (_request, response) => void response.writeHead(204).end() },
      })
      const statuses = await serve(...app, async ({ port }) =>
        Promise.all(Array.from({ length: 20 }, () => pipeline(port, 15))),
      )
      const count = (status: string): number => statuses.flat().filter((one) => one === status).length
      expect({ passed: count('204'), refused: count('429') }).toEqual({ passed: 30, refused: 270 })
      const admin = new Redis(server.port, '127.0.0.1')
      expect(await admin.keys('exact:*')).toEqual(['exact:1:{client}'])
      admin.disconnect()
    })
  })
})
