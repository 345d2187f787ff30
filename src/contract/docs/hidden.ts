import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'

type Named = Pick<DumpEntry, 'key' | 'code' | 'status'>

/**
 * Says which errors are not shown: those that the app names, and those that its handler answers as another, so that no
 * client ever sees them.
 *
 * @param hide - codes or keys. A number may be given as text, as on a command line
 */
export function hiddenBy(dump: Dump, hide: readonly Code[]): (entry: Named) => boolean {
  const named = new Set(hide.map(String))
  const concealed = new Set<Code>()
  const byStatus = new Map<number, Code>()
  for (const rule of dump.handler?.conceal ?? []) {
    if ('status' in rule) byStatus.set(rule.status, rule.as)
    else for (const key of rule.errors) if (key !== rule.as) concealed.add(key)
  }
  return ({ key, code, status }) => {
    const as = byStatus.get(status)
    return (
      named.has(String(key)) ||
      named.has(String(code)) ||
      concealed.has(key) ||
      (as !== undefined && as !== key)
    )
  }
}

/** Returns what is to be hidden and is no error of the catalog. */
export function unknownHidden(dump: Dump, hide: readonly Code[]): readonly Code[] {
  const known = new Set(
    [
      ...dump.entries.flatMap(({ key, code }) => [key, code]),
      ...Object.values(dump.foreign.byStatus).map(({ code }) => code),
    ].map(String),
  )
  return hide.filter((code) => !known.has(String(code)))
}
