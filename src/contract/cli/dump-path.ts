import { UsageError } from './command.ts'

const CATALOG = '{{catalog}}'

/**
 * Returns where the dump of a catalog is.
 *
 * @param given - `dump` of the config, or `--output`
 * @param count - how many catalogs there are
 * @throws UsageError - for one path of several catalogs
 */
export function dumpPath(given: string | undefined, catalog: string, count: number): string {
  if (given === undefined) return count === 1 ? 'errors.json' : `${catalog}.errors.json`
  if (given.includes(CATALOG) || count === 1 || given === '-') return given.replaceAll(CATALOG, catalog)
  throw new UsageError(
    `${given} is one path for ${count} catalogs. Write ${CATALOG} where their names stand.`,
  )
}
