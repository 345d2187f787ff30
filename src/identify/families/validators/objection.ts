import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { isError } from '../is-error.ts'
import { fieldsOf, namesIn } from './fields.ts'
import { keywordFinding, OUTER, type PlacedFinding } from './json-schema.ts'
import { indexOrKey, parsePath } from './parse-path.ts'

/** https://vincit.github.io/objection.js/api/types/#class-validationerror */
export const objection: readonly ConditionRule[] = [
  {
    from: 'objection',
    property: 'type',
    values: ['ModelValidation'],
    matches: isObjections,
    condition: 'validation-failed',
    extract: (error) => fieldsOf(problemsOf(read(error, 'data'))),
  },
  {
    // https://vincit.github.io/objection.js/recipes/error-handling.html: what a client may ask for was not met.
    from: 'objection',
    property: 'type',
    values: ['RelationExpression', 'UnallowedRelation', 'InvalidGraph'],
    matches: (error) => isObjections(error) && typeof read(error, 'modelClass') === 'function',
    condition: 'malformed-request',
  },
]

/** An app may give a class of its own, with another name and without the model. */
function isObjections(error: object): boolean {
  const status = read(error, 'statusCode')
  return typeof status === 'number' && status >= 400 && status < 500 && isError(error)
}

/** By the path of each field, the errors of ajv without their places. */
function* problemsOf(data: unknown): Generator<FieldProblem> {
  const fields = namesIn(data).map((name) => ({ name, errors: errorsAt(data, name) }))
  const forms = fields.flatMap(({ name, errors }, index) => {
    const outer = errors.filter(isOuter).length
    // ajv tells of what is in a form first. Where one field has both, it is not known what came after.
    return outer === 0 ? [] : [{ name, end: outer === errors.length ? index : fields.length }]
  })
  for (const [index, { name, errors }] of fields.entries()) {
    if (forms.some((form) => index < form.end && isInside(name, form.name))) continue
    const hasForm = errors.some(isOuter)
    for (const error of errors) {
      if (!isProblem(error) || (hasForm && !isOuter(error))) continue
      const { field: _, ...finding } = findingOf(error)
      yield { path: fieldPath(segmentsOf(name)), ...finding, value: read(error, 'data') }
    }
  }
}

/** An app that makes one itself may give one error, or a text. */
function errorsAt(data: unknown, name: string): readonly unknown[] {
  const errors = read(data, name)
  return isArray(errors) ? readItems(errors, MAX_FIELDS) : [errors]
}

function isProblem(error: unknown): boolean {
  return typeof error === 'string' || typeof read(error, 'message') === 'string'
}

function isOuter(error: unknown): boolean {
  return OUTER.has(read(error, 'keyword'))
}

function isInside(name: string, form: string): boolean {
  return name !== form && (form === '' || name.startsWith(`${form}.`) || name.startsWith(`${form}[`))
}

function findingOf(error: unknown): PlacedFinding {
  const keyword = read(error, 'keyword')
  return typeof keyword === 'string'
    ? keywordFinding(keyword, read(error, 'params'), '')
    : { code: 'invalid' }
}

/** `items.0.name`, with the tokens of a JSON Pointer (RFC 6901, section 4). */
function segmentsOf(name: string): readonly (string | number)[] {
  return parsePath(name).map((segment) =>
    typeof segment === 'number' ? segment : indexOrKey(segment.replaceAll('~1', '/').replaceAll('~0', '~')),
  )
}
