import type { StoreDecision, Store } from '../../../src/rate-limit/stores/store.ts'

let awake = 0
let tick = performance.now()
setInterval(() => {
  const now = performance.now()
  awake += Math.min(now - tick, 15)
  tick = now
}, 5).unref()

/** The milliseconds in which this process was awake so far: those in which the machine let it wait are left out. */
export function awakeFor(): number {
  return awake
}

/** Asks once, and says how long it took: without the time in which the tests kept the process itself busy. */
export async function timed(
  store: Pick<Store, 'consume'>,
  key: string,
  cost = 1,
): Promise<Omit<StoreDecision, 'receipt'> & { readonly ms: number }> {
  const started = awake
  const { receipt: _, ...decision } = await store.consume(key, cost)
  return { ...decision, ms: awake - started }
}
