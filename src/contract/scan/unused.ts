import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import type { Scan } from './scan.ts'

/**
 * Returns the entries that nothing can answer with: no source file makes them, no option names them, they stand for no
 * foreign error, for no other error, and are no parent. None at all while something may make any of them.
 */
export function unusedIn(scan: Scan, dump: Dump): readonly DumpEntry[] {
  const related = relatedTo(dump.catalog, scan.bases)
  const isMeant = (catalog: string | undefined): boolean => catalog === undefined || related.has(catalog)
  const used = new Set<string>()
  for (const { how, catalog, key, as } of scan.uses) {
    if (how === 'asked' || !isMeant(catalog)) continue
    if (key === undefined) return []
    used.add(String(key))
    if (as !== undefined) used.add(String(as))
  }
  for (const { catalog, key } of scan.mentions) {
    if (!isMeant(catalog)) continue
    if (key === undefined) return []
    used.add(String(key))
  }
  for (const key of namesIn(dump).keys()) used.add(String(key))
  return dump.entries.filter(
    // A deprecated one is kept for old clients.
    ({ key, code, deprecated }) =>
      code !== dump.success.code && deprecated === undefined && !used.has(String(key)),
  )
}

/** What names an error, where no source file makes it. */
export type NamedBy = 'foreign' | 'parent' | 'conceal'

/** The keys that the catalog and the handler's options name, and what names each. */
export function namesIn({ entries, foreign, handler }: Dump): ReadonlyMap<Code, readonly NamedBy[]> {
  const names = new Map<Code, NamedBy[]>()
  const add = (by: NamedBy, keys: readonly (Code | undefined)[]): void => {
    for (const key of new Set(keys)) if (key !== undefined) names.set(key, [...(names.get(key) ?? []), by])
  }
  add(
    'foreign',
    [...Object.values(foreign.byStatus), ...Object.values(foreign.byCondition)].map(({ key }) => key),
  )
  add(
    'parent',
    entries.map(({ parent }) => parent),
  )
  add(
    'conceal',
    (handler?.conceal ?? []).flatMap((rule) => ['errors' in rule ? rule.errors : [], rule.as].flat()),
  )
  return names
}

/** A catalog, with those that it extends and those that extend it: an error of theirs is one of its own. */
function relatedTo(catalog: string, bases: Scan['bases']): ReadonlySet<string> {
  const related = new Set([catalog])
  // Grows while it is walked.
  for (const each of related) {
    for (const base of bases.get(each) ?? []) related.add(base)
    for (const [other, ofOther] of bases) if (ofOther.includes(each)) related.add(other)
  }
  return related
}
