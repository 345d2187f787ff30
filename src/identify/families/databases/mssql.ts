import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'
import { messageOf, nameOf, type Place } from './place.ts'

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const NUMBERS: Codes<number> = {
  'already-exists': [2601, 2627],
  // A foreign key, also from the other side, and a CHECK: they have one number.
  conflict: [547],
  'validation-failed': [
    515, // null
    2628, // too long
    8152, // too long, before SQL Server 2019
    220, // out of range
    8115, // out of range
    241, // no date
    242, // a date out of range
    245, // not of the type
    8114, // not of the type
    8169, // no UUID
  ],
  // Deadlock, lock timeout, snapshot isolation.
  'write-conflict': [1205, 1222, 3960],
  // https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues
  unavailable: [
    701, // no memory
    3906, // a database that has become read-only
    6005, // a server that stops
    10928, // too many workers
    10929, // too many workers
    40197, // a server that is replaced
    40501, // busy
    40613, // a database that is moved
    49918, // busy
    49919, // busy
    49920, // busy
  ],
}

/** https://tediousjs.github.io/tedious/api-connection.html, https://www.npmjs.com/package/mssql#error-types */
const UNREACHED = ['ESOCKET', 'ETIMEOUT', 'EINSTLOOKUP', 'ENOTOPEN', 'ECONNCLOSED']

export const mssql: readonly DatabaseRule[] = [
  ...rulesFor(NUMBERS, (condition, numbers) => {
    const known = new Set<unknown>(numbers)
    return {
      from: 'SQL Server (mssql)',
      property: 'code',
      values: ['EREQUEST'],
      matches: (error) => known.has(read(error, 'number')) && typeof read(error, 'class') === 'number',
      condition,
      extract: placeOf,
    }
  }),
  {
    // The option `requestTimeout`.
    from: 'SQL Server (mssql)',
    property: 'code',
    values: ['ETIMEOUT'],
    matches: (error) => isOfClass(error, 'RequestError'),
    condition: 'timeout',
  },
  {
    from: 'SQL Server (mssql)',
    property: 'code',
    values: UNREACHED,
    matches: (error) => isOfClass(error, 'ConnectionError'),
    condition: 'unavailable',
  },
  {
    // A connection that ends under a query: mssql copies the code of Node.js, also where the number stands else.
    from: 'SQL Server (mssql)',
    property: 'code',
    values: ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ESOCKET', 'ECLOSE'],
    matches: (error) => read(error, 'number') === read(error, 'code') && isOfClass(error, 'RequestError'),
    condition: 'unavailable',
  },
]

/** mssql has its class in `name`. tedious, on which it stands, leaves that as it is. */
function isOfClass(error: object, name: string): boolean {
  return isError(error) && (read(error, 'name') === name || read(read(error, 'constructor'), 'name') === name)
}

const BROKEN = [
  /^Violation of (?:PRIMARY|UNIQUE) KEY constraint '(?<constraint>[^']+)'\./,
  /^Cannot insert duplicate key row in object '[^']+' with unique index '(?<constraint>[^']+)'\./,
  /^The [A-Z]+ statement conflicted with the (?:FOREIGN KEY|(?:COLUMN )?REFERENCE|CHECK)(?: SAME TABLE)? constraint "(?<constraint>[^"]+)"\./,
  /^Cannot insert the value NULL into column '(?<column>[^']+)', table '/,
  /^String or binary data would be truncated in table '[^']+', column '(?<column>[^']+)'\./,
]

/**
 * Returns what SQL Server tells in its message, whose values stand behind the names
 * (https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-2601-database-engine-error).
 */
function placeOf(error: object): Place {
  const message = messageOf(read(error, 'message'))
  const { constraint, column } = BROKEN.map((format) => format.exec(message)?.groups).find(Boolean) ?? {}
  return { constraint: nameOf(constraint), column: nameOf(column) }
}
