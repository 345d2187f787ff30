import { fieldPath } from '../../../catalog/field-path.ts'
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

/** https://joi.dev/api/#list-of-errors */
const joiError: ConditionRule = {
  from: 'joi',
  property: 'name',
  values: ['ValidationError'],
  matches: isJoi,
  condition: 'validation-failed',
  extract: (error) => fieldsOf(joiProblems(error)),
}

export const joi: readonly ConditionRule[] = [joiError, ...listRules('joi', 'type', listedProblems)]

/** Whether a value is an error of joi. */
export function isJoi(error: unknown): boolean {
  return read(error, 'isJoi') === true
}

/**
 * Returns what an error of joi says is wrong.
 *
 * @param root - where what was validated stands, such as `body`
 */
export function joiProblems(error: unknown, ...root: readonly string[]): Iterable<FieldProblem> {
  return detailProblems(read(error, 'details'), root)
}

/** The `details` of an error of joi without it, as middleware keeps them: `{ status: 400, details }`. */
export function* listedProblems(details: unknown, ...root: readonly string[]): Generator<FieldProblem> {
  const listed = readItems(details, MAX_FIELDS)
  const known = listed.filter((detail) => isDetail(detail))
  yield* detailProblems(known, root)
}

/** Types are `string.min`; https://joi.dev/api/#validationerror says what stands beside. */
function isDetail(detail: unknown): boolean {
  const type = read(detail, 'type')
  const context = read(detail, 'context')
  return (
    typeof type === 'string' &&
    /^[a-z]+\.[A-Za-z.]+$/.test(type.slice(0, MAX_TYPE_LENGTH)) &&
    typeof read(detail, 'message') === 'string' &&
    typeof context === 'object' &&
    context !== null &&
    has(context, 'label')
  )
}

const MAX_TYPE_LENGTH = 64

function* detailProblems(details: unknown, root: readonly string[]): Generator<FieldProblem> {
  for (const detail of readItems(details, MAX_FIELDS)) {
    const type = read(detail, 'type')
    const context = read(detail, 'context')
    const path = read(detail, 'path')
    if (typeof type !== 'string' || !isArray(path)) continue
    const segments = [...root, ...readItems(path, MAX_FIELDS)]
    const missing = missingPeers(type, context)
    for (const peer of missing) yield { path: fieldPath(segments, peer), code: 'required' }
    if (missing.length === 0) {
      yield { path: fieldPath(segments), ...findingOf(type, context), value: read(context, 'value') }
    }
  }
}

/** The fields that others ask for. */
function missingPeers(type: string, context: unknown): readonly unknown[] {
  if (type === 'object.with') return [read(context, 'peer')]
  if (type === 'object.and') return readItems(read(context, 'missing'), MAX_FIELDS)
  return []
}

const CODES: ReadonlyMap<string, FieldProblem['code']> = new Map([
  ['any.required', 'required'],
  ['any.unknown', 'unknown_field'],
  ['any.only', 'not_allowed'],
  ['any.invalid', 'not_allowed'],
  ['alternatives.all', 'no_match'],
  ['alternatives.any', 'no_match'],
  ['alternatives.match', 'no_match'],
  ['alternatives.types', 'no_match'],
  ['array.includes', 'no_match'],
  ['array.excludes', 'not_allowed'],
  ['array.hasKnown', 'too_few_items'],
  ['array.hasUnknown', 'too_few_items'],
  ['array.includesRequiredBoth', 'too_few_items'],
  ['array.includesRequiredKnowns', 'too_few_items'],
  ['array.includesRequiredUnknowns', 'too_few_items'],
  ['array.orderedLength', 'too_many_items'],
  ['array.sparse', 'required'],
  ['array.unique', 'duplicate_items'],
  ['binary.base', 'invalid_type'],
  ['date.format', 'invalid_date'],
  ['function.class', 'invalid_type'],
  ['number.infinity', 'invalid_type'],
  ['number.integer', 'not_integer'],
  ['object.instance', 'invalid_type'],
  ['object.missing', 'invalid_combination'],
  ['object.nand', 'invalid_combination'],
  ['object.oxor', 'invalid_combination'],
  ['object.unknown', 'unknown_field'],
  ['object.without', 'invalid_combination'],
  ['object.xor', 'invalid_combination'],
  ['string.empty', 'required'],
  ['string.uriCustomScheme', 'invalid_url'],
  ['string.uriRelativeOnly', 'invalid_url'],
  ['symbol.base', 'invalid_type'],
  ['symbol.map', 'not_allowed'],
])

const FORMATS = new Set(
  (
    'alphanum base64 creditCard dataUri domain email guid hex hexAlign hostname ip ipVersion isoDate ' +
    'isoDuration lowercase normalize token uppercase uri'
  ).split(' '),
)

const MEASURES: ReadonlyMap<string, Measure> = new Map([
  ['string', 'text'],
  ['binary', 'text'],
  ['array', 'items'],
  ['object', 'items'],
  ['number', 'number'],
  ['date', 'date'],
])

/** Types are `string.min`, `object.pattern.match`: whose check, and which. */
function findingOf(type: string, context: unknown): Finding {
  const code = CODES.get(type)
  if (code !== undefined) return { code }
  const [owner = '', check = ''] = type.split('.', 2)
  const measure = MEASURES.get(owner)
  if (measure === undefined && owner !== 'boolean') return { code: 'invalid' }
  if (owner === 'string' && FORMATS.has(check)) return wrongFormat(check)
  // A limit that refers to another field is not resolved: an object, which is not shown.
  const limit = read(context, 'limit')
  switch (check) {
    case 'base':
      return wrongType(owner === 'object' ? read(context, 'type') : owner)
    case 'min':
      return tooLittle(measure ?? 'number', limit)
    case 'max':
      return tooMuch(measure ?? 'number', limit)
    case 'greater':
      return tooLittle(measure ?? 'number', limit, true)
    case 'less':
      return tooMuch(measure ?? 'number', limit, true)
    case 'positive':
      return tooLittle('number', 0, true)
    case 'negative':
      return tooMuch('number', 0, true)
    case 'length':
      return wrongLength(limit)
    case 'multiple':
      return notMultiple(read(context, 'multiple'))
    default:
      return {
        code: owner === 'string' && (check === 'pattern' || check === 'trim') ? 'invalid_format' : 'invalid',
      }
  }
}
