import { bizErrorState } from '../error/biz-error.ts'
import { joinStates, MAX_FURTHER } from '../error/further.ts'
import type { BizErrorState } from '../error/state.ts'
import { aggregatedErrors, isAggregate } from './causes.ts'

type Placed = readonly [place: string, state: BizErrorState]

/** The first, those that can be told with it, and one more, to tell that it was left out. */
const MAX_READ = MAX_FURTHER + 2

/**
 * Returns what an AggregateError is that holds BizErrors alone, directly or in aggregates of its own: the first of
 * them, with the others as further errors. Undefined for one that holds anything else, or nothing.
 */
export function aggregateState(value: unknown): BizErrorState | undefined {
  if (!isAggregate(value)) return undefined
  const found: Placed[] = []
  if (!collect(value, '', found, new Set())) return undefined
  const [first, ...further] = found
  return first && joinStates(first[1], further)
}

/** Collects the BizErrors of an aggregate, and returns whether it holds nothing else. */
function collect(value: unknown, place: string, found: Placed[], seen: Set<unknown>): boolean {
  const errors = aggregatedErrors(value, MAX_READ)
  // One may hold itself, or make another whenever it is read.
  if (errors.length === 0 || seen.has(value) || seen.size === MAX_FURTHER) return false
  seen.add(value)
  return errors.every((error, index) => {
    if (found.length === MAX_READ) return true
    const at = `${place}errors[${index}]`
    const state = bizErrorState(error)
    if (state === undefined) return collect(error, `${at}.`, found, seen)
    found.push([at, state])
    return true
  })
}
