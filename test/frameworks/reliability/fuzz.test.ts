import * as fc from 'fast-check'
import { test } from 'vitest'
import { cases, createFuzzer, seed } from '../../reliability/fuzz.ts'

// What all objects have means something to these frameworks, and to undici: their routers and responses read it.
const unpolluted = cases.filter(({ polluted }) => Object.keys(polluted).length === 0)

test(`80 generated errors and requests hold every guarantee on every framework (FUZZ_SEED=${seed})`, async () => {
  const fuzzer = await createFuzzer()
  try {
    await fc.assert(fc.asyncProperty(unpolluted, fuzzer.run), { seed, numRuns: 80 })
  } finally {
    fuzzer.close()
  }
}, 120_000)
