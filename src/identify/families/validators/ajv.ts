import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { listRules } from './error-lists.ts'
import { keywordFinding, OUTER } from './json-schema.ts'
import { parsePointer } from './parse-path.ts'

/**
 * The `errors` of a validator, and of the rejection of an `$async` schema. Those of typebox 1 are named by the same
 * keywords: https://sinclairzx81.github.io/typebox/#/docs/value/errors
 */
export const ajv: readonly ConditionRule[] = listRules('ajv, typebox', 'keyword', ajvProblems).map(
  exceptEncode,
)

/** What typebox cannot encode is the app's own. */
function exceptEncode(rule: ConditionRule): ConditionRule {
  return {
    ...rule,
    matches: (error, facts) => read(error, 'source') !== 'Encode' && (rule.matches?.(error, facts) ?? true),
  }
}

/** Those of forms are left out. */
const MAX_ERRORS = 4 * MAX_FIELDS

/** https://ajv.js.org/api.html#error-objects */
interface AjvError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly data: unknown
}

/**
 * Returns what the errors of ajv say is wrong.
 *
 * @param root - where what was validated stands, such as `body`
 */
export function* ajvProblems(errors: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  const known = readItems(errors, MAX_ERRORS).flatMap((error) => readError(error) ?? [])
  const outer = known.filter(({ keyword }) => OUTER.has(keyword)).map(({ schemaPath }) => `${schemaPath}/`)
  for (const { keyword, schemaPath, instancePath, params, data } of known) {
    if (keyword === 'if' || outer.some((place) => schemaPath.startsWith(place))) continue
    const path = [...root, ...parsePointer(instancePath)]
    const several = fieldsIn(params)
    for (const name of several) {
      yield { path: fieldPath(path, name), code: keyword === 'required' ? 'required' : 'unknown_field' }
    }
    if (several.length > 0) continue
    const { field, ...finding } = keywordFinding(keyword, params, instancePath)
    yield { path: field === undefined ? fieldPath(path) : fieldPath(path, field), ...finding, value: data }
  }
}

/** Typebox tells all fields of an object in one error. */
function fieldsIn(params: object): readonly unknown[] {
  for (const name of ['requiredProperties', 'additionalProperties', 'unevaluatedProperties']) {
    const fields = readItems(read(params, name), MAX_FIELDS)
    if (fields.length > 0) return fields
  }
  return []
}

function readError(error: unknown): AjvError | undefined {
  const keyword = read(error, 'keyword')
  const schemaPath = read(error, 'schemaPath')
  const instancePath = read(error, 'instancePath')
  const params = read(error, 'params')
  return typeof keyword === 'string' &&
    typeof schemaPath === 'string' &&
    typeof instancePath === 'string' &&
    typeof params === 'object' &&
    params !== null
    ? { keyword, schemaPath, instancePath, params, data: read(error, 'data') }
    : undefined
}
