import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Code } from '../../catalog/code.ts'
import type { ListedPlace } from '../scan/list.ts'
import type { Scan } from '../scan/scan.ts'
import type { Parser } from '../scan/syntax.ts'
import { UsageError } from './command.ts'
import { peer } from './peer.ts'
import type { Surroundings } from './surroundings.ts'

/** The option of commands that read source files. */
export const SOURCES_OPTION = {
  sources: {
    type: 'string',
    short: 's',
    multiple: true,
    value: 'DIR',
    help: 'folders and files that throw the errors',
  },
} as const

/**
 * Looks for the errors of the catalogs in source files.
 *
 * @param given - folders and files @default those of the config, else `src`
 * @param about - what a file has to hold @default anything
 * @throws UsageError - when one is not there, or the parser is not installed
 */
export async function scanCatalogs(
  { cwd, config, catalogs, progress }: Surroundings,
  given: readonly string[] | undefined,
  about?: readonly string[],
): Promise<Scan> {
  const sources = given ?? config.sources ?? ['src']
  const missing = sources.find((source) => !existsSync(resolve(cwd, source)))
  if (missing !== undefined) {
    throw new UsageError(
      `The sources ${missing} are not there; paths start at ${cwd}. Give --sources DIR, or { "sources": ["./src"] } in the config.`,
    )
  }
  const loaded = await catalogs()
  const parser = await peer<Parser>('oxc-parser', cwd, 'to read source files')
  const { scanSources } = await import('../scan/scan-sources.ts')
  return scanSources({
    cwd,
    sources,
    catalogs: loaded.map(({ dump, file }) => ({
      name: dump.catalog,
      keys: new Set(dump.entries.map(({ key }) => key)),
      file,
    })),
    parser,
    about,
    progress: (done, all) => progress(done, all, 'Reading source files'),
  })
}

/**
 * Returns what finds the places that make an error. Undefined where no source files are named.
 *
 * @param about - keys and codes of the errors that will be asked for: only files that hold one are read
 */
export async function placesOf(
  surroundings: Surroundings,
  given: readonly string[] | undefined,
  about: readonly string[],
): Promise<((catalog: string, key: Code) => readonly ListedPlace[]) | undefined> {
  if ((given ?? surroundings.config.sources) === undefined) return undefined
  const { uses } = await scanCatalogs(surroundings, given, about)
  return (catalog, key) =>
    uses.filter((use) => use.how !== 'asked' && use.key === key && (use.catalog ?? catalog) === catalog)
}
