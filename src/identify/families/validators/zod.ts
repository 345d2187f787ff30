import { fieldPath, MAX_SEGMENTS } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { listRules } from './error-lists.ts'
import { fieldsOf, has } from './fields.ts'
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

/** The codes of zod 3, zod 4 and zod/mini do not contradict each other: https://zod.dev/packages/core#issue-types */
const zodError: ConditionRule = {
  from: 'zod',
  property: 'name',
  values: ['ZodError', '$ZodError'],
  condition: 'validation-failed',
  extract: (error) => fieldsOf(zodProblems(read(error, 'issues'))),
}

export const zod: readonly ConditionRule[] = [zodError, ...listRules('zod', 'code', listedProblems)]

/** The `issues` without their error, which `safeParse` gives. */
function listedProblems(issues: unknown, ...root: readonly string[]): Iterable<FieldProblem> {
  return zodProblems(readItems(issues, MAX_FIELDS).filter(isIssue), ...root)
}

/** Of a code that is the app's own, nothing else says whose it is. */
function isIssue(issue: unknown): boolean {
  return CODES.has(read(issue, 'code')) && typeof read(issue, 'message') === 'string'
}

const CODES: ReadonlySet<unknown> = new Set(
  (
    'invalid_type too_big too_small invalid_format not_multiple_of unrecognized_keys invalid_union invalid_key ' +
    'invalid_element invalid_value invalid_literal invalid_enum_value invalid_union_discriminator invalid_date ' +
    'invalid_string invalid_intersection_types not_finite'
  ).split(' '),
)

/** What the issues of zod say is wrong. */
export function* zodProblems(issues: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  for (const issue of readItems(issues, MAX_FIELDS)) {
    const code = read(issue, 'code')
    const path = read(issue, 'path')
    if (typeof code !== 'string' || OWN_FAULTS.has(code) || !isArray(path)) continue
    const segments = [...root, ...readItems(path, MAX_SEGMENTS)]
    if (code === 'unrecognized_keys') {
      for (const key of readItems(read(issue, 'keys'), MAX_FIELDS)) {
        yield { path: fieldPath(segments, key), code: 'unknown_field' }
      }
    } else {
      yield { path: fieldPath(segments), ...findingOf(code, issue), value: valueOf(code, issue) }
    }
  }
}

/** A function was called, or has returned, as its own schema forbids: the program's mistake. */
const OWN_FAULTS = new Set(['invalid_arguments', 'invalid_return_type'])

function findingOf(code: string, issue: unknown): Finding {
  switch (code) {
    case 'invalid_type':
      return typeFinding(issue)
    case 'invalid_date':
      return { code: 'invalid_date' }
    case 'not_finite':
      return wrongType('number')
    case 'invalid_value':
    case 'invalid_literal':
    case 'invalid_enum_value':
    case 'invalid_union_discriminator':
      return { code: 'not_allowed' }
    case 'invalid_union':
      return unionFinding(issue)
    case 'invalid_format':
      return formatFinding(read(issue, 'format'))
    case 'invalid_string':
      return formatFinding(read(issue, 'validation'))
    case 'too_small':
      return sizeFinding(issue, 'minimum', tooLittle)
    case 'too_big':
      return sizeFinding(issue, 'maximum', tooMuch)
    case 'not_multiple_of':
      return notMultiple(read(issue, 'divisor') ?? read(issue, 'multipleOf'))
    case 'invalid_key':
      return { code: 'invalid_name' }
    default:
      return { code: 'invalid' }
  }
}

function typeFinding(issue: unknown): Finding {
  const expected = read(issue, 'expected')
  switch (expected) {
    case 'never':
    case 'undefined':
    case 'void':
      return { code: 'unknown_field' }
    case 'nonoptional':
      return { code: 'required' }
    default:
      return isMissing(issue) ? { code: 'required' } : wrongType(expected)
  }
}

/**
 * Zod 3 says what it received, zod 4 with `reportInput`. Else zod 4 tells a field that is missing from one of another
 * type only in its own message, from which nothing but that is taken: with another message the type is wrong, which
 * is true as well.
 */
function isMissing(issue: unknown): boolean {
  if (has(issue, 'input')) return read(issue, 'input') === undefined
  if (read(issue, 'received') === 'undefined') return true
  const expected = read(issue, 'expected')
  return (
    typeof expected === 'string' &&
    read(issue, 'message') === `Invalid input: expected ${expected}, received undefined`
  )
}

function unionFinding(issue: unknown): Finding {
  if (read(issue, 'discriminator') !== undefined) return { code: 'not_allowed' }
  // Several forms match that exclude each other.
  return { code: read(issue, 'inclusive') === false ? 'invalid' : 'no_match' }
}

/** Formats that clients are told by name. Not among them: those that say what a text must hold, and the app's own. */
const FORMATS: ReadonlySet<unknown> = new Set(
  (
    'email url uuid guid ip ipv4 ipv6 datetime date time duration emoji nanoid cuid cuid2 ulid xid ' +
    'ksuid mac cidr cidrv4 cidrv6 base64 base64url hex hostname e164 credit_card iban json_string jwt ' +
    'lowercase uppercase'
  ).split(' '),
)

function formatFinding(format: unknown): Finding {
  return wrongFormat(FORMATS.has(format) ? String(format) : undefined)
}

const MEASURES: ReadonlyMap<unknown, Measure> = new Map([
  ['string', 'text'],
  ['array', 'items'],
  ['set', 'items'],
  ['map', 'items'],
  ['date', 'date'],
])

function sizeFinding(issue: unknown, key: 'minimum' | 'maximum', finding: typeof tooLittle): Finding {
  const size = read(issue, key)
  if (read(issue, 'exact') === true) return wrongLength(size)
  const measure = MEASURES.get(read(issue, 'origin') ?? read(issue, 'type')) ?? 'number'
  return finding(measure, size, read(issue, 'inclusive') === false)
}

function valueOf(code: string, issue: unknown): unknown {
  const key = code === 'invalid_enum_value' || code === 'invalid_literal' ? 'received' : 'input'
  return read(issue, key)
}
