import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { ENTRIES } from '../.build/entries.ts'
import { APART } from './support/apart.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Files that look at modules as they are when nobody has used them, or measure the heap, or code that is hot for them; and
 * those that Nest's logger or the globals that @hono/node-server replaces must not come to from another file.
 */
const ALONE = [
  'test/clients/catalogs.test.ts',
  'test/clients/forms.test.ts',
  'test/docs/examples.test.ts',
  'test/frameworks/hono/node.test.ts',
  'test/frameworks/nest/contexts.test.ts',
  'test/frameworks/web/with-errors.test.ts',
  'test/identify/families/validators/zod-mini.test.ts',
  'test/rate-limit/stores/memory-store.test.ts',
  'test/reliability/process.test.ts',
]

/** The contract and the reliability cases, on the frameworks that have an install of their own. */
const THROUGH_ALL = ['test/frameworks/{reliability,wire}/**/*.test.ts']

/** What may differ with the version of Express or Koa: how it calls us, and what it does with a response. */
const OF_VERSIONS = [
  'test/adapters/**/*.test.ts',
  'test/reliability/{body,found,headers,http2,koa-*,life-cycle,own-parts,parsers-and-routers,requests,status,surroundings,thrown-values}.test.ts',
  'test/wire/{contract,reference}.test.ts',
]
const ofLowest = process.env['LOWEST'] !== undefined

/** Tests of libraries that have an install of their own, where that was not made. On CI they fail. */
const leftOut = APART.filter((folder) => !existsSync(`${root}${folder}/node_modules`))
const without = process.env['CI'] ? [] : leftOut.map((folder) => `${folder}/**`)

export default defineConfig({
  root,
  resolve: {
    // Examples and the guide import the package by its name; here that is the source.
    alias: [
      // P-Z07: the lowest version of each supported major (`npm run test:lowest`).
      ...(ofLowest ? [{ find: /^(express4?|koa2?)$/, replacement: '$1-lowest' }] : []),
      ...ENTRIES.map(({ name, source }) => ({ find: new RegExp(`^${name}$`), replacement: root + source })),
    ],
  },
  test: {
    testTimeout: 30_000,
    setupFiles: ['test/support/quiet.ts'],
    // As everything else that is printed.
    disableConsoleIntercept: true,
    // Some guarantees are times. A busy machine may pause once; what we do slowly is slow again.
    retry: process.env['CI'] ? 1 : 0,
    // Most tests wait for sockets.
    maxWorkers: 3,
    // What tests leave behind is young: a collection in a large space takes no longer than in a small one.
    execArgv: ['--max-semi-space-size=64'],
    // Loading the libraries anew for every file would take as long as the tests.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          ...(leftOut.length === 0 ? {} : { globalSetup: ['test/support/left-out.ts'] }),
          isolate: false,
          include: ofLowest ? OF_VERSIONS : ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE, ...THROUGH_ALL, ...without],
        },
      },
      {
        extends: true,
        test: {
          name: 'through all frameworks',
          isolate: false,
          setupFiles: ['test/frameworks/support/through-all.ts'],
          include: ofLowest ? [] : THROUGH_ALL,
          exclude: [...configDefaults.exclude, ...without],
        },
      },
      { extends: true, test: { name: 'alone', include: ofLowest ? [] : ALONE, exclude: without } },
    ],
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { 'src/{guard,catalog,error,answer}/**': { statements: 100, branches: 95 } },
    },
  },
})
