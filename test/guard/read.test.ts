import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ignoreRejection, read, readItems } from '../../src/guard/read.ts'

const throwing = (): never => {
  throw new Error('hostile')
}
const hostileProxy: unknown = new Proxy({}, { get: throwing })

describe('read', () => {
  test('returns the property, own or not', () => {
    expect([
      read({ a: 1 }, 'a'),
      read('text', 'length'),
      read([1], 0),
      read(Object.create({ a: 2 }), 'a'),
    ]).toEqual([1, 4, 1, 2])
  })

  test('returns undefined for what is absent or cannot be read', () => {
    const values = [null, undefined, {}, 7, Object.defineProperty({}, 'a', { get: throwing }), hostileProxy]
    expect(values.map((value) => read(value, 'a'))).toEqual(values.map(() => undefined))
  })
})

describe('readItems', () => {
  test('returns the first items of an array, and undefined for those that cannot be read', () => {
    const array: unknown[] = ['a', 'b', 'c']
    Object.defineProperty(array, 1, { get: throwing })
    expect([readItems(array, 2), readItems(array, 9)]).toEqual([
      ['a', undefined],
      ['a', undefined, 'c'],
    ])
  })

  test('are none of a value that is no array', () => {
    const values = [null, 'text', { length: 1, 0: 'a' }, new Set(['a']), hostileProxy]
    expect(values.map((value) => readItems(value, 9))).toEqual(values.map(() => []))
  })

  test('are as many as a Proxy of an array says, and none when it says no number', () => {
    const revoked = Proxy.revocable<object>({}, {})
    revoked.revoke()
    const joined: readonly string[] = Array<string>(100_000).fill('1')
    const none = [-1, NaN, '3', Symbol('3'), { valueOf: throwing }, revoked.proxy, joined]
    const counts = [Infinity, 2, ...none].map((length) => {
      const array = new Proxy(['a', 'b', 'c'], {
        get: (target, name) => (name === 'length' ? length : (Reflect.get(target, name) as unknown)),
      })
      return readItems(array, 3).length
    })
    expect(counts).toEqual([3, 2, ...none.map(() => 0)])
  })
})

describe('ignoreRejection', () => {
  test('keeps a rejection from ending the process, and a promise from being changed', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    const rejected = Promise.reject(new Error('late'))
    for (const value of [rejected, Promise.resolve(1), null, 'text', hostileProxy]) ignoreRejection(value)
    await setImmediate()
    process.off('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
    await expect(rejected).rejects.toThrow(new Error('late'))
  })

  test('runs no code of what only looks like a promise', () => {
    const asked: unknown[] = []
    const thenable = new Proxy(
      {},
      { get: (_target, name) => (name === 'then' ? () => asked.push(name) : undefined) },
    )
    ignoreRejection(thenable)
    expect(asked).toEqual([])
  })
})
