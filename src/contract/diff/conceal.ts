import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import { said } from './change.ts'
import type { Comparison } from './comparison.ts'

/** Tells which errors are answered as another one, and which no longer. */
export function compareConceal({ old, next, pairs, tell }: Comparison): void {
  const [oldTarget, nextTarget] = [createTarget(old), createTarget(next)]
  for (const pair of pairs.kept) {
    const was = oldTarget(pair.old)
    const is = nextTarget(pair.next)
    const mapped = was === undefined ? undefined : pairs.nextKey.get(was.key)
    if (mapped === is?.key && (was === undefined) === (is === undefined)) continue
    const values = { entry: pair.next, before: was?.key, after: is?.key }
    if (was === undefined) {
      tell(
        'conceal-added',
        'breaking',
        `is answered as ${said(is!.code)}: clients no longer see its code`,
        values,
      )
    } else if (is === undefined) {
      tell('conceal-removed', 'risky', `is told to clients, was answered as ${said(was.code)}`, values)
    } else {
      tell(
        'conceal',
        'breaking',
        `is answered as ${said(is.code)}, was answered as ${said(was.code)}`,
        values,
      )
    }
  }
}

/** Says as which entry another is answered: by its key, then by the status that it has then. */
function createTarget({ handler, entries }: Dump): (entry: DumpEntry) => DumpEntry | undefined {
  const byKey = new Map<Code, Code>()
  const byStatus = new Map<number, Code>()
  for (const rule of handler?.conceal ?? []) {
    if ('status' in rule) byStatus.set(rule.status, rule.as)
    else for (const key of rule.errors) byKey.set(key, rule.as)
  }
  const known = new Map(entries.map((entry) => [entry.key, entry]))
  return (entry) => {
    const named = known.get(byKey.get(entry.key) ?? entry.key) ?? entry
    const shown = known.get(byStatus.get(named.status) ?? named.key) ?? named
    return shown.key === entry.key ? undefined : shown
  }
}
