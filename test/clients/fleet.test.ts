import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axiosRetryOptions, createClient, createReader } from '../../src/client/index.ts'
import {
  startRedis,
  WHY_SKIPPED,
  withoutRedis,
  type RedisServer,
} from '../rate-limit/stores/redis/redis-server.ts'
import { AT_ONCE, LIMIT, most, passageOf } from './fleet.ts'

const CLIENTS = 50

describe.skipIf(withoutRedis('fleet.test.ts'))(
  `a fleet of 50 clients against a limit on Redis${WHY_SKIPPED}`,
  () => {
    let server: RedisServer
    let redis: Redis

    beforeAll(async () => {
      server = await startRedis()
      redis = new Redis(server.port, '127.0.0.1')
    })
    afterAll(async () => {
      redis.disconnect()
      await server.stop()
    })

    test('is served as a whole within a few attempts', async () => {
      const { served, requests } = await passageOf(redis, CLIENTS, (url) =>
        createClient({ retry: { attempts: 8 } }).fetch(url),
      )
      expect(served).toBe(CLIENTS)
      expect(requests).toBeLessThan(CLIENTS * 4)
    })

    test('comes back one by one, where all that are refused are told the same', async () => {
      const refused: Response[] = []
      const ask = async (url: string): Promise<void> => {
        const response = await fetch(url)
        if (!response.ok) refused.push(response)
      }
      await passageOf(redis, CLIENTS, ask, '1m')
      expect(refused.length).toBe(CLIENTS - LIMIT)
      const told = Number(refused[0]!.headers.get('Retry-After'))
      const { retryDelay } = axiosRetryOptions(createReader())
      const waits = refused.map(({ status, headers }) =>
        retryDelay(1, { response: { status, headers, data: '' } }),
      )
      expect(waits.every((wait) => Math.abs(wait / 1000 - told) < 2)).toBe(true)
      expect(most(waits, AT_ONCE)).toBeLessThan(refused.length / 2)
    })
  },
)
