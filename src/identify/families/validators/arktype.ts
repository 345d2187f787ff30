import { fieldPath, MAX_SEGMENTS } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
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

/** `assert` and `errors.throw()` throw it: https://arktype.io/docs/traversal-api */
const traversalError: ConditionRule = {
  from: 'arktype',
  property: 'name',
  values: ['TraversalError'],
  condition: 'validation-failed',
  extract: (error) => fieldsOf(arktypeProblems(read(error, 'arkErrors'))),
}

/** The `type.errors` that a type returns. */
const arktypeErrors = listRules('arktype', 'code', (errors, ...root) =>
  isArkErrors(errors) ? arktypeProblems(errors, ...root) : [],
)

export const arktype: readonly ConditionRule[] = [traversalError, ...arktypeErrors]

/** Whether a value is the errors that a type of arktype returns. */
export function isArkErrors(errors: unknown): boolean {
  return read(errors, ' arkKind') === 'errors'
}

/** What the errors of arktype say is wrong. */
export function* arktypeProblems(errors: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  for (const error of readItems(errors, MAX_FIELDS)) {
    // One path may be wrong in several ways.
    const several =
      read(error, 'code') === 'intersection' ? readItems(read(error, 'errors'), MAX_FIELDS) : [error]
    const path = read(error, 'path')
    for (const one of several) {
      const code = read(one, 'code')
      if (typeof code !== 'string' || !isArray(path)) continue
      const finding = findingOf(code, one)
      // `data` is the object around a field that is missing or unknown.
      const isField = finding.code !== 'required' && finding.code !== 'unknown_field'
      yield {
        path: fieldPath([...root, ...readItems(path, MAX_SEGMENTS)]),
        ...finding,
        value: isField ? read(one, 'data') : undefined,
      }
    }
  }
}

function findingOf(code: string, error: unknown): Finding {
  const rule = read(error, 'rule')
  switch (code) {
    case 'required':
      return { code: 'required' }
    case 'domain':
      return typeFinding(read(error, 'domain'), error)
    case 'proto':
      return typeFinding(CLASSES.get(read(read(error, 'proto'), 'name')), error)
    case 'unit':
      return read(error, 'data') === undefined ? { code: 'required' } : { code: 'not_allowed' }
    case 'union':
      return unionFinding(error)
    case 'pattern':
      return described(error) ?? wrongFormat()
    case 'predicate':
      return predicateFinding(error)
    case 'divisor':
      return notMultiple(rule)
    case 'min':
    case 'minLength':
    case 'after':
      return tooLittle(measureOf(code, error), rule, read(error, 'exclusive') === true)
    case 'max':
    case 'maxLength':
    case 'before':
      return tooMuch(measureOf(code, error), rule, read(error, 'exclusive') === true)
    case 'exactLength':
      return wrongLength(rule)
    default:
      return { code: 'invalid' }
  }
}

const CLASSES: ReadonlyMap<unknown, string> = new Map([
  ['Array', 'array'],
  ['Date', 'date'],
  ['Map', 'map'],
  ['Set', 'set'],
  ['File', 'file'],
])

function typeFinding(type: unknown, error: unknown): Finding {
  return read(error, 'data') === undefined ? { code: 'required' } : wrongType(type)
}

function unionFinding(error: unknown): Finding {
  const branches = readItems(read(error, 'errors'), MAX_FIELDS)
  // A union of nothing is never.
  if (branches.length === 0) return { code: 'unknown_field' }
  if (read(error, 'data') === undefined) return { code: 'required' }
  if (!branches.every((branch) => read(branch, 'code') === 'unit')) {
    return described(error) ?? { code: 'no_match' }
  }
  return branches.every((branch) => typeof read(branch, 'unit') === 'boolean')
    ? wrongType('boolean')
    : { code: 'not_allowed' }
}

function predicateFinding(error: unknown): Finding {
  // `"+": "reject"` says so of a key.
  const isRejected = read(error, 'expected') === 'removed' && read(error, 'actual') === ''
  return isRejected ? { code: 'unknown_field' } : (described(error) ?? { code: 'invalid' })
}

/** The formats of arktype's own keywords have no other name than what describes them. */
const DESCRIPTIONS: ReadonlyMap<unknown, string> = new Map([
  ['an email address', 'email'],
  ['a URL string', 'url'],
  ['a UUID', 'uuid'],
  ['an IP address', 'ip'],
])

function described(error: unknown): Finding | undefined {
  const format = DESCRIPTIONS.get(read(read(error, 'meta'), 'description'))
  return format === undefined ? undefined : wrongFormat(format)
}

function measureOf(code: string, error: unknown): Measure {
  if (code === 'before' || code === 'after') return 'date'
  if (code === 'min' || code === 'max') return 'number'
  return typeof read(error, 'data') === 'string' ? 'text' : 'items'
}
