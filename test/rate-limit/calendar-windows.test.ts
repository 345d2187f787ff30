import { expect, test, vi } from 'vitest'
import { cooldown } from '../../src/rate-limit/index.ts'
import type { PolicyDefinition } from '../../src/rate-limit/policy.ts'
import { atNoon, onLimited, routes, sendTo, standingOf, type Options } from './limited.ts'

atNoon()

/** Limits of two a window, counted in memory. */
const two = (window: PolicyDefinition['window'], timeZone?: string): Options => ({
  policies: [{ name: 'two', limit: 2, window, timeZone }],
})

/** From the beginning of a window to that of the next. Its last second is refused, and the next begins on time. */
interface Case {
  readonly title: string
  readonly limit: Options
  readonly from: string
  readonly until: string
}

const cases: readonly Case[] = [
  { title: 'a week', limit: two('week'), from: '2026-11-16T00:00Z', until: '2026-11-23T00:00Z' },
  { title: 'a month', limit: two('month'), from: '2026-02-01T00:00Z', until: '2026-03-01T00:00Z' },
  {
    title: 'a month from the 15th on',
    limit: two({ month: 15 }),
    from: '2026-11-15T00:00Z',
    until: '2026-12-15T00:00Z',
  },
  {
    title: 'a month from its last day on',
    limit: two({ month: 31 }),
    from: '2028-01-31T00:00Z',
    until: '2028-02-29T00:00Z',
  },
  {
    title: 'a day in UTC',
    limit: two('day', 'UTC'),
    from: '2026-10-25T00:00Z',
    until: '2026-10-26T00:00Z',
  },
  {
    title: 'a day of 23 hours',
    limit: two('day', 'Europe/Berlin'),
    from: '2026-03-28T23:00Z',
    until: '2026-03-29T22:00Z',
  },
  {
    title: 'a day of 25 hours',
    limit: two('day', 'Europe/Berlin'),
    from: '2026-10-24T22:00Z',
    until: '2026-10-25T23:00Z',
  },
  {
    title: 'a day of 24 hours and a half',
    limit: two('day', 'Australia/Lord_Howe'),
    from: '2026-04-04T13:00Z',
    until: '2026-04-05T13:30Z',
  },
  {
    title: 'a day without a midnight',
    limit: two('day', 'America/Sao_Paulo'),
    from: '2017-10-15T03:00Z',
    until: '2017-10-16T02:00Z',
  },
  {
    title: 'a week of 169 hours',
    limit: two('week', 'Europe/Berlin'),
    from: '2026-10-18T22:00Z',
    until: '2026-10-25T23:00Z',
  },
  {
    title: 'a month of 31 days and an hour, from the 15th on',
    limit: two({ month: 15 }, 'Europe/Berlin'),
    from: '2026-10-14T22:00Z',
    until: '2026-11-14T23:00Z',
  },
]

for (const { title, limit, from, until } of cases) {
  onLimited(
    `S05: ${title} counts from its beginning to its end, and tells when that is`,
    { limit, routes },
    async (served) => {
      const [start, end] = [Date.parse(from), Date.parse(until)]
      const at = async (time: number): Promise<unknown> => {
        vi.setSystemTime(time)
        return standingOf(await sendTo(served))
      }
      const [reset, next] = [end / 1000, expect.any(Number) as number]
      // What is left of the one before is no matter.
      expect([await at(start - 1), await at(start - 1)]).toMatchObject([{ status: 200 }, { remaining: 0 }])
      expect(await at(start - 1)).toEqual({
        status: 429,
        limit: 2,
        remaining: 0,
        reset: start / 1000,
        retryAfter: 1,
      })
      expect(await at(start)).toEqual({ status: 200, limit: 2, remaining: 1, reset })
      expect(await at(start)).toEqual({ status: 200, limit: 2, remaining: 0, reset })
      const refused = { status: 429, limit: 2, remaining: 0, reset }
      expect(await at(start)).toEqual({ ...refused, retryAfter: reset - start / 1000 })
      expect(await at(start + 1500)).toEqual({ ...refused, retryAfter: reset - start / 1000 - 1 })
      expect(await at(end - 1)).toEqual({ ...refused, retryAfter: 1 })
      expect(await at(end)).toEqual({ status: 200, limit: 2, remaining: 1, reset: next })
    },
  )
}

onLimited(
  'S05: windows of several calendars count apart, and the draft tells each',
  {
    limit: {
      policies: [
        { name: 'day', limit: 3, window: 'day', timeZone: 'Europe/Berlin' },
        { name: 'week', limit: 2, window: 'week', timeZone: 'Asia/Kathmandu' },
        { name: 'bill', limit: 4, window: { month: 31 } },
      ],
      headers: { draft: 'draft-11', legacy: false },
      key: () => 'a',
    },
    routes,
  },
  async (served) => {
    // The first hour of the day of 25 hours.
    vi.setSystemTime(Date.parse('2026-10-24T22:00Z'))
    const responses = [await sendTo(served), await sendTo(served), await sendTo(served)]
    const fields = responses.map((response) =>
      ['RateLimit-Policy', 'RateLimit', 'Retry-After'].map(
        (name) => new RegExp(`^${name}: (.*?)\\r?$`, 'm').exec(response)?.[1],
      ),
    )
    const policy = '"day";q=3;w=86400, "week";q=2;w=604800, "bill";q=4;w=2678400'
    const partition = 'pk=:ypeBEsobvcr6wjGz:'
    const standing = (day: number, week: number, bill: number): string =>
      `"day";r=${day};t=90000;${partition}, "week";r=${week};t=72900;${partition}, "bill";r=${bill};t=525600;${partition}`
    expect(fields).toEqual([
      [policy, standing(2, 1, 3), undefined],
      [policy, standing(1, 0, 2), undefined],
      [policy, standing(1, 0, 2), '72900'],
    ])
  },
)

onLimited(
  'S05: what costs more than a limit waits for as long as a window, whatever is left of this one',
  { limit: { ...two({ month: 15 }, 'Europe/Berlin'), cost: () => 3 }, routes },
  async (served) => {
    expect(standingOf(await sendTo(served))).toMatchObject({
      status: 429,
      remaining: 2,
      retryAfter: 31 * 86_400,
    })
  },
)

onLimited(
  'S05: a store of somebody else makes nobody wait for longer than it says that a window lasts',
  {
    limit: {
      ...two('day', 'Europe/Berlin'),
      store: () => ({
        consume: () => ({
          allowed: false,
          standings: [{ remaining: 0, resetAfter: 90_000 }],
          violated: [0],
          retryAfter: 1e9,
        }),
        close() {},
      }),
    },
    routes,
  },
  async (served) => {
    expect(standingOf(await sendTo(served))).toMatchObject({ status: 429, retryAfter: 90_000 })
  },
)

test.each([
  ['day', 'Asia/Kathmandu', '2026-11-20T12:00Z', 6.25 * 3600],
  ['day', 'Europe/Berlin', '2026-10-24T22:00Z', 25 * 3600],
  ['week', undefined, '2026-11-20T12:00Z', 60 * 3600],
  [{ month: 15 }, 'UTC', '2026-11-20T12:00Z', 24.5 * 86_400],
] as const)('S05: a cooldown of %o in %s rests from %s for %i s', async (window, timeZone, time, seconds) => {
  vi.setSystemTime(Date.parse(time))
  const reports = cooldown({ window, timeZone })
  expect([await reports.start('a'), await reports.start('a')]).toEqual([0, seconds])
  vi.setSystemTime(Date.parse(time) + seconds * 1000 - 1)
  expect(await reports.start('a')).toBe(1)
  vi.setSystemTime(Date.parse(time) + seconds * 1000)
  expect(await reports.start('a')).toBe(0)
})
