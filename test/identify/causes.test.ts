import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withCauses } from '../../src/identify/causes.ts'

const throwing = (): never => {
  throw new Error('hostile')
}
const revoked = Proxy.revocable([], {})
revoked.revoke()

function aggregate(errors: unknown, cause?: unknown): object {
  return { name: 'AggregateError', errors, cause }
}

describe('a value with its causes', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((message) => new Error(message)) as [
    Error,
    Error,
    Error,
    Error,
  ]
  const chain = { cause: { cause: a } }
  const middle = Object.assign(new Error('middle'), { originalError: b })
  const kept = { inner: middle }
  const verror = { cause: () => c, jse_cause: c }
  const hostile = Object.defineProperty({}, 'cause', { get: throwing })
  const rows: readonly (readonly [what: string, thrown: unknown, values: readonly unknown[]])[] = [
    ['is the value alone, without any', a, [a]],
    ['is the value alone, when it is none', null, [null]],
    ['is the value alone, when it is a text', 'text', ['text']],
    ['goes along `cause`', chain, [chain, chain.cause, a]],
    ['has a cause that is a text', new Error('x', { cause: 'text' }), [new Error('x'), 'text']],
    ['goes along the errors that libraries keep under other names', kept, [kept, middle, b]],
    [
      'has nothing that stands there and is no Error',
      { inner: [a], original: { status: 404 } },
      [{ inner: [a], original: { status: 404 } }],
    ],
    ['has the cause of a VError, whose `cause` is a method', verror, [verror, c]],
    ['ends where there is no cause', { cause: null }, [{ cause: null }]],
    ['ends where the cause cannot be read', hostile, [hostile]],
  ]
  test.each(rows)('%s', (_what, thrown, values) => {
    expect(withCauses(thrown)).toEqual(values)
  })

  test.each(['originalError', 'inner', 'innerError', 'oauthError', 'original', 'nativeError', 'jse_cause'])(
    'goes along an Error that is kept as `%s`',
    (name) => {
      const thrown = { [name]: a }
      expect(withCauses(thrown)).toEqual([thrown, a])
    },
  )

  test('has the cause of an AggregateError before its errors, and what is nearer before what is deeper', () => {
    const inner = Object.assign(new Error('inner'), { cause: d })
    const thrown = aggregate([inner, c], b)
    expect(withCauses(thrown)).toEqual([thrown, b, inner, c, d])
  })

  test('has the errors of a real AggregateError', async () => {
    const thrown: unknown = await Promise.any([Promise.reject(a), Promise.reject(b)]).catch(
      (error: unknown) => error,
    )
    expect(withCauses(thrown)).toEqual([thrown, a, b])
  })

  test.each([
    ['errors of what is no AggregateError', { name: 'ValidationError', errors: [a] }],
    ['errors that are no array', aggregate('errors')],
    ['errors that are a revoked Proxy', aggregate(revoked.proxy)],
  ])('does not have %s', (_what, thrown) => {
    expect(withCauses(thrown)).toEqual([thrown])
  })

  test('has each once, in a cycle', () => {
    const one: { cause?: unknown } = {}
    const two = aggregate([one], one)
    one.cause = two
    expect(withCauses(one)).toEqual([one, two])
  })

  test('is bounded, however long the chain and however many the errors', () => {
    let deep: object = {}
    for (let depth = 0; depth < 10_000; depth++) deep = { cause: deep }
    const wide = aggregate(Array.from({ length: 100_000 }, (_, index) => ({ index })))
    const endless: object = new Proxy(
      {},
      { get: (_target, name) => (name === 'cause' ? Object.create(null) : undefined) },
    )
    const growing: object = {
      get cause(): object {
        return Object.create(growing) as object
      },
    }
    expect([deep, wide, endless, growing].map((thrown) => withCauses(thrown).length)).toEqual([32, 32, 2, 32])
  })

  test('takes note of promises that nobody waits for', async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', onUnhandled)
    withCauses({ cause: Promise.reject(new Error('late')) })
    withCauses(aggregate([Promise.reject(new Error('late'))]))
    await setImmediate()
    process.off('unhandledRejection', onUnhandled)
    expect(unhandled).toEqual([])
  })

  test('begins with the value and has at most 32, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (errors, cause) => {
        const thrown = aggregate(errors, cause)
        const values = withCauses(thrown)
        expect(values[0]).toBe(thrown)
        expect(new Set(values).size).toBe(values.length)
        expect(values.length).toBeLessThanOrEqual(32)
      }),
    )
  })
})
