import type { LibraryRule } from '../../src/identify/library-rule.ts'

const from = 'a library'
const condition = 'already-exists'
const extract = (): undefined => undefined

export const complete: readonly LibraryRule[] = [
  { from, property: 'code', values: ['E_TAKEN'], condition },
  { from, property: 'isTaken', condition },
  { from, isArray: true, condition, extract },
  { from, property: 'status', extract },
  { from, property: 'name', values: ['Wrapper'], wraps: 'inner' },
  { from, property: 'name', values: ['Broken'], isFault: true },
]

export const meaningless: readonly LibraryRule[] = [
  // @ts-expect-error -- values are compared for code, name and type alone: this rule would never match
  { from, property: 'kind', values: ['taken'], condition },
  // @ts-expect-error -- a rule is known by something
  { from, condition },
  // @ts-expect-error -- an array has no values to compare
  { from, isArray: true, values: ['taken'], condition },
  // @ts-expect-error -- a rule says what its errors mean
  { from, property: 'isTaken' },
  // @ts-expect-error -- an error means a condition, or what it wraps
  { from, property: 'isTaken', condition, wraps: 'inner' },
  // @ts-expect-error -- a fault has no condition
  { from, property: 'isTaken', condition, isFault: true },
  // @ts-expect-error -- nothing is read of a fault
  { from, property: 'isTaken', isFault: true, extract },
]
