import { isObject, type Check } from '../../../guard/options.ts'
import { ownOptions, SetupError, show } from '../../../guard/setup-error.ts'
import type { StoreDecision, Limit, Limits, Store } from '../store.ts'

/**
 * While the shared store is away, this process' own memory decides, with the whole limit or its share of it
 * (`{ share: 1 / machines }`), or nobody does.
 */
export type Fallback = 'memory' | 'allow' | { readonly share: number }

export const FALLBACK_CHECK: Check = [
  (value) => value === 'memory' || value === 'allow' || isObject(value),
  "'memory', 'allow' or a share such as { share: 1 / 4 }",
]

/**
 * Returns a `fallback` with nothing that is inherited.
 *
 * @throws SetupError - for a share that is not a part of a limit
 */
export function checkShare(fallback: Fallback | undefined): Fallback | undefined {
  if (!isObject(fallback)) return fallback
  const { share } = ownOptions<{ readonly share?: unknown }>('Option fallback', fallback, ['share'])
  if (typeof share === 'number' && share > 0 && share <= 1) return { share }
  throw new SetupError(
    `Option fallback has the share ${show(share)}. Give the part of each limit that this process may grant: above 0, at most 1.`,
  )
}

/** Makes the store that decides while the shared one is away. */
export function createLocal(
  limits: readonly Limit[],
  fallback: Fallback,
  memory: (limits: readonly Limit[]) => Required<Store>,
): Required<Store> {
  if (fallback === 'memory') return memory(limits)
  return fallback === 'allow' ? allow(limits) : share(limits, fallback.share, memory)
}

/** Lets everything pass. Nothing is counted, so that all of each limit is left. */
function allow(limits: readonly Limit[]): Required<Store> {
  const own = limits.map(({ limit }) => limit)
  const decide = (numbers: Limits = own): StoreDecision => ({
    allowed: true,
    standings: numbers.map((limit) => (limit === undefined ? limit : { remaining: limit, resetAfter: 0 })),
    violated: [],
    retryAfter: 0,
  })
  return {
    consume: (_key, _cost, numbers) => decide(numbers),
    peek: (_key, _cost, numbers) => decide(numbers),
    giveBack() {},
    reset() {},
    block() {},
    close() {},
  }
}

/** Grants a share of each limit, rounded down, and at least 1. */
function share(
  limits: readonly Limit[],
  part: number,
  memory: (limits: readonly Limit[]) => Required<Store>,
): Required<Store> {
  const own = limits.map(({ limit }) => limit)
  const store = memory(limits)
  const shareOf = (limit: number | undefined): number | undefined =>
    limit && Math.max(1, Math.floor(limit * part))

  /** A cost that the whole limit can let pass takes at most all of the share, or it would be refused for good. */
  function costOf(cost: number, numbers: Limits): number {
    const [whole, most] = [least(numbers), least(numbers.map(shareOf))]
    return cost > whole ? cost : Math.min(cost, most)
  }

  return {
    ...store,
    consume: (key, cost, numbers = own) => store.consume(key, costOf(cost, numbers), numbers.map(shareOf)),
    peek: (key, cost, numbers = own) => store.peek(key, costOf(cost, numbers), numbers.map(shareOf)),
    giveBack: (key, cost, numbers = own, receipt) =>
      store.giveBack(key, costOf(cost, numbers), numbers.map(shareOf), receipt),
  }
}

/** The lowest number that is one. */
function least(numbers: Limits): number {
  return Math.min(...numbers.filter((limit) => limit !== undefined))
}
