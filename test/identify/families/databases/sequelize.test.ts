import {
  AccessDeniedError,
  ConnectionTimedOutError,
  DataTypes,
  HostNotReachableError,
  Sequelize,
  TimeoutError,
  UnknownConstraintError,
  type Model,
  type ModelAttributes,
  type ModelStatic,
  type Options,
} from 'sequelize'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conditionOf, expectEverywhere, fieldsOf } from './expected.ts'
import { describeWithPostgres, START_TIMEOUT, startPostgres, type Postgres } from './postgres.ts'
import { fails, TABLES } from './statements.ts'
import { failureOf } from '../../../support/failure-of.ts'

const MEMBER: ModelAttributes = { name: DataTypes.STRING }

const FORM: ModelAttributes = {
  name: { type: DataTypes.STRING, allowNull: false, validate: { len: [2, 8] } },
  email: { type: DataTypes.STRING, validate: { isEmail: true } },
  url: { type: DataTypes.STRING, validate: { isUrl: true } },
  key: { type: DataTypes.STRING, validate: { isUUID: 4 } },
  address: { type: DataTypes.STRING, validate: { isIP: true } },
  day: { type: DataTypes.STRING, validate: { isDate: true } },
  start: { type: DataTypes.STRING, validate: { isAfter: '2026-01-01' } },
  end: { type: DataTypes.STRING, validate: { isBefore: '2026-12-31' } },
  kind: { type: DataTypes.STRING, validate: { isIn: [['red', 'blue']] } },
  count: { type: DataTypes.INTEGER, validate: { isInt: true } },
  size: { type: DataTypes.INTEGER, validate: { min: 1, max: 9 } },
  slug: { type: DataTypes.STRING, validate: { is: /^[a-z]+$/ } },
  title: { type: DataTypes.STRING, validate: { notEmpty: true } },
  even: {
    type: DataTypes.INTEGER,
    validate: {
      isEven(value: number) {
        if (value % 2 !== 0) throw new Error(`${value} is odd`)
      },
    },
  },
}

const invalid: readonly (readonly [what: string, path: string, value: unknown, finding: object])[] = [
  ['nothing', 'name', null, { code: 'required' }],
  ['an empty text', 'title', '', { code: 'required' }],
  ['an object for a text', 'title', {}, { code: 'invalid_type', params: { expected: 'string' } }],
  ['a text that is too short', 'name', 'x', { code: 'too_short', params: { min: 2 } }],
  ['a text that is too long', 'name', 'a long name', { code: 'too_long', params: { max: 8 } }],
  ['another format', 'slug', '7', { code: 'invalid_format' }],
  ['what is no email address', 'email', 'x', { code: 'invalid_email' }],
  ['what is no URL', 'url', 'x', { code: 'invalid_url' }],
  ['what is no UUID', 'key', 'x', { code: 'invalid_uuid' }],
  ['what is no IP address', 'address', 'x', { code: 'invalid_ip' }],
  ['what is no date', 'day', 'x', { code: 'invalid_date' }],
  ['a date that is too early', 'start', '2025-01-01', { code: 'too_early' }],
  ['a date that is too late', 'end', '2027-01-01', { code: 'too_late' }],
  ['a value that is none of those allowed', 'kind', 'x', { code: 'not_allowed' }],
  ['a fraction', 'count', 1.5, { code: 'not_integer' }],
  ['a number that is too small', 'size', 0, { code: 'too_small', params: { min: 1 } }],
  ['a number that is too large', 'size', 10, { code: 'too_large', params: { max: 9 } }],
  ["what the app's own validator refuses", 'even', 1, { code: 'invalid' }],
]

describeWithPostgres('Sequelize', () => {
  let server: Postgres
  let source: Sequelize
  let members: ModelStatic<Model>

  beforeAll(async () => {
    server = await startPostgres()
    source = connect()
    members = source.define('Member', MEMBER, { tableName: 'members', timestamps: false, version: true })
    await source.query(TABLES)
  }, START_TIMEOUT)
  afterAll(async () => {
    await source?.close()
    await server?.stop()
  })

  function connect(options: Options = {}): Sequelize {
    const { user, ...connection } = server.connection
    return new Sequelize({ dialect: 'postgres', username: user, ...connection, logging: false, ...options })
  }

  fails((statement) => source.query(statement))

  for (const [what, path, value, finding] of invalid) {
    test(`a form with ${what} is validation-failed`, async () => {
      const form = source.define('Form', FORM).build({ name: 'zoe', [path]: value })
      const error = await failureOf(() => form.validate())
      expect(error).toHaveProperty('name', 'SequelizeValidationError')
      expect(conditionOf(error)).toBe('validation-failed')
      expect(fieldsOf(error)).toEqual([{ path, ...finding, value }])
    })
  }

  test('one form of many that is not valid is validation-failed', async () => {
    const error = await failureOf(() =>
      source.define('Form', FORM).bulkCreate([{ name: 'zoe' }, { name: 'x' }], { validate: true }),
    )
    expect(error).toHaveProperty('name', 'AggregateError')
    await expectEverywhere(error, 'validation-failed', {
      fields: [
        { path: 'name', code: 'too_short', message: 'Too short; minimum length: 2', params: { min: 2 } },
      ],
    })
  })

  test('a row that is not there is not-found', async () => {
    const error = await failureOf(() => members.findByPk(99, { rejectOnEmpty: true }))
    expect(error).toHaveProperty('name', 'SequelizeEmptyResultError')
    await expectEverywhere(error, 'not-found')
  })

  test('two writers are write-conflict', async () => {
    const [one, other] = [await members.findByPk(2), await members.findByPk(2)]
    await one!.update({ name: 'bill' })
    const error = await failureOf(() => other!.update({ name: 'rob' }))
    expect(error).toHaveProperty('name', 'SequelizeOptimisticLockError')
    await expectEverywhere(error, 'write-conflict')
  })

  test('an exclusion is conflict', async () => {
    await source.query('create table stays (days int4range, exclude using gist (days with &&))')
    const insert = (): unknown => source.query("insert into stays values ('[1,5)')")
    await insert()
    const error = await failureOf(insert)
    expect(error).toHaveProperty('name', 'SequelizeExclusionConstraintError')
    expect(conditionOf(error)).toBe('conflict')
  })

  test('a statement that takes longer than statement_timeout is timeout', async () => {
    const hasty = connect({ dialectOptions: { statement_timeout: 10 } })
    const error = await failureOf(() => hasty.query('select pg_sleep(5)'))
    await hasty.close()
    expect(error).toHaveProperty('name', 'SequelizeDatabaseError')
    expect(conditionOf(error)).toBe('timeout')
  })

  test('a pool without a free connection is unavailable', async () => {
    const small = connect({ pool: { max: 1, acquire: 300 } })
    const transaction = await small.transaction()
    const error = await failureOf(() => small.query('select 1'))
    await transaction.rollback()
    await small.close()
    expect(error).toHaveProperty('name', 'SequelizeConnectionAcquireTimeoutError')
    await expectEverywhere(error, 'unavailable')
  })

  test('one connection too many is unavailable', async () => {
    await source.query('create role crowd login connection limit 0')
    const error = await failureOf(() => connect({ username: 'crowd' }).authenticate())
    expect(error).toHaveProperty('name', 'SequelizeConnectionError')
    await expectEverywhere(error, 'unavailable')
  })

  test.each([
    ['SequelizeConnectionRefusedError', '127.0.0.1'],
    ['SequelizeHostNotFoundError', 'nowhere.invalid'],
  ])('a connection that fails with %s is unavailable', async (name, host) => {
    const error = await failureOf(() => connect({ host, port: 1 }).authenticate())
    expect(error).toHaveProperty('name', name)
    expect(conditionOf(error)).toBe('unavailable')
  })
})

describe('Sequelize, of other databases', () => {
  test.each([
    ['write-conflict', new TimeoutError(Object.assign(new Error('busy'), { sql: '' }))],
    ['unavailable', new ConnectionTimedOutError(new Error('late'))],
    ['unavailable', new HostNotReachableError(new Error('away'))],
    [undefined, new AccessDeniedError(new Error('no'))],
    [undefined, new UnknownConstraintError({})],
  ] as const)('is %s for %s', (condition, error) => {
    expect(conditionOf(error)).toBe(condition)
  })
})
