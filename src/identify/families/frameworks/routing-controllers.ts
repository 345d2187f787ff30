import { read } from '../../../guard/read.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { statusOn, statusUnder } from '../http.ts'
import { isError } from '../is-error.ts'
import { isUpstreams } from '../upstreams.ts'
import { classValidatorProblems } from '../validators/class-validator.ts'
import { fieldsOf } from '../validators/fields.ts'

const ROUTING_CONTROLLERS = {
  from: 'routing-controllers',
  property: 'httpCode',
  matches: isHttpError,
} as const

/** https://github.com/typestack/routing-controllers#throw-http-errors */
export const routingControllers: readonly LibraryRule[] = [
  {
    ...ROUTING_CONTROLLERS,
    condition: 'validation-failed',
    // https://github.com/typestack/routing-controllers#auto-validating-action-params
    extract(error) {
      const found = fieldsOf(classValidatorProblems(read(error, 'errors')))
      return found && { ...found, status: chosenStatus(error) }
    },
  },
  { ...ROUTING_CONTROLLERS, extract: (error) => ({ status: chosenStatus(error) }) },
]

/** Leaves out formidable's, which has a number as its code and is known before, and what another server answered. */
function isHttpError(error: object): boolean {
  return (
    statusUnder(error, 'httpCode') !== undefined &&
    typeof read(error, 'code') !== 'number' &&
    isError(error) &&
    !isUpstreams(error)
  )
}

/** `ctx.throw(422, error)` writes the app's choice beside it, and 500 where there is none. */
function chosenStatus(error: object): number | undefined {
  const chosen = statusOn(error)
  return chosen === undefined || chosen >= 500 ? statusUnder(error, 'httpCode') : chosen
}
