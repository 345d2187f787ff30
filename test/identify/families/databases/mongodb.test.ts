import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { MongoClient, MongoOperationTimeoutError, ObjectId, type MongoClientOptions } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { recognize } from '../../../../src/identify/recognition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { startMongo, type MongoServer } from '../../../support/mongo-server.ts'
import { answerTo, conditionOf, expectEverywhere } from './expected.ts'
import { failureOf } from '../../../support/failure-of.ts'

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const errors: readonly (readonly [code: number, name: string, is: Condition | undefined])[] = [
  [11000, 'DuplicateKey', 'already-exists'],
  [121, 'DocumentValidationFailure', 'validation-failed'],
  [24, 'LockTimeout', 'write-conflict'],
  [112, 'WriteConflict', 'write-conflict'],
  [6, 'HostUnreachable', 'unavailable'],
  [7, 'HostNotFound', 'unavailable'],
  [89, 'NetworkTimeout', 'unavailable'],
  [91, 'ShutdownInProgress', 'unavailable'],
  [189, 'PrimarySteppedDown', 'unavailable'],
  [10107, 'NotWritablePrimary', 'unavailable'],
  [11600, 'InterruptedAtShutdown', 'unavailable'],
  [11602, 'InterruptedDueToReplStateChange', 'unavailable'],
  [13435, 'NotPrimaryNoSecondaryOk', 'unavailable'],
  [13436, 'NotPrimaryOrSecondary', 'unavailable'],
  [50, 'MaxTimeMSExpired', 'timeout'],
  [262, 'ExceededTimeLimit', 'timeout'],
  [2, 'BadValue', undefined],
  [9, 'FailedToParse', undefined],
  [13, 'Unauthorized', undefined],
  [18, 'AuthenticationFailed', undefined],
]

describe('MongoDB (mongodb)', () => {
  let server: MongoServer
  let client: MongoClient

  beforeAll(async () => {
    server = await startMongo()
    client = new MongoClient(server.url, OPTIONS)
  })
  afterAll(async () => {
    await client.close()
    server.close()
  })

  function find(from = client): Promise<unknown> {
    return from.db('secret').collection('members').findOne({ name: 'ann' })
  }

  function insert(): Promise<unknown> {
    return client.db('secret').collection('members').insertOne({ name: 'ann' })
  }

  /** What is told of a duplicate key that the server words like this. */
  async function duplicateKey(problem: object): Promise<unknown> {
    server.reaction = { ok: 1, n: 0, writeErrors: [{ ...DUPLICATE, ...problem }] }
    return recognize(await failureOf(insert))
  }

  async function withClient(
    options: MongoClientOptions,
    action: (own: MongoClient) => Promise<unknown>,
  ): Promise<unknown> {
    const own = new MongoClient(server.url, { ...OPTIONS, ...options })
    try {
      return await action(own)
    } finally {
      await own.close()
    }
  }

  for (const [code, codeName, condition] of errors) {
    test(`${codeName} is ${condition ?? 'unrecognized'}`, async () => {
      server.reaction = { ok: 0, code, codeName, errmsg: "no 'ann' in secret.members" }
      const error = await failureOf(find)
      expect(error).toMatchObject({ name: 'MongoServerError', code })
      expect(conditionOf(error)).toBe(condition)
    })
  }

  test('a duplicate key in a route is answered with the code of the catalog', async () => {
    server.reaction = { ok: 1, n: 0, writeErrors: [DUPLICATE] }
    expect(await answersTo(insert, { catalog: conditionCatalog })).toEqual(
      everywhere(answerTo('already-exists')),
    )
  })

  test('a duplicate key among many is already-exists', async () => {
    server.reaction = { ok: 1, n: 0, writeErrors: [DUPLICATE] }
    const error = await failureOf(() =>
      client
        .db('secret')
        .collection('members')
        .insertMany([{ name: 'ann' }]),
    )
    expect(error).toMatchObject({ name: 'MongoBulkWriteError', code: 11000 })
    expect(conditionOf(error)).toBe('already-exists')
  })

  test('R12: a duplicate key tells the index, and the field of a key that is one', async () => {
    const told = 'E11000 duplicate key error collection: secret.members index: '
    expect([
      await duplicateKey({}),
      await duplicateKey({
        keyPattern: { shop: 1, name: 1 },
        errmsg: `${told}shop_1_name_1 dup key: { shop: 1, name: " index: hunter2 dup key: " }`,
      }),
      await duplicateKey({
        errmsg: `${told}by name collation: { locale: "de" } dup key: { name: "0x616e6e" }`,
      }),
      await duplicateKey({ errmsg: `${told}${'i'.repeat(200)} dup key: { name: "ann" }` }),
      await duplicateKey({ errmsg: 'hunter2', keyPattern: undefined }),
    ]).toEqual([
      { condition: 'already-exists', constraint: 'name_1', column: 'name' },
      { condition: 'already-exists', constraint: 'shop_1_name_1' },
      { condition: 'already-exists', constraint: 'by name', column: 'name' },
      { condition: 'already-exists', column: 'name' },
      { condition: 'already-exists' },
    ])
  })

  test('R12: a duplicate key among many tells the index', async () => {
    server.reaction = { ok: 1, n: 0, writeErrors: [DUPLICATE] }
    const many = client
      .db('secret')
      .collection('members')
      .insertMany([{ name: 'ann' }])
    expect(recognize(await failureOf(() => many))).toEqual({
      condition: 'already-exists',
      constraint: 'name_1',
    })
  })

  test('a write that a primary which steps down cannot confirm is unavailable', async () => {
    server.reaction = {
      ok: 1,
      n: 1,
      writeConcernError: { code: 189, codeName: 'PrimarySteppedDown', errmsg: 'no' },
    }
    const error = await failureOf(insert)
    expect(error).toMatchObject({ name: 'MongoWriteConcernError', code: 189 })
    expect(conditionOf(error)).toBe('unavailable')
  })

  test('an answer that takes longer than `socketTimeoutMS` is timeout', async () => {
    server.reaction = 'wait'
    const error = await failureOf(() => withClient({ socketTimeoutMS: 20 }, find))
    expect(error).toHaveProperty('name', 'MongoNetworkTimeoutError')
    await expectEverywhere(error, 'timeout')
  })

  test('an operation that takes longer than `timeoutMS` is timeout', () => {
    // In this version of the driver the option has no effect, and the class remains.
    expect(conditionOf(new MongoOperationTimeoutError('Timed out'))).toBe('timeout')
  })

  test('a pool without a free connection is unavailable', async () => {
    server.reaction = 'wait'
    const error = await failureOf(() =>
      withClient({ maxPoolSize: 1, waitQueueTimeoutMS: 20 }, (own) => Promise.all([find(own), find(own)])),
    )
    expect(error).toHaveProperty('name', 'MongoWaitQueueTimeoutError')
    expect(conditionOf(error)).toBe('unavailable')
  })

  test('a connection that the server ends is unavailable', async () => {
    server.reaction = 'drop'
    const error = await failureOf(() => withClient({}, find))
    expect(error).toHaveProperty('name', 'MongoNetworkError')
    await expectEverywhere(error, 'unavailable')
  })

  test('a server that cannot be reached is unavailable', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    const own = new MongoClient(`mongodb://127.0.0.1:${port}/`, { ...OPTIONS, serverSelectionTimeoutMS: 20 })
    const error = await failureOf(() => find(own))
    await own.close()
    expect(error).toHaveProperty('name', 'MongoServerSelectionError')
    await expectEverywhere(error, 'unavailable')
  })

  test('what is no ObjectId is validation-failed', async () => {
    const error = await failureOf(() => new ObjectId('ann'))
    expect(error).toHaveProperty('name', 'BSONError')
    await expectEverywhere(error, 'validation-failed')
  })
})

const DUPLICATE = {
  index: 0,
  code: 11000,
  keyPattern: { name: 1 },
  keyValue: { name: 'ann' },
  errmsg: "E11000 duplicate key error collection: secret.members index: name_1 dup key: { name: 'ann' }",
}

const OPTIONS: MongoClientOptions = {
  // The driver speaks nothing but OP_MSG then.
  serverApi: '1',
  retryReads: false,
  retryWrites: false,
  // A primary that steps down is asked again.
  minHeartbeatFrequencyMS: 1,
}
