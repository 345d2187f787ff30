/** A new key looks at so many slots for one that is free again: more than one, to gain on new keys. */
const LOOKS = 2
const MOST_LOOKS = 100_000

/**
 * Gives each key a slot, up to `maxKeys`. A new key takes over a slot whose windows have passed; once all are taken,
 * that of the first in turn that was not asked for since its last turn (the CLOCK algorithm). There is no timer, and
 * a new key costs the same however many there are.
 */
export class Slots {
  readonly #slots = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #recent: Uint8Array
  /** Where the next look for a free slot is. */
  #look = 0
  /** Where the next turn of the CLOCK is. */
  #hand = 0

  constructor(maxKeys: number) {
    this.#recent = new Uint8Array(maxKeys)
  }

  get size(): number {
    return this.#slots.size
  }

  find(key: string): number | undefined {
    const slot = this.#slots.get(key)
    if (slot !== undefined) this.#recent[slot] = 1
    return slot
  }

  /** Returns a slot for a key that has none. The caller has to clear its counts. */
  take(key: string, isIdle: (slot: number) => boolean): number {
    const slot = this.#free(isIdle)
    const own = ownCopy(key)
    this.#slots.set(own, slot)
    this.#keys[slot] = own
    // Many keys are asked for once. They go before any that was asked for again.
    this.#recent[slot] = 0
    return slot
  }

  #free(isIdle: (slot: number) => boolean): number {
    const { length } = this.#keys
    for (let look = 0; look < Math.min(LOOKS, length); look++) {
      const slot = this.#look
      this.#look = this.#after(slot)
      if (isIdle(slot)) return this.#evict(slot)
    }
    if (length < this.#recent.length) return length
    // The looks are limited: if all keys were asked for again, a full round would look at every one.
    for (let look = 0; look < MOST_LOOKS && this.#recent[this.#hand] === 1; look++) {
      this.#recent[this.#hand] = 0
      this.#hand = this.#after(this.#hand)
    }
    const slot = this.#hand
    this.#hand = this.#after(slot)
    return this.#evict(slot)
  }

  #evict(slot: number): number {
    this.#slots.delete(this.#keys[slot]!)
    return slot
  }

  #after(slot: number): number {
    return (slot + 1) % this.#keys.length
  }
}

/** A key that was cut out of a header would keep the whole header in memory. */
function ownCopy(key: string): string {
  const copy = Buffer.from(key, 'latin1').toString('latin1')
  return copy === key ? copy : key
}
