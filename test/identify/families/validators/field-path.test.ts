import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fieldPath,
  indexOrKey,
  parsePath,
  parsePointer,
} from '../../../../src/identify/families/validators/field-path.ts'
import { startComputing } from '../../../support/stopwatch.ts'

function text(_key: string, value: unknown): unknown {
  return typeof value === 'symbol' || typeof value === 'bigint' ? String(value) : value
}

describe('fieldPath', () => {
  const table: readonly (readonly [segments: unknown, path: string])[] = [
    [[], ''],
    [['items', 0, 'name'], 'items[0].name'],
    [[0, 'name'], '[0].name'],
    [['$ref', '_id', 'größe', '名前'], '$ref._id.größe.名前'],
    [['a.b', 'c'], '["a.b"].c'],
    [['x', 'a b', ''], 'x["a b"][""]'],
    [['0', '1a'], '["0"]["1a"]'],
    [['a"b\\'], '["a\\"b\\\\"]'],
    [['a\u202Eb\u0000\n\u2028\uD800'], 'ab'],
    [['__proto__'], '__proto__'],
    [[Symbol('hunter2'), {}, null, undefined, 1n], '[…][…][…][…][…]'],
    [['x'.repeat(64)], 'x'.repeat(64)],
    [['x'.repeat(65)], `["${'x'.repeat(63)}…"]`],
    [
      Array.from({ length: 100 }, () => 'abcdefgh'),
      `${Array.from({ length: 32 }, () => 'abcdefgh')
        .join('.')
        .slice(0, 255)}…`,
    ],
    [Array.from({ length: 100_000 }, () => 0), '[0]'.repeat(32)],
    ['items', ''],
    [null, ''],
  ]
  for (const [segments, path] of table) {
    test(`is ${path.slice(0, 40) || 'nothing'} for ${JSON.stringify(segments, text)?.slice(0, 40)}`, () => {
      expect(fieldPath(segments)).toBe(path)
    })
  }

  test('adds what is found at the end', () => {
    expect(fieldPath(['a', 0], 'b c')).toBe('a[0]["b c"]')
  })

  const hard = fc.constantFrom('a', '.', '"', '\\', '語', '\u0000', '\u202E', '\u2028', '\uD83D', '\uDE00')

  test('has at most 256 characters, all of which can be seen, whatever the segments are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: hard }), fc.integer(), fc.constantFrom(Symbol('a'), null, {}))),
        (segments) => {
          const path = fieldPath(segments)
          expect(path.length).toBeLessThanOrEqual(256)
          expect(path.isWellFormed()).toBe(true)
          expect(path).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        },
      ),
    )
  })
})

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
