import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** https://hono.dev/docs/api/exception: its status counts as that of any error. */
export const hono: readonly LibraryRule[] = [
  {
    // It keeps nothing of what it caught but a sentence.
    from: 'hono',
    property: 'getResponse',
    matches: isOfValidator,
    condition: 'malformed-body',
  },
]

const MALFORMED = /^Malformed (?:JSON in request body$|FormData request\.)/

function isOfValidator(error: object): boolean {
  const message = read(error, 'message')
  return (
    read(error, 'status') === 400 && typeof message === 'string' && MALFORMED.test(message) && isError(error)
  )
}
