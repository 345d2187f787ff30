import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { listRules } from './error-lists.ts'
import { fieldsOf } from './fields.ts'
import {
  notMultiple,
  tooLittle,
  tooMuch,
  wrongFormat,
  wrongLength,
  wrongType,
  type Finding,
  type Measure,
} from './finding.ts'

/** https://valibot.dev/guides/issues/ */
const valiError: ConditionRule = {
  from: 'valibot',
  property: 'name',
  values: ['ValiError'],
  condition: 'validation-failed',
  extract: (error) => fieldsOf(valibotProblems(read(error, 'issues'))),
}

/** The `issues` without their error, which `safeParse` gives. */
export const valibot: readonly ConditionRule[] = [valiError, ...listRules('valibot', 'kind', listedProblems)]

function listedProblems(issues: unknown, ...root: readonly string[]): Iterable<FieldProblem> {
  return valibotProblems(readItems(issues, MAX_FIELDS).filter(isIssue), ...root)
}

function isIssue(issue: unknown): boolean {
  return (
    KINDS.has(read(issue, 'kind')) &&
    typeof read(issue, 'received') === 'string' &&
    typeof read(issue, 'message') === 'string'
  )
}

const KINDS: ReadonlySet<unknown> = new Set(['schema', 'validation', 'transformation'])
const MAX_DEPTH = 32

/** What the issues of valibot say is wrong. */
export function* valibotProblems(issues: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  for (const issue of readItems(issues, MAX_FIELDS)) {
    const kind = read(issue, 'kind')
    const type = read(issue, 'type')
    if (typeof kind !== 'string' || typeof type !== 'string') continue
    const items = readItems(read(issue, 'path'), MAX_DEPTH)
    const last = items.at(-1)
    const finding = kind === 'schema' ? schemaFinding(type, issue) : actionFinding(type, issue)
    // An issue at the key of a record or map means that the key is wrong. At the key of an object, it means that a
    // member is missing, or is one too many.
    const isName = read(last, 'origin') === 'key' && !NAME_FINDINGS.has(finding.code)
    yield {
      path: fieldPath([...root, ...items.map((item) => read(item, 'key'))]),
      ...(isName ? { code: 'invalid_name' } : finding),
      value: read(issue, 'input'),
    }
  }
}

const NAME_FINDINGS: ReadonlySet<FieldProblem['code']> = new Set(['required', 'unknown_field'])

function schemaFinding(type: string, issue: unknown): Finding {
  const expected = read(issue, 'expected')
  const received = read(issue, 'received')
  if (expected === 'never') return { code: type === 'strict_tuple' ? 'too_many_items' : 'unknown_field' }
  // A text "undefined" is received in quotes.
  if (received === 'undefined') return { code: 'required' }
  switch (type) {
    case 'void':
    case 'undefined':
      return { code: 'unknown_field' }
    case 'non_optional':
    case 'non_nullable':
    case 'non_nullish':
      return { code: 'required' }
    case 'literal':
    case 'picklist':
    case 'enum':
      return { code: 'not_allowed' }
    case 'union':
      return { code: 'no_match' }
    case 'variant':
      return expected === 'Object' ? wrongType('object') : { code: 'not_allowed' }
    case 'custom':
    case 'intersect':
      return { code: 'invalid' }
    default:
      return wrongType(typeof expected === 'string' ? expected.toLowerCase() : undefined)
  }
}

const SIZE = /^(?<bound>min|max|gt|lt)_(?<what>[a-z_]+)$/
const LENGTHS = new Set(['length', 'graphemes', 'code_points', 'bytes', 'words'])

const FORMATS = new Set(
  (
    'base64 bic credit_card cuid2 decimal digits domain email emoji hash hex_color hexadecimal imei ' +
    'ip ipv4 ipv6 isbn isrc jws_compact ksuid mac mac48 mac64 mime_type nanoid octal rfc_email slug ' +
    'ulid url uuid'
  ).split(' '),
)

/** Validations and transformations. */
function actionFinding(type: string, issue: unknown): Finding {
  if (FORMATS.has(type)) return wrongFormat(type)
  if (type.startsWith('iso_')) return { code: 'invalid_date' }
  const requirement = read(issue, 'requirement')
  const { bound, what = '' } = SIZE.exec(type)?.groups ?? {}
  if (bound !== undefined) {
    const finding = bound === 'min' || bound === 'gt' ? tooLittle : tooMuch
    return sized(what, finding(measureOf(what, issue), requirement, bound === 'gt' || bound === 'lt'))
  }
  if (LENGTHS.has(type) || type === 'size' || type === 'entries') return sized(type, wrongLength(requirement))
  switch (type) {
    case 'non_empty':
      return tooLittle(measureOf('length', issue), 1)
    case 'multiple_of':
      return notMultiple(requirement)
    case 'integer':
    case 'safe_integer':
      return { code: 'not_integer' }
    case 'regex':
    case 'starts_with':
    case 'ends_with':
      return wrongFormat()
    case 'value':
    case 'values':
    case 'not_value':
    case 'not_values':
      return { code: 'not_allowed' }
    case 'to_number':
    case 'to_bigint':
    case 'to_boolean':
    case 'to_string':
    case 'to_date':
      return wrongType(type.slice(3))
    case 'parse_boolean':
      return wrongType('boolean')
    case 'parse_json':
      return wrongFormat('json')
    default:
      return { code: 'invalid' }
  }
}

function measureOf(what: string, issue: unknown): Measure {
  if (what === 'value') return typeof read(issue, 'requirement') === 'object' ? 'date' : 'number'
  if (what === 'size') return 'number'
  return typeof read(issue, 'input') === 'string' ? 'text' : 'items'
}

/** A length in bytes or words is no length to the reader of our text. */
function sized(what: string, { code, params }: Finding): Finding {
  return what === 'bytes' || what === 'words' ? { code } : { code, params }
}
