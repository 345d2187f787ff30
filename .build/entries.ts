import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import manifest from '../package.json' with { type: 'json' }
import config from '../tsconfig.json' with { type: 'json' }

/** Where package.json lies. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** An entry point of the package. */
export interface Entry {
  /** What users import: `bizerror/catalogs/cdn`. */
  readonly name: string
  /** The name of its files in dist, without an extension: `catalogs-cdn`. */
  readonly file: string
  /** What it is made of: `src/catalogs/cdn.ts`. */
  readonly source: string
}

/** All entry points. tsconfig.json says which there are, and where the translators' files lie. */
export const ENTRIES: readonly Entry[] = Object.entries(config.compilerOptions.paths)
  .filter(([name]) => !name.endsWith('.json'))
  .flatMap(([name, [source = '']]) => expand(name, source.replace('./', '')))
  .map(([name, source]) => ({ name, file: fileOf(name), source }))

/** `bizerror/catalogs/*` stands for every file of its folder. */
function expand(name: string, source: string): readonly (readonly [name: string, source: string])[] {
  if (!name.includes('*')) return [[name, source]]
  const files = readdirSync(new URL(`../${source.replace('*.ts', '')}`, import.meta.url))
  return files.map((file) => [name.replace('*', file.replace(/\.ts$/, '')), source.replace('*.ts', file)])
}

function fileOf(name: string): string {
  return name === 'bizerror' ? 'index' : name.replace('bizerror/', '').replaceAll('/', '-')
}

/** What is run and never imported: the command line, and the thread that it loads catalogs in. ES modules alone. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  bin: 'src/contract/cli/bin.ts',
  'catalog-worker': 'src/contract/cli/load/worker.ts',
}

/** The entry points as bundlers take them. */
export const INPUT: Readonly<Record<string, string>> = Object.fromEntries(
  ENTRIES.map(({ file, source }) => [file, source]),
)

/** Packages that an app may have, and their subpaths. */
export const PEERS: readonly RegExp[] = Object.keys(manifest.peerDependencies).map(
  (name) => new RegExp(`^${name}(?:/|$)`),
)
