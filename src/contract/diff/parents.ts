import type { Dump, DumpEntry } from '../dump/dump.ts'

/** Returns the entries that an entry refines, the nearest first. */
export type Parents = (entry: DumpEntry) => readonly DumpEntry[]

const NONE: readonly DumpEntry[] = Object.freeze([])

export function createParents({ entries }: Dump): Parents {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  return ({ parent }) => {
    if (parent === undefined) return NONE
    const line = new Set<DumpEntry>()
    for (let key: DumpEntry['parent'] = parent; key !== undefined;) {
      const entry = byKey.get(key)
      // A file may say that an error refines itself.
      if (entry === undefined || line.has(entry)) break
      line.add(entry)
      key = entry.parent
    }
    return [...line]
  }
}
