import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf, namesIn } from './fields.ts'
import { findingOf } from './mongoose-findings.ts'
import { indexOrKey } from './parse-path.ts'

const from = 'mongoose'
const property = 'name'

/** https://mongoosejs.com/docs/validation.html */
export const mongoose: readonly ConditionRule[] = [
  {
    from,
    property,
    values: ['ValidationError'],
    matches: isOfMongoose,
    condition: 'validation-failed',
    extract: (error) => fieldsOf(problemsOf(error, [])),
  },
  {
    // Some documents of `insertMany` or `bulkWrite` with `throwOnValidationError`.
    from,
    property,
    values: ['MongooseBulkWriteError'],
    matches: isOfMongoose,
    condition: 'validation-failed',
    extract: (error) => fieldsOf(problemsOfMany(error)),
  },
  {
    // A value of a filter or an update, a field that the schema does not have, a text in place of an object.
    from,
    property,
    values: ['CastError', 'StrictModeError', 'ObjectExpectedError'],
    matches: isOfMongoose,
    condition: 'validation-failed',
    extract: (error) => fieldsOf([problem(pathOf(read(error, 'path')), error)]),
  },
]

// An app's class may extend one of Mongoose's.
const MAX_ANCESTORS = 8

/** Whether what an error inherits is named MongooseError, which every error of Mongoose extends. */
export function isOfMongoose(error: object): boolean {
  try {
    let ancestor: unknown = Object.getPrototypeOf(error)
    for (let count = 0; count < MAX_ANCESTORS && typeof ancestor === 'object' && ancestor !== null; count++) {
      if (read(ancestor, 'name') === 'MongooseError') return true
      ancestor = Object.getPrototypeOf(ancestor)
    }
  } catch {
    // A Proxy that shows nothing.
  }
  return false
}

type Path = readonly (string | number)[]

function* problemsOf(error: unknown, root: Path): Generator<FieldProblem> {
  const errors = read(error, 'errors')
  // They stand by their paths.
  const paths = isArray(errors) ? [] : namesIn(errors)
  for (const key of paths) yield problem([...root, ...pathOf(key)], read(errors, key))
}

function* problemsOfMany(error: object): Generator<FieldProblem> {
  for (const invalid of readItems(read(error, 'validationErrors'), MAX_FIELDS)) {
    const index = read(invalid, 'index')
    yield* problemsOf(invalid, typeof index === 'number' ? [index] : [])
  }
}

/** Takes a path apart: `items.0.name`. No key of Mongoose's has a dot in it. */
function pathOf(path: unknown): Path {
  if (typeof path !== 'string') return []
  // What is longer is not shown.
  return path.slice(0, 1024).split('.').map(indexOrKey)
}

function problem(path: Path, error: unknown): FieldProblem {
  const reason = read(error, 'reason')
  // An object inside that has a field too many cannot be cast.
  if (read(error, 'name') === 'CastError' && read(reason, 'name') === 'StrictModeError') {
    return problem([...path, ...pathOf(read(reason, 'path'))], reason)
  }
  return { path: fieldPath(path), ...findingOf(error), value: read(error, 'value') }
}
