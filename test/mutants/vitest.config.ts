import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../vitest.config.ts'

// Its projects are for the whole suite: a mutant is asked about by one worker after the other.
const { projects: _, ...test } = base.test!
const room = process.env['ROOM'] ?? '*'

export default mergeConfig(
  { ...base, test },
  defineConfig({
    test: { isolate: false, include: [`test/${room}/**/*.test.ts`, 'test/contract/contract.test.ts'] },
  }),
)
