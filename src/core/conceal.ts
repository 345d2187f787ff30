import { NO_PARAMS, type BizErrorState } from './state.ts'
import type { Catalog } from './catalog.ts'
import type { Code } from './entry.ts'
import { SetupError, show } from './setup-error.ts'

/** Codes of the handler's catalog that are answered as another one. */
export interface ConcealRule {
  readonly codes: readonly Code[]
  readonly as: Code
}

/** Which codes hide behind which: rules by code, or by status (`{ 401: 401 }`: every 401 becomes code 401). */
export type ConcealDefinition = readonly ConcealRule[] | Readonly<Record<number, Code>>

/** Returns the state that the client may see. */
export type Conceal = (state: BizErrorState) => BizErrorState

/**
 * Reads the `conceal` option. `as` of the throw goes first, then a rule by code, then one by status; rules
 * speak of the handler's catalog alone, since another catalog's codes mean other things.
 */
export function createConceal(catalog: Catalog, definition: ConcealDefinition = []): Conceal {
  const byCode = new Map<Code, Code>()
  const byStatus = new Map<number, Code>()
  if (isRules(definition)) {
    for (const { codes, as } of definition)
      for (const code of codes) byCode.set(check(catalog, code), check(catalog, as))
  } else {
    for (const [status, as] of Object.entries(definition)) byStatus.set(Number(status), check(catalog, as))
  }
  // What others are answered as is itself a constant answer: else its own details would tell it from them.
  const constants = new Set([...byCode.values(), ...byStatus.values()])
  return (state) => {
    let seen = state.as === undefined ? state : become(state, state.as)
    if (seen.catalog === catalog) {
      seen = become(seen, byCode.get(seen.code))
      seen = become(seen, byStatus.get(seen.status))
    }
    return seen.status === 401 || (seen.catalog === catalog && constants.has(seen.code))
      ? constant(seen)
      : seen
  }
}

function isRules(definition: ConcealDefinition): definition is readonly ConcealRule[] {
  return Array.isArray(definition)
}

function check(catalog: Catalog, code: Code): Code {
  const entry = catalog.get(code)
  if (entry && entry.params.length === 0 && entry.status !== 200) return code
  const problem = entry ? 'which is a success or needs params' : 'which is not in the catalog'
  throw new SetupError(
    `Option conceal names code ${show(code)}, ${problem} (${catalog.name}). Name one of its codes.`,
  )
}

/** Answers a state as another code of its catalog: nothing of the occurrence is left but its true self in the log. */
function become(state: BizErrorState, as: Code | undefined): BizErrorState {
  const entry = as === undefined || as === state.code ? undefined : state.catalog.get(as)
  if (entry === undefined || entry.status === 200 || entry.params.length > 0) return state
  return {
    ...constant(state),
    entry,
    code: entry.code,
    status: entry.status,
    retryAfter: entry.retryAfter,
  }
}

/**
 * Takes away whatever one occurrence adds to its code. Every 401 goes through here: a client that is not
 * authenticated may not learn why (CWE-204; cloud-waf: "collapses every cause into one response").
 */
function constant(state: BizErrorState): BizErrorState {
  return {
    ...state,
    params: NO_PARAMS,
    details: undefined,
    headers: undefined,
    retryAfter: state.entry.retryAfter,
  }
}
