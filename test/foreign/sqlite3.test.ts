import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createKnex, { type Knex } from 'knex'
import { Model } from 'objection'
import sqlite3 from 'sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recognize } from '../../src/index.ts'
import { becomes } from './becomes.ts'
import { failureOf } from '../support/failure-of.ts'

const SCHEMA = `
  pragma foreign_keys = on;
  create table members (
    id integer primary key, name text not null unique constraint not_long check (length(name) < 50),
    age integer check (age > 0), team text, place integer, unique (team, place));
  create table rentals (member integer references members (id));
  create unique index "no spaces" on members (replace(name, ' ', ''));
  insert into members (id, name, team, place) values (1, 'ann', 'a', 1);
`

describe('SQLite by sqlite3', () => {
  let folder: string
  let one: sqlite3.Database
  let other: sqlite3.Database

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sqlite3-'))
    one = await open(join(folder, 'test.db'))
    other = await open(join(folder, 'test.db'))
    other.configure('busyTimeout', 0)
    await exec(one, SCHEMA)
  })
  afterAll(async () => {
    await Promise.all([one, other].map((db) => new Promise((closed) => db.close(closed))))
    rmSync(folder, { recursive: true })
  })

  becomes('R09: what it throws becomes what its code says', [
    {
      what: 'a duplicate key',
      fail: () => exec(one, "insert into members (id, name) values (1, 'bob')"),
      becomes: 'already-exists',
      logged: { code: 'SQLITE_CONSTRAINT' },
    },
    {
      what: 'a row that is not there',
      fail: () => exec(one, 'insert into rentals values (99)'),
      becomes: 'conflict',
      logged: { code: 'SQLITE_CONSTRAINT' },
    },
    {
      what: 'a text for a primary key',
      fail: () => exec(one, "insert into members (id, name) values ('x', 'bob')"),
      becomes: 'validation-failed',
      logged: { code: 'SQLITE_MISMATCH' },
    },
    {
      what: 'two writers',
      fail: async () => {
        await exec(one, 'begin immediate')
        try {
          await exec(other, 'begin immediate')
        } finally {
          await exec(one, 'rollback')
        }
      },
      becomes: 'write-conflict',
      logged: { code: 'SQLITE_BUSY' },
    },
    {
      what: 'a syntax error',
      fail: () => exec(one, 'selec'),
      becomes: undefined,
      logged: { code: 'SQLITE_ERROR' },
    },
    {
      what: 'a file that cannot be opened',
      fail: () => open('/nowhere/test.db'),
      becomes: undefined,
      logged: { code: 'SQLITE_CANTOPEN' },
    },
  ])

  const lure =
    ' - SQLITE_CONSTRAINT: UNIQUE constraint failed: members.age - SQLITE_CONSTRAINT: CHECK constraint failed: x'
  const places: readonly (readonly [what: string, sql: string, expected: object])[] = [
    [
      'a UNIQUE of a column',
      "insert into members (id, name) values (1, 'bob')",
      { condition: 'already-exists', column: 'id' },
    ],
    [
      'an index of an expression',
      "insert into members (name) values ('a nn')",
      { condition: 'already-exists', constraint: 'no spaces' },
    ],
    ['null', 'insert into members (name) values (null)', { condition: 'validation-failed', column: 'name' }],
    [
      'a CHECK that has a name',
      `insert into members (name) values ('${lure.repeat(2)}')`,
      { condition: 'validation-failed', constraint: 'not_long' },
    ],
    [
      'a CHECK that has none',
      "insert into members (name, age) values ('bob', -1)",
      { condition: 'validation-failed' },
    ],
    [
      'a UNIQUE of several columns',
      "insert into members (name, team, place) values ('bob', 'a', 1)",
      { condition: 'already-exists' },
    ],
    ['a row that is not there', `insert into rentals values ('${lure}')`, { condition: 'conflict' }],
  ]

  test.each(places)('R12: recognize tells where a statement failed for %s', async (_what, sql, expected) => {
    expect(recognize(await failureOf(() => exec(one, sql)))).toEqual(expected)
  })

  describe('under Knex and Objection', () => {
    class Members extends Model {
      static override readonly tableName = 'members'
    }
    class Rentals extends Model {
      static override readonly tableName = 'rentals'
    }
    let knex: Knex
    beforeAll(() => {
      knex = createKnex({
        client: 'sqlite3',
        connection: { filename: join(folder, 'test.db') },
        useNullAsDefault: true,
        pool: {
          afterCreate: (db: sqlite3.Database, done: () => void) => db.exec('pragma foreign_keys = on', done),
        },
      })
    })
    afterAll(() => knex.destroy())

    test.each(places)(
      'R12: recognize tells where a statement of Knex failed for %s',
      async (_what, sql, expected) => {
        const error = await failureOf(() => knex.raw(sql))
        expect(recognize(error)).toEqual(expected)
      },
    )

    becomes('R09: Objection knows what broke', [
      {
        what: 'a name that is taken',
        fail: () => Members.query(knex).insert({ id: 9, name: 'ann' } as object),
        becomes: 'already-exists',
        logged: { type: 'UniqueViolationError' },
      },
      {
        what: 'null',
        fail: () => Members.query(knex).insert({ id: 9 } as object),
        becomes: 'validation-failed',
        logged: { type: 'NotNullViolationError' },
      },
      {
        what: 'a check',
        fail: () => Members.query(knex).insert({ name: 'bob', age: -1 } as object),
        becomes: 'validation-failed',
        logged: { type: 'CheckViolationError' },
      },
      {
        what: 'a row that is not there',
        fail: () => Rentals.query(knex).insert({ member: 99 } as object),
        becomes: 'conflict',
        logged: { type: 'ForeignKeyViolationError' },
      },
    ])

    test('R12: recognize tells what Objection wraps', async () => {
      const error = await failureOf(() => Members.query(knex).insert({ id: 9 } as object))
      expect(recognize(error)).toEqual({ condition: 'validation-failed', column: 'name' })
    })
  })
})

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(db)))
  })
}

function exec(db: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    db.exec(sql, (error) => (error ? reject(error) : resolve()))
  })
}
