import { describe, expect, test } from 'vitest'
import { shorter } from '../../src/answer/shorter.ts'
import type { BriefDescription } from '../../src/catalog/envelope.ts'

const bare: BriefDescription = { code: 1, status: 400, message: 'x', locale: 'en', retryable: false }
const CUT = '[Truncated]'

/** All that a description comes to, step by step. */
function stepsOf(description: BriefDescription): readonly (readonly [details: unknown, errors: unknown])[] {
  const next = shorter(description)
  if (next === undefined) return []
  return [[next.details, next.errors?.map(({ details }) => details)], ...stepsOf(next)]
}

describe('a description that is too long', () => {
  test('loses the details of further errors, then its own, then half of the errors at a time', () => {
    const errors = [{ ...bare, details: 1 }, bare, { ...bare, details: 0 }, bare, bare]
    const without = [CUT, undefined, CUT, undefined, undefined]
    expect(stepsOf({ ...bare, details: { a: 1 }, errors })).toEqual([
      [{ a: 1 }, without],
      [CUT, without],
      [CUT, without.slice(0, 2)],
      [CUT, without.slice(0, 1)],
      [CUT, undefined],
    ])
  })

  test('loses its details, where there are no further errors', () => {
    expect(stepsOf({ ...bare, details: false })).toEqual([[CUT, undefined]])
  })

  test('loses nothing, where only texts are left', () => {
    expect(stepsOf(bare)).toEqual([])
  })
})
