import { isError } from '../is-error.ts'
import type { RecognitionFacts } from '../../identify.ts'
import type { LibraryRule } from '../../library-rule.ts'

/** A client that does not wait for its answer. Its connection breaks in the same words as an upstream's. */
export const leaving: readonly LibraryRule[] = [
  {
    from: 'a client that has left',
    property: 'name',
    values: ['AbortError', 'CanceledError', 'CancelError'],
    matches: isClientGone,
    condition: 'client-gone',
  },
  {
    from: 'a client that has left',
    property: 'code',
    values: [
      'ECONNRESET',
      'EPIPE',
      'ECONNABORTED',
      'ERR_STREAM_PREMATURE_CLOSE',
      'ERR_STREAM_DESTROYED',
      'ERR_STREAM_UNABLE_TO_PIPE',
    ],
    matches: isClientGone,
    condition: 'client-gone',
  },
]

function isClientGone(error: object, { clientGone }: RecognitionFacts): boolean {
  return clientGone && isError(error)
}
