import { fieldPath } from '../../../catalog/field-path.ts'
import type { FieldProblem } from '../../../catalog/field.ts'
import { isArray, read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf, foundBy } from './fields.ts'
import { tooLittle, tooMuch, wrongFormat, wrongType, type Finding, type Measure } from './finding.ts'

/** https://docs.superstructjs.org/api-reference/errors. Its limits stand only in its messages. */
export const superstruct: ConditionRule = {
  from: 'superstruct',
  property: 'name',
  values: ['StructError'],
  matches: (error) => isFailure(error) && typeof read(error, 'failures') === 'function',
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(error)),
}

function isFailure(failure: unknown): boolean {
  return typeof read(failure, 'type') === 'string' && isArray(read(failure, 'path'))
}

function* problemsOf(error: object): Generator<FieldProblem> {
  for (const failure of foundBy(error, 'failures', error)) {
    if (!isFailure(failure)) continue
    yield {
      path: fieldPath(read(failure, 'path')),
      ...findingOf(failure),
      value: read(failure, 'value'),
    }
  }
}

const TYPES = new Set(
  'string number integer boolean bigint array object date tuple set map record type file'.split(' '),
)

function findingOf(failure: unknown): Finding {
  const type = read(failure, 'type') as string
  const value = read(failure, 'value')
  const refinement = read(failure, 'refinement')
  if (refinement !== undefined) return refinementFinding(refinement, value)
  if (type === 'never') return { code: 'unknown_field' }
  if (value === undefined) return { code: 'required' }
  switch (type) {
    case 'enums':
    case 'literal':
      return { code: 'not_allowed' }
    case 'union':
      return { code: 'no_match' }
    case 'regexp':
    case 'func':
    case 'instance':
      return { code: 'invalid_type' }
    case 'type':
      return wrongType('object')
    default:
      // Else the app has defined it.
      return TYPES.has(type) ? wrongType(type) : { code: 'invalid' }
  }
}

function refinementFinding(refinement: unknown, value: unknown): Finding {
  switch (refinement) {
    case 'min':
      return tooLittle(measureOf(value), undefined)
    case 'max':
      return tooMuch(measureOf(value), undefined)
    case 'nonempty':
      return tooLittle(measureOf(value, 'items'), 1)
    case 'empty':
      return tooMuch(measureOf(value, 'items'), 0)
    case 'size':
      return { code: typeof value === 'string' || isArray(value) ? 'wrong_length' : 'invalid' }
    case 'pattern':
      return wrongFormat()
    default:
      return { code: 'invalid' }
  }
}

function measureOf(value: unknown, ofObjects: Measure = 'date'): Measure {
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? ofObjects : 'number'
}
