import { describe, expect, test } from 'vitest'
import { boundedMemo, getOrMake } from '../../src/guard/memo.ts'

const fail = (): never => {
  throw new Error('unreadable')
}

describe('getOrMake', () => {
  test.each([
    ['a Map', new Map<object, readonly object[]>()],
    ['a WeakMap', new WeakMap<object, readonly object[]>()],
  ])('makes a value once for each key of %s, and is told the key', (_, map) => {
    const keys = [{}, {}]
    const made: object[] = []
    const make = (key: object): readonly object[] => {
      made.push(key)
      return [key]
    }
    const first = keys.map((key) => getOrMake(map, key, make))
    const second = keys.map((key) => getOrMake(map, key, make))
    expect(first).toEqual([[keys[0]], [keys[1]]])
    expect(second.map((value, index) => value === first[index])).toEqual([true, true])
    expect(made).toEqual(keys)
  })

  test.each([0, '', false, null])('keeps %j as a value', (value) => {
    const map = new Map<string, unknown>([['key', value]])
    expect(getOrMake(map, 'key', () => 'made')).toBe(value)
  })

  test('keeps nothing when the value cannot be made', () => {
    const map = new Map<string, string>()
    expect(() => getOrMake(map, 'key', fail)).toThrow('unreadable')
    expect(map.size).toBe(0)
  })
})

function counted(max: number): {
  readonly memo: (key: string) => string | undefined
  readonly made: string[]
} {
  const made: string[] = []
  const memo = boundedMemo(max, (key) => {
    made.push(key)
    return key === 'none' ? undefined : `${key}!`
  })
  return { memo, made }
}

describe('boundedMemo', () => {
  test('makes the result of a key once, also where it is undefined', () => {
    const { memo, made } = counted(3)
    const keys = ['a', 'none', '__proto__', 'a', 'none', '__proto__']
    expect(keys.map(memo)).toEqual(['a!', undefined, '__proto__!', 'a!', undefined, '__proto__!'])
    expect(made).toEqual(['a', 'none', '__proto__'])
  })

  test('holds at most so many results, and forgets all of them for one more', () => {
    const { memo, made } = counted(2)
    for (const key of ['a', 'b', 'a', 'c', 'c', 'a']) memo(key)
    expect(made).toEqual(['a', 'b', 'c', 'a'])
  })
})
