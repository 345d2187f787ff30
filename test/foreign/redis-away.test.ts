import { once } from 'node:events'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import {
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  createClient,
  ErrorReply,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
} from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HandlerOptions } from '../../src/handler/options.ts'
import {
  startRedis,
  WHY_SKIPPED,
  withoutRedis,
  type RedisServer,
} from '../rate-limit/stores/redis/redis-server.ts'
import { answersTo, everywhere } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { freePort } from '../support/free-port.ts'
import { answerOf } from '../support/stacks.ts'
import { becomes } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

/** What the guide tells to write for errors that have no mark. */
const AWAY: HandlerOptions['identify'] = [
  ...[
    ClientClosedError,
    ClientOfflineError,
    ConnectionTimeoutError,
    SocketClosedUnexpectedlyError,
    SocketTimeoutError,
  ].map((when) => ({ when, condition: 'unavailable' as const })),
  {
    when: (error) => error instanceof ErrorReply && /^(?:LOADING|BUSY|OOM|READONLY) /.test(error.message),
    condition: 'unavailable',
  },
  {
    // ioredis
    when: (error) => error instanceof Error && error.message === 'Connection is closed.',
    condition: 'unavailable',
  },
]

async function expectUnavailableByLine(error: unknown): Promise<void> {
  const fail = (): never => {
    throw error
  }
  const options = { catalog: conditionCatalog }
  expect([await answersTo(fail, options), await answersTo(fail, { ...options, identify: AWAY })]).toEqual([
    everywhere(answerOf('unrecognized')),
    everywhere(answerOf('unavailable')),
  ])
}

describe.skipIf(withoutRedis('test/foreign/redis-away.test.ts'))(`Redis${WHY_SKIPPED}`, () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  async function withRedis(
    use: (redis: Redis) => Promise<unknown>,
    options: RedisOptions = {},
  ): Promise<void> {
    const redis = new Redis({ host: '127.0.0.1', port: server.port, ...options })
    redis.on('error', () => {})
    try {
      await use(redis)
    } finally {
      redis.disconnect()
    }
  }

  becomes('R13: what Redis replies to ioredis when it cannot serve is unavailable', [
    {
      what: 'no memory is left',
      fail: () => withRedis((redis) => outOfMemory(redis, () => redis.set('a', 'hunter2'))),
      becomes: 'unavailable',
      logged: { type: 'ReplyError' },
    },
    {
      what: 'no memory is left for one command of a pipeline',
      fail: () =>
        withRedis((redis) =>
          outOfMemory(redis, async () => {
            const replies = await redis.pipeline().set('a', 'hunter2').exec()
            for (const [error] of replies!) if (error !== null) throw error
          }),
        ),
      becomes: 'unavailable',
    },
    {
      what: 'a replica that takes no writes',
      fail: () =>
        withRedis(async (redis) => {
          await redis.replicaof('127.0.0.1', '1')
          try {
            await redis.set('a', 'hunter2')
          } finally {
            await redis.replicaof('NO', 'ONE')
          }
        }),
      becomes: 'unavailable',
    },
    {
      what: 'a script that runs',
      fail: async () => {
        await withRedis(async (redis) => {
          await redis.config('SET', 'busy-reply-threshold', '1')
          const script = redis.eval('while true do end', 0).catch(() => {})
          try {
            await withRedis((other) => untilRefused(() => other.get('a')), {
              enableReadyCheck: false,
            })
          } finally {
            await withRedis((other) => other.call('SCRIPT', 'KILL'), { enableReadyCheck: false })
            await script
          }
        })
      },
      becomes: 'unavailable',
    },
    {
      what: 'a command that does not go with the key',
      fail: () =>
        withRedis(async (redis) => {
          await redis.set('a', 'hunter2')
          await redis.lpush('a', 'hunter2')
        }),
      becomes: undefined,
      logged: { type: 'ReplyError' },
    },
  ])

  test('R13: what node-redis throws has no mark, and is known by lines of identify', async () => {
    const client = createClient({ socket: { host: '127.0.0.1', port: server.port } })
    await client.connect()
    await client.configSet('maxmemory', '1')
    const refused = await failureOf(() => client.set('a', 'hunter2'))
    await client.configSet('maxmemory', '0')
    await client.close()
    expect(refused).toBeInstanceOf(ErrorReply)
    await expectUnavailableByLine(refused)
    const closed = await failureOf(() => client.get('a'))
    expect(closed).toBeInstanceOf(ClientClosedError)
    await expectUnavailableByLine(closed)
  })
})

async function outOfMemory<TResult>(redis: Redis, use: () => Promise<TResult>): Promise<TResult> {
  await redis.config('SET', 'maxmemory', '1')
  try {
    return await use()
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
}

/** A script is busy only after its threshold. */
async function untilRefused(ask: () => Promise<unknown>): Promise<never> {
  for (;;) await ask()
}

becomes('R13: a Redis that ioredis gives up is unavailable', [
  {
    what: 'a server that cannot be reached',
    fail: async () => {
      const redis = new Redis({ host: '127.0.0.1', port: await freePort(), maxRetriesPerRequest: 0 })
      redis.on('error', () => {})
      try {
        await redis.get('a')
      } finally {
        redis.disconnect()
      }
    },
    becomes: 'unavailable',
    logged: { type: 'MaxRetriesPerRequestError' },
  },
  {
    what: 'a cluster without a node',
    fail: async () => {
      const cluster = new Cluster([{ host: '127.0.0.1', port: await freePort() }], {
        clusterRetryStrategy: () => null,
      })
      await once(cluster, 'ready')
    },
    becomes: 'unavailable',
    logged: { type: 'ClusterAllFailedError' },
  },
])

test('R13: a connection of ioredis that is closed has no mark, and is known by a line of identify', async () => {
  const redis = new Redis({ host: '127.0.0.1', port: await freePort(), retryStrategy: () => null })
  redis.on('error', () => {})
  const error = await failureOf(() => redis.get('a'))
  expect(error).toHaveProperty('message', 'Connection is closed.')
  await expectUnavailableByLine(error)
})

test('R13: a node-redis that is offline has no mark, and is known by a line of identify', async () => {
  const client = createClient({
    socket: { host: '127.0.0.1', port: await freePort(), reconnectStrategy: 200 },
    disableOfflineQueue: true,
  })
  client.on('error', () => {})
  const connected = client.connect().catch(() => {})
  await once(client, 'reconnecting').catch(() => {})
  const error = await failureOf(() => client.get('a'))
  client.destroy()
  await connected
  expect(error).toBeInstanceOf(ClientOfflineError)
  await expectUnavailableByLine(error)
})
