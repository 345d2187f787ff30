import { createHook } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Rule } from './bench.ts'
import { fixed, sliding } from './limits.ts'
import { failure } from './said.ts'

export const CLOSING: readonly Rule[] = [
  {
    title: 'a store can be closed twice',
    async play(bench) {
      const store = bench.open(fixed(5))
      for (const time of ['first', 'second']) {
        try {
          store.close()
        } catch (error) {
          throw failure(
            'Closing what is closed does nothing.',
            'no error',
            `threw the ${time} time: ${String(error)}`,
          )
        }
      }
    },
  },
  {
    title: 'a store that is closed keeps no timer, so that the process can end',
    async play(bench) {
      const timers: NodeJS.Timeout[] = []
      const opened = collectTimers(timers, () => bench.open(fixed(5), sliding(5)))
      await collectTimers(timers, () => opened.consume(bench.key()))
      opened.close()
      await sleep(50)
      const kept = timers.filter((timer) => timer.hasRef()).length
      const rule = 'The process can end once its stores are closed.'
      if (kept > 0) {
        throw failure(
          rule,
          'no timer that keeps the process alive',
          `left ${kept}: use clearTimeout or clearInterval in close(), or unref()`,
        )
      }
    },
  },
]

/** Collects the timers that a call sets. Those that the store's client sets later are the app's. */
function collectTimers<T>(timers: NodeJS.Timeout[], call: () => T): T {
  const hook = createHook({
    init(_id, type, _trigger, resource) {
      if (type === 'Timeout') timers.push(resource as NodeJS.Timeout)
    },
  }).enable()
  try {
    return call()
  } finally {
    hook.disable()
  }
}
