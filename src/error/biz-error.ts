import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { ConstantCodeOf, Entry, ErrorCodeOf, ParamsOf } from '../catalog/entry.ts'
import { getOrMake } from '../guard/memo.ts'
import { bare, readOwn } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import { resumeFrames, suspendFrames } from '../catalog/stack.ts'
import { adoptState, NO_PARAMS, thrownState, type BizErrorState } from './state.ts'
import { compileTemplate, type Params, type Template } from '../catalog/template.ts'

/** Everything that a throw may add to its code. */
export interface BizErrorOptions {
  /** Structured facts for the client, such as `{ fields: [...] }`. Bounded and copied when answered. */
  readonly details?: unknown
  /** The error underneath. For the log only. */
  readonly cause?: unknown
  /**
   * Response headers. Those that frame the message, and values that no client can read, are left out; Content-Range,
   * Upgrade and challenges go with their status alone (416, 426, 403 and 407).
   */
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined
  /** Another status for this answer: 400 to 599, or 200 for an idempotent endpoint. @default the entry's */
  readonly status?: number | undefined
  /** Seconds, or the Date, after which to try again. @default the entry's */
  readonly retryAfter?: number | Date | undefined
  /** Names of the rate-limit policies that refused. Told in problem documents. */
  readonly violatedPolicies?: readonly string[] | undefined
  /** The code to answer instead, so that causes cannot be told apart. The log keeps the true one. */
  readonly as?: Code | undefined
}

// Global, so that an error of another copy of this package (ESM beside CJS, two versions) is recognized.
const brand = Symbol.for('bizerror.BizError')

let ownState: (value: object) => BizErrorState | undefined

/** The throwable: a code of a catalog, with what this occurrence adds to it. Made by a catalog's own `BizError`. */
export class BizError<TCode extends Code = Code> extends Error {
  // Fields, which are defined: an assignment would run into the accessor of a subclass.
  /** What clients see, unless `as` conceals it. */
  readonly code: TCode
  /** The HTTP status of the answer. */
  readonly status: number
  /** Safe values of the placeholders in the message. */
  readonly params: Params
  /** Facts for the client, as the thrower gave them. */
  readonly details: unknown
  /** Retry-After, and the headers given, for handlers that know only http-errors. */
  readonly headers: Readonly<Record<string, string>>
  /** Seconds after which to try again. */
  readonly retryAfter: number | undefined
  /** The code that is answered instead. */
  readonly as: Code | undefined
  readonly #state: BizErrorState

  static {
    ownState = (value) => (#state in value ? value.#state : undefined)
    const name = bare({ value: 'BizError', configurable: true, writable: true })
    Object.defineProperty(this.prototype, 'name', name)
  }

  protected constructor(catalog: Catalog, code: TCode, options: unknown) {
    const state = thrownState(catalog, code, options)
    const limit = state.status < catalog.framesFrom ? suspendFrames() : undefined
    super(messageOf(state), causeOf(options))
    resumeFrames(limit)
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

  // http-errors writes on what passes through it (`ctx.throw(error)`, body-parser's `verify`), and would throw here.
  set statusCode(_ignored: number) {}
  set expose(_ignored: boolean) {}

  get [brand](): BizErrorState {
    return this.#state
  }
}

/** A catalog's BizError: only its codes compile, and params are asked for exactly when the message has them. */
export interface BizErrorConstructor<TErrors> {
  new <const TCode extends ErrorCodeOf<TErrors>>(
    code: TCode,
    ...options: OptionsOf<TErrors, TCode>
  ): BizError<TCode>
  readonly prototype: BizError<ErrorCodeOf<TErrors>>
}

type OptionsOf<TErrors, TCode extends Code> = keyof ParamsOf<TErrors, TCode> extends never
  ? [
      options?: BizErrorOptions & {
        readonly params?: never
        readonly as?: ConstantCodeOf<TErrors> | undefined
      },
    ]
  : [
      options: BizErrorOptions & {
        readonly params: ParamsOf<TErrors, TCode>
        readonly as?: ConstantCodeOf<TErrors> | undefined
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
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return ownState(value) ?? adoptState(read(value, brand))
  } catch {
    return undefined
  }
}

const templates = new WeakMap<Entry, Template>()

/** The text in the catalog's own language, taken apart once for each entry. */
function messageOf({ entry, params }: BizErrorState): string {
  if (params === NO_PARAMS) return entry.message
  return getOrMake(templates, entry, ({ message }) => compileTemplate(message))(params)
}

function causeOf(options: unknown): { cause?: unknown } | undefined {
  const cause = readOwn(options, 'cause')
  return cause === undefined ? undefined : { cause }
}
