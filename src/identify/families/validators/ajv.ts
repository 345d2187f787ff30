import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { parsePointer } from './parse-path.ts'
import { fieldsOf } from './fields.ts'
import { notMultiple, tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from './finding.ts'

/** The rejection of an `$async` schema, and any error that carries `validate.errors` as `errors`. */
export const ajv: ConditionRule = {
  from: 'ajv',
  property: 'errors',
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'errors'))),
}

/** The `validate.errors` of a validator, thrown as they are: an array. */
export const ajvErrors: ConditionRule = {
  from: 'ajv',
  isArray: true,
  condition: 'validation-failed',
  extract: (errors) => fieldsOf(problemsOf(errors)),
}

/** https://ajv.js.org/api.html#error-objects */
interface AjvError {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly data: unknown
}

function* problemsOf(errors: unknown): Generator<FieldProblem> {
  const known = readItems(errors, MAX_FIELDS).flatMap((error) => readError(error) ?? [])
  const outer = known.filter(({ keyword }) => OUTER.has(keyword)).map(({ schemaPath }) => `${schemaPath}/`)
  for (const error of known) {
    if (error.keyword === 'if' || outer.some((schemaPath) => error.schemaPath.startsWith(schemaPath)))
      continue
    const { field, ...finding } = findingOf(error)
    const path = parsePointer(error.instancePath)
    yield {
      path: field === undefined ? fieldPath(path) : fieldPath(path, field),
      ...finding,
      value: error.data,
    }
  }
}

/** Keywords that fail once more where the schemas inside them have failed, which need not have been met. */
const OUTER = new Set(['anyOf', 'oneOf', 'contains', 'propertyNames'])

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

/** The formats of JSON Schema and ajv-formats. Another may be the client's: a schema can take it from the input. */
const FORMATS: ReadonlySet<unknown> = new Set(
  (
    'date time date-time iso-time iso-date-time duration email idn-email hostname idn-hostname ipv4 ' +
    'ipv6 uri url iri uri-reference iri-reference uri-template uuid regex json-pointer ' +
    'relative-json-pointer byte int32 int64 float double'
  ).split(' '),
)

/** The finding, and the field in the object at `instancePath` that it is about. */
function findingOf(error: AjvError): Finding & { readonly field?: unknown } {
  const { keyword, params } = error
  const limit = read(params, 'limit')
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return { field: read(params, 'missingProperty'), code: 'required' }
    case 'additionalProperties':
      return { field: read(params, 'additionalProperty'), code: 'unknown_field' }
    case 'unevaluatedProperties':
      return { field: read(params, 'unevaluatedProperty'), code: 'unknown_field' }
    case 'propertyNames':
      return { field: read(params, 'propertyName'), code: 'invalid_name' }
    case 'false schema':
      return { code: 'unknown_field' }
    case 'discriminator':
      return tagFinding(error)
    case 'enum':
    case 'const':
      return { code: 'not_allowed' }
    case 'anyOf':
    case 'oneOf':
      // Several forms match that exclude each other.
      return { code: isArray(read(params, 'passingSchemas')) ? 'invalid' : 'no_match' }
    case 'format':
      return formatFinding(read(params, 'format'))
    case 'pattern':
      return wrongFormat()
    case 'minLength':
      return tooLittle('text', limit)
    case 'maxLength':
      return tooMuch('text', limit)
    case 'minItems':
    case 'minProperties':
      return tooLittle('items', limit)
    case 'maxItems':
    case 'maxProperties':
    case 'items':
    case 'additionalItems':
    case 'unevaluatedItems':
      return tooMuch('items', limit)
    case 'minimum':
      return tooLittle('number', limit)
    case 'maximum':
      return tooMuch('number', limit)
    case 'exclusiveMinimum':
      return tooLittle('number', limit, true)
    case 'exclusiveMaximum':
      return tooMuch('number', limit, true)
    case 'multipleOf':
      return notMultiple(read(params, 'multipleOf'))
    case 'uniqueItems':
      return { code: 'duplicate_items' }
    default:
      return typeFinding(params)
  }
}

function formatFinding(format: unknown): Finding {
  return wrongFormat(FORMATS.has(format) ? String(format) : undefined)
}

/** `type`, and what JSON Type Definition (RFC 8927) says of a form that does not fit. */
function typeFinding(params: object): Finding & { readonly field?: unknown } {
  const missing = read(params, 'missingProperty')
  if (missing !== undefined) return { field: missing, code: 'required' }
  if (read(params, 'additionalProperty') !== undefined) return { code: 'unknown_field' }
  const type = read(params, 'type')
  if (type === undefined) return { code: 'invalid' }
  const types = isArray(type) ? readItems(type, MAX_FIELDS) : [type]
  return wrongType(...types.map((name) => JTD_TYPES.get(name) ?? name))
}

// RFC 8927, section 2.2.3
const JTD_TYPES: ReadonlyMap<unknown, string> = new Map([
  ...['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32'].map((type) => [type, 'integer'] as const),
  ['float32', 'number'],
  ['float64', 'number'],
  ['timestamp', 'date'],
])

/** The field that says which of several forms an object has. JSON Type Definition points at it, JSON Schema does not. */
function tagFinding({ params, instancePath }: AjvError): Finding & { readonly field?: unknown } {
  const tag = read(params, 'tag')
  if (typeof tag !== 'string') return typeFinding(params)
  if (read(params, 'tagValue') === undefined) return { field: tag, code: 'required' }
  return { field: instancePath.endsWith(`/${tag}`) ? undefined : tag, code: 'not_allowed' }
}
