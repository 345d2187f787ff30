import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../vitest.config.ts'
import { Unloaded } from './unloaded.ts'
import { ROOMS, type Room } from './rooms.ts'

// Its projects are for the whole suite: a mutant is asked about by one worker after the other. A thread takes no flags.
const { projects: _, execArgv: __, ...test } = base.test!
const folders = ROOMS[process.env['ROOM'] as Room]

export default mergeConfig(
  { ...base, test },
  defineConfig({
    test: {
      isolate: false,
      reporters: [new Unloaded()],
      include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    },
  }),
)
