import { describe, expect, test, vi } from 'vitest'
import { serve } from '../support/served.ts'
import {
  atNoon,
  hundred,
  limitedOn,
  type LimitedRequest,
  NOON,
  onLimited,
  routes,
  sendInTurn,
  sendTo,
  standingOf,
} from './limited.ts'

atNoon()

describe('M09: a key function that', () => {
  const keys: Readonly<Record<string, (request: LimitedRequest) => unknown>> = {
    throws: () => {
      throw new Error('no key')
    },
    rejects: () => Promise.reject(new Error('no key')),
    'returns undefined': () => undefined,
    'returns null': () => null,
    'returns an empty text': () => '',
    'returns an object': () => ({}),
    'returns NaN': () => NaN,
    'resolves to an array': () => Promise.resolve(['a']),
    'returns a hostile thenable': () => ({
      // oxlint-disable-next-line unicorn/no-thenable -- as hostile as can be
      get then() {
        throw new Error('then')
      },
    }),
    'returns a revoked Proxy': () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  }
  for (const [what, key] of Object.entries(keys)) {
    onLimited(
      `M09: ${what} lets the request through, uncounted, and is logged once`,
      { limit: { policies: [{ name: 'minute', limit: 1, window: '1m' }], key: key as never }, routes },
      async (served) => {
        const responses = (await sendInTurn(served, [{}, {}, {}])).map(standingOf)
        expect(responses).toEqual(Array.from({ length: 3 }, () => ({ status: 200 })))
        expect(served.log.map(([level, , message]) => [level, message])).toEqual([
          [
            'warn',
            'A request without a key was let through: give key a function that returns a text or a number',
          ],
        ])
      },
    )
  }

  onLimited(
    'M09: returns a number, a text or a promise of one keeps clients apart',
    {
      limit: {
        ...hundred,
        key: (request) => {
          const key = request.get('X-Key')!
          return key.startsWith('n') ? Number(key.slice(1)) : key.startsWith('p') ? Promise.resolve(key) : key
        },
      },
      routes,
    },
    async (served) => {
      const asked = [
        'a',
        'b',
        'n1',
        'n2',
        'p1',
        'p1',
        'a',
        'n1',
        'x'.repeat(9000),
        'x'.repeat(9001),
        'x'.repeat(9000),
      ]
      const responses = await sendInTurn(
        served,
        asked.map((key) => ({ headers: { 'X-Key': key } })),
      )
      expect(responses.map((response) => standingOf(response).remaining)).toEqual([
        99, 99, 99, 99, 99, 98, 98, 98, 99, 99, 98,
      ])
    },
  )

  test('M09: fails is logged at most once in 10 s', async () => {
    const app = limitedOn('Express 5', { limit: { ...hundred, key: () => undefined }, routes })
    await serve(...app, async (served) => {
      await sendInTurn(served, [{}, {}])
      vi.advanceTimersByTime(9_999)
      await sendTo(served)
      expect(served.log).toHaveLength(1)
      vi.advanceTimersByTime(1)
      await sendTo(served)
      expect(served.log).toHaveLength(2)
    })
  })
})

describe('M09: a function for the cost that', () => {
  const costs: readonly unknown[] = [0, -1, NaN, Infinity, 1.5, '2', undefined, {}, 2 ** 53]
  for (const cost of costs) {
    onLimited(
      `M09: returns ${typeof cost} ${String(cost)} counts 1, and is logged`,
      { limit: { ...hundred, cost: () => cost as number }, routes },
      async (served) => {
        const responses = await sendInTurn(served, [{}, {}])
        expect(responses.map((response) => standingOf(response).remaining)).toEqual([99, 98])
        expect(served.log.map(([level, , message]) => [level, message])).toEqual([
          ['warn', 'The cost of a request was no positive whole number; 1 was counted'],
        ])
      },
    )
  }

  onLimited(
    'M09: returns a whole number takes as much, and more than the limit is refused for good',
    { limit: { ...hundred, cost: (request) => Promise.resolve(Number(request.get('X-Cost'))) }, routes },
    async (served) => {
      const responses = await sendInTurn(
        served,
        ['40', '61', '60', '101'].map((cost) => ({ headers: { 'X-Cost': cost } })),
      )
      const reset = NOON + 3600
      expect(responses.map(standingOf)).toEqual([
        { status: 200, limit: 100, remaining: 60, reset },
        { status: 429, limit: 100, remaining: 60, reset, retryAfter: 3600 },
        { status: 200, limit: 100, remaining: 0, reset },
        { status: 429, limit: 100, remaining: 0, reset, retryAfter: 3600 },
      ])
    },
  )
})
