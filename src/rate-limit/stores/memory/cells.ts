const PAGE_BITS = 10
const PAGE_SIZE = 1 << PAGE_BITS

/** Keeps numbers by slot, so many for each. It grows page by page: nothing is copied, and nothing paid in advance. */
export class Cells {
  readonly #width: number
  readonly #pages: Float64Array[] = []

  constructor(width: number) {
    this.#width = width
  }

  /** Returns the page that holds a slot. */
  page(slot: number): Float64Array {
    const index = slot >> PAGE_BITS
    while (this.#pages.length <= index) this.#pages.push(new Float64Array(PAGE_SIZE * this.#width))
    return this.#pages[index]!
  }

  /** Returns where in its page a slot begins. */
  offset(slot: number): number {
    return (slot & (PAGE_SIZE - 1)) * this.#width
  }

  clear(slot: number): void {
    const offset = this.offset(slot)
    this.page(slot).fill(0, offset, offset + this.#width)
  }
}
