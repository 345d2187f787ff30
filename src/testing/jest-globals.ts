/**
 * Adds `toBeBizError` to the `expect` of `@jest/globals`, 29 and 30. To be named in the configuration:
 * `"setupFilesAfterEnv": ["bizerror/testing/jest-globals"]`.
 */
import { expect } from '@jest/globals'
import type { Code } from '../catalog/code.ts'
import type { Asserted } from './biz-error.ts'
import type { ValueMatcher, ErrorFactory, ExpectedError } from './matcher/expected.ts'
import { matchers } from './to-be-biz-error.ts'

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    /**
     * Asserts that what was received is a certain error: an HTTP answer, what was thrown, or what `describeError`
     * returned. A promise for a Response of `fetch`, whose body has to be waited for.
     *
     * @param error - the code that clients see, or the function that makes the error: `shop.errors.SOLD_OUT`
     * @param expected - what else has to hold: `{ status: 409, message: /left/ }`
     */
    toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): Asserted<T, R>
  }
  interface AsymmetricMatchers {
    /** Matches this error within other values: `toHaveBeenCalledWith(expect.toBeBizError(…))`. */
    toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): ValueMatcher
  }
}

expect.extend(matchers)
