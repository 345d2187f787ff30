import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { Entry } from '../catalog/entry.ts'
import { getOrMake } from '../guard/memo.ts'
import { bare, readOwn } from '../guard/own.ts'
import type { CodeOf } from './typed-keys.ts'
import type { Span } from '../guard/span.ts'
import { read, readItems } from '../guard/read.ts'
import { resumeFrames, suspendFrames } from '../catalog/stack.ts'
import { adoptStates, MAX_FURTHER, withFurther } from './further.ts'
import { made } from './made.ts'
import { type BizErrorState, NO_PARAMS, STATE_VERSION, thrownState } from './state.ts'
import type { ThrownField } from './thrown-fields.ts'
import { compileTemplate, type Params, type Template } from '../catalog/template.ts'

/** Everything that a throw may add to its error. `params` are asked for where the message has placeholders. */
export interface BizErrorOptions<TAs = Code> {
  /** Structured facts for the client. Bounded and copied when answered. */
  readonly details?: unknown
  /** The fields of the request that are at fault, up to 50. Told in `details.fields`, as a validator's are. */
  readonly fields?: readonly ThrownField[] | undefined
  /**
   * Further errors to tell in the same answer, up to 32: the status and headers are those of this one. A 401, and an
   * answer that conceals another, has none.
   */
  readonly also?: readonly BizError[] | undefined
  /** The error underneath. For the log only. */
  readonly cause?: unknown
  /**
   * Response headers. Those that frame the message, and values that no client can read, are left out; Content-Range,
   * Upgrade and challenges go with their status alone (416, 426, 403 and 407).
   */
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined
  /** Another status for this answer: 400 to 599, or 200 for an idempotent endpoint. @default the entry's */
  readonly status?: number | undefined
  /** Seconds, a text such as `'10m'`, or the Date, after which to try again. @default the entry's */
  readonly retryAfter?: number | Span | Date | undefined
  /** Names of the rate-limit policies that refused. Told in problem documents. */
  readonly violatedPolicies?: readonly string[] | undefined
  /** The key to answer as instead, so that causes cannot be told apart. The log keeps the true one. */
  readonly as?: TAs | undefined
}

// Global, so that an error of another copy of this package (ESM beside CJS, two versions) is recognized.
const brand = Symbol.for('bizerror.BizError')

let ownState: (value: object) => BizErrorState | undefined

/**
 * An error of a catalog, with what this occurrence adds to it. Made by the catalog: `errors.KEY(options)`, or
 * `new BizError(key, options)`.
 */
export class BizError<TKey = Code, TEntry = unknown> extends Error {
  // Fields, which are defined: an assignment would run into the accessor of a subclass.
  /** Its name in the catalog. */
  readonly key: TKey
  /** The code that clients see, unless `as` conceals it. */
  readonly code: CodeOf<TKey, TEntry>
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
  /** The key that is answered instead. */
  readonly as: Code | undefined
  /** The further errors that are answered with it, where there are some. */
  declare readonly errors?: readonly BizError[]
  readonly #state: BizErrorState

  static {
    ownState = (value) => (#state in value ? value.#state : undefined)
    const name = bare({ value: 'BizError', configurable: true, writable: true })
    Object.defineProperty(this.prototype, 'name', name)
  }

  protected constructor(catalog: Catalog, key: Code, options: unknown) {
    const also = readOwn(options, 'also')
    const state = withFurther(thrownState(catalog, key, options), also, bizErrorState)
    const limit = state.status < catalog.framesFrom ? suspendFrames() : undefined
    super(messageOf(state), causeOf(options))
    resumeFrames(limit)
    this.#state = state
    this.key = state.entry.key as TKey
    this.code = state.entry.code as CodeOf<TKey, TEntry>
    this.status = state.status
    this.params = state.params
    this.details = state.details
    this.headers =
      state.retryAfter === undefined
        ? { ...state.headers }
        : { ...state.headers, 'Retry-After': String(state.retryAfter) }
    this.retryAfter = state.retryAfter
    this.as = state.as
    if (state.errors !== undefined) {
      // As an AggregateError has them, where loggers look for them.
      const value = readItems(also, MAX_FURTHER).filter(isBizError)
      Object.defineProperty(this, 'errors', bare({ value, configurable: true, writable: true }))
    }
    if (made?.hasSubscribers) publishMade(this, state)
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

  get [brand](): unknown {
    return { version: STATE_VERSION, ...this.#state }
  }
}

/** Makes the BizError of a catalog. */
export function bizErrorOf(catalog: Catalog): new (key: Code, options?: unknown) => BizError {
  const Base = BizError
  return class BizError extends Base {
    constructor(key: Code, options?: unknown) {
      super(catalog, key, options)
    }
  }
}

/**
 * Returns whether a value is a BizError, of whatever catalog, and narrows it; a catalog's own `is` asks for keys. True
 * also for an error made by another copy of this package, false for a look-alike with the right name or properties.
 */
export function isBizError(value: unknown): value is BizError {
  return bizErrorState(value) !== undefined
}

/**
 * Throws an error, where a statement cannot stand: `const user = find(id) ?? raise(errors.USER_NOT_FOUND())`.
 *
 * @throws the error, as it is
 */
export function raise(error: Error): never {
  throw error
}

/** Returns the state of a BizError, or undefined for a foreign error. */
export function bizErrorState(value: unknown): BizErrorState | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return ownState(value) ?? adoptStates(read(value, brand))
  } catch {
    return undefined
  }
}

function publishMade(error: Error, { catalog, entry: { key, code }, unknownKey }: BizErrorState): void {
  made?.publish({ catalog: catalog.name, key, code, unknownKey, error })
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
