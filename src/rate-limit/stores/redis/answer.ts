import { isArray } from '../../../guard/read.ts'
import type { StoreDecision, Limits, Standing } from '../store.ts'

/**
 * Reads a decision of `DECIDE`.
 *
 * @throws Error - when another script must have answered
 */
export function readDecision(answer: unknown, limits: Limits): StoreDecision {
  if (!isArray(answer) || answer.length !== 1 + 3 * limits.length) throw somethingElse()
  const counted = readNumber(answer[0])
  const standings: (Standing | undefined)[] = []
  const violated: number[] = []
  let longest = 0
  for (const [index, limit] of limits.entries()) {
    const wait = readNumber(answer[3 * index + 3])
    if (wait > longest) longest = wait
    if (limit === undefined) {
      standings.push(undefined)
      continue
    }
    const remaining = readNumber(answer[3 * index + 1])
    standings.push({ remaining, resetAfter: readNumber(answer[3 * index + 2]) / 1000 })
    if (wait > 0) violated.push(index)
  }
  const decision = { allowed: longest === 0, standings, violated, retryAfter: longest / 1000 }
  return counted === 0 ? decision : { ...decision, receipt: counted }
}

/** Clients can be told to return numbers as strings. */
export function readNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && number >= 0 && Number.isSafeInteger(number)) return number
  throw somethingElse()
}

function somethingElse(): Error {
  return new Error('Redis answered something else')
}
