import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** What a front end sends to its people for this: minified, and packed as tightly as gzip can. In bytes. */
async function sizeOf(name: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { ${name} } from './src/client/index.ts'\nglobalThis.used = ${name}`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
  })
  expect(Object.keys(metafile.inputs).filter((file) => !/^(?:src\/client\/|<stdin>)/.test(file))).toEqual([])
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

test.each([
  ['createReader', 2048],
  ['createClient', 4000],
  ['pathSegments', 250],
])('%s and all that it needs are %d bytes at most', async (name, bytes) => {
  expect(await sizeOf(name)).toBeLessThanOrEqual(bytes)
})
