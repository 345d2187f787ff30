import { ignoreRejection, read, readItems } from '../guard/read.ts'

const MAX_VALUES = 32

/**
 * Returns a thrown value and what it was caused by, nearest first: along `cause`, and into the `errors` of an
 * AggregateError. Bounded, each value once.
 */
export function withCauses(thrown: unknown): readonly unknown[] {
  const found = new Set<unknown>([thrown])
  // Grows while it is walked, so that what is nearer comes first.
  for (const value of found) {
    ignoreRejection(value)
    if (typeof value !== 'object' || value === null) continue
    add(found, causeOf(value))
    for (const error of aggregatedErrors(value, MAX_VALUES)) add(found, error)
  }
  return [...found]
}

/** Returns what a value was caused by. express-jwt and koa-jwt have names of their own for it. */
export function causeOf(value: unknown): unknown {
  const cause = read(value, 'cause')
  if (cause !== undefined || read(value, 'name') !== 'UnauthorizedError') return cause
  return read(value, 'inner') ?? read(value, 'originalError')
}

/** Returns the first errors of an AggregateError. Of any other value, there are none. */
export function aggregatedErrors(value: unknown, max: number): readonly unknown[] {
  return isAggregate(value) ? readItems(read(value, 'errors'), max) : NONE
}

const NONE: readonly unknown[] = Object.freeze([])

/** Knows also one of another realm, by its name, and one whose class has a name of its own. */
export function isAggregate(value: unknown): boolean {
  try {
    return read(value, 'name') === 'AggregateError' || value instanceof AggregateError
  } catch {
    return false
  }
}

function add(found: Set<unknown>, value: unknown): void {
  if (value !== undefined && value !== null && found.size < MAX_VALUES) found.add(value)
}
