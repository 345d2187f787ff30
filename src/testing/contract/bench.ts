import { AssertionError } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { isArray, read } from '../../guard/read.ts'
import type { StoreDecision, Limit, Limits, Store, StoreFactory } from '../../rate-limit/stores/store.ts'
import { failure, Said, show, showCall, type Call } from './said.ts'

/** What a store may leave out. */
export type StoreFeature = 'peek' | 'giveBack' | 'reset' | 'block'

/** One rule of stores, and how to try it. */
export interface Rule {
  readonly title: string
  readonly needs?: readonly StoreFeature[]
  /** Whether it is a rule only where the stores of one factory count together, or only where they do not. */
  readonly shared?: boolean
  readonly play: (bench: Bench) => void | Promise<void>
}

export type UnnamedLimit = Omit<Limit, 'name'> & { readonly name?: string }

/** Limits that a rule names by their place alone get these names. */
const NAMES = ['first', 'second', 'third']

function named(limit: UnnamedLimit, index: number): Limit {
  return { name: NAMES[index]!, ...limit }
}

/** Opens the stores that one rule is tried on, and closes them. */
export class Bench {
  readonly factory: StoreFactory
  readonly #needs: readonly StoreFeature[]
  readonly #unique = randomBytes(4).toString('hex')
  readonly #opened = new Set<OpenStore>()

  constructor(factory: StoreFactory, needs: readonly StoreFeature[]) {
    this.factory = factory
    this.#needs = needs
  }

  open(...limits: readonly UnnamedLimit[]): OpenStore {
    const store = this.factory(limits.map(named))
    const open = new OpenStore(store)
    this.#opened.add(open)
    const missing = this.#needs.find((feature) => typeof store[feature] !== 'function')
    if (missing !== undefined) {
      throw new AssertionError({
        message: `The store has no ${missing}. Write it; or, to leave it out on purpose: storeContract(createStore, { without: ['${missing}'] })`,
      })
    }
    return open
  }

  /** A key that no other rule and no other run asks for, so that a server may be used again. */
  key(text = ''): string {
    return `${this.#unique}${text}`
  }

  close(): void {
    for (const { isClosed, store } of this.#opened) if (!isClosed) store.close()
  }
}

/** A store, with each call and answer on record. */
export class OpenStore {
  readonly store: Store
  isClosed = false

  constructor(store: Store) {
    this.store = store
  }

  close(): void {
    this.isClosed = true
    this.store.close()
  }

  consume(key: string, cost = 1, limits?: Limits): Promise<Said> {
    return this.#ask({ method: 'consume', key, cost, limits })
  }

  peek(key: string, cost = 1, limits?: Limits): Promise<Said> {
    return this.#ask({ method: 'peek', key, cost, limits })
  }

  async #ask(call: Call): Promise<Said> {
    const { method, key, cost, limits } = call
    const asked = showCall(method, key, cost, limits)
    const sent = seconds()
    const answer: unknown = await told(asked, () => this.store[method]!(key, cost, limits))
    const answered = seconds()
    if (isDecision(answer)) return new Said(call, answer, sent, answered)
    throw failure(
      'A store answers with a decision.',
      '{ allowed, standings, violated, retryAfter }',
      `said: ${show(answer)}\nTo: ${asked}`,
    )
  }

  /** Gives back what was counted by a call. */
  async giveBack({ call: { key, cost, limits }, decision }: Said): Promise<void> {
    const { receipt } = decision
    await told(`giveBack(${key}, ${cost})`, () => this.store.giveBack!(key, cost, limits, receipt))
  }

  async reset(key: string): Promise<void> {
    await told(showCall('reset', key), () => this.store.reset!(key))
  }

  /** Returns when it was sent and answered. */
  async block(key: string, duration: number): Promise<Pick<Said, 'sent' | 'answered'>> {
    const sent = seconds()
    await told(showCall('block', key, duration), () => this.store.block!(key, duration))
    return { sent, answered: seconds() }
  }
}

/** What is wrong with the parts of a decision is for the rules to tell. */
function isDecision(answer: unknown): answer is StoreDecision {
  return typeof read(answer, 'allowed') === 'boolean' && isArray(read(answer, 'standings'))
}

function seconds(): number {
  return performance.now() / 1000
}

async function told<T>(call: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const rule = 'A store answers while its server is there.'
    throw Object.assign(failure(rule, `an answer to ${call}`, `threw: ${String(error)}`), { cause: error })
  }
}
