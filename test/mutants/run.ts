// `npm run mutants -- answer`, or `-- answer/conceal` for one file: changes the source in every small way, and shows
// what no test of its room sees.
import { Stryker } from '@stryker-mutator/core'
import { ROOMS, type Room } from './rooms.ts'

const asked = process.argv.slice(2)
for (const target of asked.length === 0 ? Object.keys(ROOMS) : asked) {
  const [room, file = '**/*'] = target.split(/\/(.*)/)
  if (!Object.hasOwn(ROOMS, room!)) {
    throw new Error(`There is no room "${room}". Name one of ${Object.keys(ROOMS).join(', ')}.`)
  }
  // Read by vitest.config.ts.
  process.env['ROOM'] = room as Room
  await new Stryker({
    mutate: [`src/${room}/${file}.ts`],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    incremental: true,
    incrementalFile: `.mutants/${room}.json`,
    // TypeScript 7 has no API that could rewrite it, and the sandbox needs none.
    tsconfigFile: 'none',
    tempDirName: '.mutants/sandbox',
    ignorePatterns: [
      'dist',
      'coverage',
      '.mutants',
      '*.built.mjs',
      'test/bench',
      'test/foreign/node_modules',
    ],
    reporters: [process.stderr.isTTY ? 'progress' : 'dots', 'clear-text', 'html'],
    htmlReporter: { fileName: `.mutants/${room}.html` },
    clearTextReporter: { allowColor: process.stdout.isTTY, logTests: false, reportTests: false },
    thresholds: { high: 100, low: 90, break: 90 },
    timeoutMS: 20_000,
  }).runMutationTest()
}
