import type { Code } from '../catalog/code.ts'
import { bare } from '../guard/own.ts'
import { demandOf, type ValueMatcher, type ErrorFactory, type ExpectedError } from './matcher/expected.ts'
import { judge, judgeNow, type Verdict } from './matcher/judge.ts'

/** A Response of `fetch`, whose body has to be waited for. */
interface Unread {
  readonly bodyUsed: boolean
  text(): Promise<string>
}

/**
 * What an assertion returns: a promise where what it looks at is a Response of `fetch`, or has one, and where the test
 * runner waits anyway. Of what only run time knows, it may be either.
 */
export type Asserted<TSubject, TReturned = void> =
  TReturned extends Promise<void>
    ? TReturned
    : unknown extends TSubject
      ? unknown
      : TSubject extends Unread
        ? Promise<void>
        : TSubject extends { readonly response?: infer TResponse }
          ? NonNullable<TResponse> extends Unread
            ? Promise<void>
            : void
          : void

/** What `bizError` returns. */
export interface BizErrorMatcher extends ValueMatcher {
  /** @throws Error - that tells how the two differ */
  (subject: unknown): true
  /** For the types of jest, whose `toThrow` takes a class. It asks what was thrown for its instance, and makes none. */
  new (...none: unknown[]): Error
}

/** What a failed assertion throws. */
// Of this realm, as node:assert's is not in jest: supertest asks whether it is an Error.
class BizErrorMismatch extends Error {
  override readonly name = 'BizErrorMismatch'
}

/**
 * Asserts that something is a certain error: an HTTP answer as a client or a test library has it (supertest, `fetch` and
 * Hono's `app.request`, Fastify's `inject`, axios, got, or an error with such a `response`), what was thrown (a BizError,
 * an ApiError of `bizerror/client`), or what `describeError` returned. For `node:test` and any other test runner.
 *
 * @param error - the code that clients see, or the function that makes the error: `shop.errors.SOLD_OUT`
 * @param expected - what else has to hold: `{ status: 409, message: /left/, headers: { 'Retry-After': 60 } }`
 * @returns a promise where the body has to be waited for, as that of a Response
 * @throws Error - that tells how the two differ
 * @throws SetupError - for what cannot be compared: a promise, a body that has been read, a code that is undefined
 * @example
 * const response = await fetch(`${origin}/orders`, { method: 'POST' })
 * await assertBizError(response, shop.errors.SOLD_OUT, { locale: 'de' })
 */
export function assertBizError<TSubject>(
  subject: TSubject,
  error: Code | ErrorFactory,
  expected?: ExpectedError,
): Asserted<TSubject> {
  const verdict = judge('assertBizError', subject, error, expected)
  return (
    verdict instanceof Promise
      ? verdict.then((waited) => demand(waited, assertBizError))
      : demand(verdict, assertBizError)
  ) as Asserted<TSubject>
}

/**
 * Makes what recognizes a certain error, for the assertions of others: a function for supertest's `expect` and
 * `assert.rejects`, and a matcher for `toEqual`, `toHaveBeenCalledWith` and `toThrow` of jest and, with
 * `bizerror/testing/vitest`, of vitest.
 *
 * @param error - the code that clients see, or the function that makes the error: `shop.errors.SOLD_OUT`
 * @param expected - what else has to hold: `{ status: 409, message: /left/ }`
 * @throws SetupError - for a code that is undefined, and a member that there is not
 * @example
 * await request(app).post('/orders').send({ n: 9 }).expect(bizError(shop.errors.SOLD_OUT))
 * await assert.rejects(order(9), bizError(shop.errors.SOLD_OUT, { params: { left: 3 } }))
 * expect(next).toHaveBeenCalledWith(bizError(shop.errors.SOLD_OUT))
 */
export function bizError(error: Code | ErrorFactory, expected?: ExpectedError): BizErrorMatcher {
  const name = `bizError(${demandOf('bizError', error, expected).name})`
  const passes = (subject: unknown): boolean => judgeNow('bizError', subject, error, expected).pass
  const assert = (subject: unknown): true => {
    demand(judgeNow('bizError', subject, error, expected), assert)
    return true
  }
  return Object.defineProperties(assert, {
    name: bare({ value: name }),
    asymmetricMatch: bare({ value: passes }),
    // `toThrow` of test runners asks whether what was thrown is an instance of the function.
    [Symbol.hasInstance]: bare({ value: passes }),
    // How test runners show it.
    $$typeof: bare({ value: Symbol.for('jest.asymmetricMatcher') }),
    toString: bare({ value: () => name }),
    toAsymmetricMatcher: bare({ value: () => name }),
  }) as BizErrorMatcher
}

const PLAIN = { expected: String, received: String }

function demand({ pass, text }: Verdict, caller: (...args: never) => unknown): void {
  if (pass) return
  const mismatch = new BizErrorMismatch(text(PLAIN))
  // The first line that a developer sees is one of the test's.
  Error.captureStackTrace?.(mismatch, caller)
  throw mismatch
}
