import { describe, expect } from 'vitest'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { addressKey } from '../../src/rate-limit/index.ts'
import { koaApps, onThese, type Served } from '../support/served.ts'
import { atNoon, hundred, onLimited, routes, sendInTurn, standingOf } from './limited.ts'

atNoon()

/** Asks once for each X-Forwarded-For and returns what remains of 100 after each. */
async function remainingFor(served: Served, addresses: readonly string[]): Promise<readonly unknown[]> {
  const requests = addresses.map((address) => ({ headers: { 'X-Forwarded-For': address } }))
  return (await sendInTurn(served, requests)).map((response) => standingOf(response).remaining)
}

/** A hundred addresses of 2001:db8:0:700::/56, of a hundred /64. */
const homes = Array.from(
  { length: 100 },
  (_, index) =>
    `2001:db8:0:${(0x700 + index * 2).toString(16)}:${(index * 99_991).toString(16).slice(-4)}::1`,
)

describe('M04: behind a trusted proxy', () => {
  onLimited(
    'M04: one client is one bucket, however its address is written',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const same = ['1.2.3.4', '::ffff:1.2.3.4', '::ffff:102:304', '0:0:0:0:0:FFFF:0102:0304']
      expect(await remainingFor(served, same)).toEqual([99, 98, 97, 96])
      expect(await remainingFor(served, ['::ffff:1.2.3.5', '::ffff:1.2.3.6'])).toEqual([99, 99])
    },
  )

  onLimited(
    'M04: a hundred addresses in one /56 are one bucket, and the next /56 is another',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      expect(await remainingFor(served, homes)).toEqual(homes.map((_, index) => 99 - index))
      expect(await remainingFor(served, ['2001:db8:0:6ff::1', '2001:db8:0:800::1'])).toEqual([99, 99])
    },
  )

  onLimited(
    'M04: with ipv6Prefix 64 they are a hundred',
    { limit: { ...hundred, ipv6Prefix: 64 }, routes, trust: 1 },
    async (served) => {
      expect(await remainingFor(served, homes)).toEqual(homes.map(() => 99))
      expect(await remainingFor(served, ['2001:db8:0:700:ffff::'])).toEqual([98])
    },
  )

  onLimited(
    'M04: with a key of addressKey they are what its prefix says',
    {
      limit: { ...hundred, key: (request) => addressKey(request.get('X-Forwarded-For'), 48) },
      routes,
    },
    async (served) => {
      const addresses = ['2001:db8:0:700::1', '2001:db8:0:800::1', '2001:db8:1:700::1']
      expect(await remainingFor(served, addresses)).toEqual([99, 98, 99])
    },
  )
})

describe('M05: X-Forwarded-For that changes with each request', () => {
  const forged = ['1.1.1.1', '2.2.2.2', '3.3.3.3']

  onLimited(
    'M05: is no way around the limit where no proxy is trusted',
    { limit: hundred, routes },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 98, 97])
    },
  )

  onLimited(
    'M05: is no way around the limit where one proxy is trusted',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      expect(
        await remainingFor(
          served,
          forged.map((address) => `${address}, 9.9.9.9`),
        ),
      ).toEqual([99, 98, 97])
    },
  )

  onLimited(
    'M05: is warned of, once, where every proxy is trusted',
    { limit: hundred, routes, trust: true },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 99, 99])
      expect(served.log.filter(([level]) => level === 'warn')).toEqual([
        [
          'warn',
          {},
          'The app believes every X-Forwarded-For, so that clients can choose the address they are counted by: name its proxies',
        ],
      ])
    },
  )

  for (const [count, believed] of [
    ['1', 'the last address'],
    [Symbol('1'), 'no address'],
  ] as const) {
    onThese(
      `M05: is no way around the limit on Koa where maxIpsCount is ${String(count)}, which makes it believe ${believed}`,
      koaApps((app, recorder) => {
        Object.assign(app, { proxy: true, maxIpsCount: count })
        app.use(koaFace.errorHandler(recorder))
        app.use(koaFace.rateLimit({ ...hundred, logger: recorder.logger }))
        app.use((context) => {
          context.body = 'ok'
        })
      }),
      async (served) => {
        const requests = forged.map((address) => `${address}, 9.9.9.9`)
        expect(await remainingFor(served, requests)).toEqual([99, 98, 97])
      },
    )
  }

  onLimited(
    'M05: is not warned of where the app has a key of its own',
    { limit: { ...hundred, key: () => 'all' }, routes, trust: true },
    async (served) => {
      expect(await remainingFor(served, forged)).toEqual([99, 98, 97])
      expect(served.log).toEqual([])
    },
  )
})

describe('M06: X-Forwarded-For behind a trusted proxy', () => {
  onLimited('M06: loses its port', { limit: hundred, routes, trust: 1 }, async (served) => {
    expect(
      await remainingFor(served, ['1.2.3.4:5678', '1.2.3.4', '[2001:db8::1]:443', '2001:db8::2']),
    ).toEqual([99, 98, 99, 98])
  })

  onLimited(
    "M06: gives way to the socket's address when it is none",
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const garbage = [
        '<script>',
        'unknown',
        '1.2.3',
        '1.2.3.4.5',
        ':::1',
        'a'.repeat(5000),
        '1.2.3.4:99999999',
      ]
      expect(await remainingFor(served, garbage)).toEqual([99, 98, 97, 96, 95, 94, 93])
      expect(await remainingFor(served, ['127.0.0.1'])).toEqual([92])
    },
  )
})
