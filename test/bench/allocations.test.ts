import { expect, test } from 'vitest'
import { measureSource } from './allocations.ts'

// Half as much again as the most that any supported Node allocates today, in bytes.
const BOUNDS: Readonly<Record<string, number>> = {
  'a code': 1_300,
  'a code with params': 3_600,
  'a foreign error that nobody knows': 5_500,
}

test('an error allocates no more than its bound, on the way from throw to report', () => {
  const measured = measureSource()
  expect(measured.map(({ title }) => title)).toEqual(Object.keys(BOUNDS))
  expect(measured.filter(({ title, bytes }) => !(bytes <= BOUNDS[title]!))).toEqual([])
})
