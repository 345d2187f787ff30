import { expect, test } from 'vitest'
import { measureSource } from './allocations.ts'

// Half as much again as the most that any supported Node allocates today, in bytes.
const BOUNDS: Readonly<Record<string, number>> = {
  'a code': 1_300,
  'a code with params': 3_600,
  'a foreign error that nobody knows': 5_500,
  'a code of a catalog, for good': 300,
}

test('an error allocates no more than its bound from throw to report, and a code of a catalog no more than its own', () => {
  const measured = measureSource()
  expect(measured.map(({ title }) => title)).toEqual(Object.keys(BOUNDS))
  expect(measured.filter(({ title, bytes }) => !(bytes <= BOUNDS[title]!))).toEqual([])
}, 180_000)
