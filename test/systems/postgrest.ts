import { DatabaseError } from 'pg'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { System } from './system.ts'

const catalog = defineCatalog({
  name: 'postgrest',
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: codes begin with zeros, end in letters, and would be
  // numbers to JavaScript.
  status: 400,
  errors: {
    PARSING: { code: 'PGRST100', message: '{{problem}}' },
    NO_FUNCTION: {
      code: 'PGRST202',
      status: 404,
      message: 'Could not find the {{name}} function in the schema cache',
    },
    NOT_SINGULAR: {
      code: 'PGRST116',
      status: 406,
      message: 'JSON object requested, multiple (or no) rows returned',
    },
    JWT_INVALID: {
      code: 'PGRST301',
      status: 401,
      message: 'JWSError JWSInvalidSignature',
      challenge: 'Bearer error="invalid_token", error_description="JWSError JWSInvalidSignature"',
    },
    ANONYMOUS: {
      code: 'PGRST302',
      status: 401,
      message: 'Anonymous access is disabled',
      challenge: 'Bearer',
    },
    RANGE: { code: 'PGRST103', status: 416, message: 'Requested range not satisfiable' },

    CONNECTION: { code: '08006', status: 503, message: 'connection to the database failed', retryable: true },
    INVALID_TEXT: { code: '22P02', message: 'invalid input syntax for type {{type}}: "{{text}}"' },
    NOT_NULL: {
      code: '23502',
      message: 'null value in column "{{column}}" of relation "{{table}}" violates not-null constraint',
    },
    FOREIGN_KEY: {
      code: '23503',
      status: 409,
      message: 'insert or update on table "{{table}}" violates foreign key constraint "{{constraint}}"',
    },
    UNIQUE: {
      code: '23505',
      status: 409,
      message: 'duplicate key value violates unique constraint "{{constraint}}"',
    },
    // One code: 403 to who is known, else 401.
    PERMISSION: { code: '42501', status: 403, message: 'permission denied for table {{table}}' },
    PERMISSION_ANONYMOUS: { code: '42501', status: 401, message: 'permission denied', challenge: 'Bearer' },
    NO_TABLE: { code: '42P01', status: 404, message: 'relation "{{name}}" does not exist' },
    // What functions raise, with a text of their own; PTxyz has the status xyz.
    RAISED: { code: 'P0001', message: '{{text}}' },
    PAYMENT: { code: 'PT402', status: 402, message: 'Payment Required', action: 'Upgrade your plan' },
    INTERNAL: { code: 'XX000', status: 500, message: 'internal error' },
  },
  foreign: { byStatus: { 500: 'INTERNAL' } },
  envelope: {
    body({ code, message, details, action }) {
      const { detail, hint } = (details ?? {}) as { readonly detail?: string; readonly hint?: string }
      return { code, details: detail ?? null, hint: hint ?? action ?? null, message }
    },
    success: (data) => data as object,
    read: (body) => body as { code: unknown },
  },
})
const { errors } = catalog

/** Tells the database's own errors, whose texts need what the database says. */
function told(thrown: unknown): Error | undefined {
  if (!(thrown instanceof DatabaseError)) return undefined
  const { code, constraint = '', table = '', column = '', detail } = thrown
  const options = { params: { constraint, table, column }, details: { detail }, cause: thrown }
  if (code === '23505') return errors.UNIQUE(options)
  if (code === '23503') return errors.FOREIGN_KEY(options)
  if (code === '23502') return errors.NOT_NULL(options)
  return undefined
}

/** An error as the driver makes it of what the database sends. */
function databaseError(code: string, more: Partial<DatabaseError>): DatabaseError {
  return Object.assign(new DatabaseError('hunter2', 7, 'error'), { code, severity: 'ERROR', ...more })
}

export const system: System = {
  name: 'PostgreSQL and PostgREST',
  source: 'https://docs.postgrest.org/en/stable/references/errors.html',
  options: { catalog, identify: told },
  cases: [
    {
      title: 'a value that cannot be read has a code of digits and letters',
      thrown: () => errors.INVALID_TEXT({ params: { type: 'integer', text: 'abc' } }),
      status: 400,
      body: {
        code: '22P02',
        details: null,
        hint: null,
        message: 'invalid input syntax for type integer: "abc"',
      },
      readAs: null,
    },
    {
      title: "the database's own not-null violation is told with its row",
      thrown: () =>
        databaseError('23502', {
          column: 'id',
          table: 'projects',
          detail: 'Failing row contains (null, foo, null).',
        }),
      request: { method: 'POST', path: '/projects' },
      status: 400,
      body: {
        code: '23502',
        details: 'Failing row contains (null, foo, null).',
        hint: null,
        message: 'null value in column "id" of relation "projects" violates not-null constraint',
      },
      readAs: null,
    },
    {
      title: "the database's own unique violation is a conflict",
      thrown: () =>
        databaseError('23505', {
          constraint: 'films_pkey',
          detail: 'Key (id)=(1) already exists.',
        }),
      request: { method: 'POST', path: '/films' },
      status: 409,
      body: {
        code: '23505',
        details: 'Key (id)=(1) already exists.',
        hint: null,
        message: 'duplicate key value violates unique constraint "films_pkey"',
      },
      readAs: null,
    },
    {
      title: 'a code keeps its zero',
      thrown: () => errors.CONNECTION(),
      status: 503,
      body: { code: '08006', details: null, hint: null, message: 'connection to the database failed' },
    },
    {
      title: 'who is known and may not has a 403',
      thrown: () => errors.PERMISSION({ params: { table: 'todos' } }),
      status: 403,
      body: { code: '42501', details: null, hint: null, message: 'permission denied for table todos' },
      readAs: null,
    },
    {
      title: 'who is not known has a 401 with the same code, and a challenge',
      thrown: () => errors.PERMISSION_ANONYMOUS(),
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
      body: { code: '42501', details: null, hint: null, message: 'permission denied' },
    },
    {
      title: 'a token that cannot be verified is told so in the challenge',
      thrown: () => errors.JWT_INVALID(),
      status: 401,
      headers: {
        'WWW-Authenticate': 'Bearer error="invalid_token", error_description="JWSError JWSInvalidSignature"',
      },
      body: { code: 'PGRST301', details: null, hint: null, message: 'JWSError JWSInvalidSignature' },
    },
    {
      title: 'a range that is not there is told with its length',
      thrown: () =>
        errors.RANGE({
          details: { detail: 'An offset of 10 was requested, but there are only 3 rows.' },
          // It leaves the unit out, which no client of HTTP could read (RFC 9110, section 14.4).
          headers: { 'Content-Range': 'items */3' },
        }),
      status: 416,
      headers: { 'Content-Range': 'items */3' },
      body: {
        code: 'PGRST103',
        details: 'An offset of 10 was requested, but there are only 3 rows.',
        hint: null,
        message: 'Requested range not satisfiable',
      },
    },
    {
      title: 'no row where one was asked for is not acceptable',
      thrown: () => errors.NOT_SINGULAR({ details: { detail: 'The result contains 0 rows' } }),
      status: 406,
      body: {
        code: 'PGRST116',
        details: 'The result contains 0 rows',
        hint: null,
        message: 'JSON object requested, multiple (or no) rows returned',
      },
    },
    {
      title: 'a function raises a text of its own',
      thrown: () =>
        errors.RAISED({
          params: { text: 'I refuse!' },
          details: { detail: 'Pretty simple', hint: 'There is nothing you can do.' },
        }),
      request: { method: 'POST', path: '/rpc/just_fail' },
      status: 400,
      body: {
        code: 'P0001',
        details: 'Pretty simple',
        hint: 'There is nothing you can do.',
        message: 'I refuse!',
      },
      readAs: null,
    },
    {
      title: 'a hint is constant, and a status that of the code',
      thrown: () => errors.PAYMENT({ details: { detail: 'Quota exceeded' } }),
      status: 402,
      body: {
        code: 'PT402',
        details: 'Quota exceeded',
        hint: 'Upgrade your plan',
        message: 'Payment Required',
      },
    },
  ],
  successes: [
    {
      title: 'rows stand by themselves',
      data: [{ id: 1, task: 'do tutorial 0', done: false }],
      body: [{ id: 1, task: 'do tutorial 0', done: false }],
    },
  ],
}
