import type { Code } from '../catalog/code.ts'
import type { FieldError } from './fields.ts'
import type { Quota } from './quotas.ts'

/** Values of a message by name, as JSON has them. */
export type SentParams = Readonly<Record<string, unknown>>

/** One error of an answer, as its body tells it. */
export interface ToldError<TCode = Code | undefined, TParams = SentParams> {
  /** Says what, to a program. Undefined where the answer tells none, such as a proxy's. */
  readonly code: TCode
  /** Says what, to people, in the language of the answer. `HTTP 502` where the answer tells none. */
  readonly message: string
  /** The common code that `code` refines. Told by the envelopes `composite` and `two-level`. */
  readonly parent?: Code | undefined
  /** A short text that is the same for every occurrence. Told by problem documents. */
  readonly title?: string | undefined
  /** What to do about it. Told by problem documents. */
  readonly action?: string | undefined
  /** The values in the message, where the server tells them: `reveal: { params: true }`. */
  readonly params?: TParams | undefined
  /** Further facts. */
  readonly details?: unknown
  /** What is wrong with which field of the request: `details.fields`. */
  readonly fields: readonly FieldError[]
}

/** All that an answer that is no success tells. */
export interface ApiErrorFacts<TCode = Code | undefined, TParams = SentParams> extends ToldError<
  TCode,
  TParams
> {
  /** The HTTP status of the answer. */
  readonly status: number
  /** What else went wrong. */
  readonly errors: readonly ToldError[]
  /** Names the request in the log of the server. */
  readonly requestId?: string | undefined
  /**
   * Seconds to wait before the same request: Retry-After, else until the limits that are used up have more.
   * `Infinity` for never.
   */
  readonly retryAfter?: number | undefined
  /** Where the client stands with the limits. */
  readonly quotas: readonly Quota[]
  /** The limits that refused, by name. Told by problem documents. */
  readonly violated: readonly string[]
  /** The language of the message, a BCP 47 tag. */
  readonly locale?: string | undefined
  /** Why the body could not be read. */
  readonly cause?: unknown
}

// Global, so that an error of another copy of this package (ESM beside CJS, two versions) is recognized.
const brand = Symbol.for('bizerror.ApiError')

/** An answer that is no success. Holds nothing of the request, and so no token. */
export class ApiError<TCode = Code | undefined, TParams = SentParams>
  extends Error
  implements ApiErrorFacts<TCode, TParams>
{
  declare readonly code: TCode
  declare readonly status: number
  declare readonly parent?: Code | undefined
  declare readonly title?: string | undefined
  declare readonly action?: string | undefined
  declare readonly params?: TParams | undefined
  declare readonly details?: unknown
  declare readonly fields: readonly FieldError[]
  declare readonly errors: readonly ToldError[]
  declare readonly requestId?: string | undefined
  declare readonly retryAfter?: number | undefined
  declare readonly quotas: readonly Quota[]
  declare readonly violated: readonly string[]
  declare readonly locale?: string | undefined

  static {
    Object.assign(this.prototype, { name: 'ApiError', [brand]: true })
  }

  /** Makes an error as readers do, for tests of front ends. */
  constructor(facts: ApiErrorFacts<TCode, TParams>) {
    super(facts.message)
    Object.assign(this, facts)
  }

  /** What JSON.stringify makes of it, for logs: all that it tells, and no stack. */
  toJSON(): object {
    // oxlint-disable-next-line typescript/no-misused-spread -- its members alone are wanted
    return { ...this, name: this.name, message: this.message }
  }
}

/** Whether a value is an ApiError, of whatever copy of this package. */
export function isApiError(value: unknown): value is ApiError {
  return brand in Object(value)
}
