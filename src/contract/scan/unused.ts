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
  for (const key of namedBy(dump)) used.add(String(key))
  return dump.entries.filter(
    // A deprecated one is kept for old clients.
    ({ key, code, deprecated }) =>
      code !== dump.success.code && deprecated === undefined && !used.has(String(key)),
  )
}

/** The keys that the catalog and the handler's options name. */
function namedBy({ entries, foreign, handler }: Dump): readonly Code[] {
  const answers = [...Object.values(foreign.byStatus), ...Object.values(foreign.byCondition)]
  return [
    ...answers.map(({ key }) => key),
    ...entries.map(({ parent }) => parent),
    ...(handler?.conceal ?? []).flatMap((rule) => ('errors' in rule ? rule.errors : [])),
    ...(handler?.conceal ?? []).map((rule) => rule.as),
  ].filter((key) => key !== undefined)
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
