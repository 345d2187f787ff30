import { AssertionError } from 'node:assert'
import { checkOptions, TRUE_OR_FALSE, type Checks } from '../guard/options.ts'
import { isArray } from '../guard/read.ts'
import { SetupError, show } from '../guard/setup-error.ts'
import type { StoreFactory } from '../rate-limit/stores/store.ts'
import { Bench, type Rule, type StoreFeature } from './contract/bench.ts'
import { CALENDARS } from './contract/calendars.ts'
import { BLOCKING } from './contract/block.ts'
import { CLOSING } from './contract/closing.ts'
import { COUNTING } from './contract/counting.ts'
import { GIVE_BACK } from './contract/give-back.ts'
import { KEYS } from './contract/keys.ts'
import { PEEK } from './contract/peek.ts'
import { REQUEST_LIMITS } from './contract/request-limits.ts'
import { RESET } from './contract/reset.ts'
import { SHARING } from './contract/sharing.ts'
import { WINDOWS } from './contract/windows.ts'

/** The options of `storeContract`. */
export interface StoreContractOptions {
  /**
   * Whether the stores of one factory count together, as in a database, or each for itself, as in memory.
   * @default true
   */
  readonly shared?: boolean | undefined
  /** The methods that the store leaves out on purpose. @default none */
  readonly without?: readonly StoreFeature[] | undefined
}

/** One test of a store, for any test runner: `test(title, run)`. */
export interface StoreCase {
  /** What holds. */
  readonly title: string
  /** Rejects with an AssertionError that tells the rule, what was expected and what the store said. */
  readonly run: () => Promise<void>
}

const FEATURES: Readonly<Record<StoreFeature, true>> = {
  peek: true,
  giveBack: true,
  reset: true,
  block: true,
}

const CHECKS: Checks<StoreContractOptions> = {
  shared: TRUE_OR_FALSE,
  without: [
    (value) => isArray(value) && value.every((each) => Object.hasOwn(FEATURES, each as string)),
    `an array of ${Object.keys(FEATURES).join(', ')}`,
  ],
}

const RULES: readonly Rule[] = [
  ...COUNTING,
  ...REQUEST_LIMITS,
  ...WINDOWS,
  ...CALENDARS,
  ...KEYS,
  ...SHARING,
  ...PEEK,
  ...GIVE_BACK,
  ...RESET,
  ...BLOCKING,
  ...CLOSING,
]

/**
 * Returns the tests that every store of rate limits passes, for the author of one. They need no test runner of their
 * own, nor time that is turned: windows are real and short, and all of them together take about four seconds.
 *
 * @param createStore - makes the store for each test; the keys of each are its own, so a server may stay as it is
 * @throws SetupError - when an option is wrong
 * @example
 * for (const { title, run } of storeContract(() => myStore(client))) test(title, run)
 */
export function storeContract(
  createStore: () => StoreFactory | Promise<StoreFactory>,
  options: StoreContractOptions = {},
): readonly StoreCase[] {
  if (typeof createStore !== 'function') {
    throw new SetupError(
      `storeContract was called with ${show(createStore)}. Give a function that returns a store: () => myStore(client).`,
    )
  }
  const { shared = true, without = [] } = checkOptions(
    'storeContract',
    options,
    CHECKS,
    '{ shared, without }, or nothing',
  )
  const rules = RULES.filter(
    (rule) => (rule.shared ?? shared) === shared && !rule.needs?.some((feature) => without.includes(feature)),
  )
  return [...rules, ...without.map(leavesOut)].map((rule) => ({
    title: rule.title,
    run: () => run(rule, createStore),
  }))
}

async function run(
  { needs = [], play }: Rule,
  createStore: () => StoreFactory | Promise<StoreFactory>,
): Promise<void> {
  const factory: unknown = await createStore()
  if (typeof factory !== 'function') {
    throw new AssertionError({
      message: `createStore returned ${show(factory)}. Expected: a function of the limits that returns a store`,
    })
  }
  const bench = new Bench(factory as StoreFactory, needs)
  try {
    await play(bench)
  } finally {
    bench.close()
  }
}

/** What is said to be missing, and is not, would be tried by nobody. */
function leavesOut(feature: StoreFeature): Rule {
  return {
    title: `${feature} is left out, as said`,
    play(bench) {
      const { store } = bench.open({ limit: 1, window: 1, algorithm: 'fixed' })
      if (store[feature] === undefined) return
      throw new AssertionError({
        message: `The store has a ${feature}, which without: ['${feature}'] leaves untried. Take it out of the list.`,
      })
    },
  }
}
