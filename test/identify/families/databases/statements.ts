import { expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { recognize } from '../../../../src/identify/recognition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { answerTo, conditionOf } from './expected.ts'
import { failureOf } from '../../../support/failure-of.ts'

/** For any database. */
export const TABLES = `
  create table members (
    id integer primary key, name varchar(8) not null unique check (name <> 'nobody'), version integer default 1);
  create table rentals (id integer primary key, member integer not null references members (id));
  insert into members (id, name) values (1, 'ann'), (2, 'bob');
`

/** What every wrapper is asked to run. */
const statements: readonly (readonly [what: string, is: Condition | undefined, statement: string])[] = [
  ['a duplicate key', 'already-exists', "insert into members (id, name) values (3, 'ann')"],
  ['a row that is not there', 'conflict', 'insert into rentals values (1, 99)'],
  ['null', 'validation-failed', 'insert into members (id, name) values (3, null)'],
  ['a check', 'validation-failed', "insert into members (id, name) values (3, 'nobody')"],
  ['a syntax error', undefined, 'selec'],
]

/** The constraint or column that a driver tells of the same statements. */
type Places = Readonly<Record<string, object>>

const PLACES: Places = {
  'a duplicate key': { constraint: 'members_name_key' },
  'a row that is not there': { constraint: 'rentals_member_fkey' },
  null: { column: 'name' },
  'a check': { constraint: 'members_name_check' },
}

/** SQLite names no constraint that has no name of its own. */
export const PLACES_OF_SQLITE: Places = {
  'a duplicate key': { column: 'name' },
  null: { column: 'name' },
}

/** What MariaDB names them itself. */
export const PLACES_OF_MARIADB: Places = {
  'a duplicate key': { constraint: 'name' },
  'a row that is not there': { constraint: 'rentals_ibfk_1' },
  null: { column: 'name' },
  'a check': { constraint: 'name', column: 'name' },
}

/**
 * Tests every statement, and the first on every framework.
 *
 * @param places - what the driver says of what a statement broke @default what PostgreSQL's does
 */
export function fails(run: (statement: string) => unknown, places = PLACES): void {
  for (const [what, condition, statement] of statements) {
    test(`a statement that fails for ${what} is ${condition ?? 'unrecognized'}`, async () => {
      expect(conditionOf(await failureOf(() => run(statement)))).toBe(condition)
    })

    test(`R12: recognize tells of a statement that fails for ${what} what its driver does`, async () => {
      const error = await failureOf(() => run(statement))
      expect(recognize(error)).toEqual(condition && { condition, ...places[what] })
      expect(recognize(new Error('x', { cause: error }))).toEqual(recognize(error))
    })
  }

  test('a duplicate key in a route is answered with the code of the catalog', async () => {
    // Some return a thenable that is no promise, of which Express 5 warns.
    const answers = await answersTo(async () => await run(statements[0]![2]), { catalog: conditionCatalog })
    expect(answers).toEqual(everywhere(answerTo('already-exists')))
  })
}
