import { bizErrorState } from '../error/biz-error.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { aggregateState } from './aggregate.ts'
import { withCauses } from './causes.ts'
import type { Recognized } from '../catalog/condition.ts'
import type { CompiledRule } from './rules.ts'
import { statusState, conditionState, withRequiredHeaders, type BizErrorState } from '../error/state.ts'

/** Knows other people's errors by their marks. */
export type Recognize = (value: unknown, facts: RecognitionFacts) => Recognized | undefined

/** The part of a request that recognition looks at. */
export interface RecognitionFacts {
  /** Whether the request's body is compressed, was read, and has not become a body for the app: it may be broken. */
  readonly encoded: boolean
  readonly contentType: string | undefined
  readonly authorization: string | undefined
  /** Whether nobody is left to be answered. */
  readonly clientGone: boolean
}

/** How foreign errors are recognized. */
export interface Recognition {
  /** The app's, asked in order. */
  readonly rules: readonly CompiledRule[]
  /** This package's rules. */
  readonly recognize: Recognize
  /** Returns the message that a foreign error keeps. Undefined: none does. */
  readonly messageOf?:
    ((error: unknown, status: number, facts: RecognitionFacts) => string | undefined) | undefined
  /** Called when a rule fails. */
  readonly warn: (message: string, error: unknown) => void
}

/**
 * Turns any thrown value into the state of a BizError. Of the value and its causes that is the nearest BizError, or
 * AggregateError of BizErrors, else the nearest that a rule of the app knows, else the nearest that we know, else the
 * catalog's error for 500. Never throws, never writes on a value.
 */
export function identify(
  thrown: unknown,
  catalog: Catalog,
  recognition: Recognition,
  facts: RecognitionFacts,
): BizErrorState {
  const own = bizErrorState(thrown)
  if (own) return own
  const values = withCauses(thrown)
  for (const value of values) {
    const inner = bizErrorState(value) ?? aggregateState(value)
    if (inner) return inner
  }
  for (const value of values) {
    const ruled = askRules(value, recognition)
    if (ruled) return ruled
  }
  for (const value of values) {
    const recognized = recognition.recognize(value, facts)
    if (recognized) {
      const state = withRequiredHeaders(conditionState(catalog, recognized), value)
      // What is recognized has a better text than its own.
      const message =
        recognized.condition === undefined ? recognition.messageOf?.(value, state.status, facts) : undefined
      return message === undefined ? state : { ...state, message }
    }
  }
  return statusState(catalog, 500)
}

function askRules(value: unknown, recognition: Recognition): BizErrorState | undefined {
  for (const rule of recognition.rules) {
    const state = attempt(rule, value, recognition)
    if (state) return state
  }
  return undefined
}

function attempt(rule: CompiledRule, thrown: unknown, { warn }: Recognition): BizErrorState | undefined {
  try {
    return rule(thrown)
  } catch (error) {
    warn('A rule of identify failed; the next one was asked', error)
    return undefined
  }
}
