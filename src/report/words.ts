import { readOwn } from '../guard/own.ts'

/** The names under which an object that is no Error says what it is. */
const NAMES = [
  'kind',
  'type',
  'errorType',
  'error_type',
  'error',
  'code',
  'errorCode',
  'error_code',
  'errcode',
  'errno',
  'status',
  'statusCode',
  'status_code',
] as const

/** A word of a program's, and no text of a person's. */
const WORD = /^[\w.:-]{1,64}$/

/**
 * Returns what an object says that was thrown although it is no Error: `kind not_found, status 404`. Its other members
 * stay out, since anything may stand there.
 */
export function wordsOf(thrown: unknown): string {
  return NAMES.flatMap((name) => {
    const value = readOwn(thrown, name)
    return Number.isFinite(value) || (typeof value === 'string' && WORD.test(value))
      ? [`${name} ${String(value)}`]
      : []
  }).join(', ')
}
