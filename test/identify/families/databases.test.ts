import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type NetConnectOpts } from 'node:net'
import * as fc from 'fast-check'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { CONDITIONS, isCondition } from '../../../src/catalog/condition.ts'
import { databases } from '../../../src/identify/families/databases.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import { sampleFacts } from '../../support/sample-facts.ts'
import { conditionOf, expectEverywhere } from './databases/expected.ts'
import { failureOf } from '../../support/failure-of.ts'

const PORTS = [389, 636, 1433, 3306, 5432, 6379, 27017]

describe('a connection to a database', () => {
  test('that is refused is unavailable, by the port', async () => {
    const port = await unusedPort()
    const error = await failureOf(() => new Client({ host: '127.0.0.1', port }).connect())
    expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', port })
    await expectEverywhere(error, 'unavailable')
  })

  test('that is refused at each address of its host is unavailable', async () => {
    const error = await refusal({ port: await unusedPort(), lookup: bothAddresses, autoSelectFamily: true })
    expect(error).toMatchObject({ name: 'AggregateError', code: 'ECONNREFUSED' })
    await expectEverywhere(error, 'unavailable')
  })

  test('that is refused elsewhere is not known to be one', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    expect(conditionOf(await refusal({ host: '127.0.0.1', port }))).not.toBe('unavailable')
  })

  test('that ioredis gives up is unavailable', async () => {
    const redis = new Redis({ host: '127.0.0.1', port: 1, maxRetriesPerRequest: 0 })
    redis.on('error', () => {})
    const error = await failureOf(() => redis.get('ann'))
    redis.disconnect()
    expect(error).toHaveProperty('name', 'MaxRetriesPerRequestError')
    await expectEverywhere(error, 'unavailable')
  })

  test.each(PORTS)('is known by port %i', async (port) => {
    const error = await refusal({ host: '127.0.0.1', port: await unusedPort() })
    expect(conditionOf(Object.assign(error as object, { port }))).toBe('unavailable')
  })
})

function bothAddresses(
  _host: string,
  _options: unknown,
  done: (error: null, addresses: { address: string; family: number }[]) => void,
): void {
  done(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ])
}

/** Returns what Node.js says of a connection that it cannot make. */
async function refusal(options: NetConnectOpts): Promise<unknown> {
  return failureOf(() => once(connect(options), 'connect'))
}

/** Returns the port of a database that does not run here. */
async function unusedPort(): Promise<number> {
  for (const port of PORTS) {
    const socket = connect({ host: '127.0.0.1', port })
    try {
      await once(socket, 'connect')
    } catch {
      return port
    } finally {
      socket.destroy()
    }
  }
  throw new Error('There is a server on the port of every database')
}

const throwing = (): never => {
  throw new Error('hostile')
}
const hostile: unknown = new Proxy({}, { get: throwing })
const revoked = Proxy.revocable({}, {})
revoked.revoke()

function cyclic(properties: object): object {
  const error: Record<string, unknown> = { ...properties }
  for (const key of ['original', 'driverError', 'cause', 'errors', 'meta', 'driverAdapterError'])
    error[key] = error
  return error
}

const lookAlikes: readonly (readonly [what: string, thrown: unknown])[] = [
  ["a user's own code", { code: '23505', user: 'ann' }],
  ['a number for an SQLSTATE', { code: 23_505, severity: 'ERROR' }],
  ['a severity that is no text', { code: '23505', severity: {} }],
  ['another SQLSTATE', { code: '42P01', severity: 'ERROR' }],
  ["MySQL's name without its number", { code: 'ER_DUP_ENTRY', sqlState: '23000' }],
  ["MySQL's name without its SQLSTATE", { code: 'ER_DUP_ENTRY', errno: 1062 }],
  ['a lost connection that is not fatal', { code: 'PROTOCOL_CONNECTION_LOST', fatal: 'true' }],
  ["SQLite's code without its name", { code: 'SQLITE_CONSTRAINT_UNIQUE', name: 'Error' }],
  ["Node.js's code for SQLite alone", { code: 'ERR_SQLITE_ERROR' }],
  ["Node.js's code for SQLite with a text", { code: 'ERR_SQLITE_ERROR', errcode: '2067' }],
  ["MongoDB's number alone", { code: 11_000 }],
  ["MongoDB's number and name", { code: 11_000, name: 'MongoServerError' }],
  ["MongoDB's name alone", { name: 'MongoServerSelectionError' }],
  ['a BSONError by name', { name: 'BSONError' }],
  ["Prisma's code alone", { code: 'P2002' }],
  ["Prisma's code and version", { code: 'P2002', clientVersion: '7.10.0' }],
  ["Prisma's code and name", { code: 'P2002', name: 'PrismaClientKnownRequestError' }],
  ["Prisma's name alone", { name: 'PrismaClientInitializationError' }],
  ['a QueryFailedError of nothing', { name: 'QueryFailedError' }],
  ['a QueryFailedError of a text', { name: 'QueryFailedError', driverError: '23505' }],
  ['a QueryFailedError of a look-alike', { name: 'QueryFailedError', driverError: { code: '23505' } }],
  ['an EntityNotFoundError of no entity', { name: 'EntityNotFoundError' }],
  ['a SequelizeDatabaseError of nothing', { name: 'SequelizeDatabaseError' }],
  ['a SequelizeUniqueConstraintError of nothing', { name: 'SequelizeUniqueConstraintError' }],
  ['a SequelizeValidationError of nothing', { name: 'SequelizeValidationError' }],
  ['a SequelizeValidationError of no list', { name: 'SequelizeValidationError', errors: { length: 9 } }],
  ['a SequelizeBulkRecordError of nothing', { name: 'SequelizeBulkRecordError' }],
  ['a port without a connection', { code: 'ENOENT', port: 5432 }],
  ['a port that is text', { code: 'ENOENT', syscall: 'connect', port: '5432' }],
  ['a file that is named as a socket', { code: 'ENOENT', syscall: 'open', address: '/tmp/.s.PGSQL.5432' }],
  ['another socket', { code: 'ENOENT', syscall: 'connect', address: '/tmp/.s.PGSQL.5432.lock' }],
  ['an AggregateError of no list', { code: 'ENOENT', name: 'AggregateError', errors: 'connect' }],
]

describe('bad input', () => {
  for (const [what, thrown] of lookAlikes) {
    test(`${what} is unrecognized`, () => {
      expect(conditionOf(thrown)).toBe(undefined)
    })
  }

  test.each([
    ['a Proxy that throws', hostile],
    ['a revoked Proxy', revoked.proxy],
  ])('%s is unrecognized, also where an error is expected', (_, proxy) => {
    expect(conditionOf(proxy)).toBe(undefined)
    for (const name of ['QueryFailedError', 'SequelizeDatabaseError', 'SequelizeValidationError']) {
      const error = Object.assign(new Error('x'), {
        name,
        driverError: proxy,
        original: proxy,
        errors: proxy,
      })
      expect(conditionOf(error)).toBe(undefined)
    }
  })

  test('errors that hold themselves are bounded', () => {
    for (const name of [
      'QueryFailedError',
      'SequelizeDatabaseError',
      'SequelizeBulkRecordError',
      'AggregateError',
    ]) {
      expect(conditionOf(cyclic({ name }))).toBe(undefined)
    }
    expect(
      conditionOf(cyclic({ name: 'PrismaClientKnownRequestError', code: 'P2010', clientVersion: '7' })),
    ).toBe(undefined)
  })

  test('of 100,000 problems only the first are read', () => {
    let reads = 0
    const errors = Array.from({ length: 100_000 }, (_, index) => ({
      get path() {
        reads += 1
        return `field${index}`
      },
    }))
    const recognized = recognize(
      Object.assign(new Error('secret'), { name: 'SequelizeValidationError', errors }),
      sampleFacts,
    )
    expect(recognized?.condition).toBe('validation-failed')
    expect(recognized?.fields?.length).toBe(reads)
    expect(reads).toBeLessThanOrEqual(100)
  })

  test('of a problem only its path and the limits of the schema are told', async () => {
    const item = {
      message: 'secret ann',
      path: 'name',
      value: 'ann',
      validatorKey: 'min',
      validatorArgs: ['secret'],
      instance: { password: 'secret' },
    }
    const error = Object.assign(new Error('secret'), { name: 'SequelizeValidationError', errors: [item] })
    await expectEverywhere(error, 'validation-failed', {
      fields: [{ path: 'name', code: 'too_small', message: 'Too small' }],
    })
  })

  test('recognize never throws', () => {
    const marks = databases.rules.flatMap(({ values = [] }) => values)
    const mark = fc.constantFrom(...marks)
    const keys = [
      'name',
      'stack',
      'code',
      'severity',
      'errno',
      'sqlState',
      'fatal',
      'errcode',
      'errorLabels',
      'clientVersion',
    ]
    const holders = [
      'errors',
      'original',
      'driverError',
      'meta',
      'syscall',
      'port',
      'address',
      'timeout',
      'bsonError',
    ]
    const { error } = fc.letrec((tie) => ({
      error: fc.oneof(
        { maxDepth: 3 },
        fc.anything({ withNullPrototype: true }),
        mark,
        fc.constant(hostile),
        fc.array(tie('error'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys, ...holders), tie('error')),
        fc.record({
          name: mark,
          code: mark,
          original: tie('error'),
          driverError: tie('error'),
          errors: tie('error'),
        }),
      ),
    }))
    fc.assert(
      fc.property(error, (thrown) => {
        const recognized = recognize(thrown, sampleFacts)
        expect(recognized?.condition === undefined || isCondition(recognized.condition)).toBe(true)
      }),
    )
  })
})

test('each rule of databases says what it becomes, and by which values it is known', () => {
  for (const { from, property, values, condition, isFault } of databases.rules) {
    // nano's errors are named as any other's, and bear a status.
    const marks = from === 'nano' ? ['statusCode'] : ['name', 'code']
    expect(marks, from).toContain(property)
    if (from !== 'nano') expect(values?.length, from).toBeGreaterThan(0)
    if (isFault !== true) expect(Object.keys(CONDITIONS), from).toContain(condition)
  }
})
