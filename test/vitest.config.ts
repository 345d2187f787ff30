import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    // Examples and README import the package by its name; here that is the source.
    alias: [
      // P-Z07: the lowest version of each supported major (`npm run test:lowest`).
      ...(process.env['LOWEST'] ? [{ find: /^(express4?|koa2?)$/, replacement: '$1-lowest' }] : []),
      { find: /^bizerror$/, replacement: `${root}src/index.ts` },
      { find: /^bizerror\/(express|koa)$/, replacement: `${root}src/adapters/$1.ts` },
      { find: /^bizerror\/catalogs\/(.*)$/, replacement: `${root}src/catalogs/$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Some guarantees are times. A busy machine may pause once; what we do slowly is slow again.
    retry: process.env['CI'] ? 1 : 0,
    // Most tests wait for sockets.
    maxWorkers: 3,
    coverage: { include: ['src/**/*.ts'], thresholds: { 'src/core/**': { statements: 100, branches: 95 } } },
  },
})
