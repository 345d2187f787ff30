/**
 * Adds `toBeBizError` to jest's global `expect`, 29 and 30. To be named in the configuration:
 * `"setupFilesAfterEnv": ["bizerror/testing/jest"]`.
 */
import type { Code } from '../catalog/code.ts'
import { SetupError } from '../guard/setup-error.ts'
import type { Asserted } from './biz-error.ts'
import type { ValueMatcher, ErrorFactory, ExpectedError } from './matcher/expected.ts'
import { matchers } from './to-be-biz-error.ts'

declare global {
  namespace jest {
    interface Matchers<R, T = {}> {
      /**
       * Asserts that what was received is a certain error: an HTTP answer, what was thrown, or what `describeError`
       * returned. A promise for a Response of `fetch`, whose body has to be waited for.
       *
       * @param error - the code that clients see, or the function that makes the error: `shop.errors.SOLD_OUT`
       * @param expected - what else has to hold: `{ status: 409, message: /left/ }`
       */
      toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): Asserted<T, R>
    }
    interface Expect {
      /** Matches this error within other values: `toHaveBeenCalledWith(expect.toBeBizError(…))`. */
      toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): ValueMatcher
    }
    interface InverseAsymmetricMatchers {
      /** Matches what is not this error. */
      toBeBizError(error: Code | ErrorFactory, expected?: ExpectedError): ValueMatcher
    }
  }
}

const { expect } = globalThis as { expect?: { extend(matchers: object): void } }
if (typeof expect?.extend !== 'function') {
  throw new SetupError(
    'bizerror/testing/jest found no global expect. Name it in setupFilesAfterEnv, not in setupFiles; with injectGlobals: false, name bizerror/testing/jest-globals.',
  )
}
expect.extend(matchers)
