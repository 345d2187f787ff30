import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ignoreRejection, read } from '../../src/guard/read.ts'

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
