import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { read, readItems } from '../../../guard/read.ts'
import { listRules } from './error-lists.ts'
import { has } from './fields.ts'
import { parsePath } from './parse-path.ts'

/** A Result, what its `throw()` throws, and its `array()`. */
export const expressValidator = listRules('express-validator', 'msg', problemsOf)

const LOCATIONS = new Set<unknown>(['body', 'cookies', 'headers', 'params', 'query'])

/**
 * https://express-validator.github.io/docs/api/validation-result/#error-types, which have no code: the message is the
 * app's own, or always the same.
 */
function* problemsOf(errors: unknown): Generator<FieldProblem> {
  for (const error of readItems(errors, MAX_FIELDS)) {
    if (!has(error, 'msg')) continue
    switch (read(error, 'type')) {
      case 'field':
        if (isField(error)) yield fieldProblem(error)
        break
      case 'unknown_fields':
        for (const field of readItems(read(error, 'fields'), MAX_FIELDS)) {
          if (isField(field))
            yield { path: pathOf(field), code: 'unknown_field', value: read(field, 'value') }
        }
        break
      case 'alternative':
      case 'alternative_grouped':
        yield { path: '', code: 'no_match' }
    }
  }
}

function isField(field: unknown): boolean {
  return LOCATIONS.has(read(field, 'location')) && typeof read(field, 'path') === 'string'
}

function fieldProblem(error: unknown): FieldProblem {
  const value = read(error, 'value')
  // A hidden value is no property at all.
  const code = value === undefined && has(error, 'value') ? 'required' : 'invalid'
  return { path: pathOf(error), code, value }
}

/** From the root of the request, of which all parts may be validated at once. */
function pathOf(field: unknown): string {
  return fieldPath([read(field, 'location'), ...parsePath(read(field, 'path'))])
}
