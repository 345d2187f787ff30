import { read, readItems } from '../../../guard/read.ts'
import { rulesFor, type Codes, type DatabaseRule } from './codes.ts'
import { placeInMessage, SQLSTATES } from './postgres.ts'
import { nameOf, type Place } from './place.ts'

/** https://www.prisma.io/docs/orm/reference/error-reference#error-codes */
const CODES: Codes<string> = {
  'already-exists': ['P2002'],
  // A foreign key, a relation that is required.
  conflict: ['P2003', 'P2014'],
  'validation-failed': [
    'P2000', // too long
    'P2006', // not valid for the field
    'P2007', // not of the type
    'P2011', // null
    'P2012', // missing
    'P2019', // wrong input
    'P2020', // out of range
    'P2023', // not of the column's type: a UUID
    'P2033', // more than 64 bits
  ],
  'not-found': ['P2001', 'P2015', 'P2018', 'P2025'],
  'write-conflict': ['P2034'],
  // Not reached, not reached in time, closed, no connection left in the pool, too many connections.
  unavailable: ['P1001', 'P1002', 'P1017', 'P2024', 'P2037'],
  // An operation, a transaction: one that does not begin or end in time.
  timeout: ['P1008', 'P2028'],
}

/** Prisma's codes for everything that it has no code for, in a raw query and in others. */
const OTHERS = ['P2010', 'P2039']

export const prisma: readonly DatabaseRule[] = [
  ...rulesFor(CODES, (condition, values) => ({
    from: 'Prisma',
    property: 'code',
    values,
    matches: isPrisma,
    condition,
    extract: placeOf,
  })),
  ...rulesFor(SQLSTATES, (condition, states) => ({
    from: 'Prisma, by the SQLSTATE of PostgreSQL',
    property: 'code',
    values: OTHERS,
    matches: (error) => isPrisma(error) && states.some((state) => state === originalCode(error)),
    condition,
    extract: placeOf,
  })),
  ...rulesFor(
    // Before Prisma 7, what keeps the client from connecting has its code elsewhere.
    { unavailable: CODES.unavailable!, timeout: CODES.timeout! },
    (condition, codes) => ({
      from: 'Prisma, by its `errorCode`',
      property: 'name',
      values: ['PrismaClientInitializationError'],
      matches: (error) => codes.some((code) => code === read(error, 'errorCode')),
      condition,
    }),
  ),
]

function isPrisma(error: object): boolean {
  return (
    read(error, 'name') === 'PrismaClientKnownRequestError' &&
    typeof read(error, 'clientVersion') === 'string'
  )
}

function originalCode(error: object): unknown {
  return read(adapterCause(error), 'originalCode')
}

function adapterCause(error: object): unknown {
  return read(read(read(error, 'meta'), 'driverAdapterError'), 'cause')
}

/**
 * Returns where a statement went wrong: by what the driver's adapter read, or before Prisma 7 by `meta`
 * (https://www.prisma.io/docs/orm/reference/error-reference#error-codes).
 */
function placeOf(error: object): Place {
  const meta = read(error, 'meta')
  const cause = adapterCause(error)
  const broken = read(cause, 'constraint')
  const told = placeInMessage(read(cause, 'originalMessage'))
  const target = read(meta, 'target')
  return {
    constraint:
      nameOf(read(broken, 'index')) ??
      told.constraint ??
      nameOf(read(meta, 'constraint')) ??
      nameOf(target) ??
      indexIn(read(meta, 'field_name')),
    column:
      onlyOne(read(broken, 'fields')) ??
      told.column ??
      onlyOne(target) ??
      onlyOne(read(meta, 'constraint')) ??
      nameOf(read(meta, 'column_name')),
  }
}

/** Several columns are none that is to blame. */
function onlyOne(names: unknown): string | undefined {
  const [name, another] = readItems(names, 2)
  return another === undefined ? nameOf(name) : undefined
}

/** `rentals_member_fkey (index)` */
function indexIn(name: unknown): string | undefined {
  return typeof name === 'string' && name.endsWith(INDEX) ? nameOf(name.slice(0, -INDEX.length)) : undefined
}

const INDEX = ' (index)'
