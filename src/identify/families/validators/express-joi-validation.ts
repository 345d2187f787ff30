import { read } from '../../../guard/read.ts'
import type { ConditionRule, LibraryRule } from '../../library-rule.ts'
import { fieldsOf } from './fields.ts'
import { isJoi, joiProblems } from './joi.ts'

/**
 * With `passError`, a result of joi with the part of the request that is wrong as its type.
 * https://github.com/evanshortiss/express-joi-validation#with-custom-express-error-handler
 */
export const expressJoiValidation: ConditionRule = {
  from: 'express-joi-validation',
  property: 'type',
  values: ['body', 'query', 'params', 'headers', 'fields'],
  matches: isResult,
  condition: 'validation-failed',
  extract: (result) => fieldsOf(joiProblems(read(result, 'error'), read(result, 'type') as string)),
}

/** A response of ours that does not fit. */
export const expressJoiResponse: LibraryRule = {
  from: 'express-joi-validation',
  property: 'type',
  values: ['response'],
  matches: isResult,
  isFault: true,
}

function isResult(result: object): boolean {
  return isJoi(read(result, 'error'))
}
