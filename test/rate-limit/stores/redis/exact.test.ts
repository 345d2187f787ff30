import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { built } from '../../../support/built.ts'
import { onServers } from './on-servers.ts'

const script = built(new URL('exact-process.ts', import.meta.url))

async function message(child: ChildProcess): Promise<unknown> {
  const [value] = (await once(child, 'message')) as [unknown]
  return value
}

onServers('exact.test.ts', 'redisStore', (startServer) => {
  test('M10: 4 processes with 1,000 parallel requests each against a limit of 100: exactly 100 pass', async () => {
    const server = await startServer()
    const children = ['ioredis', 'node-redis', 'ioredis', 'node-redis'].map((library) =>
      fork(script, [library, String(server.port)]),
    )
    try {
      expect(await Promise.all(children.map(message))).toEqual(['ready', 'ready', 'ready', 'ready'])
      const counts = Promise.all(children.map(message))
      for (const child of children) child.send('go')
      const passed = (await counts) as number[]
      expect(passed.reduce((sum, count) => sum + count, 0)).toBe(100)
      const admin = new Redis(server.port, '127.0.0.1')
      expect(await admin.dbsize()).toBe(1)
      admin.disconnect()
    } finally {
      for (const child of children) child.kill()
      await server.stop()
    }
  })
})
