import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Availability } from '../../../../src/rate-limit/stores/fallback/availability.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  // The longest delays. Half of each is left to chance.
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const error = new Error('away')

function watched() {
  const changes: (readonly [state: string, error: unknown])[] = []
  const availability = new Availability((...change) => changes.push(change))
  return { availability, changes }
}

/** Milliseconds until a probe is let through. */
function delay(availability: Availability): number {
  let waited = 0
  while (!availability.mayProbe()) {
    vi.advanceTimersByTime(1)
    waited++
  }
  return waited
}

/** The delays before each of so many probes that fail. */
function delays(availability: Availability, probes: number): readonly number[] {
  return Array.from({ length: probes }, () => {
    const waited = delay(availability)
    availability.failed(error, availability.period)
    return waited
  })
}

describe('N02: a store', () => {
  test('N02: is there at first, and answers change nothing', () => {
    const { availability, changes } = watched()
    availability.answered(availability.period)
    expect([availability.isAway, availability.period, changes]).toEqual([false, 0, []])
  })

  test('N02: is away from its first failure until a probe is answered', () => {
    const { availability, changes } = watched()
    availability.failed(error, 0)
    expect([availability.isAway, availability.period]).toEqual([true, 1])
    expect(delay(availability)).toBe(100)
    availability.answered(1)
    expect([availability.isAway, availability.period]).toEqual([false, 2])
    expect(changes).toEqual([
      ['degraded', error],
      ['restored', undefined],
    ])
  })

  test('N02: is away in every state that its app can see, while that is told', () => {
    const seen: boolean[] = []
    const availability: Availability = new Availability(() => seen.push(availability.isAway))
    availability.failed(error, 0)
    availability.answered(1)
    expect(seen).toEqual([true, false])
  })

  test('N02: goes away once, however many of its requests fail', () => {
    const { availability, changes } = watched()
    for (let request = 0; request < 3; request++) availability.failed(error, 0)
    expect([availability.period, changes.length]).toEqual([1, 1])
  })
})

describe('N02: what was sent before the last change', () => {
  test('N02: neither brings a store back nor lets a second probe through', () => {
    const { availability, changes } = watched()
    availability.failed(error, 0)
    expect(delay(availability)).toBe(100)
    availability.answered(0)
    availability.failed(error, 0)
    expect([availability.isAway, availability.mayProbe(), changes.length]).toEqual([true, false, 1])
  })

  test('N02: does not send a store away that came back', () => {
    const { availability, changes } = watched()
    availability.failed(error, 0)
    availability.answered(1)
    availability.failed(error, 0)
    availability.failed(error, 1)
    expect([availability.isAway, changes.length]).toEqual([false, 2])
  })
})

describe('N02: probes', () => {
  test('N02: are one at a time, however long that one takes', () => {
    const { availability } = watched()
    availability.failed(error, 0)
    expect(delay(availability)).toBe(100)
    vi.advanceTimersByTime(60_000)
    expect(availability.mayProbe()).toBe(false)
    availability.failed(error, 1)
    expect(delay(availability)).toBe(200)
  })

  test('N02: come at delays that double up to 2 s, and half of each is left to chance', () => {
    const longest = watched().availability
    longest.failed(error, 0)
    expect(delays(longest, 7)).toEqual([100, 200, 400, 800, 1600, 2000, 2000])
    vi.mocked(Math.random).mockReturnValue(0)
    const shortest = watched().availability
    shortest.failed(error, 0)
    expect(delays(shortest, 7)).toEqual([50, 100, 200, 400, 800, 1000, 1000])
  })

  test('N02: of a store that fails again within 10 s go on getting rarer, and later begin anew', () => {
    const { availability } = watched()
    availability.failed(error, 0)
    expect(delays(availability, 2)).toEqual([100, 200])
    delay(availability)
    availability.answered(availability.period)
    vi.advanceTimersByTime(10_000)
    availability.failed(error, availability.period)
    expect(delay(availability)).toBe(800)
    availability.answered(availability.period)
    vi.advanceTimersByTime(10_001)
    availability.failed(error, availability.period)
    expect(delay(availability)).toBe(100)
  })

  test('N02: never end, after however many', () => {
    const { availability } = watched()
    availability.failed(error, 0)
    delays(availability, 1100)
    expect(delay(availability)).toBe(2000)
  })
})
