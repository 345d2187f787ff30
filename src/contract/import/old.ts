import type { Dump, DumpEntry } from '../dump/dump.ts'
import type { Draft } from './draft.ts'
import { remark, type Remark } from './table.ts'

export type OldEntry = DumpEntry

/** Finds the entries of an older dump that the rows are: by code, where several share it by their text. */
export function oldEntries(
  drafts: readonly Draft[],
  dump: Dump,
  file: string,
  add: (found: Omit<Remark, 'file'>) => void,
): ReadonlyMap<Draft, OldEntry> {
  const found = new Map<Draft, OldEntry>()
  const byCode = new Map<string, DumpEntry[]>()
  for (const entry of dump.entries) {
    const id = `${typeof entry.code} ${entry.code}`
    const same = byCode.get(id)
    if (same === undefined) byCode.set(id, [entry])
    else same.push(entry)
  }
  const retired = new Set(dump.retired.map(String))
  for (const isByText of [true, false]) {
    for (const draft of drafts) {
      const left = byCode.get(`${typeof draft.code} ${draft.code}`)
      if (found.has(draft) || left === undefined || left.length === 0) continue
      const texts = new Set([...draft.texts.values()].map(({ message }) => message))
      const at = isByText
        ? left.findIndex((entry) =>
            Object.values(entry.texts).some(({ message }) => message !== undefined && texts.has(message)),
          )
        : 0
      if (at !== -1) found.set(draft, left.splice(at, 1)[0]!)
    }
  }
  let kept = 0
  let first: Draft | undefined
  for (const draft of drafts) {
    const old = found.get(draft)
    if (draft.code !== undefined && retired.has(String(draft.code))) {
      add(
        remark(
          'code-retired',
          draft.line,
          `${draft.code} is retired in ${file}: old clients know it with another meaning.`,
        ),
      )
    }
    if (old === undefined) continue
    if (draft.status === undefined) {
      draft.status = old.status
      kept += 1
      first ??= draft
    } else if (draft.status !== old.status) {
      add(
        remark(
          'status-changed',
          draft.line,
          `${draft.code} has the status ${draft.status} here, and ${old.status} in ${file}.`,
        ),
      )
    }
  }
  if (first !== undefined) {
    add(
      remark(
        'status-of-dump',
        first.line,
        `The ${kept === 1 ? 'status of 1 error is' : `statuses of ${kept} errors are`} those of ${file}.`,
        'note',
      ),
    )
  }
  const gone = [...byCode.values()].flat()
  if (gone.length > 0) {
    const shown = gone
      .slice(0, 4)
      .map(({ key }) => String(key))
      .join(', ')
    const count = gone.length === 1 ? '1 error' : `${gone.length} errors`
    add(
      remark(
        'code-gone',
        1,
        `${count} of ${file} ${gone.length === 1 ? 'is' : 'are'} not in the table: ${shown}${gone.length > 4 ? ', …' : ''}.`,
      ),
    )
  }
  return found
}
