import type { Bench, OpenStore, Rule, UnnamedLimit } from './bench.ts'
import { fixed, LONG, sliding } from './limits.ts'
import { failure } from './said.ts'

const LIMIT: UnnamedLimit = { ...fixed(5), name: 'api' }

/** Limits that are another one than `LIMIT`, each by one part. */
const OTHERS: readonly (readonly [part: string, limit: UnnamedLimit])[] = [
  ['name', { ...LIMIT, name: 'api2' }],
  ['window', { ...LIMIT, window: LONG + 0.001 }],
  ['algorithm', { ...LIMIT, algorithm: 'sliding' }],
]

export const SHARING: readonly Rule[] = [
  {
    title: 'the stores of one factory count together',
    shared: true,
    async play(bench) {
      const [one, other] = openTwo(bench)
      const key = bench.key()
      await one.consume(key, 2)
      const said = await other.consume(key)
      said.mustBe('What one store counted, another one of the same factory knows.', { remaining: [2, 2] })
    },
  },
  {
    title: 'the stores of one factory count apart',
    shared: false,
    async play(bench) {
      const [one, other] = openTwo(bench)
      const key = bench.key()
      await one.consume(key, 2)
      const said = await other.consume(key)
      said.mustBe('storeContract was told, by shared: false, that stores know nothing of each other.', {
        remaining: [4, 4],
      })
    },
  },
  {
    title: 'parallel requests to two stores pass exactly as often as the limit says',
    shared: true,
    async play(bench) {
      const stores = [bench.open(fixed(20)), bench.open(fixed(20))]
      const key = bench.key()
      const asked = await Promise.all(Array.from({ length: 200 }, (_, i) => stores[i % 2]!.consume(key)))
      const passed = asked.filter(({ decision }) => decision.allowed).length
      const rule = 'Of 200 parallel requests to two stores against a limit of 20, exactly 20 pass.'
      if (passed !== 20) throw failure(rule, '20 allowed', `allowed ${passed}`)
    },
  },
  {
    title: 'the number of a limit is no part of what is counted together, nor is its place',
    shared: true,
    async play(bench) {
      const one = bench.open(LIMIT, { ...sliding(5), name: 'all' })
      const other = bench.open({ ...sliding(50), name: 'all' }, { ...LIMIT, limit: 9 })
      const key = bench.key()
      await one.consume(key, 2)
      const said = await other.consume(key)
      said.mustBe('A limit whose number changes with a deployment keeps what was counted.', {
        remaining: [47, 6],
      })
    },
  },
  ...OTHERS.map(([part, limit]): Rule => ({
    title: `limits with another ${part} count apart`,
    shared: true,
    async play(bench) {
      const one = bench.open(LIMIT)
      const other = bench.open(limit)
      const key = bench.key()
      await one.consume(key, 2)
      const said = await other.consume(key)
      said.mustBe(
        `A limit is known by its name, its window and its algorithm: another ${part} is another limit.`,
        {
          remaining: [4],
        },
      )
    },
  })),
  {
    title: 'reset leaves the limits of other stores as they are',
    shared: true,
    needs: ['reset'],
    async play(bench) {
      const key = bench.key()
      const one = bench.open(LIMIT)
      const other = bench.open({ ...LIMIT, name: 'other' })
      await one.consume(key, 2)
      await other.consume(key, 2)
      await one.reset(key)
      const kept = await other.consume(key)
      kept.mustBe("A reset forgets the counts of its own store's limits alone.", { remaining: [2] })
    },
  },
  {
    title: 'a limit that is blocked or reset is so in every store that has it, and no other limit is',
    shared: true,
    needs: ['block', 'reset'],
    async play(bench) {
      const key = bench.key()
      const one = bench.open(LIMIT)
      const same = bench.open({ ...sliding(5), name: 'more' }, { ...LIMIT, limit: 9 })
      const other = bench.open({ ...LIMIT, name: 'other' })
      await one.block(key, LONG)
      const blocked = await same.consume(key)
      blocked.mustBe('Limits that count together are blocked together.', { allowed: false })
      const free = await other.consume(key)
      free.mustBe('A block holds for the limits of its own store alone.', { allowed: true, remaining: [4] })
      await one.reset(key)
      const open = await same.consume(key)
      open.mustBe('Limits that count together are reset together.', { allowed: true, remaining: [4, 8] })
    },
  },
  {
    title: 'a store that is closed leaves the others of its factory open',
    shared: true,
    async play(bench) {
      const [one, other] = openTwo(bench)
      const key = bench.key()
      await one.consume(key)
      one.close()
      const said = await other.consume(key)
      said.mustBe('The client that stores share is closed by the app, not by a store.', { remaining: [3, 3] })
    },
  },
]

function openTwo(bench: Bench): readonly [OpenStore, OpenStore] {
  const limits = [fixed(5), sliding(5)]
  return [bench.open(...limits), bench.open(...limits)]
}
