import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { isAnswerable } from '../catalog/entry.ts'
import type { ConstantKeysOf } from '../error/typed-keys.ts'
import type { Check } from '../guard/options.ts'
import { bare } from '../guard/own.ts'
import { isArray } from '../guard/read.ts'
import { checkKeys, SetupError, show } from '../guard/setup-error.ts'
import type { Span } from '../guard/span.ts'
import { MAX_INTEGER } from './numbers.ts'
import type { Limit } from './stores/store.ts'
import { parseWindow, WINDOWS } from './window.ts'

/** An app writes a limit like this. */
export interface PolicyDefinition<TCatalog extends Catalog = Catalog> {
  /** The name for clients and logs: lower case letters, digits, `_` and `-`. */
  readonly name: string
  /** The highest sum of costs in one window: a positive whole number. */
  readonly limit: number
  /** Seconds, a text such as `'100ms'`, `'10m'` or `'1h'`, or a calendar window in UTC. */
  readonly window: Span | number | 'day' | 'month'
  /**
   * `'fixed'` counts in windows that follow each other, so that a span that lies across two of them may hold twice
   * the limit. `'sliding'` never lets more than the limit into any span as long as the window.
   * @default 'fixed'
   */
  readonly algorithm?: 'fixed' | 'sliding' | undefined
  /** The error to refuse with. @default the catalog's for status 429 */
  readonly error?: ConstantKeysOf<TCatalog> | undefined
  /** The unit that is counted, such as `'content-bytes'`: `qu` of the IETF draft. @default requests */
  readonly unit?: string | undefined
}

/** A limit that was checked and is complete, with all that a refusal needs. */
export interface Policy extends Limit {
  /** The error to refuse with. */
  readonly error: Code
  /** The unit that is counted, where it is not requests: `qu` of the IETF draft. */
  readonly unit: string | undefined
}

const FIELDS: Record<keyof PolicyDefinition, true> = {
  name: true,
  limit: true,
  window: true,
  algorithm: true,
  error: true,
  unit: true,
}

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
  definitions: readonly PolicyDefinition[],
  catalog: Catalog,
): readonly Policy[] {
  // An option that is missing was not checked.
  const count = isArray(definitions) ? definitions.length : undefined
  if (count === undefined || count === 0 || count > MAX_POLICIES) {
    const what = count === undefined ? show(definitions) : `${count} policies`
    throw new SetupError(`Option policies is ${what}. Give ${POLICIES_CHECK[1]}.`)
  }
  // An array may have holes, which map() leaves out.
  const policies = Array.from(definitions, (definition) => createPolicy(definition, catalog))
  const names = policies.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new SetupError(`Two policies have the name ${show(twice)}. Rename one of the two.`)
  }
  return policies
}

function createPolicy(given: PolicyDefinition, catalog: Catalog): Policy {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`A policy is ${show(given)}. Give an object with name, limit and window.`)
  }
  const definition = bare(given)
  const { name, limit, algorithm = 'fixed', unit } = definition
  if (!isName(name)) {
    throw new SetupError(`A policy has the name ${show(name)}. Use ${NAMES}, as in 'per-hour'.`)
  }
  const where = `Policy ${name}`
  checkKeys(where, given, Object.keys(FIELDS))
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_INTEGER) {
    throw new SetupError(
      `${where} has limit ${show(limit)}. Give a whole number from 1 to ${MAX_INTEGER}; leave the policy out for no limit.`,
    )
  }
  const window = parseWindow(definition.window)
  if (window === undefined) {
    throw new SetupError(`${where} has window ${show(definition.window)}. Give ${WINDOWS}.`)
  }
  if (algorithm !== 'fixed' && algorithm !== 'sliding') {
    throw new SetupError(`${where} has algorithm ${show(algorithm)}. Use 'fixed' or 'sliding'.`)
  }
  if (algorithm === 'sliding' && typeof window === 'string') {
    throw new SetupError(
      `${where} has algorithm 'sliding', but a calendar ${window} begins at a fixed time. Use 'fixed', or a window such as '${window === 'day' ? 1 : 30}d'.`,
    )
  }
  if (unit !== undefined && !isName(unit)) {
    throw new SetupError(`${where} has unit ${show(unit)}. Give a word such as 'content-bytes'.`)
  }
  return Object.freeze({
    name,
    limit,
    window,
    algorithm,
    error: refusalKey(where, definition.error, catalog),
    unit,
  })
}

/** Returns the part of a policy that a store has to know. */
export function limitOf({ name, limit, window, algorithm }: Policy): Limit {
  return { name, limit, window, algorithm }
}

/** Checks the error to refuse with. Nothing gives it params. */
export function refusalKey(where: string, error: Code | undefined, catalog: Catalog): Code {
  const chosen = error === undefined ? catalog.forStatus(429).key : error
  const entry = catalog.get(chosen)
  if (error === undefined && entry?.status !== 429) {
    throw new SetupError(
      `${where} has no error, and catalog ${catalog.name} has none for status 429. Give error, or define one.`,
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
