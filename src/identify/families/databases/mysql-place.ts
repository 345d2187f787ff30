import { read } from '../../../guard/read.ts'
import { messageOf, nameOf, NOWHERE, type Place } from './place.ts'

/** `we``ird` */
const QUOTED = '`((?:[^`]|``)+)`'
const FOREIGN_KEY = new RegExp(`CONSTRAINT ${QUOTED} FOREIGN KEY`)
const FAILED_CHECK = new RegExp(`^CONSTRAINT ${QUOTED} failed for ${QUOTED}\\.${QUOTED}$`)
const COLUMN_AT_ROW = new RegExp(`^(?:'(.+)'|(?:${QUOTED}\\.)*${QUOTED}) at row \\d+$`)

/**
 * Returns what a server of MySQL or MariaDB tells of a place, in the one way it has: its message. Each number has a
 * format of its own (https://mariadb.com/docs/server/reference/error-codes). A user's value can stand in it, in quotes
 * that are not escaped, but never behind the name. In other languages than English, nothing is told.
 */
export function placeOf(error: object): Place {
  // Statements are in `message` alone, which Knex changes.
  const message = messageOf(read(error, 'sqlMessage'))
  switch (read(error, 'errno')) {
    case 1062: // ER_DUP_ENTRY
    case 1586: // ER_DUP_ENTRY_WITH_KEY_NAME
    case 1859: // ER_DUP_UNKNOWN_IN_INDEX
      return { constraint: keyIn(message) }
    case 1451: // ER_ROW_IS_REFERENCED_2
    case 1452: // ER_NO_REFERENCED_ROW_2
      return { constraint: unquoted(FOREIGN_KEY.exec(message)?.[1]) }
    case 3819: // ER_CHECK_CONSTRAINT_VIOLATED
      return { constraint: nameOf(/^Check constraint '(.+)' is violated\.$/.exec(message)?.[1]) }
    case 4025: // ER_CONSTRAINT_FAILED
      return checkIn(message)
    case 1048: // ER_BAD_NULL_ERROR
      return { column: nameOf(/^Column '(.+)' cannot be null$/.exec(message)?.[1]) }
    case 1364: // ER_NO_DEFAULT_FOR_FIELD
      return { column: nameOf(/^Field '(.+)' doesn't have a default value$/.exec(message)?.[1]) }
    case 1264: // ER_WARN_DATA_OUT_OF_RANGE
    case 1265: // WARN_DATA_TRUNCATED
    case 1292: // ER_TRUNCATED_WRONG_VALUE
    case 1366: // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
    case 1406: // ER_DATA_TOO_LONG
      return { column: columnIn(message) }
    default:
      return NOWHERE
  }
}

/** `Duplicate entry 'ann' for key 'users.name'`: MySQL 8 names the table as well. */
function keyIn(message: string): string | undefined {
  const key = message.startsWith('Duplicate entry ') ? behindLast(message, " for key '") : undefined
  return key?.endsWith("'") === true ? nameOf(key.slice(key.indexOf('.') + 1, -1)) : undefined
}

/** The CHECK of a column is named `users.age` here, and `age` in the schema. */
function checkIn(message: string): Place {
  const [, quoted, , table] = FAILED_CHECK.exec(message) ?? []
  const [name, ofColumn] = [unquoted(quoted), `${unquoted(table)}.`]
  if (name?.startsWith(ofColumn) !== true) return { constraint: name }
  const column = nameOf(name.slice(ofColumn.length))
  return { constraint: column, column }
}

function columnIn(message: string): string | undefined {
  const named = COLUMN_AT_ROW.exec(behindLast(message, ' for column ') ?? '')
  return nameOf(named?.[1]) ?? unquoted(named?.[3])
}

function behindLast(text: string, mark: string): string | undefined {
  const at = text.lastIndexOf(mark)
  return at === -1 ? undefined : text.slice(at + mark.length)
}

function unquoted(name: string | undefined): string | undefined {
  return nameOf(name?.replaceAll('``', '`'))
}
