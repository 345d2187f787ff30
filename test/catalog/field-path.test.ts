import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldPath, writtenPath } from '../../src/catalog/field-path.ts'

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

describe('writtenPath', () => {
  const table: readonly (readonly [path: string, shown: string])[] = [
    ['', ''],
    ['email', 'email'],
    ['page[size]', 'page[size]'],
    ['X-Api-Key', 'X-Api-Key'],
    ['first name', 'first name'],
    ['a\u202Eb\u0000\n\u2028\uD800', 'ab'],
    ['x'.repeat(256), 'x'.repeat(256)],
    ['x'.repeat(257), `${'x'.repeat(255)}…`],
    [`${'x'.repeat(254)}😀y`, `${'x'.repeat(254)}…`],
  ]
  for (const [path, shown] of table) {
    test(`shows ${JSON.stringify(path.slice(0, 40))} as it is written, without what nobody sees`, () => {
      expect(writtenPath(path)).toBe(shown)
    })
  }
})
