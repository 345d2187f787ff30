import { AssertionError } from 'node:assert'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Range, Said } from './said.ts'

/** Seconds. Clocks are read, and timers fire, a little beside the time. */
export const TOLERANCE = 0.02

type When = Pick<Said, 'sent' | 'answered'>

/** Waits so many seconds, and a little more. */
export async function pass(duration: number): Promise<void> {
  await sleep((duration + TOLERANCE) * 1000)
}

/**
 * Returns what is left of a time, whatever the way to the store takes.
 *
 * @param duration - the seconds of the whole time
 * @param begun - the call that it began with
 * @param said - the call whose answer tells the rest
 */
export function restOf(duration: number, begun: When, said: When): Range {
  return {
    from: Math.max(0, duration - (said.answered - begun.sent) - TOLERANCE),
    to: Math.min(duration, duration - (said.sent - begun.answered) + TOLERANCE),
  }
}

/** Tells whether a call was surely decided before a time since another was over. */
export function isWithin(duration: number, begun: When, said: When): boolean {
  return said.answered - begun.sent < duration - TOLERANCE
}

/** The real windows that rules are played in. A store has a clock of its own, which nobody can turn for it. */
const SHORT_WINDOWS = [0.3, 1.2, 4.8, 19.2]

/**
 * Plays a rule of short windows. A machine, or a way to the store, that was too slow for one gets a longer one.
 *
 * @param play - returns false when the time was over before the rule could be seen; each time, its keys are new ones
 */
export async function inTime(play: (window: number) => Promise<boolean>): Promise<void> {
  for (const window of SHORT_WINDOWS) if (await play(window)) return
  throw new AssertionError({
    message: `Nothing could be told within ${SHORT_WINDOWS.at(-1)} s: the machine or its way to the store is too slow, or the clock of the store is wrong.`,
  })
}
