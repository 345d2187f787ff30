import type { Calendar } from '../../rate-limit/calendar.ts'
import type { Rule } from './bench.ts'
import { fixed } from './limits.ts'
import type { Said } from './said.ts'
import { inTime, isWithin, pass } from './times.ts'

const DAY = 86_400
const HOUR = 3600
/** Seconds. The clock of a store may be beside ours by so much. */
const SKEW = 5

/** Days that begin at a time of their own, as in some time zone: the next one begins in so many seconds. */
function days(name: string, end: number): Calendar {
  const begins = Date.now() + Math.round(end * 1000)
  return {
    name: `day ${name}`,
    length: DAY,
    periodAt(time) {
      const start = begins + Math.floor((time - begins) / (DAY * 1000)) * DAY * 1000
      return { start, end: start + DAY * 1000 }
    },
  }
}

export const CALENDARS: readonly Rule[] = [
  {
    title: 'a calendar window ends when its calendar says so',
    async play(bench) {
      const store = bench.open(fixed(5, days('early', 6 * HOUR)), fixed(9, days('late', 18 * HOUR)))
      const said = await store.consume(bench.key())
      said.mustBe(
        'A window of a calendar ends with the period of the clock, however late a key was first asked for.',
        {
          remaining: [4, 8],
          resetAfter: [6 * HOUR, 18 * HOUR].map((end) => ({ from: end - 60, to: end + 60 })),
        },
      )
    },
  },
  {
    title: 'a cost beyond the limit of a calendar window waits for as long as the longest',
    async play(bench) {
      const store = bench.open(fixed(5, { ...days('short', HOUR), length: 2 * DAY }))
      const said = await store.consume(bench.key(), 6)
      said.mustBe('A cost that never fits waits for the length of the calendar.', {
        allowed: false,
        retryAfter: 2 * DAY,
      })
    },
  },
  {
    title: 'with the next calendar window a key counts anew',
    play: (bench) =>
      inTime(async (end) => {
        const store = bench.open(fixed(2, days(`${end}`, end)))
        const key = bench.key(`${end}`)
        const counted = await store.consume(key, 2)
        const refused = await store.consume(key)
        if (hasEnded(counted) || hasEnded(refused)) return false
        refused.mustBe('A window of a calendar that is full refuses until its end.', {
          allowed: false,
          retryAfter: { from: 0.001, to: end + SKEW },
        })
        await pass(refused.decision.retryAfter)
        const next = await store.consume(key)
        next.mustBe('The next window of a calendar has counted nothing.', { allowed: true, remaining: [1] })
        return true
      }),
  },
  {
    title: 'giveBack gives nothing back to the next calendar window',
    needs: ['giveBack'],
    play: (bench) =>
      inTime(async (end) => {
        const store = bench.open(fixed(5, days(`${end}`, end)))
        const key = bench.key(`${end}`)
        await store.consume(key)
        const before = await store.consume(key, 2)
        await store.giveBack(before)
        const within = await store.consume(key)
        if (hasEnded(before) || hasEnded(within)) return false
        within.mustBe('A window of a calendar gets back what it counted.', {
          remaining: [3],
          resetAfter: [{ from: 0.001, to: end + SKEW }],
        })
        await pass(resetAfter(within))
        await store.consume(key, 3)
        await store.giveBack(within)
        const next = await store.consume(key)
        next.mustBe('A window of a calendar gets back only what it counted itself.', { remaining: [1] })
        return isWithin(DAY / 2, within, next)
      }),
  },
]

function resetAfter({ decision }: Said): number {
  return decision.standings[0]?.resetAfter ?? NaN
}

/** Tells whether a store, by its own clock, was asked after the end. */
function hasEnded(said: Said): boolean {
  return resetAfter(said) > DAY / 2
}
