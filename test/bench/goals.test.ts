import { expect, test } from 'vitest'
import { RUNS } from './goals.ts'
import { VARIANTS } from './variants.ts'

test('the full benchmark measures every variant', () => {
  const measured = new Set<object>(RUNS.flat().map(({ variant }) => variant))
  expect(Object.entries(VARIANTS).filter(([, variant]) => !measured.has(variant))).toEqual([])
})
