import { KeyFailure, type Store } from './store.ts'

/** Makes a store fail, each time for the one key, where it is asked for what it does not have. */
export function complete(store: Store): Required<Store> {
  return {
    consume: (...asked) => store.consume(...asked),
    peek: store.peek ? (...asked) => store.peek!(...asked) : lacking('peek'),
    giveBack: store.giveBack ? (...asked) => store.giveBack!(...asked) : lacking('giveBack'),
    reset: store.reset ? (key) => store.reset!(key) : lacking('reset'),
    block: store.block ? (key, seconds) => store.block!(key, seconds) : lacking('block'),
    close: () => store.close(),
  }
}

function lacking(method: string): () => never {
  return () => {
    throw new KeyFailure(`The store has no ${method}`)
  }
}
