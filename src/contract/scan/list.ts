import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import type { Place, Scan, Use } from './scan.ts'
import { namesIn, type NamedBy } from './unused.ts'

/** A place that makes an error, and how it is written there. */
export interface ListedPlace extends Place {
  readonly how: Use['how']
  readonly text: string
}

/** An error, and the places that make it. */
export interface ListedError {
  readonly key: Code
  readonly code: Code
  readonly status: number
  readonly places: readonly ListedPlace[]
  /** What names it besides: an error without places can be answered all the same. */
  readonly namedBy: readonly NamedBy[]
}

/** A catalog's errors, and the places that make it is not known which of them. */
export interface ListedCatalog {
  readonly catalog: string
  readonly errors: readonly ListedError[]
  readonly dynamic: readonly ListedPlace[]
}

/** A scan by error, as people ask for it. */
export interface ListedScan {
  readonly files: number
  readonly catalogs: readonly ListedCatalog[]
  /** Places that make an error of a catalog that cannot be followed. */
  readonly unknown: readonly (ListedPlace & { readonly key: Code | undefined })[]
}

/**
 * Lists the errors of catalogs with the places that make them.
 *
 * @param wanted - keys and codes, as texts @default all
 */
export function listScan(scan: Scan, dumps: readonly Dump[], wanted?: ReadonlySet<string>): ListedScan {
  const isWanted = ({ key, code }: Pick<DumpEntry, 'key' | 'code'>): boolean =>
    wanted === undefined || wanted.has(String(key)) || wanted.has(String(code))
  return {
    files: scan.files,
    catalogs: dumps.map((dump) => {
      const { catalog, entries, success } = dump
      const names = namesIn(dump)
      const uses = scan.uses.filter((use) => use.catalog === catalog)
      return {
        catalog,
        errors: entries
          .filter((entry) => entry.code !== success.code && isWanted(entry))
          .map(({ key, code, status }) => ({
            key,
            code,
            status,
            places: uses.filter((use) => use.key === key).map(placeOf),
            namedBy: names.get(key) ?? [],
          })),
        dynamic: wanted === undefined ? uses.filter(({ key }) => key === undefined).map(placeOf) : [],
      }
    }),
    unknown: scan.uses
      .filter(
        ({ catalog, key }) => catalog === undefined && (wanted === undefined || wanted.has(String(key))),
      )
      .map((use) => Object.assign(placeOf(use), { key: use.key })),
  }
}

function placeOf({ file, line, column, how, text }: Use): ListedPlace {
  return { file, line, column, how, text }
}
