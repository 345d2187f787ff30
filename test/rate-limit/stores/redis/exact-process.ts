/**
 * One of several processes that share a limit. When told `consume`, it asks 1,000 times at once and says how many passed.
 * When told `giveBack`, it gives back two of three that pass, at once, and says how many it has kept.
 */
import { libraries, limitOf, untilReady } from './clients.ts'
import type { Store } from '../../../../src/rate-limit/stores/store.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'

const [, , name, port] = process.argv
const connected = libraries.find((library) => library.name === name)!.connect(Number(port))
const store = redisStore(connected.client, { timeout: '10s' })([
  limitOf(100),
  limitOf(1_000_000, 'month', { name: 'month' }),
]) as Required<Store>
await untilReady(connected)
process.on('message', (command: 'consume' | 'giveBack') => void ask(command))
process.send!('ready')

async function ask(command: 'consume' | 'giveBack'): Promise<void> {
  let kept = 0
  await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const { allowed, receipt } = await store.consume('k', 1)
      if (!allowed) return
      if (command === 'consume' || index % 3 === 0) kept++
      else await store.giveBack('k', 1, undefined, receipt)
    }),
  )
  process.send!(kept)
}
