import { ignoreRejection, read, readItems } from '../guard/read.ts'
import { types } from './native.ts'

const MAX_VALUES = 32

/**
 * Returns a thrown value and what it was caused by, nearest first: along `cause` and its like, and into the `errors` of an
 * AggregateError. Bounded, each value once.
 */
export function withCauses(thrown: unknown): readonly unknown[] {
  ignoreRejection(thrown)
  if (typeof thrown !== 'object' || thrown === null) return [thrown]
  const cause = causeOf(thrown)
  // Most have neither.
  if ((cause === undefined || cause === null) && !isAggregate(thrown)) return [thrown]
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

/** Returns what a value was caused by: its `cause`, or the error that a library keeps under a name of its own. */
export function causeOf(value: unknown): unknown {
  const cause = read(value, 'cause')
  // VError has a method of this name.
  if (cause !== undefined && typeof cause !== 'function') return cause
  if (keepsNone(value as Partial<Record<Name, unknown>>)) {
    return isFiberFailure(value) ? failedWith(read(value, FIBER_CAUSE)) : undefined
  }
  for (const name of NAMES) {
    const kept = read(value, name)
    if (kept !== undefined && types.isNativeError(kept)) return kept
  }
  // passport-oauth2 keeps what an identity provider answered: `{ statusCode, data }`.
  return read(value, 'oauthError')
}

const FIBER_CAUSE = Symbol.for('effect/Runtime/FiberFailure/Cause')

/** `Effect.runPromise` of effect 3 rejects with it, whatever an effect fails with. */
function isFiberFailure(value: unknown): boolean {
  const name = read(value, 'name')
  return typeof name === 'string' && name.startsWith('(FiberFailure) ')
}

/** The first that an effect failed with, or that was thrown in it: https://effect.website/docs/data-types/cause */
function failedWith(fiberCause: unknown): unknown {
  let one = fiberCause
  for (let depth = 0; depth < MAX_VALUES; depth++) {
    const left = read(one, 'left')
    if (left === undefined) return read(one, 'error') ?? read(one, 'defect')
    one = left
  }
  return undefined
}

/** Of what else may stand under these names, such as a request's body, nothing is to be recognized. */
const NAMES = [
  'originalError', // koa-jwt, mssql, graphql
  'inner', // express-jwt
  'innerError', // @azure
  'oauthError',
  'original', // Sequelize
  'nativeError', // Objection
  'jse_cause', // VError
] as const

type Name = (typeof NAMES)[number]

/** Whether none of the names stands on a value. Written out: most errors are asked in half the time. */
function keepsNone(value: Partial<Record<Name, unknown>>): boolean {
  try {
    return (
      value.originalError === undefined &&
      value.inner === undefined &&
      value.innerError === undefined &&
      value.oauthError === undefined &&
      value.original === undefined &&
      value.nativeError === undefined &&
      value.jse_cause === undefined
    )
  } catch {
    return false
  }
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
