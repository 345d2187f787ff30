import type { LookAlikes } from './look-alike.ts'

const secret = 'hunter2'

/** A class that has the name of a library's. */
class NoResultError extends Error {
  readonly node = { kind: 'menu' }
}

export const sql: LookAlikes = {
  'MySQL (mysql2)': {
    'a check without its SQLSTATE': {
      code: 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE',
      errno: 4025,
      sqlState: 'HY000',
    },
    'an Error with a number alone': Object.assign(new Error(secret), { errno: 1969 }),
    'an Error with another SQLSTATE': Object.assign(new Error(secret), { errno: 1969, sqlState: '00000' }),
    'a domain object with number and SQLSTATE': { name: 'Error', errno: 1969, sqlState: '70100' },
  },
  'MariaDB (mariadb)': {
    'a name alone': { code: 'ER_STATEMENT_TIMEOUT' },
    'a name and a number in words': { code: 'ER_GET_CONNECTION_TIMEOUT', errno: '45028', sqlState: 'HY000' },
    'a name and a number': Object.assign(new Error(secret), { code: 'ER_CONSTRAINT_FAILED', errno: 4025 }),
  },
  'PostgreSQL (postgres)': {
    'a domain object that is closed': { code: 'CONNECTION_CLOSED', errno: 'CONNECTION_CLOSED' },
    'an Error with the code alone': Object.assign(new Error(secret), { code: 'CONNECT_TIMEOUT' }),
    'an Error with another number': Object.assign(new Error(secret), { code: 'CONNECTION_ENDED', errno: 7 }),
  },
  'SQLite (sqlite3)': {
    'a domain object with code and number': { code: 'SQLITE_CONSTRAINT', errno: 19 },
    'an Error with the code alone': Object.assign(new Error(secret), { code: 'SQLITE_BUSY' }),
    'an Error with the number of another code': Object.assign(new Error(secret), {
      code: 'SQLITE_BUSY',
      errno: 19,
    }),
  },
  'SQL Server (mssql)': {
    'a number in words': { code: 'EREQUEST', number: '2627', class: 14 },
    'a number without a class': Object.assign(new Error(secret), { code: 'EREQUEST', number: 2627 }),
    'a domain object with name and code': { name: 'ConnectionError', code: 'ESOCKET' },
    'an Error with the code alone': Object.assign(new Error(secret), { code: 'ESOCKET' }),
  },
  Kysely: {
    'an Error with a node of its own': Object.assign(new Error(secret), {
      node: { kind: 'SelectQueryNode' },
    }),
    'an error of that class with another node': new NoResultError(secret),
    'a domain object with a node': { name: 'Error', node: { kind: 'SelectQueryNode' } },
  },
  MikroORM: {
    'an Error that has only its name': Object.assign(new Error(secret), { name: 'NotFoundError' }),
    'a domain object with name and code': { name: 'UniqueConstraintViolationException', code: '23505' },
    'an Error with an entity': Object.assign(new Error(secret), { name: 'OptimisticLockError', entity: {} }),
  },
  objection: {
    'an Error that has only its name': Object.assign(new Error(secret), { name: 'UniqueViolationError' }),
    'an error of no client': { name: 'UniqueViolationError', nativeError: {} },
    'an error of no database': { name: 'DBError', client: 'postgres', nativeError: { code: '23505' } },
    'an Error of a type alone': Object.assign(new Error(secret), { name: 'NotFoundError', type: 'NotFound' }),
  },
}
