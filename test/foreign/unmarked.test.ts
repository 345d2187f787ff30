import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { Redis } from 'ioredis'
import { Client as LdapClient } from 'ldapts'
import lusca from 'lusca'
import { Client as MinioClient } from 'minio'
import mongoose from 'mongoose'
import mysql from 'mysql2/promise'
import nano from 'nano'
import needle from 'needle'
import { afterAll, expect, test, vi } from 'vitest'
import { answersTo, everywhere } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { freePort } from '../support/free-port.ts'
import { answerOf } from '../support/stacks.ts'
import { unmarked } from './unmarked-lines.ts'
import { startUpstream } from './upstream.ts'
import { failureOf } from '../support/failure-of.ts'

// It is deprecated, and its types would be installed with it.
const request = createRequire(import.meta.url)('request') as (
  options: { readonly url: string; readonly maxRedirects: number },
  done: (error: Error | null) => void,
) => void

const up = await startUpstream()
const WAIT = 40

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const stalling = createServer((_request, response) => response.writeHead(200).write('{'))
const stall = await portOf(stalling)
const silent = createTcpServer((socket) => socket.on('error', () => {}))
const silence = await portOf(silent)
afterAll(() => {
  stalling.close()
  stalling.closeAllConnections()
  silent.close()
})

const failures: readonly (readonly [library: string, condition: string, fail: () => unknown])[] = [
  [
    'ioredis, whose connection is closed',
    'unavailable',
    async () => {
      const redis = new Redis({ host: '127.0.0.1', port: await freePort(), retryStrategy: () => null })
      redis.on('error', () => {})
      await redis.get('a')
    },
  ],
  [
    'ldapts, which is not answered',
    'timeout',
    async () => {
      const client = new LdapClient({ url: `ldap://127.0.0.1:${silence}`, timeout: WAIT })
      await client.bind('cn=ann', 's3cr3t')
    },
  ],
  [
    'lusca, without a token',
    'forbidden',
    () =>
      new Promise((resolve, reject) => {
        const incoming = { method: 'POST', headers: {}, body: {}, session: {} }
        const next = (error?: unknown): void =>
          error === undefined ? resolve(undefined) : reject(error as Error)
        lusca.csrf()(incoming as never, { locals: {}, statusCode: 200 } as never, next)
      }),
  ],
  [
    'minio, after all its tries',
    'unavailable',
    () =>
      new MinioClient({
        endPoint: '127.0.0.1',
        port: Number(new URL(up).port),
        useSSL: false,
        accessKey: 'a',
        secretKey: 's3cr3t',
        region: 'us-east-1',
        pathStyle: true,
        retryOptions: { maximumRetryCount: 1, baseDelayMs: 1, maximumDelayMs: 2 },
      }).statObject('503', 'key'),
  ],
  [
    'mongoose, which has no connection',
    'unavailable',
    () => {
      const schema = new mongoose.Schema({ name: String }, { bufferTimeoutMS: WAIT, autoCreate: false })
      return mongoose.createConnection().model('Member', schema).findOne()
    },
  ],
  [
    'mysql2, with as many waiting as may',
    'unavailable',
    async () => {
      const pool = mysql.createPool({
        host: '127.0.0.1',
        port: silence,
        connectionLimit: 1,
        queueLimit: 1,
        connectTimeout: WAIT,
      })
      const taken = [pool.getConnection(), pool.getConnection()].map((one) => one.catch(() => {}))
      try {
        await pool.getConnection()
      } finally {
        await Promise.race([pool.end().catch(() => {}), Promise.all(taken)])
      }
    },
  ],
  [
    'nano, which is refused',
    'unavailable',
    async () =>
      nano(`http://127.0.0.1:${await freePort()}`)
        .use('members')
        .get('ann'),
  ],
  [
    'needle, to whom the body does not come',
    'upstream-timeout',
    () => needle('get', `http://127.0.0.1:${stall}/`, {}, { read_timeout: WAIT }),
  ],
  [
    'request, in a circle of redirects',
    'upstream-failed',
    () =>
      new Promise((resolve, reject) =>
        request({ url: `${up}/loop`, maxRedirects: 2 }, (error) =>
          error === null ? resolve(undefined) : reject(error),
        ),
      ),
  ],
]

test.each(failures)(
  'R13: %s, leaves no mark, and is %s by a line of identify',
  async (_, condition, fail) => {
    // minio tells of each try.
    const printed = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn')]
    for (const print of printed) print.mockReturnValue()
    const error = await failureOf(fail)
    for (const print of printed) print.mockRestore()
    const thrower = (): never => {
      throw error
    }
    const options = { catalog: conditionCatalog }
    expect([
      await answersTo(thrower, options),
      await answersTo(thrower, { ...options, identify: unmarked }),
    ]).toEqual([everywhere(answerOf('unrecognized')), everywhere(answerOf(condition))])
  },
)

test('R13: each line of the guide for what leaves no mark is tried', () => {
  expect(failures.map(([, condition]) => condition)).toEqual(unmarked.map(({ condition }) => condition))
})
