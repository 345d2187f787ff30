import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { isAnswerable } from '../catalog/entry.ts'
import type { ConstantKeysOf } from '../error/typed-keys.ts'
import type { Check } from '../guard/options.ts'
import { bare } from '../guard/own.ts'
import { isArray } from '../guard/read.ts'
import { checkKeys, SetupError, show } from '../guard/setup-error.ts'
import { MAX_INTEGER } from './numbers.ts'
import type { Limit } from './stores/store.ts'
import { createWindow, type WindowDefinition } from './window.ts'

/** A function may return a value at once, or a promise of it. */
export type Eventually<T> = T | Promise<T>

/** An app writes a limit like this. */
export interface LimitDefinition<TRequest = unknown> {
  /** The name for clients and logs: lower case letters, digits, `_` and `-`. */
  readonly name: string
  /**
   * The highest sum of costs in one window: a positive whole number, or a function that returns that of a request, such
   * as the one of its client's plan. It may also return 0, which refuses the request, and Infinity, for which this
   * policy does not count it. A request is let through, and not counted by this policy, where the function fails or
   * returns anything else, and the log says so.
   */
  readonly limit: number | ((request: TRequest) => Eventually<number>)
  /**
   * Seconds, a text such as `'100ms'`, `'10m'` or `'1h'`, or a calendar window: `'day'`, `'week'` from Monday on,
   * `'month'`, or `{ month: 15 }`, which begins on that day of each month, or on its last if it is shorter.
   */
  readonly window: WindowDefinition
  /** The IANA name of the time zone that a calendar window is of, such as `'Europe/Berlin'`. @default 'UTC' */
  readonly timeZone?: string | undefined
  /**
   * `'fixed'` counts in windows that follow each other, so that a span that lies across two of them may hold twice
   * the limit. `'sliding'` never lets more than the limit into any span as long as the window.
   * @default 'fixed'
   */
  readonly algorithm?: 'fixed' | 'sliding' | undefined
}

/** A limit of requests, and the error that refuses them. */
export interface PolicyDefinition<
  TCatalog extends Catalog = Catalog,
  TRequest = unknown,
> extends LimitDefinition<TRequest> {
  /** The error to refuse with. @default the catalog's for status 429 */
  readonly error?: ConstantKeysOf<TCatalog> | undefined
  /** The unit that is counted, such as `'content-bytes'`: `qu` of the IETF draft. @default requests */
  readonly unit?: string | undefined
}

/** A limit that was checked and is complete. */
export interface OwnLimit extends Limit {
  /** Returns the number of a request, where there is none for all. */
  readonly limitOf: ((request: never) => unknown) | undefined
}

/** The same, with all that a refusal needs. */
export interface Policy extends OwnLimit {
  /** The error to refuse with. */
  readonly error: Code
  /** The unit that is counted, where it is not requests: `qu` of the IETF draft. */
  readonly unit: string | undefined
}

const LIMIT_FIELDS: Record<keyof LimitDefinition, true> = {
  name: true,
  limit: true,
  window: true,
  timeZone: true,
  algorithm: true,
}
const FIELDS: Record<keyof PolicyDefinition, true> = { ...LIMIT_FIELDS, error: true, unit: true }

const MAX_POLICIES = 8
export const POLICIES_CHECK: Check = [isArray, `an array of 1 to ${MAX_POLICIES} policies`]

// Names and units stand in structured fields as they are (RFC 9651, section 3.3.3).
const NAME = /^[a-z][a-z0-9_-]{0,63}$/

/** Messages describe a name like this. */
export const NAMES = 'lower case letters, digits, _ and -'

export function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value)
}

/**
 * Checks policies as a whole.
 *
 * @throws SetupError - names the policy and the remedy
 */
export function createPolicies(
  definitions: readonly PolicyDefinition<Catalog, never>[],
  catalog: Catalog,
): readonly Policy[] {
  return createAll(definitions, (definition) => createPolicy(definition, catalog))
}

/**
 * Checks policies that refuse no response.
 *
 * @throws SetupError - names the policy and the remedy
 */
export function createLimits(definitions: readonly LimitDefinition<never>[]): readonly OwnLimit[] {
  return createAll(definitions, (definition) => Object.freeze(createLimit(definition, LIMIT_FIELDS)))
}

function createAll<TDefinition, TLimit extends Limit>(
  definitions: readonly TDefinition[],
  create: (definition: TDefinition) => TLimit,
): readonly TLimit[] {
  // An option that is missing was not checked.
  const count = isArray(definitions) ? definitions.length : undefined
  if (count === undefined || count === 0 || count > MAX_POLICIES) {
    const what = count === undefined ? show(definitions) : `${count} policies`
    throw new SetupError(`Option policies is ${what}. Give ${POLICIES_CHECK[1]}.`)
  }
  // An array may have holes, which map() leaves out.
  const limits = Array.from(definitions, create)
  const names = limits.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new SetupError(`Two policies have the name ${show(twice)}. Rename one of the two.`)
  }
  return limits
}

function createPolicy(given: PolicyDefinition<Catalog, never>, catalog: Catalog): Policy {
  const limit = createLimit(given, FIELDS)
  const where = `Policy ${limit.name}`
  const { unit, error } = bare(given)
  if (unit !== undefined && !isName(unit)) {
    throw new SetupError(`${where} has unit ${show(unit)}. Give a word such as 'content-bytes'.`)
  }
  return Object.freeze({ ...limit, error: refusalKey(where, error, catalog), unit })
}

function createLimit(given: LimitDefinition<never>, fields: object): OwnLimit {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`A policy is ${show(given)}. Give an object with name, limit and window.`)
  }
  const definition = bare(given)
  const { name, limit, algorithm = 'fixed' } = definition
  if (!isName(name)) {
    throw new SetupError(`A policy has the name ${show(name)}. Use ${NAMES}, as in 'per-hour'.`)
  }
  const where = `Policy ${name}`
  checkKeys(where, given, Object.keys(fields))
  const isFunction = typeof limit === 'function'
  if (!isFunction && (!isLimit(limit) || limit === 0)) {
    throw new SetupError(
      `${where} has limit ${show(limit)}. Give a whole number from 1 to ${MAX_INTEGER}, or a function that returns that of a request; leave the policy out for no limit.`,
    )
  }
  const window = createWindow(where, definition.window, definition.timeZone)
  if (algorithm !== 'fixed' && algorithm !== 'sliding') {
    throw new SetupError(`${where} has algorithm ${show(algorithm)}. Use 'fixed' or 'sliding'.`)
  }
  if (algorithm === 'sliding' && typeof window !== 'number') {
    throw new SetupError(
      `${where} has algorithm 'sliding', but a calendar ${window.name} begins at a fixed time. Use 'fixed', or a window such as '${Math.min(window.length / 86_400, 30)}d'.`,
    )
  }
  return {
    name,
    limit: isFunction ? undefined : limit,
    limitOf: isFunction ? limit : undefined,
    window,
    algorithm,
  }
}

/** Whether a value can be the limit of a request. */
export function isLimit(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_INTEGER
}

/** Returns the part of a policy that a store has to know. */
export function storedLimit({ name, limit, window, algorithm }: Limit): Limit {
  return { name, limit, window, algorithm }
}

/** Checks the error to refuse with. Nothing gives it params. */
export function refusalKey(where: string, error: Code | undefined, catalog: Catalog): Code {
  const chosen = error === undefined ? catalog.forStatus(429).key : error
  const entry = catalog.get(chosen)
  if (error === undefined && entry?.status !== 429) {
    const own = [...catalog].find((entry) => entry.status === 429 && isAnswerable(entry))
    const remedy =
      own === undefined
        ? 'or define one'
        : `or foreign: { byStatus: { 429: ${show(own.key)} } } in the catalog`
    throw new SetupError(
      `${where} has no error, and catalog ${catalog.name} names none for status 429. Give error, ${remedy}.`,
    )
  }
  if (!isAnswerable(entry)) {
    const problem =
      entry === undefined
        ? `which is not an error of catalog ${catalog.name}`
        : 'which is its success, or whose message needs params that a refusal cannot give'
    throw new SetupError(`${where} has error ${show(error)}, ${problem}. Use another.`)
  }
  return entry.key
}
