import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client'
import { describe, expect, test } from 'vitest'
import { recognize } from '../../../../src/identify/recognition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
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
