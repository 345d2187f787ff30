import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { createHttp2Fuzzer } from './fuzz-http2.ts'
import { cases, createFuzzer, seed, type Fuzzer } from './fuzz.ts'

describe('Generated errors and requests', () => {
  for (const [over, create, count] of [
    ['HTTP/1', createFuzzer, 250],
    ['HTTP/2', createHttp2Fuzzer, 60],
  ] as const satisfies readonly (readonly [string, () => Promise<Fuzzer>, number])[]) {
    test(`${count} of them hold every guarantee over ${over} on every framework (FUZZ_SEED=${seed})`, async () => {
      const fuzzer = await create()
      try {
        await fc.assert(fc.asyncProperty(cases, fuzzer.run), { seed, numRuns: count })
      } finally {
        fuzzer.close()
      }
    }, 120_000)
  }
})
