import { standardAnswer, type Headers } from '../../support/standard-answer.ts'

/** What is counted, and in how many seconds it is all free again. */
const standing = (remaining: number): Headers => ({
  'X-RateLimit-Limit': '5',
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': '*',
})

/** Without its times. */
export function masked(response: string): string {
  return response
    .replace(/^Date: .*$/m, 'Date: *')
    .replace(/^X-RateLimit-Reset: \d{10}\r$/m, 'X-RateLimit-Reset: *\r')
    .replace(/^Retry-After: (?:[1-9]|[1-5]\d|60)\r$/m, 'Retry-After: *\r')
}

export const conflict = (remaining: number): string =>
  standardAnswer(409, { code: 1006, message: 'Username already exists' }, { before: standing(remaining) })

export const LIMITED = standardAnswer(
  429,
  { code: 4005, message: 'Rate limited' },
  { before: standing(0), after: { 'Retry-After': '*' } },
)
