import { read, readItems } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

/** IANA: LDAP, LDAP over TLS, SQL Server, MySQL, PostgreSQL, Redis, MongoDB. */
const PORTS: ReadonlySet<unknown> = new Set([389, 636, 1433, 3306, 5432, 6379, 27017])

// One per address that a host name has.
const MAX_ATTEMPTS = 16

/** Connections to a database that cannot be opened, by drivers that pass on the error of Node.js. */
export const connections: readonly DatabaseRule[] = [
  {
    from: 'a connection to the port or Unix socket of a database',
    property: 'code',
    values: ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT'],
    matches: (error) => attempts(error).some(isToDatabase),
    condition: 'unavailable',
  },
]

/** Returns the error of each attempt: a host name can have several addresses. */
function attempts(error: object): readonly unknown[] {
  return read(error, 'name') === 'AggregateError' ? readItems(read(error, 'errors'), MAX_ATTEMPTS) : [error]
}

function isToDatabase(error: unknown): boolean {
  return (
    read(error, 'syscall') === 'connect' &&
    (PORTS.has(read(error, 'port')) || isSocket(read(error, 'address')))
  )
}

/** `/var/run/postgresql/.s.PGSQL.5432` (https://www.postgresql.org/docs/current/runtime-config-connection.html) */
function isSocket(address: unknown): boolean {
  return typeof address === 'string' && /\/\.s\.PGSQL\.\d{1,5}$/.test(address)
}
