import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf } from './fields.ts'
import {
  notMultiple,
  tooLittle,
  tooMuch,
  wrongFormat,
  wrongLength,
  wrongType,
  type Finding,
} from './finding.ts'

/** Effect 3 and 4 call them differently: https://effect.website/docs/schema/error-formatters/ */
export const effect: ConditionRule = {
  from: 'effect',
  property: 'name',
  values: ['ParseError', 'SchemaError'],
  matches: (error) =>
    read(error, '_tag') === read(error, 'name') && typeof read(read(error, 'issue'), '_tag') === 'string',
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'issue'))),
}

interface Place {
  readonly issue: unknown
  readonly path: readonly unknown[]
  /** The syntax tree of the schema around. */
  readonly ast?: unknown
}

const MAX_ISSUES = 1000
const MAX_DEPTH = 32

/** Walks the tree of issues, which may be a hostile one without an end. */
function* problemsOf(root: unknown): Generator<FieldProblem> {
  const places: Place[] = [{ issue: root, path: [] }]
  for (let seen = 0; seen < MAX_ISSUES; seen++) {
    const place = places.pop()
    if (place === undefined) return
    const finding = findingOf(place)
    if (finding === undefined) places.push(...inside(place).toReversed())
    else yield { path: fieldPath(place.path), ...finding, value: read(place.issue, 'actual') }
  }
}

function inside({ issue, path, ast }: Place): readonly Place[] {
  const inner = read(issue, 'issue')
  switch (read(issue, '_tag')) {
    case 'Pointer': {
      const more = read(issue, 'path')
      const keys = isArray(more) ? readItems(more, MAX_DEPTH) : [more]
      return path.length > MAX_DEPTH ? [] : [{ issue: inner, path: [...path, ...keys] }]
    }
    case 'Composite': {
      const issues = read(issue, 'issues')
      // Effect 3 makes no array of one issue.
      const list = isArray(issues) ? readItems(issues, MAX_FIELDS) : [issues]
      return list.map((one) => ({ issue: one, path, ast: read(issue, 'ast') }))
    }
    case 'Refinement':
    case 'Transformation':
    case 'Encoding':
      return [{ issue: inner, path, ast }]
    default:
      return []
  }
}

/** Undefined for an issue that is about what stands inside it. */
function findingOf({ issue, ast: outer }: Place): Finding | undefined {
  const ast = read(issue, 'ast')
  const actual = read(issue, 'actual')
  switch (read(issue, '_tag')) {
    case 'Missing':
    case 'MissingKey':
      return { code: 'required' }
    case 'Unexpected':
    case 'UnexpectedKey':
      return { code: 'unknown_field' }
    case 'Type':
      return actual === undefined ? { code: 'required' } : typeFinding(ast)
    case 'InvalidType':
      return typeFinding(ast)
    case 'AnyOf':
      return unionFinding(ast)
    case 'Composite':
      return read(ast, '_tag') === 'Union' ? unionFinding(ast) : undefined
    case 'Refinement':
      return read(issue, 'kind') === 'Predicate' ? refinementFinding(ast, actual) : undefined
    case 'Filter':
      return filterFinding(read(issue, 'filter'), outer)
    case 'InvalidValue':
    case 'Forbidden':
    case 'OneOf':
      return { code: 'invalid' }
    default:
      return undefined
  }
}

const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['String', 'string'],
  ['Number', 'number'],
  ['Boolean', 'boolean'],
  ['BigInt', 'bigint'],
  ['Arrays', 'array'],
  ['Objects', 'object'],
  ['Null', 'null'],
  ['StringKeyword', 'string'],
  ['NumberKeyword', 'number'],
  ['BooleanKeyword', 'boolean'],
  ['BigIntKeyword', 'bigint'],
  ['TupleType', 'array'],
  ['TypeLiteral', 'object'],
  ['ObjectKeyword', 'object'],
])

function typeFinding(ast: unknown): Finding {
  const tag = read(ast, '_tag')
  switch (tag) {
    case 'Literal':
    case 'Enums':
    case 'Enum':
      return { code: 'not_allowed' }
    case 'Never':
    case 'NeverKeyword':
      return { code: 'unknown_field' }
    case 'TemplateLiteral':
      return wrongFormat()
    case 'Union':
      return unionFinding(ast)
    case 'Transformation':
      return wrongType(TYPES.get(read(read(ast, 'to'), '_tag')))
    case 'Refinement':
      return wrongType(TYPES.get(read(read(ast, 'from'), '_tag')))
    default:
      return wrongType(TYPES.get(tag))
  }
}

function unionFinding(union: unknown): Finding {
  const types = readItems(read(union, 'types'), MAX_FIELDS)
  const isChoice = types.length > 0 && types.every((type) => read(type, '_tag') === 'Literal')
  return { code: isChoice ? 'not_allowed' : 'no_match' }
}

const JSON_SCHEMA = Symbol.for('effect/annotation/JSONSchema')

/** Effect 3 says a refinement in words of JSON Schema. */
function refinementFinding(ast: unknown, actual: unknown): Finding {
  const schema = read(read(ast, 'annotations'), JSON_SCHEMA)
  if (read(schema, 'type') === 'integer') return { code: 'not_integer' }
  const format = read(schema, 'format')
  if (format === 'uuid') return wrongFormat('uuid')
  return limitFinding(schema, isArray(actual), actual)
}

const ID = 'effect/schema/is'

/** Effect 4 names the check and what it was given. */
function filterFinding(filter: unknown, ast: unknown): Finding {
  const representation = read(read(filter, 'annotations'), 'representation')
  switch (read(representation, 'id')) {
    case `${ID}Int`:
    case `${ID}Int32`:
    case `${ID}Uint32`:
      return { code: 'not_integer' }
    case `${ID}Finite`:
      return wrongType('number')
    case `${ID}Unique`:
    case `${ID}UniqueKey`:
      return { code: 'duplicate_items' }
    case `${ID}UUID`:
    case `${ID}GUID`:
      return wrongFormat('uuid')
    case `${ID}ULID`:
      return wrongFormat('ulid')
    case `${ID}Pattern`:
    case `${ID}StartingWith`:
    case `${ID}EndingWith`:
    case `${ID}Trimmed`:
      return wrongFormat()
    default:
      return limitFinding(read(representation, 'payload'), read(ast, '_tag') === 'Arrays', undefined)
  }
}

function limitFinding(limits: unknown, isList: boolean, actual: unknown): Finding {
  const minLength = read(limits, 'minLength') ?? read(limits, 'minItems')
  const maxLength = read(limits, 'maxLength') ?? read(limits, 'maxItems')
  const min = read(limits, 'minimum')
  const max = read(limits, 'maximum')
  const measure = isList ? 'items' : 'text'
  if (minLength !== undefined && minLength === maxLength) return wrongLength(minLength)
  // Which of two limits was missed only the value says.
  if (minLength !== undefined && maxLength !== undefined) return { code: 'wrong_length' }
  if (minLength !== undefined) return tooLittle(measure, minLength)
  if (maxLength !== undefined) return tooMuch(measure, maxLength)
  if (min !== undefined && max !== undefined) return betweenFinding(min, max, actual)
  if (min !== undefined) return tooLittle(numberOrDate(min), min)
  if (max !== undefined) return tooMuch(numberOrDate(max), max)
  const above = read(limits, 'exclusiveMinimum')
  if (above !== undefined) return tooLittle(numberOrDate(above), above, true)
  const below = read(limits, 'exclusiveMaximum')
  if (below !== undefined) return tooMuch(numberOrDate(below), below, true)
  const step = read(limits, 'divisor') ?? read(limits, 'multipleOf')
  if (step !== undefined) return notMultiple(step)
  return typeof read(limits, 'pattern') === 'string' ? wrongFormat() : { code: 'invalid' }
}

function betweenFinding(min: unknown, max: unknown, actual: unknown): Finding {
  if (typeof actual !== 'number' || typeof min !== 'number') return { code: 'invalid' }
  return actual < min ? tooLittle('number', min) : tooMuch('number', max)
}

function numberOrDate(limit: unknown): 'number' | 'date' {
  return typeof limit === 'object' ? 'date' : 'number'
}
