import { anError, secret, type LookAlikes } from './look-alike.ts'

/** A class that has the name of a library's. */
class NoResultError extends Error {
  readonly node = { kind: 'menu' }
}

export const sql: LookAlikes = {
  'PostgreSQL (pg)': {
    'an alarm with its code and severity': { code: '53300', severity: 'high' },
    'an Error with its code alone': anError({ code: '23505' }),
    'an Error with its code as a number': anError({ code: 23505, severity: 'ERROR' }),
  },
  'MySQL (mysql2)': {
    'a row with its code and numbers': { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' },
    'an Error with its code alone': anError({ code: 'ER_DUP_ENTRY' }),
    'a file that is not there, which ends nothing': anError({ code: 'ENOENT', fatal: 'no' }),
    'a step that came too late': { code: 'PROTOCOL_SEQUENCE_TIMEOUT', step: 7 },
  },
  'MariaDB (mysql2)': {
    'a check without its SQLSTATE': {
      code: 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE',
      errno: 4025,
      sqlState: 'HY000',
    },
    'an Error with a number alone': anError({ errno: 1969 }),
    'an Error with another SQLSTATE': anError({ errno: 1969, sqlState: '00000' }),
    'a domain object with number and SQLSTATE': { name: 'Error', errno: 1969, sqlState: '70100' },
  },
  'MariaDB (mariadb)': {
    'a name alone': { code: 'ER_STATEMENT_TIMEOUT' },
    'a name and a number in words': { code: 'ER_GET_CONNECTION_TIMEOUT', errno: '45028', sqlState: 'HY000' },
    'a name and a number': anError({ code: 'ER_CONSTRAINT_FAILED', errno: 4025 }),
  },
  'PostgreSQL (postgres)': {
    'a domain object that is closed': { code: 'CONNECTION_CLOSED', errno: 'CONNECTION_CLOSED' },
    'an Error with the code alone': anError({ code: 'CONNECT_TIMEOUT' }),
    'an Error with another number': anError({ code: 'CONNECTION_ENDED', errno: 7 }),
  },
  'SQLite (better-sqlite3)': {
    'a row with its name and code': { name: 'SqliteError', code: 'SQLITE_BUSY' },
    'an Error with its code alone': anError({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
    'an Error with its name and no code': anError({ name: 'SqliteError' }),
  },
  'SQLite (node:sqlite), by its `errcode`': {
    'a row with its codes': { code: 'ERR_SQLITE_ERROR', errcode: 2067 },
    'an Error with its code alone': anError({ code: 'ERR_SQLITE_ERROR' }),
    'an Error with a code in words': anError({ code: 'ERR_SQLITE_ERROR', errcode: '2067' }),
  },
  'SQLite (sqlite3)': {
    'a domain object with code and number': { code: 'SQLITE_CONSTRAINT', errno: 19 },
    'an Error with the code alone': anError({ code: 'SQLITE_BUSY' }),
    'an Error with the number of another code': anError({
      code: 'SQLITE_BUSY',
      errno: 19,
    }),
  },
  'SQL Server (mssql)': {
    'a number in words': { code: 'EREQUEST', number: '2627', class: 14 },
    'a number without a class': anError({ code: 'EREQUEST', number: 2627 }),
    'a domain object with name and code': { name: 'ConnectionError', code: 'ESOCKET' },
    'an Error with the code alone': anError({ code: 'ESOCKET' }),
  },
  Kysely: {
    'an Error with a node of its own': anError({
      node: { kind: 'SelectQueryNode' },
    }),
    'an error of that class with another node': new NoResultError(secret),
    'a domain object with a node': { name: 'Error', node: { kind: 'SelectQueryNode' } },
  },
  MikroORM: {
    'an Error that has only its name': anError({ name: 'NotFoundError' }),
    'a domain object with name and code': { name: 'UniqueConstraintViolationException', code: '23505' },
    'an Error with an entity': anError({ name: 'OptimisticLockError', entity: {} }),
  },
  Knex: {
    'an object with its name': { name: 'KnexTimeoutError', timeout: 1000 },
    'a part of its name': anError({ name: 'KnexTimeout' }),
    'its name in another case': anError({ name: 'knexTimeoutError', timeout: 1000 }),
  },
  Prisma: {
    'a parcel with its code': { name: 'PrismaClientKnownRequestError', code: 'P2002', clientVersion: '7' },
    'an Error with its code alone': anError({ code: 'P2025' }),
    'an Error with its name and code': anError({ name: 'PrismaClientKnownRequestError', code: 'P2025' }),
  },
  'Prisma, by the SQLSTATE of PostgreSQL': {
    'an Error with its code and state': anError({
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: '23505' } } },
    }),
    'a state that is a number': anError({
      name: 'PrismaClientKnownRequestError',
      clientVersion: '7',
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: 23505 } } },
    }),
    'its name and code alone': anError({
      name: 'PrismaClientKnownRequestError',
      clientVersion: '7',
      code: 'P2010',
    }),
  },
  'Prisma, by its `errorCode`': {
    'an object with its name and code': { name: 'PrismaClientInitializationError', errorCode: 'P1001' },
    'an Error with its code alone': anError({ errorCode: 'P1001' }),
    'an Error with its name alone': anError({ name: 'PrismaClientInitializationError' }),
  },
  Sequelize: {
    'an object with its name': { name: 'SequelizeEmptyResultError' },
    'a lock of a domain': { name: 'SequelizeOptimisticLockError', door: 7 },
    'fields of a form': { name: 'SequelizeValidationError', errors: [{ path: 'name', validatorKey: 'min' }] },
    'an Error with its name and nothing that it wraps': anError({ name: 'SequelizeUniqueConstraintError' }),
  },
  'Sequelize, by its `original`': {
    'an object with its name': {
      name: 'SequelizeDatabaseError',
      original: { code: '23505', severity: 'ERROR' },
    },
    'an Error with its name alone': anError({ name: 'SequelizeDatabaseError' }),
    'an Error with an original that is a text': anError({
      name: 'SequelizeDatabaseError',
      original: '23505',
    }),
  },
  TypeORM: {
    'an object with its name': { name: 'EntityNotFoundError', entityClass: 'User' },
    'an Error with its name alone': anError({ name: 'EntityNotFoundError' }),
    'a version of a domain': { name: 'OptimisticLockVersionMismatchError', version: 7 },
  },
  'TypeORM, by its `driverError`': {
    'an object with its name': {
      name: 'QueryFailedError',
      driverError: { code: '23505', severity: 'ERROR' },
    },
    'an Error with its name alone': anError({ name: 'QueryFailedError' }),
    'an Error with a driver that is a text': anError({ name: 'QueryFailedError', driverError: '23505' }),
  },
  'a connection to the port or Unix socket of a database': {
    'an object with its code and port': { code: 'ECONNREFUSED', syscall: 'connect', port: 5432 },
    'a ship at its port': { code: 'ECONNRESET', port: 5432 },
    'an Error with its code and port, without a call': anError({ code: 'ENOENT', port: 5432 }),
  },
  'objection, by its `nativeError`': {
    'an object with its name': { name: 'DBError', nativeError: { code: '23505', severity: 'ERROR' } },
    'an Error with its name alone': anError({ name: 'DataError' }),
    'an Error with a native error that is a text': anError({ name: 'DBError', nativeError: '23505' }),
  },
  objection: {
    'an Error that has only its name': anError({ name: 'UniqueViolationError' }),
    'an error of no client': { name: 'UniqueViolationError', nativeError: {} },
    'an error of no database': { name: 'DBError', client: 'postgres', nativeError: { code: '23505' } },
    'an Error of a type alone': anError({ name: 'NotFoundError', type: 'NotFound' }),
  },
}
