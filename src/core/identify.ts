import { bizErrorState, NO_PARAMS, type BizErrorState } from './biz-error.ts'
import type { Catalog } from './catalog.ts'

/** Recognizes a foreign error: returns the BizError that it is to an API, or undefined to let others try. */
export type IdentifyRule = (thrown: unknown) => unknown

/** Finds the HTTP status that a foreign error carries, if any. */
export type StatusOf = (thrown: unknown) => number | undefined

/**
 * Turns any thrown value into the state of a BizError: its own, that of the first rule that knows the value,
 * else the catalog's code for its HTTP status, else for 500. Never throws, never writes on the value.
 */
export function identify(
  thrown: unknown,
  catalog: Catalog,
  rules: readonly IdentifyRule[],
  statusOf: StatusOf,
): BizErrorState {
  const own = bizErrorState(thrown)
  if (own) return own
  for (const rule of rules) {
    const ruled = bizErrorState(attempt(rule, thrown))
    if (ruled) return ruled
  }
  return foreignState(catalog, statusOf(thrown) ?? 500)
}

function attempt(rule: IdentifyRule, thrown: unknown): unknown {
  try {
    return rule(thrown)
  } catch {
    return undefined
  }
}

/** The catalog's meaning of a status, with nothing of the foreign error in it. */
function foreignState(catalog: Catalog, status: number): BizErrorState {
  const { code, entry } = catalog.forStatus(status)
  return {
    catalog,
    entry,
    code,
    status,
    params: NO_PARAMS,
    details: undefined,
    headers: undefined,
    retryAfter: entry.retryAfter,
    as: undefined,
    unknownCode: undefined,
  }
}
