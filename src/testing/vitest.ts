/**
 * Adds `toBeBizError` to the `expect` of vitest 3.2 and later. To be named in the configuration:
 * `test: { setupFiles: ['bizerror/testing/vitest'] }`.
 */
import { expect } from 'vitest'
import type { Code } from '../catalog/code.ts'
import { bare } from '../guard/own.ts'
import type { Asserted } from './biz-error.ts'
import type { ErrorFactory, ExpectedError } from './matcher/expected.ts'
import { isAsymmetric } from './matcher/matches.ts'
import { matchers } from './to-be-biz-error.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- as vitest declares it
  interface Matchers<T = any> {
    /**
     * Asserts that what was received is a certain error: an HTTP answer, what was thrown, or what `describeError`
     * returned. A promise for a Response of `fetch`, whose body has to be waited for. Within other values it is a
     * matcher: `toHaveBeenCalledWith(expect.toBeBizError(…))`.
     *
     * @param error - the code that clients see, or the function that makes the error: `shop.errors.SOLD_OUT`
     * @param expected - what else has to hold: `{ status: 409, message: /left/ }`
     */
    toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): Asserted<T>
  }
  interface AsymmetricMatchersContaining {
    /** Matches what is not this error. */
    toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): unknown
  }
}

expect.extend(matchers)
// Vitest runs setup files again for each test file of a worker, and keeps what was added.
const ADDED = Symbol.for('bizerror.testing.vitest')
if (!Object.hasOwn(globalThis, ADDED)) {
  Object.defineProperty(globalThis, ADDED, bare({ value: true }))
  // What bizError returns is a function, for supertest; vitest takes objects alone for matchers.
  expect.addEqualityTesters([(a, b) => (typeof a === 'function' ? judged(a, b) : judged(b, a))])
}

function judged(matcher: unknown, value: unknown): boolean | undefined {
  return typeof matcher === 'function' && isAsymmetric(matcher) ? matcher.asymmetricMatch(value) : undefined
}
