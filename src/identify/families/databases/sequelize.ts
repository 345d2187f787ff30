import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'
import { fieldsOf } from '../validators/fields.ts'
import { tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from '../validators/finding.ts'
import { placeIn, rulesForWrapped } from './drivers.ts'

const from = 'Sequelize'
const property = 'name'

/** https://sequelize.org/api/v6/identifiers.html#errors */
export const sequelize: readonly DatabaseRule[] = [
  {
    from,
    property,
    values: ['SequelizeUniqueConstraintError'],
    matches: isWrapped,
    condition: 'already-exists',
    extract: placeOfOriginal,
  },
  {
    from,
    property,
    values: ['SequelizeForeignKeyConstraintError', 'SequelizeExclusionConstraintError'],
    matches: isWrapped,
    condition: 'conflict',
    extract: placeOfOriginal,
  },
  { from, property, values: ['SequelizeValidationError'], condition: 'validation-failed', extract: problems },
  {
    // One row of `bulkCreate` is wrong.
    from,
    property,
    values: ['SequelizeBulkRecordError'],
    condition: 'validation-failed',
    extract: (error) => problems(read(error, 'errors')),
  },
  { from, property, values: ['SequelizeEmptyResultError'], condition: 'not-found' },
  { from, property, values: ['SequelizeOptimisticLockError'], condition: 'write-conflict' },
  {
    // SQLite is busy.
    from,
    property,
    values: ['SequelizeTimeoutError'],
    matches: isWrapped,
    condition: 'write-conflict',
  },
  {
    from,
    property,
    values: [
      'SequelizeConnectionRefusedError',
      'SequelizeConnectionTimedOutError',
      'SequelizeConnectionAcquireTimeoutError',
      'SequelizeHostNotFoundError',
      'SequelizeHostNotReachableError',
    ],
    matches: isWrapped,
    condition: 'unavailable',
  },
  ...rulesForWrapped(from, ['SequelizeDatabaseError', 'SequelizeConnectionError'], 'original'),
]

function isWrapped(error: object): boolean {
  return typeof read(error, 'original') === 'object'
}

function placeOfOriginal(error: object): ReturnType<typeof placeIn> {
  return placeIn(error, 'original')
}

/** The fields of a ValidationError, by the names of the model's attributes. */
function problems(error: unknown): ReturnType<typeof fieldsOf> {
  return fieldsOf(readItems(read(error, 'errors'), MAX_FIELDS).map(problem))
}

function problem(item: unknown): FieldProblem {
  return { path: fieldPath([read(item, 'path')]), ...findingOf(item), value: read(item, 'value') }
}

/** By the validators' names: https://sequelize.org/docs/v6/core-concepts/validations-and-constraints/ */
function findingOf(item: unknown): Finding {
  const [first, second] = readItems(read(item, 'validatorArgs'), 2)
  switch (read(item, 'validatorKey')) {
    case 'is_null':
    case 'notEmpty':
      return { code: 'required' }
    case 'not_a_string':
      return wrongType('string')
    case 'isEmail':
      return wrongFormat('email')
    case 'isUrl':
    case 'isURL':
      return wrongFormat('url')
    case 'isUUID':
      return wrongFormat('uuid')
    case 'isIP':
    case 'isIPv4':
    case 'isIPv6':
      return wrongFormat('ip')
    case 'isDate':
      return wrongFormat('date')
    case 'isInt':
      return { code: 'not_integer' }
    case 'is':
    case 'not':
    case 'isAlpha':
    case 'isAlphanumeric':
    case 'isNumeric':
    case 'isFloat':
    case 'isDecimal':
      return wrongFormat()
    case 'isIn':
    case 'notIn':
      return { code: 'not_allowed' }
    case 'min':
      return tooLittle('number', first)
    case 'max':
      return tooMuch('number', first)
    case 'isAfter':
      return tooLittle('date', first, true)
    case 'isBefore':
      return tooMuch('date', first, true)
    case 'len':
      return wrongLength(first, second, read(item, 'value'))
    default:
      return { code: 'invalid' }
  }
}

function wrongLength(min: unknown, max: unknown, value: unknown): Finding {
  return typeof value === 'string' && typeof max === 'number' && value.length > max
    ? tooMuch('text', max)
    : tooLittle('text', min)
}
