import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCalendar, type Calendar, type Unit } from '../../src/rate-limit/calendar.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A period as texts, to the second where that is all, and its hours. */
function periodOf(calendar: Calendar, time: string): readonly [start: string, end: string, hours: number] {
  const { start, end } = calendar.periodAt(Date.parse(time))
  return [textOf(start), textOf(end), (end - start) / HOUR]
}

function textOf(time: number): string {
  return new Date(time).toISOString().replace(/(?::00)?\.000Z$/, 'Z')
}

describe('a calendar', () => {
  test('S05: is named by its windows, so that a time zone, and nothing else, tells days apart', () => {
    const names = [
      createCalendar('day'),
      createCalendar('week', 1, 'UTC'),
      createCalendar('month', 1, 'utc'),
      createCalendar('month', 15),
      createCalendar('month', 31, 'Europe/Berlin'),
      createCalendar('day', 1, 'Asia/Kathmandu'),
    ].map(({ name, length }) => [name, length / 86_400])
    expect(names).toEqual([
      ['day', 1],
      ['week', 7],
      ['month', 31],
      ['month 15', 31],
      ['month 31 Europe/Berlin', 31],
      ['day Asia/Kathmandu', 1],
    ])
  })

  test('S05: is asked for the same window again without making it anew', () => {
    for (const calendar of [createCalendar('month'), createCalendar('day', 1, 'Europe/Berlin')]) {
      const { start, end } = calendar.periodAt(Date.UTC(2026, 9, 25, 12))
      const period = calendar.periodAt(start)
      for (const time of [start, start + 1, end - 1]) expect(calendar.periodAt(time)).toBe(period)
    }
  })

  test.each([
    ['week', 1, '2026-11-20T12:00Z', '2026-11-16T00:00Z', '2026-11-23T00:00Z'],
    ['week', 1, '2026-11-22T23:59:59.999Z', '2026-11-16T00:00Z', '2026-11-23T00:00Z'],
    ['week', 1, '2026-11-23T00:00Z', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
    ['week', 1, '2027-01-01T00:00Z', '2026-12-28T00:00Z', '2027-01-04T00:00Z'],
    ['week', 1, '1970-01-01T00:00Z', '1969-12-29T00:00Z', '1970-01-05T00:00Z'],
    ['month', 1, '2026-11-20T12:00Z', '2026-11-01T00:00Z', '2026-12-01T00:00Z'],
    ['month', 15, '2026-11-20T12:00Z', '2026-11-15T00:00Z', '2026-12-15T00:00Z'],
    ['month', 15, '2026-11-14T23:59:59.999Z', '2026-10-15T00:00Z', '2026-11-15T00:00Z'],
    ['month', 15, '2027-01-14T00:00Z', '2026-12-15T00:00Z', '2027-01-15T00:00Z'],
    ['month', 29, '2026-02-27T00:00Z', '2026-01-29T00:00Z', '2026-02-28T00:00Z'],
    ['month', 29, '2028-02-28T00:00Z', '2028-01-29T00:00Z', '2028-02-29T00:00Z'],
    ['month', 30, '2026-03-01T00:00Z', '2026-02-28T00:00Z', '2026-03-30T00:00Z'],
    ['month', 31, '2026-01-31T00:00Z', '2026-01-31T00:00Z', '2026-02-28T00:00Z'],
    ['month', 31, '2028-02-29T00:00Z', '2028-02-29T00:00Z', '2028-03-31T00:00Z'],
    ['month', 31, '2100-03-01T00:00Z', '2100-02-28T00:00Z', '2100-03-31T00:00Z'],
    ['month', 31, '2026-04-30T12:00Z', '2026-04-30T00:00Z', '2026-05-31T00:00Z'],
    ['month', 31, '2026-12-30T12:00Z', '2026-11-30T00:00Z', '2026-12-31T00:00Z'],
    ['month', 31, '2027-01-30T12:00Z', '2026-12-31T00:00Z', '2027-01-31T00:00Z'],
  ] as const)('in UTC: the %s from day %i on that holds %s', (unit, day, time, start, end) => {
    expect(periodOf(createCalendar(unit, day), time).slice(0, 2)).toEqual([start, end])
  })

  test.each([
    ['a day of 23 hours', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 25],
    [
      '23.5 hours',
      'Australia/Lord_Howe',
      '2026-10-04T00:00Z',
      '2026-10-03T13:30Z',
      '2026-10-04T13:00Z',
      23.5,
    ],
    [
      '24.5 hours',
      'Australia/Lord_Howe',
      '2026-04-05T00:00Z',
      '2026-04-04T13:00Z',
      '2026-04-05T13:30Z',
      24.5,
    ],
    // Troll alone sets its clocks by two hours.
    [
      'a day of 22 hours',
      'Antarctica/Troll',
      '2026-03-29T12:00Z',
      '2026-03-29T00:00Z',
      '2026-03-29T22:00Z',
      22,
    ],
    ['no midnight', 'America/Sao_Paulo', '2017-10-15T12:00Z', '2017-10-15T03:00Z', '2017-10-16T02:00Z', 23],
    ['no midnight', 'Africa/Cairo', '2024-04-26T12:00Z', '2024-04-25T22:00Z', '2024-04-26T21:00Z', 23],
    ['no midnight', 'Asia/Beirut', '2024-03-31T12:00Z', '2024-03-30T22:00Z', '2024-03-31T21:00Z', 23],
    [
      'its last hour twice',
      'America/Sao_Paulo',
      '2018-02-18T02:30Z',
      '2018-02-17T02:00Z',
      '2018-02-18T03:00Z',
      25,
    ],
    [
      'its first hour twice',
      'America/Havana',
      '2024-11-03T05:00Z',
      '2024-11-03T04:00Z',
      '2024-11-04T05:00Z',
      25,
    ],
    // At 00:01 clocks showed 23:01 again.
    [
      'an end that is shown again',
      'America/St_Johns',
      '2005-10-30T03:00Z',
      '2005-10-30T02:30Z',
      '2005-10-31T03:30Z',
      25,
    ],
    [
      'an end that is',
      'America/St_Johns',
      '2005-10-30T02:29:59Z',
      '2005-10-29T02:30Z',
      '2005-10-30T02:30Z',
      24,
    ],
    [
      'a next day that never was',
      'Pacific/Apia',
      '2011-12-30T09:59:59Z',
      '2011-12-29T10:00Z',
      '2011-12-30T10:00Z',
      24,
    ],
    [
      'a last day that never was',
      'Pacific/Apia',
      '2011-12-30T10:00Z',
      '2011-12-30T10:00Z',
      '2011-12-31T10:00Z',
      24,
    ],
    [
      'nearly a day twice',
      'Pacific/Kwajalein',
      '1969-09-30T20:00Z',
      '1969-09-29T13:00Z',
      '1969-10-01T12:00Z',
      47,
    ],
    ['+14', 'Pacific/Kiritimati', '2026-11-20T12:00Z', '2026-11-20T10:00Z', '2026-11-21T10:00Z', 24],
    ['-11', 'Pacific/Pago_Pago', '2026-11-20T10:59:59Z', '2026-11-19T11:00Z', '2026-11-20T11:00Z', 24],
    ['+5:45', 'Asia/Kathmandu', '2026-11-20T12:00Z', '2026-11-19T18:15Z', '2026-11-20T18:15Z', 24],
    ['+13:45', 'Pacific/Chatham', '2026-11-20T12:00Z', '2026-11-20T10:15Z', '2026-11-21T10:15Z', 24],
    ['seconds', 'Africa/Monrovia', '1972-01-05T12:00Z', '1972-01-05T00:44:30Z', '1972-01-06T00:44:30Z', 24],
    [
      'an offset of its name',
      'Etc/GMT+12',
      '2026-11-20T11:00Z',
      '2026-11-19T12:00Z',
      '2026-11-20T12:00Z',
      24,
    ],
  ] as const)('S05: a day with %s: %s, %s', (_what, timeZone, time, start, end, hours) => {
    expect(periodOf(createCalendar('day', 1, timeZone), time)).toEqual([start, end, hours])
  })

  test.each([
    ['week', 1, 'Europe/Berlin', '2026-10-22T12:00Z', '2026-10-18T22:00Z', '2026-10-25T23:00Z', 169],
    ['week', 1, 'America/Santiago', '2026-09-05T12:00Z', '2026-08-31T04:00Z', '2026-09-07T03:00Z', 167],
    ['month', 1, 'Europe/Berlin', '2026-02-28T23:00Z', '2026-02-28T23:00Z', '2026-03-31T22:00Z', 743],
    ['month', 15, 'Asia/Tokyo', '2026-11-14T15:00Z', '2026-11-14T15:00Z', '2026-12-14T15:00Z', 720],
    // It begins on the 30th, which never was.
    ['month', 30, 'Pacific/Apia', '2011-12-31T12:00Z', '2011-12-30T10:00Z', '2012-01-29T10:00Z', 720],
    ['month', 15, 'America/Sao_Paulo', '2017-10-15T03:00Z', '2017-10-15T03:00Z', '2017-11-15T02:00Z', 743],
  ] as const)('S05: the %s from day %i on in %s at %s', (unit, day, timeZone, time, start, end, hours) => {
    expect(periodOf(createCalendar(unit, day, timeZone), time)).toEqual([start, end, hours])
  })
})

/** The first day of the window that a date lies in. */
const FIRST_DAYS: Readonly<Record<Unit, (date: Date, day: number) => Date>> = {
  day: (date) => date,
  week: (date) => new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * DAY),
  month(date, day) {
    const first = [0, -1].map((months) => {
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
      const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
      return new Date(Date.UTC(year, month, Math.min(day, last)))
    })
    return first.find((first) => first <= date)!
  },
}

/**
 * Returns the function that says what is wrong with the window of a time, by the date that Intl tells there. A window
 * begins when clocks show its first day for the first time, or a later one, and ends when they show the first day of
 * the next. What they show before is earlier, and what they show until then is not later.
 */
function createCheck(unit: Unit, day: number, timeZone: string): (time: number) => readonly string[] {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' })
  const windowAt = (time: number): number => FIRST_DAYS[unit](new Date(format.format(time)), day).getTime()
  const [calendar, other] = [createCalendar(unit, day, timeZone), createCalendar(unit, day, timeZone)]
  return (time) => {
    const { start, end } = calendar.periodAt(time)
    const window = windowAt(start)
    const holds = {
      'holds the time': start <= time && time < end,
      'begins later than what is before': [1, 60_000, HOUR, 6 * HOUR, DAY].every(
        (before) => windowAt(start - before) < window,
      ),
      'ends before what is later': [1, 60_000, HOUR, 6 * HOUR, end - time].every(
        (before) => windowAt(Math.max(start, end - before)) <= window,
      ),
      'ends with it': windowAt(end) > window,
      'is followed': other.periodAt(end).start === end,
      follows: other.periodAt(start - 1).end === start,
      'is the same from its first to its last time': [start, end - 1].every((time) => {
        const same = other.periodAt(time)
        return same.start === start && same.end === end
      }),
    }
    return Object.entries(holds).flatMap(([what, isTrue]) =>
      isTrue
        ? []
        : [`${calendar.name} at ${textOf(time)}, from ${textOf(start)} to ${textOf(end)}: not ${what}`],
    )
  }
}

describe('for any time, in each of all time zones, windows follow each other', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const calendars = fc.oneof(
    fc.record({ unit: fc.constantFrom('day' as const, 'week' as const), day: fc.constant(1) }),
    fc.record({ unit: fc.constant('month' as const), day: fc.integer({ min: 1, max: 31 }) }),
  )

  test('S05: at random', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.constantFrom('UTC', ...zones),
        fc.integer({ min: Date.UTC(1901, 0), max: Date.UTC(2100, 0) }),
        ({ unit, day }, timeZone, time) => {
          expect(createCheck(unit, day, timeZone)(time)).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('S05: days on which clocks are set, of twenty years', () => {
    // Of zones whose clocks are alike, one; of its days that are alike but for their date, one.
    const alike = new Map(zones.map((timeZone) => [offsetsIn(timeZone).join(), timeZone]))
    let days = 0
    const changes = [...alike.values()].flatMap((timeZone) => {
      const check = createCheck('day', 1, timeZone)
      const offsetAt = createOffsetAt(timeZone)
      const all = changesIn(timeZone)
      days += all.length
      const kinds = new Map(
        all.map((change) => [[offsetAt(change - 1), offsetAt(change), change % DAY].join(), change]),
      )
      return [...kinds.values()].map((change) => [check(change - 1), check(change)])
    })
    expect(days).toBeGreaterThan(1_000)
    expect(changes.length).toBeGreaterThan(200)
    expect(changes.flat(2)).toEqual([])
  })
})

const MONTHS = Array.from(
  { length: Math.ceil((Date.UTC(2028, 0) - Date.UTC(2008, 0)) / (28 * DAY)) + 1 },
  (_, index) => Date.UTC(2008, 0) + index * 28 * DAY,
)

/** Tells how far the clocks of a zone are from UTC, in milliseconds of whole minutes. */
function createOffsetAt(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (time) => Date.parse(`${format.format(time)}Z`) - time
}

const offsetsIn = (timeZone: string): readonly number[] => MONTHS.map(createOffsetAt(timeZone))

/** The times at which clocks were set, and will be. */
function changesIn(timeZone: string): readonly number[] {
  const offsetAt = createOffsetAt(timeZone)
  const changes: number[] = []
  const offsets = offsetsIn(timeZone)
  for (const [index, offset] of offsets.entries()) {
    if (index === 0 || offsets[index - 1] === offset) continue
    let [before, after] = [MONTHS[index - 1]!, MONTHS[index]!]
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 120_000) * 60_000
      if (offsetAt(middle) === offset) after = middle
      else before = middle
    }
    changes.push(after)
  }
  return changes
}
