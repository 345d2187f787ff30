import { read } from '../../guard/read.ts'

/** Whether a value was made as an Error, of whichever realm. */
export function isError(error: object): boolean {
  return typeof read(error, 'stack') === 'string'
}
