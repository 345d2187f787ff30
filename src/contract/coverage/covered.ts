import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import type { Fact } from './facts.ts'

/** How far tests came with an error. */
export type Reach = 'answered' | 'made' | 'never'

/** An error, and what tests did with it. */
export interface CoveredError {
  readonly entry: DumpEntry
  readonly reach: Reach
}

/** What tests did with a catalog, or with a module of it. */
export interface Coverage {
  /** Without those that are kept for old clients alone, unless a test gets them. */
  readonly errors: readonly CoveredError[]
  readonly answered: number
  /** Whole, and never rounded up. */
  readonly percent: number
}

/** What tests did with a catalog. */
export interface CatalogCoverage extends Coverage {
  readonly catalog: string
  /** By name, in the order of the catalog. Errors without one are under an empty name. */
  readonly modules: ReadonlyMap<string, Coverage>
  /** Languages of the catalog that no test got an answer in. */
  readonly languages: readonly string[]
}

/** Says what tests did with the errors of a catalog. */
export function coverageOf(dump: Dump, facts: readonly Fact[]): CatalogCoverage {
  const own = facts.filter(({ catalog }) => catalog === dump.catalog)
  const made = new Set<Code>()
  const answered = new Set<Code>()
  const spoken = new Set<string>()
  for (const { fact, key, as, locale } of own) {
    made.add(key)
    if (fact !== 'answered') continue
    answered.add(key)
    if (as !== undefined) answered.add(as)
    if (locale !== undefined) spoken.add(locale)
  }
  const errors = dump.entries
    .filter(({ code }) => code !== dump.success.code)
    .map((entry) => ({ entry, reach: reachOf(entry.key, made, answered) }))
    .filter(({ entry, reach }) => entry.deprecated === undefined || reach === 'answered')
  const names = [...dump.modules.map(({ name }) => name), '']
  const modules = names
    .map((name) => [name, counted(errors.filter(({ entry }) => (entry.module ?? '') === name))] as const)
    .filter(([, { errors }]) => errors.length > 0)
  return {
    catalog: dump.catalog,
    ...counted(errors),
    modules: new Map(modules),
    languages: dump.locales.filter((locale) => !spoken.has(locale)),
  }
}

function reachOf(key: Code, made: ReadonlySet<Code>, answered: ReadonlySet<Code>): Reach {
  if (answered.has(key)) return 'answered'
  return made.has(key) ? 'made' : 'never'
}

function counted(errors: readonly CoveredError[]): Coverage {
  const answered = errors.filter(({ reach }) => reach === 'answered').length
  return {
    errors,
    answered,
    percent: errors.length === 0 ? 100 : Math.floor((answered / errors.length) * 100),
  }
}
