import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client'
import { describe, expect, test } from 'vitest'
import { recognize } from '../../../../src/identify/recognition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { startComputing } from '../../../support/stopwatch.ts'
import { answerTo } from './expected.ts'

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html: as MySQL 8 says it. */
const messages: readonly (readonly [code: string, errno: number, message: string, place: object])[] = [
  ['ER_DUP_ENTRY', 1062, "Duplicate entry 'a' for key 'x'' for key 'users.name'", { constraint: 'name' }],
  ['ER_DUP_ENTRY', 1062, "Duplicate entry 'a' for key 'users.name", {}],
  ['ER_DUP_ENTRY', 1062, "Doppelter Eintrag 'a' for key 'x' für Schlüssel 'name'", {}],
  ['ER_DUP_ENTRY', 1062, "Duplicate entry 'a' for key '\u0000\n'", {}],
  ['ER_DUP_ENTRY', 1062, `Duplicate entry 'a' for key '${'x'.repeat(129)}'`, {}],
  ['ER_DUP_ENTRY', 1062, `Duplicate entry 'a' for key '${'x'.repeat(1_000_000)}'`, {}],
  ['ER_DUP_ENTRY', 1062, " for key 'x'".repeat(5_000), {}],
  [
    'ER_CHECK_CONSTRAINT_VIOLATED',
    3819,
    "Check constraint 'users_chk_1' is violated.",
    { constraint: 'users_chk_1' },
  ],
  [
    'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
    1366,
    "Incorrect integer value: 'x' for column 'y' at row 1' for column 'age' at row 1",
    { column: 'age' },
  ],
]

const codes = new Map([
  ['ER_DUP_ENTRY', 'already-exists'],
  ['ER_CHECK_CONSTRAINT_VIOLATED', 'validation-failed'],
  ['ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', 'validation-failed'],
])

function ofMysql(code: string, errno: number, sqlMessage: string): Error {
  return Object.assign(new Error(sqlMessage), { code, errno, sqlState: '23000', sqlMessage })
}

describe('R12: recognize tells where a statement failed', () => {
  test.each(messages)('by what MySQL says with %s (%i): %.60s', (code, errno, message, place) => {
    const error = ofMysql(code, errno, message)
    expect(recognize(error)).toEqual({ condition: codes.get(code), ...place })
  })

  test.each([
    ['P2002', { target: 'users_name_key' }, { condition: 'already-exists', constraint: 'users_name_key' }],
    ['P2002', { target: ['name'] }, { condition: 'already-exists', column: 'name' }],
    ['P2002', { target: ['team', 'place'] }, { condition: 'already-exists' }],
    ['P2003', { field_name: 'rentals_fkey (index)' }, { condition: 'conflict', constraint: 'rentals_fkey' }],
    ['P2003', { constraint: 'rentals_fkey' }, { condition: 'conflict', constraint: 'rentals_fkey' }],
    ['P2000', { column_name: 'name' }, { condition: 'validation-failed', column: 'name' }],
    ['P2002', { target: { length: 1 } }, { condition: 'already-exists' }],
  ] as const)('by what Prisma before 7 says with %s in meta: %j', (code, meta, expected) => {
    const error = new PrismaClientKnownRequestError('no', { code, clientVersion: '6.19.0', meta })
    expect(recognize(error)).toEqual(expected)
  })

  // Read with backtracking, each took 50 to 300 ms.
  test.each([
    ['MongoDB', ofMongo(filled('E11000 duplicate key error collection: ', ' index: '))],
    ['SQLite', ofSqlite(filled('', ' - SQLITE_CONSTRAINT: CHECK constraint failed: '))],
    ['PostgreSQL, by Prisma', ofPrisma(filled('null value in column "', '" of relation "'))],
    ['PostgreSQL, by Prisma', ofPrisma(filled('', ' violates check constraint "x') + '" no')],
  ])('in no time, also where a message was made to be slow: %s', (_server, error) => {
    recognize(error)
    const computed = startComputing()
    recognize(error)
    expect(computed()).toBeLessThan(20)
  })

  test('and no answer does', async () => {
    const error = ofMysql('ER_DUP_ENTRY', 1062, "Duplicate entry 'ann' for key 'users.name'")
    expect(recognize(error)).toHaveProperty('constraint', 'name')
    const fail = (): never => {
      throw error
    }
    const options = { catalog: conditionCatalog, reveal: { values: true } }
    expect(await answersTo(fail, options)).toEqual(everywhere(answerTo('already-exists')))
  })
})

/** The longest message that is read. */
function filled(beginning: string, unit: string): string {
  return (beginning + unit.repeat(65_536 / unit.length)).slice(0, 65_000)
}

function ofMongo(errmsg: string): Error {
  return Object.assign(new Error(errmsg), { name: 'MongoServerError', code: 11_000, errorLabels: [], errmsg })
}

function ofSqlite(message: string): Error {
  return Object.assign(new Error(message), { code: 'SQLITE_CONSTRAINT', errno: 19 })
}

function ofPrisma(originalMessage: string): Error {
  const meta = { driverAdapterError: { cause: { originalMessage } } }
  return new PrismaClientKnownRequestError('no', { code: 'P2011', clientVersion: '7.0.0', meta })
}
