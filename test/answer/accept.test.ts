import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preferredType } from '../../src/answer/accept.ts'

const TYPES = ['application/json', 'application/problem+json']

const table: readonly (readonly [accept: string | undefined, prefers: boolean])[] = [
  ['application/problem+json', true],
  ['application/problem+json, application/json', true],
  ['application/json, application/problem+json', true],
  ['application/problem+json, application/json;q=0.9', true],
  ['application/problem+json;q=0.9, */*', false],
  ['application/problem+json, */*', true],
  ['application/json;q=0, */*', true],
  ['application/json;q=0.1, application/*;q=0.2, */*', true],
  ['application/*;q=0, */*', false],
  ['application/json;q=0', false],
  ['text/html, application/problem+json;q=0.1', true],
  ['application/problem+json; charset=utf-8; q=0.5, application/json;q=0.5', true],
  ['  application/problem+json  ;  Q=0.5 ', true],
  ['application/problem+json;q=0.5, APPLICATION/JSON;q=0.6', false],
  ['application/problem+json;q=0.9, application/json', false],
  ['application/problem+json;q=0', false],
  ['application/problem+json;q=abc', false],
  ['application/problem+json;q=xq=1', false],
  ['application/problem+json;q=', false],
  ['application/problem+json;q=-1', false],
  ['application/problem+json;q=2', false],
  ['application/problem+json;q=0.1234', false],
  ['application/problem+json;q=1', true],
  ['application/problem+json;q=1., application/json;q=1.000', true],
  ['application/problem+json;q=0.25, application/json;q=0.2', true],
  ['application/problem+json, application/json;q=xq=1', true],
  ['Application/Problem+JSON', true],
  ['application/problem+jsonx', false],
  ['text/plain;x=application/problem+json', false],
  [`${'text/plain, '.repeat(100)}application/problem+json`, false],
  ['application/json', false],
  ['*/*', false],
  ['application/*', false],
  ['text/html', false],
  [';;;,,//', false],
  ['', false],
  [undefined, false],
]

describe('preferredType', () => {
  for (const [accept, prefers] of table) {
    test(`is ${prefers ? 'the second' : 'the first'} for ${accept === undefined ? 'no header' : `"${accept.slice(0, 80)}"`}`, () => {
      expect(preferredType(accept, TYPES)).toBe(prefers ? 1 : 0)
    })
  }

  test('is the first of several that are named no less than the default', () => {
    const types = [...TYPES, 'application/vnd.shop+json']
    expect(preferredType('application/vnd.shop+json, application/problem+json', types)).toBe(1)
    expect(preferredType('application/problem+json;q=0.5, application/vnd.shop+json', types)).toBe(2)
  })

  test('is the one that a range of its kind lets through', () => {
    const types = ['text/x+json', 'application/json']
    expect(
      ['application/*', 'text/*', 'text/*;q=0, */*', '*/*', 'application'].map((accept) =>
        preferredType(accept, types),
      ),
    ).toEqual([1, 0, 1, 0, 0])
  })

  test('answers for any header', () => {
    const part = fc.constantFrom(
      'application/problem+json',
      'application/json',
      ',',
      ';',
      'q',
      '=',
      '0.5',
      '*/*',
      ' ',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: part })), (accept) => {
        expect([0, 1]).toContain(preferredType(accept, TYPES))
      }),
    )
  })
})
