import { cpSync } from 'node:fs'
import { rolldown, type InputOptions, type OutputOptions } from 'rolldown'
import manifest from '../package.json' with { type: 'json' }
import { INPUT, PEERS, PROGRAMS, ROOT } from './entries.ts'

/** What stays CommonJS and stands beside the builds, which both load it: the texts, and the way to other packages. */
const BESIDE = {
  locales: 'locales',
  'src/dependencies.cjs': 'dependencies.cjs',
  'src/adapters/node/create-error.cjs': 'create-error.cjs',
  'src/adapters/nest/nest.cjs': 'nest.cjs',
  'src/contract/dump/catalog-1.json': 'schema/catalog-1.json',
}

const LOCALES = 'locales/index.cjs'

/** @param beside - the folder of what stands beside the builds, as the written files name it: it ends in a slash */
export function inputOptions(beside: string, input = INPUT): InputOptions {
  return {
    cwd: ROOT,
    input,
    platform: 'node',
    tsconfig: 'tsconfig.json',
    external: [/^node:/, ...Object.keys(manifest.dependencies), ...PEERS],
    plugins: [
      {
        name: 'beside',
        resolveId(source) {
          if (!source.endsWith('.cjs')) return undefined
          const name = source.endsWith(LOCALES) ? LOCALES : source.slice(source.lastIndexOf('/') + 1)
          return { id: beside + name, external: 'absolute' }
        },
      },
    ],
  }
}

// The maps hold the source, with its comments.
const OUTPUT_OPTIONS: OutputOptions = { sourcemap: true, comments: { jsdoc: false } }

/** Writes the entry points as ES modules and as CommonJS. What several of them need is in files that they share. */
export async function buildCode(folder: string): Promise<void> {
  copyBeside(folder)
  // Apart: what programs and entry points shared would be many small files, and each costs a cold start.
  const programs = await rolldown(inputOptions('../', PROGRAMS))
  await programs.write({
    ...OUTPUT_OPTIONS,
    format: 'esm',
    dir: `${folder}/cli`,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared-[name].js',
  })
  await programs.close()
  const bundle = await rolldown(inputOptions('../'))
  await bundle.write({
    ...OUTPUT_OPTIONS,
    format: 'esm',
    dir: `${folder}/esm`,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared-[name].js',
  })
  await bundle.write({
    ...OUTPUT_OPTIONS,
    format: 'cjs',
    dir: `${folder}/cjs`,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'shared-[name].cjs',
  })
  await bundle.close()
}

function copyBeside(folder: string): void {
  for (const [from, to] of Object.entries(BESIDE)) {
    cpSync(`${ROOT}${from}`, `${folder}/${to}`, { recursive: true, filter: isNoType })
  }
}

function isNoType(file: string): boolean {
  return !file.endsWith('.d.cts')
}
