import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import cors from 'cors'
import { describe, expect, test, vi } from 'vitest'
import { built } from '../support/built.ts'
import * as expressFace from '../../src/adapters/express/index.ts'
import { expressApps, onThese } from '../support/served.ts'
import {
  atNoon,
  counted,
  hundred,
  NOON,
  ok,
  onLimited,
  pipeline,
  routes,
  sendInTurn,
  sendTo,
  standingOf,
} from './limited.ts'

atNoon()

describe('M10: exactly the limit passes', () => {
  for (const [what, key] of [
    ['at once', () => 'all'],
    ['in a promise', () => sleep(Math.random() * 5, 'all')],
  ] as const) {
    onLimited(
      `M10: of 300 parallel requests against 100, whose keys are given ${what}`,
      { limit: { ...hundred, key }, routes },
      async ({ port }) => {
        const responses = await Promise.all(Array.from({ length: 20 }, () => pipeline(port, 15)))
        const statuses = responses.flat()
        expect(statuses).toHaveLength(300)
        expect(statuses.filter((status) => status === '200')).toHaveLength(100)
        expect(statuses.filter((status) => status === '429')).toHaveLength(200)
      },
    )
  }
})

const exitingProcess = built(new URL('exiting-process.ts', import.meta.url))

describe('M11: a process with a limiter', () => {
  test('M11: and nothing else exits at once', async () => {
    vi.useRealTimers()
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [exitingProcess], {
      timeout: 20_000,
    })
    expect({ stdout, stderr }).toEqual({ stdout: 'counted\n429\n0\n', stderr: '' })
  })
})

describe('M12:', () => {
  onLimited(
    'M12: a limiter that is mounted twice counts once',
    { limit: hundred, routes, mounted: 2 },
    async (served) => {
      expect((await sendInTurn(served, [{}, {}])).map((response) => standingOf(response).remaining)).toEqual([
        99, 98,
      ])
    },
  )

  const loose = { policies: [{ name: 'loose', limit: 50, window: '1h' as const }] }
  const strict = { policies: [{ name: 'strict', limit: 2, window: '1m' as const }] }
  for (const [order, limit] of [
    ['first', [strict, loose]],
    ['last', [loose, strict]],
  ] as const) {
    onLimited(
      `M12: of two limiters the stricter one is shown when it comes ${order}`,
      { limit, routes },
      async (served) => {
        const reset = NOON + 60
        expect((await sendInTurn(served, [{}, {}, {}])).map(standingOf)).toEqual([
          { status: 200, limit: 2, remaining: 1, reset },
          { status: 200, limit: 2, remaining: 0, reset },
          { status: 429, limit: 2, remaining: 0, reset, retryAfter: 60 },
        ])
      },
    )
  }

  onLimited(
    'M12: two limiters with structured fields are both in the lists',
    {
      limit: [
        { ...loose, headers: { legacy: false, draft: 'draft-11' }, key: () => 'a' },
        { ...strict, headers: { legacy: false, draft: 'draft-11' }, key: () => 'b' },
      ],
      routes,
    },
    async (served) => {
      const response = await sendTo(served)
      expect(response.match(/^.*RateLimit.*$/gm)).toEqual([
        'RateLimit-Policy: "loose";q=50;w=3600, "strict";q=2;w=60',
        'RateLimit: "loose";r=49;t=3600;pk=:ypeBEsobvcr6wjGz:, "strict";r=1;t=60;pk=:PiPoFgA5WUoziU9l:',
      ])
    },
  )
})

describe('M13:', () => {
  const one = { policies: [{ name: 'minute', limit: 1, window: '1m' as const }], exposeHeaders: true }

  onLimited('M13: HEAD is counted and refused, without a body', { limit: one, routes }, async (served) => {
    const [, head] = await sendInTurn(served, [{ method: 'HEAD' }, { method: 'HEAD' }])
    expect(standingOf(head!)).toEqual({
      status: 429,
      limit: 1,
      remaining: 0,
      reset: NOON + 60,
      retryAfter: 60,
    })
    expect(head!.split('\r\n\r\n')[1]).toBe('')
    return head
  })

  onLimited(
    'M13: a CORS preflight is not counted, and OPTIONS without one is',
    { limit: one, routes },
    async (served) => {
      const preflight = {
        method: 'OPTIONS',
        headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' },
      }
      const responses = await sendInTurn(served, [
        preflight,
        preflight,
        { method: 'OPTIONS' },
        preflight,
        { method: 'OPTIONS' },
      ])
      expect(responses.map((response) => counted(response))).toEqual([
        { status: 200 },
        { status: 200 },
        { status: 200, limit: 1, remaining: 0 },
        { status: 200 },
        { status: 429, limit: 1, remaining: 0 },
      ])
    },
  )

  onLimited(
    'M13: what skip names, such as health checks, is not counted',
    { limit: { ...one, skip: (request) => request.path === '/stream' }, routes },
    async (served) => {
      const responses = await sendInTurn(served, [
        { path: '/stream' },
        { path: '/stream' },
        {},
        { path: '/stream' },
        {},
      ])
      expect(responses.map((response) => counted(response))).toEqual([
        { status: 200 },
        { status: 200 },
        { status: 200, limit: 1, remaining: 0 },
        { status: 200 },
        { status: 429, limit: 1, remaining: 0 },
      ])
    },
  )

  for (const [what, skip] of [
    [
      'throws',
      () => {
        throw new Error('skip')
      },
    ],
    ['rejects', () => Promise.reject(new Error('skip'))],
  ] as const) {
    onLimited(
      `M13: a skip function that ${what} skips nothing, and is logged`,
      { limit: { ...one, skip }, routes },
      async (served) => {
        expect((await sendInTurn(served, [{}, {}])).map((response) => standingOf(response).status)).toEqual([
          200, 429,
        ])
        expect(served.log.filter(([level]) => level === 'warn').map(([, , message]) => message)).toEqual([
          'The skip function failed; the request was counted',
        ])
      },
    )
  }

  onLimited(
    'M13: a skip function that returns neither true nor false skips nothing, and is logged; undefined is false',
    {
      limit: {
        ...one,
        skip: (({ path }: { readonly path: string }) => path === '/thrown' || undefined) as never,
      },
      routes,
    },
    async (served) => {
      const paths = ['/thrown', '/', '/']
      const statuses = (
        await sendInTurn(
          served,
          paths.map((path) => ({ path })),
        )
      ).map((response) => standingOf(response).status)
      expect(statuses).toEqual([409, 200, 429])
      expect(served.log.filter(([level]) => level === 'warn')).toEqual([])
    },
  )

  for (const value of [1, 'yes', {}]) {
    onLimited(
      `M13: a skip function that returns ${JSON.stringify(value)} skips nothing, and is logged`,
      { limit: { ...one, skip: (() => value) as never }, routes },
      async (served) => {
        expect((await sendInTurn(served, [{}, {}])).map((response) => standingOf(response).status)).toEqual([
          200, 429,
        ])
        expect(served.log.filter(([level]) => level === 'warn').map(([, , message]) => message)).toEqual([
          'The skip function returned neither true nor false; the request was counted',
        ])
      },
    )
  }

  onThese(
    'M13: a 429 keeps its CORS headers, so that a browser shows it, and lets scripts read the limits',
    expressApps((app, recorder) => {
      app.use(cors({ exposedHeaders: ['ETag'] }))
      app.use(expressFace.rateLimit({ ...one, logger: recorder.logger }))
      app.get('/', ok)
      app.use(expressFace.errorHandler(recorder))
    }),
    async (served) => {
      const [, response] = await sendInTurn(served, [{}, {}])
      expect(response!.match(/^(?:HTTP|Access).*$/gm)).toEqual([
        'HTTP/1.1 429 Too Many Requests',
        'Access-Control-Allow-Origin: *',
        'Access-Control-Expose-Headers: ETag, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-ID, Link',
      ])
    },
  )
})
