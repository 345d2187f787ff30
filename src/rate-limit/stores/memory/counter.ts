import type { Calendar } from '../../calendar.ts'
import { Cells } from './cells.ts'
import { PARTS, PARTS_KEPT } from '../parts.ts'
import { SET_BACK } from '../set-back.ts'
import type { Limit } from '../store.ts'

/** The time of a request, in milliseconds. */
export interface Moment {
  /** Never goes back. It is longer than any window from the start, so that an empty slot was used at 0. */
  readonly elapsed: number
  /** The time since the epoch, which may jump. */
  readonly wall: number
}

/** Counts one limit, slot by slot. Times are in whole milliseconds, rounded up. */
export interface Counter {
  readonly used: (slot: number, now: Moment) => number
  readonly add: (slot: number, cost: number, now: Moment) => void
  /** Takes off what was added at a moment, unless the window of that moment is over or was followed by another. */
  readonly giveBack: (slot: number, cost: number, added: Moment, now: Moment) => void
  /** Returns the time until nothing is used, if nobody asks for more. */
  readonly timeToReset: (slot: number, now: Moment) => number
  /** Returns the time until at most `rest` is used, if nobody asks for more. */
  readonly timeToWait: (slot: number, rest: number, now: Moment) => number
  /** Tells whether nothing that was counted will ever matter again. */
  readonly isOver: (slot: number, now: Moment) => boolean
  readonly clear: (slot: number) => void
}

export function createCounter({ algorithm, window: given }: Limit): Counter {
  if (typeof given !== 'number') return new CalendarCounter(given)
  const window = Math.round(given * 1000)
  return algorithm === 'sliding' ? new SlidingCounter(window) : new FixedCounter(window)
}

/** A fixed window starts with the first request and ends as a whole. Its cells are [end, used]. */
class FixedCounter implements Counter {
  readonly #cells = new Cells(2)
  readonly #window: number

  constructor(window: number) {
    this.#window = window
  }

  used(slot: number, { elapsed }: Moment): number {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    return elapsed < page[at]! ? page[at + 1]! : 0
  }

  add(slot: number, cost: number, { elapsed }: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    if (elapsed < page[at]!) {
      page[at + 1]! += cost
    } else {
      page[at] = elapsed + this.#window
      page[at + 1] = cost
    }
  }

  giveBack(slot: number, cost: number, added: Moment, { elapsed }: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    if (elapsed >= page[at]! || added.elapsed + this.#window < page[at]!) return
    page[at + 1] = Math.max(0, page[at + 1]! - cost)
    // Nothing is used: the next request begins a window.
    if (page[at + 1] === 0) this.clear(slot)
  }

  timeToReset(slot: number, { elapsed }: Moment): number {
    const end = this.#cells.page(slot)[this.#cells.offset(slot)]!
    return Math.max(0, Math.ceil(end - elapsed))
  }

  timeToWait(slot: number, _rest: number, now: Moment): number {
    return this.timeToReset(slot, now)
  }

  isOver(slot: number, now: Moment): boolean {
    return this.timeToReset(slot, now) === 0
  }

  clear(slot: number): void {
    this.#cells.clear(slot)
  }
}

/** A calendar window is a day, a week or a month. Its cells are [start, used]. */
class CalendarCounter implements Counter {
  readonly #cells = new Cells(2)
  readonly #calendar: Calendar

  constructor(calendar: Calendar) {
    this.#calendar = calendar
  }

  /** Returns the start of the window that a slot counts in: the clock's, or the next one, if that had begun already. */
  #startOf(slot: number, now: Moment): number {
    const { start, end } = this.#calendar.periodAt(now.wall)
    const hasBegun = this.#cells.page(slot)[this.#cells.offset(slot)] === end && end - now.wall <= SET_BACK
    return hasBegun ? end : start
  }

  used(slot: number, now: Moment): number {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const start = this.#startOf(slot, now)
    if (page[at]! < start) return 0
    // A count of a clock that was ahead stays until the end of the window that the clock is in now.
    page[at] = start
    return page[at + 1]!
  }

  add(slot: number, cost: number, now: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    page[at + 1] = this.used(slot, now) + cost
    page[at] = this.#startOf(slot, now)
  }

  giveBack(slot: number, cost: number, { wall }: Moment, now: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const { start, end } = this.#calendar.periodAt(now.wall)
    if (page[at] === start && wall >= start && wall < end) page[at + 1] = Math.max(0, page[at + 1]! - cost)
  }

  /** Tells the end of the clock's window: nobody waits for longer than one. */
  timeToReset(slot: number, now: Moment): number {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const { start, end } = this.#calendar.periodAt(now.wall)
    return page[at]! < start || page[at + 1] === 0 ? 0 : Math.ceil(end - now.wall)
  }

  timeToWait(slot: number, _rest: number, now: Moment): number {
    return this.timeToReset(slot, now)
  }

  /** A window is over once the clock can no longer be set back into it. */
  isOver(slot: number, now: Moment): boolean {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const { start } = this.#calendar.periodAt(now.wall)
    return page[at + 1] === 0 || (page[at]! < start && now.wall - start >= SET_BACK)
  }

  clear(slot: number): void {
    this.#cells.clear(slot)
  }
}

/**
 * A sliding window never lets more than the limit into any span as long. Requests are counted in parts of it. An old
 * part counts until a window has passed since its end, the newest until a window has passed since its last request. The
 * cells are [last, part, part, …].
 */
class SlidingCounter implements Counter {
  readonly #cells = new Cells(1 + PARTS_KEPT)
  readonly #window: number
  readonly #part: number

  constructor(window: number) {
    this.#window = window
    this.#part = window / PARTS
  }

  /** Returns a time's part. Rounding is done here alone, so that later times never have earlier parts. */
  #indexOf(time: number): number {
    return Math.floor(time / this.#part)
  }

  used(slot: number, { elapsed }: Moment): number {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const last = page[at]!
    if (last <= elapsed - this.#window) return 0
    let sum = 0
    for (let index = this.#indexOf(elapsed - this.#window); index <= this.#indexOf(last); index++) {
      sum += page[at + 1 + (index % PARTS_KEPT)]!
    }
    return sum
  }

  add(slot: number, cost: number, { elapsed }: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    // The newest part comes free before its end was a window ago. It may not count again.
    if (page[at]! <= elapsed - this.#window) this.clear(slot)
    const index = this.#indexOf(elapsed)
    for (let stale = Math.max(this.#indexOf(page[at]!), index - PARTS_KEPT) + 1; stale <= index; stale++) {
      page[at + 1 + (stale % PARTS_KEPT)] = 0
    }
    page[at + 1 + (index % PARTS_KEPT)]! += cost
    page[at] = elapsed
  }

  giveBack(slot: number, cost: number, added: Moment, { elapsed }: Moment): void {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    const index = this.#indexOf(added.elapsed)
    if (page[at]! <= elapsed - this.#window || this.#indexOf(page[at]!) - index >= PARTS_KEPT) return
    const part = at + 1 + (index % PARTS_KEPT)
    page[part] = Math.max(0, page[part]! - cost)
    if (this.used(slot, { ...added, elapsed }) === 0) this.clear(slot)
  }

  timeToReset(slot: number, { elapsed }: Moment): number {
    const last = this.#cells.page(slot)[this.#cells.offset(slot)]!
    return Math.max(0, Math.ceil(last + this.#window - elapsed))
  }

  timeToWait(slot: number, rest: number, now: Moment): number {
    const page = this.#cells.page(slot)
    const at = this.#cells.offset(slot)
    let used = this.used(slot, now)
    const newest = this.#indexOf(page[at]!)
    for (let index = this.#indexOf(now.elapsed - this.#window); index < newest; index++) {
      used -= page[at + 1 + (index % PARTS_KEPT)]!
      if (used <= rest) return Math.ceil((index + 1) * this.#part + this.#window - now.elapsed)
    }
    return this.timeToReset(slot, now)
  }

  isOver(slot: number, now: Moment): boolean {
    return this.timeToReset(slot, now) === 0
  }

  clear(slot: number): void {
    this.#cells.clear(slot)
  }
}
