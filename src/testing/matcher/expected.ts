import { isCode, type Code } from '../../catalog/code.ts'
import { bizErrorState } from '../../error/biz-error.ts'
import { factoryOf, nameOf, type MadeOf } from '../../error/factories.ts'
import { isObject } from '../../guard/options.ts'
import { checkKeys, SetupError, show } from '../../guard/setup-error.ts'

/** What test runners make by `expect.any(Number)`, `expect.stringMatching(/…/)` and their like. */
export interface ValueMatcher {
  /** Whether a value is as it should be. */
  asymmetricMatch(value: unknown): boolean
  /** Its name, for messages. */
  toString(): string
}

/** A value, or what judges one. */
export type Expected<TValue> = TValue | ValueMatcher

/** A text as it has to be, what it has to match, or what judges it. */
export type ExpectedText = Expected<string | RegExp>

/** A field as it has to be. */
export interface ExpectedField {
  /** Where it is in the request: `items[0].name`. */
  readonly path?: ExpectedText | undefined
  /** What is wrong with it. */
  readonly code?: ExpectedText | undefined
  /** The text for people. */
  readonly message?: ExpectedText | undefined
  /** The values of the placeholders in that text. */
  readonly params?: Expected<Readonly<Record<string, unknown>>> | undefined
}

/**
 * What an error has to be besides its code. What is not named may be anything: of an object, the members that are given
 * are compared, of an array every item. `undefined` says that there is none.
 */
export interface ExpectedError {
  /** The HTTP status. */
  readonly status?: Expected<number> | undefined
  /** The text for people. */
  readonly message?: ExpectedText | undefined
  /** The short text that is the same for every occurrence. */
  readonly title?: ExpectedText | undefined
  /** The text that says what to do. */
  readonly action?: ExpectedText | undefined
  /** The language of the texts, a BCP 47 tag: of an answer, its Content-Language. */
  readonly locale?: ExpectedText | undefined
  /** The common code that the code refines. */
  readonly parent?: Expected<Code> | undefined
  /** The values of the placeholders. Answers tell them with `reveal: { params: true }`. */
  readonly params?: Expected<Readonly<Record<string, unknown>>> | undefined
  /** The facts for the client. */
  readonly details?: unknown
  /** The fields at fault, all of them and in their order. */
  readonly fields?: Expected<readonly Expected<ExpectedField>[]> | undefined
  /** The further errors of the same answer, all of them and in their order: `[{ code: 1007 }]`. */
  readonly errors?:
    Expected<readonly Expected<Readonly<Record<string, unknown> & { code?: unknown }>>[]> | undefined
  /** Seconds after which to try again. */
  readonly retryAfter?: Expected<number> | undefined
  /** The id that the log has too. */
  readonly requestId?: ExpectedText | undefined
  /** Response headers by name, in any case of letters. */
  readonly headers?: Readonly<Record<string, ExpectedText | number | undefined>> | undefined
}

/** Functions that make the errors of a catalog: `shop.errors.SOLD_OUT`. */
export type ErrorFactory = (...options: never) => Error & { readonly key: unknown }

/** Which error is expected, and what of it. */
export interface Demand {
  readonly code: Code
  /** The catalog and the entry, where a factory told them. */
  readonly made: MadeOf | undefined
  /** How the code was written: `errors.SOLD_OUT`, `10002`. */
  readonly name: string
  readonly expected: ExpectedError
}

// Stryker disable BooleanLiteral: the names alone are read.
const MEMBERS: Readonly<Record<keyof ExpectedError, true>> = {
  status: true,
  message: true,
  title: true,
  action: true,
  locale: true,
  parent: true,
  params: true,
  details: true,
  fields: true,
  errors: true,
  retryAfter: true,
  requestId: true,
  headers: true,
}
// Stryker restore BooleanLiteral

/**
 * Reads the arguments of a matcher.
 *
 * @throws SetupError - for what names no error, and for a member that cannot be compared
 */
export function demandOf(caller: string, error: unknown, expected: unknown): Demand {
  const made = factoryOf(error)
  if (made === undefined && !isCode(error)) {
    const state = bizErrorState(error)
    throw new SetupError(
      state === undefined
        ? `${caller} was called with ${show(error)}. Give a code, or shop.errors.KEY.`
        : `${caller} was called with an error that was made. Give the function that makes it: ${nameOf(state)}, without a call.`,
    )
  }
  if (expected !== undefined) {
    if (!isObject(expected)) {
      throw new SetupError(
        `${caller} was called with ${show(expected)} in second place. Give what else is expected: { status, message, details, … }.`,
      )
    }
    checkKeys(caller, expected, Object.keys(MEMBERS))
    const { headers } = expected as ExpectedError
    if (headers !== undefined) checkKeys(`${caller}, headers`, headers, Object.keys(headers))
  }
  return {
    code: made?.entry.code ?? (error as Code),
    made,
    name: made === undefined ? JSON.stringify(error) : nameOf(made),
    expected: expected ?? {},
  }
}
