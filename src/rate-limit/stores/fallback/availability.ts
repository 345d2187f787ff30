/** The delay between two probes in milliseconds, doubling from the first to the last. */
const FIRST_PROBE = 100
const LAST_PROBE = 2_000
/** A store that has been back for so many milliseconds is sound. When it fails earlier, probes go on getting rarer. */
const SOUND = 10_000

export type State = 'degraded' | 'restored'

/**
 * Knows whether a store is away, from how its requests end. The first failure sends it away. Single requests then probe
 * it, less and less often, and the first that is answered brings it back.
 *
 * A request notes the period in which it is sent, and hands it back with its end: what was sent before the last change
 * says nothing about the store now.
 */
export class Availability {
  readonly #changed: (state: State, error: unknown) => void
  #isAway = false
  #period = 0
  #isProbing = false
  #probes = 0
  #probeAt = 0
  #restoredAt = -Infinity

  /** @param changed - called with each change, and with the error that sent the store away */
  constructor(changed: (state: State, error: unknown) => void) {
    this.#changed = changed
  }

  get isAway(): boolean {
    return this.#isAway
  }

  /** The number of changes so far. */
  get period(): number {
    return this.#period
  }

  /** Lets a request ask the store that is away, and no other until that one has said how it ended. */
  mayProbe(): boolean {
    if (this.#isProbing || performance.now() < this.#probeAt) return false
    this.#isProbing = true
    return true
  }

  answered(period: number): void {
    if (!this.#isAway || period !== this.#period) return
    this.#isProbing = false
    this.#restoredAt = performance.now()
    this.#change('restored', undefined)
  }

  failed(error: unknown, period: number): void {
    if (period !== this.#period) return
    const now = performance.now()
    if (this.#isAway) {
      this.#isProbing = false
      this.#postpone(now)
      return
    }
    if (now - this.#restoredAt > SOUND) this.#probes = 0
    this.#postpone(now)
    this.#change('degraded', error)
  }

  #change(state: State, error: unknown): void {
    this.#isAway = state === 'degraded'
    this.#period++
    this.#changed(state, error)
  }

  /** Half of each delay is left to chance, so that machines do not come back all at once. */
  #postpone(now: number): void {
    const delay = Math.min(FIRST_PROBE * 2 ** this.#probes++, LAST_PROBE)
    this.#probeAt = now + delay * (0.5 + Math.random() / 2)
  }
}
