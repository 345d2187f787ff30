import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Store } from '../../../../src/rate-limit/stores/store.ts'
import { built } from '../../../support/built.ts'
import { limitOf } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'

const script = built(new URL('exact-process.ts', import.meta.url))

async function message(child: ChildProcess): Promise<unknown> {
  const [value] = (await once(child, 'message')) as [unknown]
  return value
}

onServers(
  'exact.test.ts',
  '4 processes with 1,000 parallel requests each against a limit of 100',
  (startServer) => {
    let server: RedisServer
    let admin: Redis
    let children: readonly ChildProcess[]

    beforeAll(async () => {
      server = await startServer()
      admin = new Redis(server.port, '127.0.0.1')
      children = ['ioredis', 'node-redis', 'ioredis', 'node-redis'].map((library) =>
        fork(script, [library, String(server.port)]),
      )
      expect(await Promise.all(children.map(message))).toEqual(['ready', 'ready', 'ready', 'ready'])
    })

    afterAll(async () => {
      for (const child of children) child.kill()
      admin.disconnect()
      await server.stop()
    })

    /** Returns how many requests are counted when all have asked. */
    async function race(command: 'consume' | 'giveBack'): Promise<number> {
      await admin.flushdb()
      const counts = Promise.all(children.map(message))
      for (const child of children) child.send(command)
      return ((await counts) as number[]).reduce((sum, count) => sum + count, 0)
    }

    test('M10: exactly 100 pass', async () => {
      expect(await race('consume')).toBe(100)
      expect(await admin.dbsize()).toBe(1)
    })

    test('M10: what is given back meanwhile is free again, and what is kept is counted, one by one', async () => {
      const kept = await race('giveBack')
      expect(kept).toBeLessThanOrEqual(100)
      const store = redisStore(admin, { timeout: '10s' })([
        limitOf(100),
        limitOf(1_000_000, 'month', { name: 'month' }),
      ]) as Required<Store>
      expect(await store.peek('k', 1)).toMatchObject({
        standings: [{ remaining: 100 - kept }, { remaining: 1_000_000 - kept }],
      })
      const rest = await Promise.all(Array.from({ length: 200 }, async () => store.consume('k', 1)))
      expect(rest.filter(({ allowed }) => allowed)).toHaveLength(100 - kept)
      store.close()
    })
  },
)
