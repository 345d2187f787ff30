import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf, foundBy } from './fields.ts'
import { keywordFinding } from './json-schema.ts'
import { wrongType, type Finding } from './finding.ts'
import { parsePointer } from './parse-path.ts'

/** What `Value.Assert` and `Value.Parse` of 0.34 throw: https://github.com/sinclairzx81/typebox/tree/0.34.0#errors */
const assertError: ConditionRule = {
  from: '@sinclair/typebox',
  property: 'name',
  values: ['Error'],
  matches: (error) => isValueError(read(error, 'error')) && typeof read(error, 'Errors') === 'function',
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(errorsOf(error))),
}

/** What `Value.Decode` throws. Its class is all that tells it from what `Encode` throws, which is the app's own. */
const decodeError: ConditionRule = {
  from: '@sinclair/typebox',
  property: 'name',
  values: ['Error'],
  matches: (error) =>
    isValueError(read(error, 'error')) &&
    read(read(error, 'constructor'), 'name') === 'TransformDecodeCheckError',
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf([read(error, 'error')])),
}

/** `[...Errors()]`, thrown as they are. */
const thrownErrors: ConditionRule = {
  from: '@sinclair/typebox',
  isArray: true,
  condition: 'validation-failed',
  extract: (errors) => fieldsOf(problemsOf(readItems(errors, MAX_FIELDS))),
}

export const typebox: readonly ConditionRule[] = [assertError, decodeError, thrownErrors]

function isValueError(error: unknown): boolean {
  const type = read(error, 'type')
  const schema = read(error, 'schema')
  const path = read(error, 'path')
  return (
    Number.isInteger(type) &&
    (type as number) >= 0 &&
    (type as number) <= 63 &&
    typeof schema === 'object' &&
    schema !== null &&
    typeof path === 'string' &&
    (path === '' || path.startsWith('/'))
  )
}

/** They can be asked for only once. */
const FOUND = new WeakMap<object, readonly unknown[]>()

function errorsOf(error: object): readonly unknown[] {
  const known = FOUND.get(error)
  if (known !== undefined) return known
  const found = foundBy(error, 'Errors', read(error, 'error'))
  FOUND.set(error, found)
  return found
}

function* problemsOf(errors: readonly unknown[]): Generator<FieldProblem> {
  const known = errors.filter(isValueError)
  const missing = new Set(
    known.filter((error) => read(error, 'type') === 45).map((error) => read(error, 'path')),
  )
  for (const error of known) {
    const type = read(error, 'type')
    // A member that is missing is told once more as one of a wrong type.
    if (type !== 45 && missing.has(read(error, 'path'))) continue
    yield {
      path: fieldPath(parsePointer(read(error, 'path'))),
      ...findingOf(type, read(error, 'schema')),
      value: read(error, 'value'),
    }
  }
}

/** By `ValueErrorType`: https://github.com/sinclairzx81/typebox/blob/0.34.0/src/errors/errors.ts */
const KEYWORDS: ReadonlyMap<unknown, string> = new Map([
  [2, 'maxItems'],
  [4, 'minItems'],
  [5, 'uniqueItems'],
  ...[8, 22, 36].map((type) => [type, 'exclusiveMaximum'] as const),
  ...[9, 23, 37].map((type) => [type, 'exclusiveMinimum'] as const),
  ...[10, 24, 38].map((type) => [type, 'maximum'] as const),
  ...[11, 25, 39].map((type) => [type, 'minimum'] as const),
  ...[12, 26, 40].map((type) => [type, 'multipleOf'] as const),
  [32, 'const'],
  [43, 'maxProperties'],
  [44, 'minProperties'],
  [48, 'pattern'],
  [50, 'format'],
  [51, 'maxLength'],
  [52, 'minLength'],
  [53, 'pattern'],
  [62, 'anyOf'],
])

const TYPES: ReadonlyMap<unknown, string> = new Map([
  [6, 'array'],
  [13, 'bigint'],
  [14, 'boolean'],
  [20, 'date'],
  [27, 'integer'],
  [35, 'null'],
  [41, 'number'],
  [46, 'object'],
  [54, 'string'],
  [57, 'array'],
])

function findingOf(type: unknown, schema: unknown): Finding {
  const expected = TYPES.get(type)
  if (expected !== undefined) return wrongType(expected)
  if (type === 45) return { code: 'required' }
  if (type === 28 || type === 33 || type === 42) return { code: 'unknown_field' }
  if (type === 15 || type === 17) return { code: 'too_late' }
  if (type === 16 || type === 18) return { code: 'too_early' }
  if (type === 56) return { code: 'wrong_length' }
  const keyword = KEYWORDS.get(type)
  if (keyword === undefined) return { code: 'invalid' }
  const limit = read(schema, keyword)
  const { code, params } = keywordFinding(keyword, { limit, multipleOf: limit, format: limit }, '')
  return { code, ...(params !== undefined && { params }) }
}
