import type { ServerResponse } from 'node:http'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoreDecision } from '../../../../src/rate-limit/stores/store.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Limiter } from '../../../../src/rate-limit/index.ts'
import { serve } from '../../../support/served.ts'
import { limitedOn, sendTo, type LimitedRequest } from '../../limited.ts'
import { libraries, limitOf, machine, untilReady, type Client } from './clients.ts'
import { startRedis, WHY_SKIPPED, withoutRedis, type RedisServer } from './redis-server.ts'

const PATIENT = { timeout: 10_000, interval: 10 }

const LIMIT = limitOf(9)

async function usedOf(limiter: Limiter<never>): Promise<number> {
  const [standing] = (await limiter.peek('client')).policies
  return standing!.limit - standing!.remaining
}

const used = (expected: number) => async (limiter: Limiter<never>) =>
  expect.poll(() => usedOf(limiter), PATIENT).toBe(expected)

describe.skipIf(withoutRedis('give-back.test.ts'))(`countIf with redisStore${WHY_SKIPPED}`, () => {
  describe.each(libraries)('on $name', (library) => {
    let server: RedisServer
    let connected: Client
    const escaped = vi.fn()

    beforeEach(async () => {
      process.on('unhandledRejection', escaped)
      server = await startRedis()
      connected = library.connect(server.port)
      await untilReady(connected)
    })

    afterEach(async () => {
      connected.end()
      await server.stop()
      process.off('unhandledRejection', escaped)
      expect(escaped).not.toHaveBeenCalled()
      escaped.mockClear()
    })

    /** Sends a request whose answer does not count, and lets `meanwhile` happen before it is answered. */
    async function answering(
      meanwhile: (limiter: Limiter<never>) => Promise<unknown>,
      check: (limiter: Limiter<never>, told: readonly number[]) => Promise<unknown>,
    ): Promise<void> {
      const told: number[] = []
      let limiter: Limiter<LimitedRequest> | undefined
      const app = limitedOn('Koa 3', {
        limit: {
          policies: [{ name: 'all', limit: 9, window: '1m' }],
          key: () => 'client',
          store: redisStore(connected.client, { timeout: '1s' }),
          countIf: ({ status }) => told.push(status) < 0,
        },
        routes: (given) => {
          limiter = given
          return {
            '/': async (_request, response: ServerResponse) => {
              await meanwhile(given as Limiter<never>)
              response.statusCode = 204
              response.end()
            },
          }
        },
      })
      await serve(...app, async (served) => {
        expect(await sendTo(served)).toMatch(/^HTTP\/1\.1 204 /)
        await expect.poll(() => told, PATIENT).toEqual([204])
        await check(limiter as Limiter<never>, told)
      })
    }

    test('M15: gives back to what was counted meanwhile, too', async () => {
      await answering((limiter) => limiter.consume('client', { cost: 2 }), used(2))
    })

    test('M15: gives nothing back to what was reset, nor to what was counted since', async () => {
      await answering(async (limiter) => {
        await limiter.reset('client')
        await limiter.consume('client')
      }, used(1))
    })

    test('M15: a block outlasts what is given back', async () => {
      await answering(
        (limiter) => limiter.block('client', '1h'),
        async (limiter) => {
          expect(await limiter.consume('client')).toMatchObject({
            allowed: false,
            policies: [{ remaining: 0 }],
          })
          await limiter.reset('client')
          expect(await usedOf(limiter)).toBe(0)
        },
      )
    })

    test('M15: gives nothing back where Redis was flushed, or restarted without what it had', async () => {
      const admin = new Redis(server.port, '127.0.0.1')
      await answering(
        () => admin.flushall(),
        async (limiter) => {
          expect(await usedOf(limiter)).toBe(0)
          expect(await admin.keys('*')).toEqual([])
        },
      )
      admin.disconnect()
      await answering(
        async () => {
          await server.kill()
          await server.start()
          await untilReady(connected)
        },
        async (limiter) => {
          await expect.poll(() => limiter.degraded, PATIENT).toBe(false)
          await used(0)(limiter)
        },
      )
    })

    test('N04, M15: Redis away at the answer changes nothing for the client', async () => {
      await answering(
        () => server.kill(),
        async (limiter) => {
          // What is decided by this process from now on began at none.
          expect((await limiter.consume('client')).policies[0]!.remaining).toBe(8)
        },
      )
    })

    test('N09, M15: a limiter that was closed gives nothing back, and asks Redis nothing', async () => {
      let sent = 0
      await answering(
        async (limiter) => {
          limiter.close()
          sent = connected.sent()
        },
        async () => expect(connected.sent()).toBe(sent),
      )
    })

    test('M15: what one process counted, the next one gives back', async () => {
      const { store: first } = machine(connected.client, [LIMIT], { timeout: '10s' })
      await first.consume('client', 1)
      const { receipt } = (await first.consume('client', 3)) as StoreDecision
      first.close()
      const { store: second } = machine(connected.client, [LIMIT], { timeout: '10s' })
      const kept = JSON.parse(JSON.stringify({ receipt })) as { readonly receipt: unknown }
      await second.giveBack('client', 3, undefined, kept.receipt)
      expect(((await second.peek('client', 1)) as StoreDecision).standings[0]!.remaining).toBe(8)
      // Whatever a receipt may be that another store wrote.
      for (const receipt of [undefined, null, NaN, -1, 0, Infinity, '1', {}, 1e300]) {
        await second.giveBack('client', 1, undefined, receipt)
      }
      expect(((await second.peek('client', 1)) as StoreDecision).standings[0]!.remaining).toBe(8)
      second.close()
    })

    test('M15: what was counted here while Redis was away is given back here, and the reverse', async () => {
      const { store, changes } = machine(connected.client, [LIMIT], { timeout: '1s' })
      const remaining = async (): Promise<number> =>
        ((await store.peek('client', 1)) as StoreDecision).standings[0]!.remaining
      const there = (await store.consume('client', 2)) as StoreDecision
      await server.kill()
      const here = (await store.consume('client', 3)) as StoreDecision
      expect(here.standings[0]!.remaining).toBe(6)
      await store.giveBack('client', 2, undefined, there.receipt)
      expect(await remaining(), 'What Redis counted is not given back here').toBe(6)
      await server.start()
      await untilReady(connected)
      await expect
        .poll(async () => {
          await store.peek('other', 1)
          return changes.at(-1)?.state
        }, PATIENT)
        .toBe('restored')
      // A client may send again what was not answered.
      const again = (await store.consume('client', 4)) as StoreDecision
      await store.giveBack('client', 3, undefined, here.receipt)
      expect(await remaining(), 'nor what was counted here in Redis').toBe(again.standings[0]!.remaining)
      store.close()
      expect(await remaining(), 'This process has it again').toBe(9)
    })
  })
})
