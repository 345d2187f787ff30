import { rollup, type OutputOptions } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import manifest from '../package.json' with { type: 'json' }
import { INPUT, PEERS, ROOT } from './entries.ts'

/** Writes the types of the entry points, those of both builds from the same source. */
export async function buildTypes(folder: string): Promise<void> {
  const bundle = await rollup({
    input: INPUT,
    external: [/^node:/, ...Object.keys(manifest.dependencies), ...PEERS],
    // It tells of types that have no public name: what users infer from ours could not be declared.
    onLog(_level, { message }) {
      throw new Error(message)
    },
    plugins: [dts({ tsconfig: `${ROOT}tsconfig.json` })],
  })
  const options: OutputOptions = { hoistTransitiveImports: false }
  await bundle.write({
    ...options,
    dir: `${folder}/esm`,
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'shared-[name].d.ts',
  })
  await bundle.write({
    ...options,
    dir: `${folder}/cjs`,
    entryFileNames: '[name].d.cts',
    chunkFileNames: 'shared-[name].d.cts',
  })
  await bundle.close()
}
