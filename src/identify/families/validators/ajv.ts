import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import { listRules } from './error-lists.ts'
import { keywordFinding, OUTER } from './json-schema.ts'
import { parsePointer } from './parse-path.ts'

/** The `errors` of a validator, and of the rejection of an `$async` schema. */
export const ajv = listRules('ajv', ajvProblems)

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
    const { field, ...finding } = keywordFinding(keyword, params, instancePath)
    const path = [...root, ...parsePointer(instancePath)]
    yield { path: field === undefined ? fieldPath(path) : fieldPath(path, field), ...finding, value: data }
  }
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
