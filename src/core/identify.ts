import { bizErrorState } from './biz-error.ts'
import type { Catalog } from './catalog.ts'
import { ignoreRejection } from './read.ts'
import { genericState, type BizErrorState } from './state.ts'

/** Recognizes a foreign error: returns the BizError that it is to an API, or undefined to let others try. */
export type IdentifyRule = (thrown: unknown) => unknown

/** Finds the HTTP status that a foreign error carries, if any. */
export type StatusOf = (thrown: unknown) => number | undefined

/** How foreign errors are recognized. */
export interface Recognition {
  /** Asked in order. */
  readonly rules: readonly IdentifyRule[]
  readonly statusOf: StatusOf
  /** Told when a rule fails. */
  readonly warn: (message: string, error: unknown) => void
}

/**
 * Turns any thrown value into the state of a BizError: its own, that of the first rule that knows the value,
 * else the catalog's code for its HTTP status, else for 500. Never throws, never writes on the value.
 */
export function identify(thrown: unknown, catalog: Catalog, recognition: Recognition): BizErrorState {
  const own = bizErrorState(thrown)
  if (own) return own
  ignoreRejection(thrown)
  for (const rule of recognition.rules) {
    const result = attempt(rule, thrown, recognition)
    const ruled = bizErrorState(result)
    if (ruled) return ruled
    ignoreRejection(result)
  }
  return genericState(catalog, recognition.statusOf(thrown) ?? 500)
}

function attempt(rule: IdentifyRule, thrown: unknown, { warn }: Recognition): unknown {
  try {
    return rule(thrown)
  } catch (error) {
    warn('A rule of identify failed; the next one was asked', error)
    return undefined
  }
}
