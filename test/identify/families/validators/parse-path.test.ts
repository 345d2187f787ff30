import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldPath } from '../../../../src/catalog/field-path.ts'
import {
  indexOrKey,
  parsePath,
  parsePointer,
} from '../../../../src/identify/families/validators/parse-path.ts'
import { startComputing } from '../../../support/stopwatch.ts'

describe('parsePath', () => {
  const table: readonly (readonly [path: unknown, segments: readonly unknown[]])[] = [
    ['', []],
    ['a', ['a']],
    ['items[0].name', ['items', 0, 'name']],
    ['[0][1]', [0, 1]],
    ['["a.b"].c', ['a.b', 'c']],
    ["['a.b']", ['a.b']],
    ['x-y', ['x-y']],
    ['a[', ['a']],
    [7, []],
    [undefined, []],
  ]
  for (const [path, segments] of table) {
    test(`takes ${JSON.stringify(path)} apart`, () => {
      expect(parsePath(path)).toEqual(segments)
    })
  }

  test('reads back what fieldPath writes of keys without quotes', () => {
    const key = fc.string({ unit: fc.constantFrom('a', '.', '-', ' ', '1'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat()), { maxLength: 8 }), (segments) => {
        expect(parsePath(fieldPath(segments))).toEqual(segments)
      }),
    )
  })

  test('takes no time for a long text', () => {
    const texts = ['a', '.', '[', '["', '[0]', '["a'].map((part) => part.repeat(1_000_000))
    const elapsed = startComputing()
    for (const text of texts) parsePath(text)
    expect(elapsed()).toBeLessThan(500)
  })
})

describe('parsePointer', () => {
  const table: readonly (readonly [pointer: unknown, segments: readonly unknown[]])[] = [
    ['', []],
    ['/', ['']],
    ['/items/0/name', ['items', 0, 'name']],
    ['/a~1b/m~0n/~01', ['a/b', 'm~n', '~1']],
    ['/00', ['00']],
    [{}, []],
  ]
  for (const [pointer, segments] of table) {
    test(`takes ${JSON.stringify(pointer)} apart`, () => {
      expect(parsePointer(pointer)).toEqual(segments)
    })
  }
})

describe('indexOrKey', () => {
  test('takes digits for an index, and nothing else', () => {
    expect(['0', '12', '01', '-1', '1e3', '9999999999', 'a', ''].map(indexOrKey)).toEqual([
      0,
      12,
      '01',
      '-1',
      '1e3',
      '9999999999',
      'a',
      '',
    ])
  })
})
