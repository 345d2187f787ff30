import type { FieldProblem } from '../../../catalog/field.ts'
import { isArray, read } from '../../../guard/read.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { fieldsOf } from './fields.ts'

/** The names of the errors in which apps keep a list as `validationErrors`. */
const HOLDERS = [
  'ValidationError',
  'ValidationException',
  'ArgumentValidationError',
  'RequestValidationError',
  'BadRequestError',
  'BadRequestException',
  'UnprocessableEntityException',
  'HttpError',
  'HttpException',
]

/**
 * Makes the rules for a validator that tells its errors as a list: an app throws that as it is, or in an error of its
 * own.
 *
 * @param problemsOf - returns the problems of those items that have the marks of the library
 */
export function listRules(
  from: string,
  problemsOf: (errors: unknown) => Iterable<FieldProblem>,
): readonly ConditionRule[] {
  const condition = 'validation-failed'

  function keptAs(name: string): Pick<ConditionRule, 'matches' | 'extract'> {
    return {
      matches: (error) => isArray(read(error, name)),
      extract: (error) => fieldsOf(problemsOf(read(error, name))),
    }
  }

  return [
    { from, isArray: true, condition, extract: (errors) => fieldsOf(problemsOf(errors)) },
    { from, property: 'errors', condition, ...keptAs('errors') },
    { from, property: 'details', condition, ...keptAs('details') },
    { from, property: 'name', values: HOLDERS, condition, ...keptAs('validationErrors') },
  ]
}
