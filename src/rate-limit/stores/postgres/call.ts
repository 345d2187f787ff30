import { isArray, read, readItems } from '../../../guard/read.ts'
import { countedWindow, windowLength } from '../../window.ts'
import { createBoundaries } from '../boundaries.ts'
import { idOf } from '../identity.ts'
import type { StoreDecision, Limit, Limits, Standing } from '../store.ts'

/** Writes limits as the procedure takes them, with their numbers for one request. */
export interface PolicyTexts {
  readonly write: (limits: Limits) => string
  /** Takes note of the server's time, around which the windows of a calendar have to be told. */
  readonly setClock: (milliseconds: number) => void
}

export function createPolicyTexts(limits: readonly Limit[]): PolicyTexts {
  /** The milliseconds by which the server's clock is ahead of ours, as far as it matters. */
  let ahead = 0
  const policies = limits.map((limit) => {
    const { window, algorithm } = limit
    const isCalendar = typeof window !== 'number'
    const kind = isCalendar ? 'calendar' : algorithm
    const span = isCalendar ? windowLength(window) * 1000 : countedWindow(window)
    return {
      beginning: JSON.stringify([idOf(limit), kind, span]).slice(0, -1),
      boundariesAt: isCalendar
        ? createBoundaries(window, (boundaries) => `,[${boundaries.join()}]`)
        : () => '',
    }
  })
  return {
    write(numbers) {
      const texts = policies.map(({ beginning, boundariesAt }, index) => {
        return `${beginning},${numbers[index] ?? null}${boundariesAt(Date.now() + ahead)}]`
      })
      return `[${texts.join()}]`
    },
    setClock(milliseconds) {
      ahead = milliseconds - Date.now()
    },
  }
}

/**
 * What the procedure answered: its time in microseconds, the rest of a block and a list each of what is left, resets and
 * waits. Nothing where the row is none of ours, and its time alone where no window of a calendar was that of its clock.
 */
export type Answer = readonly unknown[]

/**
 * Reads what the pool returned of a call.
 *
 * @throws Error - when it is no pool of PostgreSQL's, or another procedure must have answered
 */
export function readAnswer(result: unknown): Answer {
  const text = read(readItems(read(result, 'rows'), 1)[0], 'answer')
  const answer: unknown = typeof text === 'string' ? JSON.parse(text) : undefined
  if (isArray(answer)) return answer
  throw somethingElse()
}

/** Reads the decision in an answer, likewise. */
export function readDecision([, block, lefts, resets, waits]: Answer, limits: Limits): StoreDecision {
  const standings: (Standing | undefined)[] = []
  const violated: number[] = []
  let retryAfter = readNumber(block) / 1000
  for (const [index, limit] of limits.entries()) {
    if (limit === undefined) {
      standings.push(undefined)
      continue
    }
    const wait = readNumber(read(waits, index)) / 1000
    standings.push({
      remaining: readNumber(read(lefts, index)),
      resetAfter: readNumber(read(resets, index)) / 1000,
    })
    if (wait > 0) violated.push(index)
    if (wait > retryAfter) retryAfter = wait
  }
  return { allowed: retryAfter === 0, standings, violated, retryAfter }
}

export function readNumber(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value
  throw somethingElse()
}

function somethingElse(): Error {
  return new Error(
    'The pool of postgresStore returned something else than { rows } with an answer of its procedure',
  )
}
