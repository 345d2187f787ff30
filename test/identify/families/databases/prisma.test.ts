import { PrismaClientInitializationError, PrismaClientKnownRequestError } from '@prisma/client/runtime/client'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { conditionOf, expectEverywhere } from './expected.ts'
import { describeWithPostgres, START_TIMEOUT, startPostgres, type Postgres } from './postgres.ts'
import { prismaClient, type PrismaClient } from './prisma.ts'
import { fails, TABLES } from './statements.ts'
import { failureOf } from '../../../support/failure-of.ts'

const MORE = `
  create role crowd login connection limit 0;
  create sequence ids start 10;
  alter table members add key uuid, alter id set default nextval('ids');
  alter table rentals alter id set default nextval('ids');
`

describeWithPostgres('Prisma', () => {
  let server: Postgres
  let prisma: PrismaClient

  beforeAll(async () => {
    server = await startPostgres()
    const client = new Client(server.connection)
    await client.connect()
    await client.query(`${TABLES}; ${MORE}`)
    await client.end()
    prisma = prismaClient(server.connection)
  }, START_TIMEOUT)
  afterAll(async () => {
    await prisma?.$disconnect()
    await server?.stop()
  })

  // All of these are P2010.
  fails((statement) => prisma.$queryRawUnsafe(statement))

  const queries: readonly (readonly [
    what: string,
    code: string,
    is: Condition | undefined,
    query: () => Promise<unknown>,
  ])[] = [
    ['a duplicate key', 'P2002', 'already-exists', () => prisma.member.create({ data: { name: 'ann' } })],
    ['a row that is not there', 'P2003', 'conflict', () => prisma.rental.create({ data: { memberId: 99 } })],
    [
      'a relation that is required',
      'P2014',
      'conflict',
      async () => {
        const rented = await prisma.rental.create({ data: { memberId: 2 } })
        return prisma.member.update({ where: { id: 2 }, data: { rentals: { disconnect: rented } } })
      },
    ],
    [
      'a text that is too long',
      'P2000',
      'validation-failed',
      () => prisma.member.create({ data: { name: 'a long name' } }),
    ],
    [
      'what is no UUID',
      'P2007',
      'validation-failed',
      () => prisma.member.create({ data: { name: 'zoe', key: 'x' } }),
    ],
    [
      'a number out of range',
      'P2020',
      'validation-failed',
      () => prisma.rental.findUniqueOrThrow({ where: { id: 2 ** 40 } }),
    ],
    ['a check', 'P2039', 'validation-failed', () => prisma.member.create({ data: { name: 'nobody' } })],
    ['a NUL character', 'P2039', 'validation-failed', () => prisma.member.create({ data: { name: 'a\0' } })],
    [
      'a query of nothing',
      'P2025',
      'not-found',
      () => prisma.member.findUniqueOrThrow({ where: { id: 99 } }),
    ],
    [
      'an update of nothing',
      'P2025',
      'not-found',
      () => prisma.member.update({ where: { id: 99 }, data: { name: 'zoe' } }),
    ],
    [
      'two writers',
      'P2034',
      'write-conflict',
      () =>
        prisma.$transaction(
          async (one) => {
            await one.member.findMany()
            await prisma.member.update({ where: { id: 1 }, data: { name: 'ann' } })
            await one.member.update({ where: { id: 1 }, data: { name: 'ann' } })
          },
          { isolationLevel: 'Serializable' },
        ),
    ],
    [
      'a transaction that does not end in time',
      'P2028',
      'timeout',
      () =>
        prisma.$transaction(
          async (transaction) => {
            await transaction.$queryRawUnsafe('select pg_sleep(0.05)::text')
            await transaction.member.findMany()
          },
          { timeout: 20 },
        ),
    ],
  ]

  for (const [what, code, condition, query] of queries) {
    test(`a query that fails for ${what} (${code}) is ${condition ?? 'unrecognized'}`, async () => {
      const error = await failureOf(query)
      expect(error).toMatchObject({ name: 'PrismaClientKnownRequestError', code })
      expect(conditionOf(error)).toBe(condition)
    })
  }

  test('a query that does not fit the schema is unrecognized', async () => {
    const error = await failureOf(() => prisma.member.create({ data: { name: 7 } }))
    expect(error).toHaveProperty('name', 'PrismaClientValidationError')
    expect(conditionOf(error)).toBe(undefined)
  })

  test('a transaction that does not begin in time is timeout', async () => {
    const one = prismaClient(server.connection, { max: 1 })
    const error = await failureOf(() =>
      one.$transaction(() => one.$transaction(async () => {}, { maxWait: 20 })),
    )
    await one.$disconnect()
    expect(error).toHaveProperty('code', 'P2028')
    await expectEverywhere(error, 'timeout')
  })

  test('one connection too many is unavailable', async () => {
    const crowd = prismaClient({ ...server.connection, user: 'crowd' })
    const error = await failureOf(() => crowd.member.findMany())
    await crowd.$disconnect()
    expect(error).toHaveProperty('code', 'P2037')
    expect(conditionOf(error)).toBe('unavailable')
  })

  test('a database that cannot be reached is unavailable', async () => {
    const away = prismaClient({ ...server.connection, port: 1 })
    const error = await failureOf(() => away.member.findMany())
    expect(error).toHaveProperty('code', 'P1001')
    await expectEverywhere(error, 'unavailable')
  })
})

describe('Prisma, of an earlier version', () => {
  test.each([
    ['P1001', 'unavailable'],
    ['P1002', 'unavailable'],
    ['P1008', 'timeout'],
    ['P1000', undefined],
    [undefined, undefined],
  ] as const)('that cannot connect (%s) is %s', (code, condition) => {
    expect(conditionOf(new PrismaClientInitializationError('no', '6.19.0', code))).toBe(condition)
  })

  test.each([
    ['P2006', 'validation-failed'],
    ['P2011', 'validation-failed'],
    ['P2012', 'validation-failed'],
    ['P2019', 'validation-failed'],
    ['P2023', 'validation-failed'],
    ['P2033', 'validation-failed'],
    ['P2001', 'not-found'],
    ['P2015', 'not-found'],
    ['P2018', 'not-found'],
    ['P1017', 'unavailable'],
    ['P2024', 'unavailable'],
    ['P1008', 'timeout'],
    ['P2021', undefined],
  ] as const)('that fails with %s is %s', (code, condition) => {
    const error = new PrismaClientKnownRequestError('no', { code, clientVersion: '6.19.0' })
    expect(conditionOf(error)).toBe(condition)
  })
})
