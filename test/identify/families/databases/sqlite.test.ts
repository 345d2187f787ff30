import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Condition } from '../../../../src/catalog/condition.ts'
import { answersTo, everywhere } from '../../../support/answers.ts'
import { conditionCatalog } from '../../../support/conditions.ts'
import { describeUnless } from './describe-unless.ts'
import { answerTo, conditionOf } from './expected.ts'
import { describeWithSqlite } from './sqlite.ts'
import { failureOf } from '../../../support/failure-of.ts'

const SCHEMA = `
  pragma foreign_keys = on;
  create table members (id integer primary key, name text not null unique check (length(name) < 8));
  create table rentals (member integer references members (id) on delete restrict);
  create table scores (score integer) strict;
  create table texts (text);
  create trigger closed before insert on members when new.name = 'closed' begin select raise(abort, 'closed'); end;
  insert into members values (1, 'ann');
  insert into rentals values (1);
`

interface Statement {
  readonly what: string
  readonly resultCode: readonly [name: string, number: number]
  readonly is: Condition | undefined
  readonly sql: string
}

/** What both drivers can be made to fail with. */
const statements: readonly Statement[] = [
  {
    what: 'a duplicate key',
    resultCode: ['SQLITE_CONSTRAINT_UNIQUE', 2067],
    is: 'already-exists',
    sql: "insert into members values (2, 'ann')",
  },
  {
    what: 'a duplicate primary key',
    resultCode: ['SQLITE_CONSTRAINT_PRIMARYKEY', 1555],
    is: 'already-exists',
    sql: "insert into members values (1, 'bob')",
  },
  {
    what: 'a duplicate rowid',
    resultCode: ['SQLITE_CONSTRAINT_ROWID', 2579],
    is: 'already-exists',
    sql: "insert into texts (rowid, text) values (1, 'a'), (1, 'b')",
  },
  {
    what: 'a row that is not there',
    resultCode: ['SQLITE_CONSTRAINT_FOREIGNKEY', 787],
    is: 'conflict',
    sql: 'insert into rentals values (99)',
  },
  {
    what: 'a row that others refer to',
    resultCode: ['SQLITE_CONSTRAINT_TRIGGER', 1811],
    is: 'conflict',
    sql: 'delete from members',
  },
  {
    what: 'a trigger',
    resultCode: ['SQLITE_CONSTRAINT_TRIGGER', 1811],
    is: 'conflict',
    sql: "insert into members values (2, 'closed')",
  },
  {
    what: 'null',
    resultCode: ['SQLITE_CONSTRAINT_NOTNULL', 1299],
    is: 'validation-failed',
    sql: 'insert into members values (2, null)',
  },
  {
    what: 'a check',
    resultCode: ['SQLITE_CONSTRAINT_CHECK', 275],
    is: 'validation-failed',
    sql: "insert into members values (2, 'a long name')",
  },
  {
    what: 'a text for an integer',
    resultCode: ['SQLITE_CONSTRAINT_DATATYPE', 3091],
    is: 'validation-failed',
    sql: "insert into scores values ('x')",
  },
  {
    what: 'a text for a primary key',
    resultCode: ['SQLITE_MISMATCH', 20],
    is: 'validation-failed',
    sql: "insert into members values ('x', 'bob')",
  },
  {
    what: 'a value that is too big',
    resultCode: ['SQLITE_TOOBIG', 18],
    is: 'validation-failed',
    sql: 'select zeroblob(2147483647)',
  },
  { what: 'a syntax error', resultCode: ['SQLITE_ERROR', 1], is: undefined, sql: 'selec' },
  {
    what: 'a table that is not there',
    resultCode: ['SQLITE_ERROR', 1],
    is: undefined,
    sql: 'select * from nowhere',
  },
]

interface Connection {
  readonly exec: (sql: string) => unknown
  readonly close: () => unknown
}

/** The same for every driver: `open` opens a file without waiting for locks. */
function behaves(
  open: (file: string) => Connection,
  markOf: (statement: Statement['resultCode']) => object,
): void {
  let folder: string
  let one: Connection
  let other: Connection

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
    one = open(join(folder, 'test.db'))
    other = open(join(folder, 'test.db'))
    one.exec(SCHEMA)
  })
  afterAll(() => {
    one.close()
    other.close()
    rmSync(folder, { recursive: true })
  })

  for (const { what, resultCode, is, sql } of statements) {
    test(`a statement that fails for ${what} is ${is ?? 'unrecognized'}`, async () => {
      const error = await failureOf(() => one.exec(sql))
      expect(error).toMatchObject(markOf(resultCode))
      expect(conditionOf(error)).toBe(is)
    })
  }

  test('two writers are write-conflict', async () => {
    one.exec('begin immediate')
    const error = await failureOf(() => other.exec('begin immediate'))
    one.exec('rollback')
    expect(error).toMatchObject(markOf(['SQLITE_BUSY', 5]))
    expect(conditionOf(error)).toBe('write-conflict')
  })

  test('a writer that has read what another has changed since is write-conflict', async () => {
    one.exec('pragma journal_mode = wal; begin; select * from members')
    other.exec('insert into scores values (1)')
    const error = await failureOf(() => one.exec('insert into scores values (2)'))
    one.exec('rollback')
    expect(error).toMatchObject(markOf(['SQLITE_BUSY_SNAPSHOT', 517]))
    expect(conditionOf(error)).toBe('write-conflict')
  })

  test('a duplicate key in a route is answered with the code of the catalog', async () => {
    const answers = await answersTo(() => one.exec(statements[0]!.sql), { catalog: conditionCatalog })
    expect(answers).toEqual(everywhere(answerTo('already-exists')))
  })
}

describeWithSqlite('SQLite (better-sqlite3)', ({ Database }) => {
  behaves(
    (file) => new Database(file, { timeout: 0 }),
    ([name]) => ({ name: 'SqliteError', code: name }),
  )
})

// From Node.js 22.13 on.
const sqlite = process.getBuiltinModule('node:sqlite') as
  { readonly DatabaseSync: new (file: string) => Connection } | undefined

describeUnless(sqlite ? undefined : `Node.js ${process.version} has none`, 'SQLite (node:sqlite)', () => {
  behaves(
    (file) => new sqlite!.DatabaseSync(file),
    ([, number]) => ({ code: 'ERR_SQLITE_ERROR', errcode: number }),
  )
})
