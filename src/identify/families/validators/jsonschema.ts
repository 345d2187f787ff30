import { fieldPath, MAX_SEGMENTS } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { listRules } from './error-lists.ts'
import { fieldsOf } from './fields.ts'
import { keywordFinding, type PlacedFinding } from './json-schema.ts'

/** The keywords that its errors have for a name, of which each is thrown alone with `throwError`. */
const KEYWORDS = (
  'type anyOf allOf oneOf additionalProperties minProperties maxProperties items contains minimum maximum ' +
  'exclusiveMinimum exclusiveMaximum multipleOf divisibleBy required pattern format minLength maxLength ' +
  'minItems maxItems uniqueItems dependencies enum const not'
).split(' ')

/** A ValidatorResult, a ValidatorResultError, and their errors: https://github.com/tdegrunt/jsonschema#results */
export const jsonschema: readonly ConditionRule[] = [
  ...listRules('jsonschema', 'property', problemsOf),
  {
    from: 'jsonschema',
    property: 'name',
    values: KEYWORDS,
    condition: 'validation-failed',
    extract: (error) => fieldsOf(problemsOf([error])),
  },
]

function* problemsOf(errors: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  for (const error of readItems(errors, MAX_FIELDS)) {
    // What is in `allOf` is told as well.
    if (!isJsonschemas(error) || read(error, 'name') === 'allOf') continue
    const { field, ...finding } = findingOf(error)
    const path = [...root, ...readItems(read(error, 'path'), MAX_SEGMENTS)]
    // The value around a field that is missing or unknown is not that of the field.
    yield field === undefined
      ? { path: fieldPath(path), ...finding, value: read(error, 'instance') }
      : { path: fieldPath(path, field), ...finding }
  }
}

/** One of a custom keyword has no name. */
function isJsonschemas(error: unknown): boolean {
  const property = read(error, 'property')
  const message = read(error, 'message')
  return (
    typeof property === 'string' &&
    property.startsWith('instance') &&
    typeof message === 'string' &&
    read(error, 'stack') === `${property} ${message}` &&
    isArray(read(error, 'path')) &&
    read(error, 'schema') !== undefined
  )
}

/** https://github.com/tdegrunt/jsonschema/blob/master/lib/attribute.js says which argument each keyword has. */
function findingOf(error: unknown): PlacedFinding {
  const name = read(error, 'name')
  const argument = read(error, 'argument')
  switch (name) {
    case 'required':
      return { code: 'required', field: argument }
    case 'additionalProperties':
      return { code: 'unknown_field', field: argument }
    case 'dependencies':
      // Which field is missing stands only in the message.
      return { code: 'invalid_combination' }
    case 'type':
      // Nothing is of no type.
      return isArray(argument) && argument.length === 0
        ? { code: 'unknown_field' }
        : keywordFinding(name, { type: argument }, '')
    case 'format':
    case 'multipleOf':
      return keywordFinding(name, { [name]: argument }, '')
    case 'divisibleBy':
      return keywordFinding('multipleOf', { multipleOf: argument }, '')
    case 'minimum':
    case 'maximum':
      return keywordFinding(boundOf(name, read(error, 'schema')), { limit: argument }, '')
    default:
      return typeof name === 'string' ? keywordFinding(name, { limit: argument }, '') : { code: 'invalid' }
  }
}

/** Draft 4 has a flag beside the limit: https://json-schema.org/draft-04/json-schema-validation#rfc.section.5.1.2 */
function boundOf(name: 'minimum' | 'maximum', schema: unknown): string {
  const exclusive = name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'
  return read(schema, exclusive) === true ? exclusive : name
}
