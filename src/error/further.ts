import { readOwn } from '../guard/own.ts'
import { ignoreRejection, isArray, readItems } from '../guard/read.ts'
import { adoptState, type BizErrorState } from './state.ts'
import { noteUnusable } from './unusable.ts'

/** No client reads more errors in one answer. */
export const MAX_FURTHER = 32

/** Returns the state of a BizError, and undefined for any other value. */
type StateOf = (value: unknown) => BizErrorState | undefined

/**
 * Adds the further errors that a throw gave to its state. An error that has some itself brings them along: an answer
 * has one list. What is no BizError is left out, and told.
 */
export function withFurther(
  state: BizErrorState,
  also: unknown,
  stateOf: StateOf,
  name = 'also',
): BizErrorState {
  if (also === undefined) return state
  if (!isArray(also)) return joinStates(state, [[name, undefined]])
  const given = readItems(also, MAX_FURTHER + 1)
  return joinStates(
    state,
    given.map((value, index) => {
      ignoreRejection(value)
      return [`${name}[${index}]`, stateOf(value)]
    }),
  )
}

/** Makes one state of several. Each further one comes with its place in the throw; one that is not there is told. */
export function joinStates(
  first: BizErrorState,
  further: readonly (readonly [place: string, state: BizErrorState | undefined])[],
): BizErrorState {
  const errors = new Set(first.errors)
  const unusable = [...first.unusable]
  for (const [place, state] of further) {
    const states = state === undefined ? [] : [state, ...(state.errors ?? [])]
    const taken = states.slice(0, MAX_FURTHER - errors.size)
    for (const each of taken) errors.add(each)
    if (taken.length === 0 || taken.length < states.length) noteUnusable(unusable, place)
    if (state === undefined) continue
    if (state.unknownKey !== undefined) noteUnusable(unusable, `${place}.key`)
    for (const name of state.unusable) noteUnusable(unusable, `${place}.${name}`)
  }
  return { ...first, errors: errors.size === 0 ? undefined : [...errors], unusable }
}

/** Adopts the state of an error of another copy of this package, with those of its further errors. */
export function adoptStates(state: unknown): BizErrorState | undefined {
  const first = adoptState(state)
  return first && withFurther(first, readOwn(state, 'errors'), adoptOrNone, 'errors')
}

/** One that cannot be read costs the others nothing. */
function adoptOrNone(state: unknown): BizErrorState | undefined {
  try {
    return adoptState(state)
  } catch {
    return undefined
  }
}
