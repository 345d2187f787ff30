import type { Rule } from './bench.ts'
import { fixed, LONG } from './limits.ts'
import { failure } from './said.ts'

/** Texts that are one for a database that folds, cuts, escapes or parses them. */
const WORDS = String.raw`
  0 00 1000 1e3 NaN null undefined a A __proto__ constructor toString % _ %25 * ? [a] \ \\ \0 \n / // . .. , @
  : :: a:b a::b { } {} {a} {a}b {b}a $a $1 #{a} ?1 :a ' '' " '; -- ; + & = < > | ^ ~
`
/** And for one that trims them. */
const ODD = [...WORDS.trim().split(/\s+/), '`', '', ' ', '  ', 'a ', ' a']
/** The longest key. */
const LENGTH = 128

export const KEYS: readonly Rule[] = [
  {
    title: 'keys count apart, whatever is in them',
    async play(bench) {
      const store = bench.open(fixed(1))
      const start = bench.key().padEnd(LENGTH - 1, 'x')
      const hash = `sha256:${bench.key().padEnd(63, '0')}`
      const keys = [...ODD.map((text) => bench.key(text)), `${start}a`, `${start}b`, `${hash}1`, `${hash}2`]
      for (const key of keys) {
        const first = await store.consume(key)
        first.mustBe('A key that was never asked for has its whole limit.', { allowed: true })
      }
      for (const key of keys) {
        const second = await store.consume(key)
        second.mustBe('A key that was asked for is known again.', { allowed: false })
      }
    },
  },
  {
    title: 'parallel requests are counted one by one, and exactly as many pass as the limit says',
    async play(bench) {
      const store = bench.open(fixed(20), fixed(1000, 2 * LONG))
      const key = bench.key()
      const asked = await Promise.all(Array.from({ length: 200 }, () => store.consume(key)))
      const passed = asked.filter(({ decision }) => decision.allowed).length
      const rule = 'Of 200 parallel requests against a limit of 20, exactly 20 pass.'
      if (passed !== 20) throw failure(rule, '20 allowed', `allowed ${passed}`)
      const after = await store.consume(key)
      after.mustBe('Parallel requests are counted by all limits, or by none.', { remaining: [0, 980] })
    },
  },
]
