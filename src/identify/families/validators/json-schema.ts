import { MAX_FIELDS } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import { notMultiple, tooLittle, tooMuch, wrongFormat, wrongType, type Finding } from './finding.ts'

/** What a keyword of JSON Schema says: https://json-schema.org/draft/2020-12/json-schema-validation */
export interface PlacedFinding extends Finding {
  /** The field that it is about, in the object at its place. */
  readonly field?: unknown
}

/** Keywords that fail once more where the schemas inside them have failed, which need not have been met. */
export const OUTER: ReadonlySet<unknown> = new Set(['anyOf', 'oneOf', 'contains', 'propertyNames'])

/** The formats of JSON Schema and ajv-formats. Another may be the client's: a schema can take it from the input. */
const FORMATS: ReadonlySet<unknown> = new Set(
  (
    'date time date-time iso-time iso-date-time duration email idn-email hostname idn-hostname ipv4 ' +
    'ipv6 uri url iri uri-reference iri-reference uri-template uuid regex json-pointer ' +
    'relative-json-pointer byte int32 int64 float double'
  ).split(' '),
)

/**
 * Returns what a keyword that fails says.
 *
 * @param params - as ajv names them; with those that a library leaves out, more can be said
 */
export function keywordFinding(keyword: string, params: unknown, instancePath: string): PlacedFinding {
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
    case 'boolean':
      return { code: 'unknown_field' }
    case 'discriminator':
      return tagFinding(params, instancePath)
    case 'enum':
    case 'const':
      return { code: 'not_allowed' }
    case 'anyOf':
      return { code: 'no_match' }
    case 'oneOf':
      // Else several forms match that exclude each other, or perhaps do.
      return { code: read(params, 'passingSchemas') === null ? 'no_match' : 'invalid' }
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
    case 'type':
      return expectedFinding(read(params, 'type'))
    default:
      return formFinding(params)
  }
}

function formatFinding(format: unknown): Finding {
  return wrongFormat(FORMATS.has(format) ? String(format) : undefined)
}

/** What JSON Type Definition (RFC 8927) says of a form that does not fit. */
function formFinding(params: unknown): PlacedFinding {
  const missing = read(params, 'missingProperty')
  if (missing !== undefined) return { field: missing, code: 'required' }
  if (read(params, 'additionalProperty') !== undefined) return { code: 'unknown_field' }
  const type = read(params, 'type')
  return type === undefined ? { code: 'invalid' } : expectedFinding(type)
}

function expectedFinding(type: unknown): Finding {
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
function tagFinding(params: unknown, instancePath: string): PlacedFinding {
  const tag = read(params, 'tag')
  if (typeof tag !== 'string') return formFinding(params)
  if (read(params, 'tagValue') === undefined) return { field: tag, code: 'required' }
  return { field: instancePath.endsWith(`/${tag}`) ? undefined : tag, code: 'not_allowed' }
}
