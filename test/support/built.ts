import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * A script for a process of its own, with our source, as one file: it starts in a quarter of the time in which tsx
 * compiles all of them. It stands beside its source, so that it finds the same packages, until the tests have run.
 */
export function built(script: URL): string {
  const source = fileURLToPath(script)
  const outfile = source.replace(/\.ts$/, `.${process.pid}.built.mjs`)
  buildSync({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // The one says where it is, and the others load packages when they are needed.
    external: ['locales/index.cjs', 'src/*.cjs'].map((file) => `${ROOT}${file}`),
  })
  afterAll(() => rmSync(outfile, { force: true }))
  return outfile
}
