import { types } from 'node:util'
import type { FieldProblem } from '../../../catalog/field.ts'
import { isArray, read } from '../../../guard/read.ts'
import { readOwn } from '../../../guard/own.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { statusOn } from '../http.ts'
import { fieldsOf } from './fields.ts'

/** The parts of a request, as celebrate names them: https://github.com/arb/celebrate#segments */
export const SEGMENTS: readonly string[] = ['params', 'query', 'headers', 'cookies', 'signedCookies', 'body']

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

/** Returns the problems of those items of a list that have the marks of a library. */
type ProblemsOf = (errors: unknown, ...root: readonly string[]) => Iterable<FieldProblem>

/**
 * Makes the rules for a validator that tells its errors as a list: an app throws that as it is, or in an error of its
 * own, perhaps with a list for each part of the request.
 */
export function listRules(from: string, problemsOf: ProblemsOf): readonly ConditionRule[] {
  const condition = 'validation-failed'

  function keptAs(name: string): Pick<ConditionRule, 'matches' | 'extract'> {
    return {
      matches(error) {
        const kept = read(error, name)
        // What an AggregateError holds are Errors, which no validator lists.
        return typeof kept === 'object' && !types.isNativeError(read(kept, 0)) && !isOfServer(error)
      },
      extract: (error) => fieldsOf(keptProblems(read(error, name), problemsOf)),
    }
  }

  return [
    { from, isArray: true, condition, extract: (errors) => fieldsOf(problemsOf(errors)) },
    { from, property: 'errors', condition, ...keptAs('errors') },
    { from, property: 'details', condition, ...keptAs('details') },
  ]
}

/** Makes the rule for lists of several validators that apps keep as `validationErrors`. */
export function heldRule(from: string, rules: readonly ConditionRule[]): ConditionRule {
  const ofLists = rules.filter((rule) => rule.isArray === true)
  return {
    from,
    property: 'name',
    values: HOLDERS,
    matches: (error) => isArray(read(error, 'validationErrors')) && !isOfServer(error),
    condition: 'validation-failed',
    extract(error) {
      const errors = read(error, 'validationErrors') as object
      for (const { extract } of ofLists) {
        const found = extract?.(errors)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}

function* keptProblems(kept: unknown, problemsOf: ProblemsOf): Generator<FieldProblem> {
  if (isArray(kept)) yield* problemsOf(kept)
  for (const segment of SEGMENTS) {
    const errors = readOwn(kept, segment)
    if (isArray(errors)) yield* problemsOf(errors, segment)
  }
}

/** Whether the app says that what it validated was not the client's. 500 is what http-errors writes unasked. */
function isOfServer(error: object): boolean {
  const status = statusOn(error)
  return status !== undefined && status > 500
}
