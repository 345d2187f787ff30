import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rollup, type OutputOptions } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import manifest from '../package.json' with { type: 'json' }
import { ENTRIES, PEERS, ROOT } from './entries.ts'

/** The declarations of each source, before they are bundled. */
const DECLARED = `${ROOT}.cache/declared`

/** Whether they are right is for `npm run lint`. */
const PROJECT = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    noCheck: true,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: '../..',
    outDir: '.',
  },
  include: ['../../src'],
  exclude: [],
}

/** Writes the types of the entry points, those of both builds from the same source. */
export async function buildTypes(folder: string): Promise<void> {
  await declare()
  const bundle = await rollup({
    input: Object.fromEntries(ENTRIES.map(({ file, source }) => [file, declarationOf(source)])),
    external: [/^node:/, /^bizerror\//, ...Object.keys(manifest.dependencies), ...PEERS],
    // It tells of types that have no public name: what users infer from ours could not be declared.
    onLog(_level, { message }) {
      throw new Error(message)
    },
    plugins: [dts({ tsconfig: `${ROOT}tsconfig.json` })],
  })
  await bundle.write(outputOptions(`${folder}/esm`, '.d.ts'))
  await bundle.write(outputOptions(`${folder}/cjs`, '.d.cts'))
  await bundle.close()
}

function declarationOf(source: string): string {
  return `${DECLARED}/${source.replace(/\.ts$/, '.d.ts')}`
}

function outputOptions(dir: string, extension: string): OutputOptions {
  return {
    dir,
    hoistTransitiveImports: false,
    entryFileNames: `[name]${extension}`,
    chunkFileNames: ({ name }) => `shared-${name.replace(/\.d$/, '')}${extension}`,
  }
}

/**
 * Has the compiler declare all sources at once. Given these themselves, the plugin would parse the language's library
 * anew for every folder, and that takes ten times as long.
 */
async function declare(): Promise<void> {
  rmSync(DECLARED, { recursive: true, force: true })
  for (const folder of ['src', 'locales']) {
    cpSync(`${ROOT}${folder}`, `${DECLARED}/${folder}`, { recursive: true, filter: isFolderOrDeclaration })
  }
  const project = `${DECLARED}/tsconfig.json`
  writeFileSync(project, JSON.stringify(PROJECT))
  const compiler = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')))
  const [status] = await once(
    spawn(process.execPath, [compiler, '-p', project], { stdio: 'inherit' }),
    'close',
  )
  if (status !== 0) throw new Error('The compiler could not declare the sources.')
}

/** What stands beside the sources and is CommonJS has declarations of its own. */
function isFolderOrDeclaration(file: string): boolean {
  return file.endsWith('.d.cts') || statSync(file).isDirectory()
}
