import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { cases, createFuzzer, seed } from './fuzz.ts'

const CASES = 2_000

describe('Generated errors and requests', () => {
  test(`${CASES} of them hold every guarantee on every framework (FUZZ_SEED=${seed})`, async () => {
    const fuzzer = await createFuzzer()
    try {
      await fc.assert(fc.asyncProperty(cases, fuzzer.run), { seed, numRuns: CASES })
    } finally {
      fuzzer.close()
    }
  }, 120_000)
})
