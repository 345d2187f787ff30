import type { Catalog } from '../catalog/catalog.ts'
import type { ConstantKeysOf, KeysOf } from '../error/typed-keys.ts'
import type { Code } from '../catalog/code.ts'
import { completeEntry } from '../catalog/complete-entry.ts'
import { isAnswerable } from '../catalog/entry.ts'
import { isErrorStatus } from '../catalog/http-status.ts'
import { readOwn } from '../guard/own.ts'
import { checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'
import { statusState, NO_PARAMS, type BizErrorState } from '../error/state.ts'

/** Errors of the handler's catalog that are answered as another one. */
export interface ConcealRule<TCatalog extends Catalog = Catalog> {
  /** The errors that are not to be told apart. */
  readonly errors: readonly KeysOf<TCatalog>[]
  /** The error to answer instead. */
  readonly as: ConstantKeysOf<TCatalog>
}

/** Rules that hide errors behind others: by key, or by status (`{ 401: 401 }`: every 401 becomes error 401). */
export type ConcealDefinition<TCatalog extends Catalog = Catalog> =
  readonly ConcealRule<TCatalog>[] | Readonly<Record<number, ConstantKeysOf<TCatalog>>>

/** Returns the state that the client may see. */
export type Conceal = (state: BizErrorState) => BizErrorState

/**
 * Reads the `conceal` option. `as` of the throw goes first, then a rule by key, then one by status. Rules by key speak
 * of the handler's catalog alone, since another catalog's keys mean other things; a rule by status holds for every
 * catalog.
 */
export function createConceal(catalog: Catalog, definition: ConcealDefinition = []): Conceal {
  const byKey = new Map<Code, Code>()
  const byStatus = new Map<number, Code>()
  if (isRules(definition)) {
    for (const { errors, as } of definition.map(checkRule)) {
      for (const key of errors) byKey.set(checkKnown(catalog, key), checkShown(catalog, as))
    }
  } else {
    checkPlain('Option conceal', definition)
    for (const [status, as] of Object.entries(definition)) {
      byStatus.set(checkStatus(status), checkShown(catalog, as))
    }
  }
  for (const [key, as] of byKey) {
    const further = byKey.get(as)
    if (further === undefined || further === as) continue
    throw new SetupError(
      `Option conceal answers error ${show(key)} as ${show(as)}, which is itself answered as ${show(further)}. Name the last one for both.`,
    )
  }
  // An error that others are answered as is a constant answer itself: its own details would tell it from them.
  const constants = new Set([...byKey.values(), ...byStatus.values()])
  return (state) => {
    let seen = state.as === undefined ? state : (answerAs(state, state.as) ?? statusOnly(state))
    if (seen.catalog === catalog) {
      seen = answerAs(seen, byKey.get(seen.entry.key)) ?? seen
      seen = answerAs(seen, byStatus.get(seen.status)) ?? seen
      if (constants.has(seen.entry.key)) return { ...withoutOccurrence(seen), status: seen.entry.status }
    } else {
      const as = byStatus.get(seen.status)
      // Another catalog does not have that error, but one of its own for that status.
      if (as !== undefined) return statusState(seen.catalog, catalog.get(as)!.status)
    }
    if (seen.status !== 401 && seen.entry.status !== 401) return seen
    // Errors that a rule conceals have been answered above.
    return withoutOccurrence(seen, state.as === undefined ? challengeOf(seen) : undefined)
  }
}

/**
 * Returns how to log in, as a foreign 401 says it. HTTP requires it (RFC 9110, section 15.5.2), and it holds nothing of
 * why the request was refused. An entry or catalog with a `challenge` says it for all of them. A concealed 401 says nothing: that
 * one cause brings a challenge and another does not would tell them apart.
 */
function challengeOf({ catalog, entry, status, headers }: BizErrorState): BizErrorState['headers'] {
  const isSaid = (entry.challenge ?? catalog.challenge) !== undefined
  const challenge = status === 401 && !isSaid ? headers?.['WWW-Authenticate'] : undefined
  return challenge === undefined ? undefined : { 'WWW-Authenticate': challenge }
}

function isRules(definition: ConcealDefinition): definition is readonly ConcealRule[] {
  return Array.isArray(definition)
}

function checkRule(rule: ConcealRule): ConcealRule {
  if (!Array.isArray(readOwn(rule, 'errors'))) {
    throw new SetupError(
      `Option conceal holds ${show(rule)}. Give rules such as { errors: [1001, 1002], as: 1002 }.`,
    )
  }
  return ownOptions('A rule of option conceal', rule, ['errors', 'as'])
}

function checkStatus(status: string): number {
  if (isErrorStatus(Number(status))) return Number(status)
  throw new SetupError(`Option conceal names the status ${show(status)}. Use statuses from 400 to 599.`)
}

function checkKnown(catalog: Catalog, key: Code): Code {
  if (catalog.get(key)) return key
  throw new SetupError(
    `Option conceal names error ${show(key)}, which is not in the catalog (${catalog.name}). Name one of its errors.`,
  )
}

function checkShown(catalog: Catalog, key: Code): Code {
  if (isAnswerable(catalog.get(checkKnown(catalog, key)))) return key
  throw new SetupError(
    `Option conceal answers as error ${show(key)}, which is a success or needs params. Name another error of ${catalog.name}.`,
  )
}

/** Answers a state as another error of its catalog: nothing of the occurrence is left but its true self in the log. */
function answerAs(state: BizErrorState, as: Code | undefined): BizErrorState | undefined {
  const found = as === undefined ? undefined : state.catalog.get(as)
  // The catalog may be that of another copy of this package.
  const entry = found && completeEntry(found)
  if (!isAnswerable(entry)) return undefined
  if (entry === state.entry) return state
  return withoutOccurrence({ ...state, entry, status: entry.status })
}

/** Returns the status's own answer, for a state whose `as` is not in its catalog. */
function statusOnly(state: BizErrorState): BizErrorState {
  return statusState(state.catalog, state.status === 200 ? state.entry.status : state.status)
}

/**
 * Takes away whatever one occurrence adds to its error. Every 401 goes through here: a client that is not
 * authenticated may not learn why (CWE-204; cloud-waf: "collapses every cause into one response").
 */
function withoutOccurrence(state: BizErrorState, headers?: BizErrorState['headers']): BizErrorState {
  return {
    ...state,
    params: NO_PARAMS,
    details: undefined,
    message: undefined,
    fields: undefined,
    errors: undefined,
    headers,
    retryAfter: state.entry.retryAfter,
    retryable: state.entry.retryable,
    violatedPolicies: undefined,
  }
}
