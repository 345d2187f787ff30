import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf } from './fields.ts'
import { tooLittle, tooMuch, wrongFormat, wrongLength, wrongType, type Finding } from './finding.ts'
import { indexOrKey, parsePath } from './parse-path.ts'

/** https://vinejs.dev/docs/error_reporter. The 422 on each of them is the library's, not the app's choice. */
export const vine: ConditionRule = {
  from: '@vinejs/vine',
  property: 'code',
  values: ['E_VALIDATION_ERROR'],
  matches: (error) => isArray(read(error, 'messages')),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(read(error, 'messages'))),
}

function* problemsOf(messages: unknown): Generator<FieldProblem> {
  for (const message of readItems(messages, MAX_FIELDS)) {
    const field = read(message, 'field')
    const rule = read(message, 'rule')
    if (typeof field !== 'string' || typeof rule !== 'string') continue
    const path = parsePath(field).map((segment) => indexOrKey(String(segment)))
    yield { path: fieldPath(path), ...findingOf(rule, read(message, 'meta')) }
  }
}

const FORMATS = new Set(
  'alpha alphaNumeric ascii coordinates creditCard email hexCode iban jwt mobile passport postalCode ulid url uuid vat'.split(
    ' ',
  ),
)

function findingOf(rule: string, meta: unknown): Finding {
  if (FORMATS.has(rule)) return wrongFormat(rule)
  const min = read(meta, 'min')
  const max = read(meta, 'max')
  switch (rule) {
    case 'required':
      return { code: 'required' }
    case 'string':
    case 'number':
    case 'boolean':
    case 'array':
    case 'object':
    case 'record':
    case 'tuple':
      return wrongType(rule)
    case 'nativeFile':
      return wrongType('file')
    case 'date':
      return { code: 'invalid_date' }
    case 'enum':
    case 'in':
    case 'notIn':
    case 'literal':
    case 'accepted':
      return { code: 'not_allowed' }
    case 'union':
    case 'unionGroup':
    case 'unionOfTypes':
      return { code: 'no_match' }
    case 'confirmed':
    case 'sameAs':
    case 'notSameAs':
    case 'date.afterField':
    case 'date.beforeField':
    case 'date.afterOrSameAs':
    case 'date.beforeOrSameAs':
    case 'date.sameAs':
    case 'date.notSameAs':
      return { code: 'invalid_combination' }
    case 'minLength':
      return tooLittle('text', min)
    case 'maxLength':
      return tooMuch('text', max)
    case 'fixedLength':
    case 'array.fixedLength':
    case 'record.fixedLength':
      return wrongLength(read(meta, 'size'))
    case 'array.minLength':
    case 'record.minLength':
      return tooLittle('items', min)
    case 'array.maxLength':
    case 'record.maxLength':
      return tooMuch('items', max)
    case 'notEmpty':
      return tooLittle('items', 1)
    case 'distinct':
      return { code: 'duplicate_items' }
    case 'min':
      return tooLittle('number', min)
    case 'max':
      return tooMuch('number', max)
    case 'positive':
      return tooLittle('number', 0, true)
    case 'negative':
      return tooMuch('number', 0, true)
    case 'nonNegative':
      return tooLittle('number', 0)
    case 'nonPositive':
      return tooMuch('number', 0)
    case 'withoutDecimals':
      return { code: 'not_integer' }
    case 'date.after':
    case 'date.afterOrEqual':
      return { code: 'too_early' }
    case 'date.before':
    case 'date.beforeOrEqual':
      return { code: 'too_late' }
    case 'ipAddress':
      return wrongFormat('ip')
    case 'activeUrl':
      return wrongFormat('url')
    case 'regex':
    case 'startsWith':
    case 'endsWith':
      return wrongFormat()
    default:
      return { code: 'invalid' }
  }
}
