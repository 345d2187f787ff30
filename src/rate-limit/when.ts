import { isEverybodys } from '../guard/own.ts'
import { read } from '../guard/read.ts'

export function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return 'then' in value && !isEverybodys(value, 'then')
}

/** Tells the same of a value of the app's, which may be anything. A text or a number never is one. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  const mayBe = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return mayBe && typeof read(value, 'then') === 'function'
}

/**
 * Goes on with a value: at once, or once its promise has settled. A request waits for nothing when all that it needs is
 * there.
 *
 * @param failed - goes on with what the promise rejects with. Without it, the promise must not reject
 */
export function when<TValue extends object, TResult>(
  value: TValue | Promise<TValue>,
  next: (value: TValue) => TResult | Promise<TResult>,
  failed?: (error: unknown) => TResult | Promise<TResult>,
): TResult | Promise<TResult> {
  return isPromise(value) ? value.then(next, failed) : next(value)
}
