import type { FieldProblem } from '../../../catalog/field.ts'
import { isArray, read } from '../../../guard/read.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { statusUnder } from '../http.ts'
import { isError } from '../is-error.ts'
import { classValidatorProblems } from '../validators/class-validator.ts'
import { fieldsOf } from '../validators/fields.ts'
import { zodProblems } from '../validators/zod.ts'

const NESTJS = { from: '@nestjs/common', property: 'getStatus', matches: isHttpException } as const

/** https://docs.nestjs.com/exception-filters#built-in-http-exceptions */
export const nestjs: readonly LibraryRule[] = [
  {
    ...NESTJS,
    condition: 'validation-failed',
    extract(error) {
      const found = fieldsOf(problemsIn(error))
      return found && { ...found, status: statusOf(error) }
    },
  },
  { ...NESTJS, extract: (error) => ({ status: statusOf(error) }) },
]

function* problemsIn(error: object): Generator<FieldProblem> {
  // The pipe's own body holds words alone. `exceptionFactory: (errors) => new BadRequestException(errors)` keeps all:
  // https://docs.nestjs.com/techniques/validation#using-the-built-in-validationpipe
  const response = read(error, 'response')
  yield* classValidatorProblems(isArray(response) ? response : read(response, 'message'))
  // https://nestjs-i18n.com/guides/dto_validation/global-validation
  yield* classValidatorProblems(read(error, 'errors'))
  // https://github.com/BenLorantfy/nestjs-zod. An answer of the server's that its schema does not allow has a 500.
  if (statusOf(error)! < 500) yield* zodProblems(read(read(error, 'error'), 'issues'))
}

function isHttpException(error: object): boolean {
  return (
    typeof read(error, 'getStatus') === 'function' &&
    typeof read(error, 'getResponse') === 'function' &&
    statusOf(error) !== undefined &&
    isError(error)
  )
}

/** What `getStatus` returns. A function of a thrown value is not called. */
function statusOf(error: object): number | undefined {
  return statusUnder(error, 'status')
}
