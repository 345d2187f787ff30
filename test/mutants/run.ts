// `npm run mutants -- answer`: changes the source of a room in every small way, and shows what no test of it sees.
import { Stryker } from '@stryker-mutator/core'

const ROOMS = ['catalog', 'error', 'identify', 'answer', 'locale', 'handler']

const rooms = process.argv.slice(2)
for (const room of rooms.length === 0 ? ROOMS : rooms) {
  // Read by vitest.config.ts.
  process.env['ROOM'] = room
  await new Stryker({
    mutate: [`src/${room}/**/*.ts`],
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    incremental: true,
    incrementalFile: `.mutants/${room}.json`,
    // TypeScript 7 has no API that could rewrite it, and the sandbox needs none.
    tsconfigFile: 'none',
    tempDirName: '.mutants/sandbox',
    ignorePatterns: ['dist', 'coverage', '*.built.mjs', 'test/bench', 'test/drivers'],
    reporters: [process.stderr.isTTY ? 'progress' : 'dots', 'clear-text', 'html'],
    htmlReporter: { fileName: `.mutants/${room}.html` },
    clearTextReporter: { allowColor: process.stdout.isTTY, logTests: false, reportTests: false },
    thresholds: { high: 100, low: 90, break: 90 },
    timeoutMS: 20_000,
  }).runMutationTest()
}
