import { fieldPath } from '../../../catalog/field-path.ts'
import { MAX_FIELDS, type FieldProblem } from '../../../catalog/field.ts'
import { isArray, read, readItems } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { parsePath } from './parse-path.ts'
import { fieldsOf } from './fields.ts'
import {
  tooLittle,
  tooMuch,
  wrongFormat,
  wrongLength,
  wrongType,
  type Finding,
  type Measure,
} from './finding.ts'

/** https://github.com/jquense/yup#validationerrorerrors-string--arraystring-value-any-path-string */
export const yup: ConditionRule = {
  from: 'yup',
  property: 'name',
  values: ['ValidationError'],
  matches: (error) => isArray(read(error, 'inner')) && isArray(read(error, 'errors')),
  condition: 'validation-failed',
  extract: (error) => fieldsOf(problemsOf(error)),
}

function* problemsOf(error: object): Generator<FieldProblem> {
  const inner = readItems(read(error, 'inner'), MAX_FIELDS)
  // With `abortEarly` the error itself is the one problem.
  for (const problem of inner.length === 0 ? [error] : inner) {
    const type = read(problem, 'type')
    const params = read(problem, 'params')
    const path = parsePath(read(problem, 'path'))
    const unknown = unknownKeys(type, params)
    for (const key of unknown) yield { path: fieldPath(path, key), code: 'unknown_field' }
    if (unknown.length === 0) {
      yield {
        path: fieldPath(path),
        ...findingOf(type, params),
        value: read(params, 'originalValue'),
      }
    }
  }
}

/** Yup joins the unknown keys to one text. */
function unknownKeys(type: unknown, params: unknown): readonly string[] {
  const keys =
    type === 'noUnknown' ? read(params, 'unknown') : type === 'exact' ? read(params, 'properties') : undefined
  return typeof keys === 'string' ? keys.split(', ', MAX_FIELDS) : []
}

function findingOf(type: unknown, params: unknown): Finding {
  switch (type) {
    case 'required':
    case 'optionality':
    case 'nullable':
      return { code: 'required' }
    case 'typeError':
      return wrongType(read(params, 'type'))
    case 'oneOf':
    case 'notOneOf':
    case 'is-value':
      return { code: 'not_allowed' }
    case 'min': {
      const exclusive = read(params, 'more')
      return tooLittle(measureOf(params), exclusive ?? read(params, 'min'), exclusive !== undefined)
    }
    case 'max': {
      const exclusive = read(params, 'less')
      return tooMuch(measureOf(params), exclusive ?? read(params, 'max'), exclusive !== undefined)
    }
    case 'length':
      return wrongLength(read(params, 'length'))
    case 'integer':
      return { code: 'not_integer' }
    case 'email':
    case 'url':
    case 'uuid':
    case 'datetime':
      return wrongFormat(type)
    case 'datetime_offset':
    case 'datetime_precision':
      return { code: 'invalid_date' }
    case 'matches':
    case 'trim':
    case 'string_case':
      return wrongFormat()
    default:
      return { code: 'invalid' }
  }
}

/** The checks of all types are named alike. With `abortEarly` the error's own `value` is the whole input. */
function measureOf(params: unknown): Measure {
  const value = read(params, 'value')
  if (typeof value === 'string') return 'text'
  if (isArray(value)) return 'items'
  return typeof value === 'object' ? 'date' : 'number'
}
