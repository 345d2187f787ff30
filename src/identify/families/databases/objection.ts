import type { Condition } from '../../../catalog/condition.ts'
import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'
import { placeIn, rulesForWrapped } from './drivers.ts'

const from = 'objection'
const property = 'name'
const nativeError = 'nativeError'

/** https://github.com/Vincit/db-errors: what each database says in its own way has one name here. */
const NAMES: readonly (readonly [Condition, readonly string[]])[] = [
  ['already-exists', ['UniqueViolationError']],
  ['conflict', ['ForeignKeyViolationError']],
  ['validation-failed', ['NotNullViolationError', 'CheckViolationError']],
]

/** https://vincit.github.io/objection.js/recipes/error-handling.html */
export const objection: readonly DatabaseRule[] = [
  ...NAMES.map(([condition, values]): DatabaseRule => ({
    from,
    property,
    values,
    matches: (error) =>
      typeof read(error, 'client') === 'string' && typeof read(error, nativeError) === 'object',
    condition,
    extract: (error) => placeIn(error, nativeError),
  })),
  ...rulesForWrapped(from, ['DataError', 'ConstraintViolationError', 'DBError'], nativeError),
  {
    // `throwIfNotFound`
    from,
    property,
    values: ['NotFoundError'],
    matches: (error) => read(error, 'type') === 'NotFound' && typeof read(error, 'modelClass') === 'function',
    condition: 'not-found',
  },
]
