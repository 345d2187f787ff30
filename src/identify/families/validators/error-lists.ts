import type { FieldProblem } from '../../../catalog/field.ts'
import { isArray, read } from '../../../guard/read.ts'
import { readOwn } from '../../../guard/own.ts'
import type { ConditionRule } from '../../library-rule.ts'
import { statusOn } from '../http.ts'
import { isUpstreams } from '../upstreams.ts'
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
 *
 * @param mark - a property that each of its errors has: most lists under these names are somebody else's
 */
export function listRules(from: string, mark: string, problemsOf: ProblemsOf): readonly ConditionRule[] {
  const condition = 'validation-failed'

  function keptAs(name: string): Pick<ConditionRule, 'matches' | 'extract'> {
    return {
      matches: (error) => mayBeListed(read(error, name), mark) && isOfClient(error),
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
    matches: (error) => isArray(read(error, 'validationErrors')) && isOfClient(error),
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

/** Looks at the first alone, which may be a list as well. */
function mayBeListed(kept: unknown, mark: string): boolean {
  if (!isArray(kept)) return SEGMENTS.some((segment) => isArray(readOwn(kept, segment)))
  const first = read(kept, 0)
  return isArray(first) || read(first, mark) !== undefined
}

/**
 * Whether it was the client's input. It was not where another server refused ours, and where the app says so by its
 * status: 500 is what http-errors writes unasked.
 */
function isOfClient(error: object): boolean {
  const status = statusOn(error)
  return (status === undefined || status <= 500) && !isUpstreams(error)
}
