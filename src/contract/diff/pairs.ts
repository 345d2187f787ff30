import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'

/** An entry as it was and as it is. */
export interface Pair {
  readonly old: DumpEntry
  readonly next: DumpEntry
}

/** Which entries are the same error, and which have come and gone. The success is none. */
export interface Pairs {
  readonly kept: readonly Pair[]
  readonly removed: readonly DumpEntry[]
  readonly added: readonly DumpEntry[]
  /** The key that an error has now, by the one that it had. */
  readonly nextKey: ReadonlyMap<Code, Code>
}

type Entries = Map<Code, DumpEntry>
type SoleEntries = ReadonlyMap<unknown, DumpEntry>

/**
 * Says which entries are the same error. A key is what its author calls one; but where the key is the code, an error may
 * have got another number, and its number another error.
 */
export function createPairs(old: Dump, next: Dump): Pairs {
  const olds = errorsOf(old)
  const nexts = errorsOf(next)
  const kept: Pair[] = []
  const nextKey = new Map<Code, Code>()
  function keep(before: DumpEntry, after: DumpEntry): void {
    kept.push({ old: before, next: after })
    nextKey.set(before.key, after.key)
    olds.delete(before.key)
    nexts.delete(after.key)
  }

  const meaningOf = createMeaningOf(old, next)
  const hasMoved = createHasMoved(olds, nexts, next, meaningOf)
  for (const before of olds.values()) {
    const after = nexts.get(before.key)
    if (after !== undefined && !hasMoved(before, after)) keep(before, after)
  }
  keepAlike(
    olds,
    nexts,
    ({ code }) => code,
    (before, after) => isNamed(before) || isNamed(after),
    keep,
  )
  keepAlike(olds, nexts, meaningOf, (before) => !isAnnounced(before, next), keep)
  return { kept, removed: [...olds.values()], added: [...nexts.values()], nextKey }
}

function errorsOf({ entries, success }: Dump): Entries {
  return new Map(entries.filter(({ code }) => code !== success.code).map((entry) => [entry.key, entry]))
}

/** Whether an error was deprecated before it went, and its code cannot come back. */
export function isAnnounced({ code, deprecated }: DumpEntry, next: Dump): boolean {
  return deprecated !== undefined && next.retired.includes(code)
}

function isNamed({ key, code }: DumpEntry): boolean {
  return key !== code
}

/** An error's status and message, each dump's in its own language. */
function createMeaningOf(old: Dump, next: Dump): (entry: DumpEntry) => string {
  const olds = new Set(old.entries)
  return (entry) => {
    const own = entry.texts[(olds.has(entry) ? old : next).sourceLocale] ?? {}
    const forms = Object.keys(own).filter((field) => field.startsWith('message'))
    return `${entry.status} ${forms.map((form) => own[form]).join('\n')}`
  }
}

/** Whether a number stands for another error: its old meaning has another number now, or its new one had. */
function createHasMoved(
  olds: Entries,
  nexts: Entries,
  next: Dump,
  meaningOf: (entry: DumpEntry) => string,
): (before: DumpEntry, after: DumpEntry) => boolean {
  let sole: readonly [before: SoleEntries, after: SoleEntries] | undefined
  // Of what it was before any was paired.
  const all = [new Map(olds), new Map(nexts)] as const
  return (one, other) => {
    if (isNamed(one) || isNamed(other)) return false
    const [was, is] = [meaningOf(one), meaningOf(other)]
    if (was === is) return false
    const [before, after] = (sole ??= [soleBy(all[0], meaningOf), soleBy(all[1], meaningOf)])
    const from = after.has(is) ? before.get(is) : undefined
    // The one that takes the place of an error may say what that said.
    if (from !== undefined && !isNamed(from) && !isAnnounced(from, next)) return true
    const to = before.has(was) ? after.get(was) : undefined
    return to !== undefined && !isNamed(to)
  }
}

/** Pairs entries that have a mark in common which no other has. */
function keepAlike(
  olds: Entries,
  nexts: Entries,
  markOf: (entry: DumpEntry) => unknown,
  isMeant: (before: DumpEntry, after: DumpEntry) => boolean,
  keep: (before: DumpEntry, after: DumpEntry) => void,
): void {
  const marks = soleBy(nexts, markOf)
  for (const [mark, before] of soleBy(olds, markOf)) {
    const after = marks.get(mark)
    if (after !== undefined && isMeant(before, after)) keep(before, after)
  }
}

/** Entries by a mark, without those that share theirs. */
function soleBy(entries: Entries, markOf: (entry: DumpEntry) => unknown): SoleEntries {
  const sole = new Map<unknown, DumpEntry>()
  const shared = new Set<unknown>()
  for (const entry of entries.values()) {
    const mark = markOf(entry)
    if (sole.has(mark)) shared.add(mark)
    sole.set(mark, entry)
  }
  for (const mark of shared) sole.delete(mark)
  return sole
}
