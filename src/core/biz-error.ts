import type { Catalog } from './catalog.ts'
import { isErrorStatus, type Code, type Entry, type ErrorCodeOf, type ParamsOf } from './entry.ts'
import { retryAfterSeconds, safeHeaders } from './headers.ts'
import { read } from './read.ts'
import { fill, paramText } from './template.ts'

/** Everything that a throw may add to its code. */
export interface BizErrorOptions {
  /** Structured facts for the client, such as `{ fields: [...] }`. Bounded and copied when answered. */
  readonly details?: unknown
  /** What went wrong underneath. For the log only. */
  readonly cause?: unknown
  /** Response headers. Those that frame the message, and values that no client can read, are left out. */
  readonly headers?: Readonly<Record<string, string | number>>
  /** Another status for this answer: 400 to 599, or 200 for an idempotent endpoint. @default the entry's */
  readonly status?: number
  /** Seconds, or the Date, after which to try again. @default the entry's */
  readonly retryAfter?: number | Date
  /** The code to answer instead, so that causes cannot be told apart. The log keeps the true one. */
  readonly as?: Code
}

/** What a BizError is, fixed when it is made. The answer is made from this alone, never from the error's properties. */
export interface BizErrorState {
  readonly catalog: Catalog
  readonly entry: Entry
  readonly code: Code
  readonly status: number
  /** Safe values for the entry's placeholders. */
  readonly params: Readonly<Record<string, string | number>>
  readonly details: unknown
  readonly headers: Readonly<Record<string, string>> | undefined
  /** Whole seconds. */
  readonly retryAfter: number | undefined
  readonly as: Code | undefined
  /** The code that was asked for, when the catalog does not have it. */
  readonly unknownCode: unknown
}

// Global, so that an error of another copy of this package (ESM beside CJS, two versions) is recognized.
const brand = Symbol.for('bizerror.BizError')

/** The throwable: a code of a catalog, with what this occurrence adds to it. Made by a catalog's own `BizError`. */
export class BizError<TCode extends Code = Code> extends Error {
  readonly code: TCode
  readonly status: number
  readonly params: Readonly<Record<string, string | number>>
  readonly details: unknown
  /** Retry-After, and the headers given, for handlers that know only http-errors. */
  readonly headers: Readonly<Record<string, string>>
  readonly retryAfter: number | undefined
  readonly as: Code | undefined
  readonly #state: BizErrorState

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'BizError', configurable: true, writable: true })
  }

  protected constructor(catalog: Catalog, code: TCode, options: unknown) {
    const state = stateOf(catalog, code, options)
    super(
      state.params === NO_PARAMS ? state.entry.message : fill(state.entry.message, state.params),
      causeOf(options),
    )
    this.#state = state
    this.code = state.code as TCode
    this.status = state.status
    this.params = state.params
    this.details = state.details
    this.headers =
      state.retryAfter === undefined
        ? { ...state.headers }
        : { ...state.headers, 'Retry-After': String(state.retryAfter) }
    this.retryAfter = state.retryAfter
    this.as = state.as
  }

  /** The same as `status`, as http-errors has it. */
  get statusCode(): number {
    return this.status
  }

  /** Whether `message` may be shown to a client by handlers that know only http-errors. */
  get expose(): boolean {
    return this.status < 500 && this.as === undefined
  }

  get [brand](): BizErrorState {
    return this.#state
  }
}

/** A catalog's BizError: only its codes compile, and params are asked for exactly when the message has them. */
export interface BizErrorConstructor<TCodes> {
  new <const TCode extends ErrorCodeOf<TCodes>>(
    code: TCode,
    ...options: OptionsOf<TCodes, TCode>
  ): BizError<TCode>
  readonly prototype: BizError<ErrorCodeOf<TCodes>>
}

type OptionsOf<TCodes, TCode extends Code> = keyof ParamsOf<TCodes, TCode> extends never
  ? [options?: BizErrorOptions & { readonly params?: never; readonly as?: ErrorCodeOf<TCodes> }]
  : [
      options: BizErrorOptions & {
        readonly params: ParamsOf<TCodes, TCode>
        readonly as?: ErrorCodeOf<TCodes>
      },
    ]

/** Makes the BizError of a catalog. */
export function bizErrorOf(catalog: Catalog): new (code: Code, options?: unknown) => BizError {
  const Base = BizError
  return class BizError extends Base {
    constructor(code: Code, options?: unknown) {
      super(catalog, code, options)
    }
  }
}

/**
 * Returns whether a value is a BizError, and narrows it. True also for an error made by another copy of this
 * package; a look-alike with the right name or properties is none.
 *
 * @param code - asks for this code as well
 */
export function isBizError<TCode extends Code = Code>(
  value: unknown,
  code?: TCode,
): value is BizError<TCode> {
  const state = bizErrorState(value)
  return state !== undefined && (code === undefined || state.code === code)
}

/** Returns the state of a BizError, or undefined for a foreign error. */
export function bizErrorState(value: unknown): BizErrorState | undefined {
  const state = typeof value === 'object' && value !== null ? read(value, brand) : undefined
  return isState(state) ? state : undefined
}

/** Another copy of this package may be another version, so what is used of its state is looked at first. */
function isState(state: unknown): state is BizErrorState {
  const catalog = read(state, 'catalog')
  const entry = read(state, 'entry')
  return (
    typeof read(catalog, 'get') === 'function' &&
    typeof read(catalog, 'name') === 'string' &&
    typeof read(catalog, 'locale') === 'string' &&
    typeof read(entry, 'message') === 'string' &&
    typeof read(entry, 'namespace') === 'string' &&
    Array.isArray(read(entry, 'params')) &&
    Number.isInteger(read(state, 'status')) &&
    typeof read(state, 'params') === 'object'
  )
}

/** Reads code and options once. Whatever they are, this returns a state that can be answered. */
export function stateOf(catalog: Catalog, code: unknown, options: unknown): BizErrorState {
  const known = catalog.get(code as Code)
  const entry = known && known.status !== 200 ? known : catalog.forStatus(500).entry
  const status = read(options, 'status')
  const as = read(options, 'as')
  return {
    catalog,
    entry,
    code: entry === known ? entry.code : catalog.forStatus(500).code,
    status: isErrorStatus(status) || (status === 200 && entry === known) ? status : entry.status,
    params: paramsOf(entry, read(options, 'params')),
    details: read(options, 'details'),
    headers: safeHeaders(read(options, 'headers')),
    retryAfter: retryAfterSeconds(read(options, 'retryAfter')) ?? entry.retryAfter,
    as: typeof as === 'string' || typeof as === 'number' ? as : undefined,
    unknownCode: entry === known ? undefined : code,
  }
}

/** The params of an error whose text names none. */
export const NO_PARAMS: Readonly<Record<string, string | number>> = Object.freeze({})

/** Takes only the params that the message names. */
function paramsOf(entry: Entry, params: unknown): Readonly<Record<string, string | number>> {
  if (entry.params.length === 0) return NO_PARAMS
  return Object.fromEntries(entry.params.map((name) => [name, paramText(read(params, name))]))
}

function causeOf(options: unknown): { cause?: unknown } | undefined {
  const cause = read(options, 'cause')
  return cause === undefined ? undefined : { cause }
}
