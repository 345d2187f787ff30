import type { Code } from '../../catalog/code.ts'
import { getOrMake } from '../../guard/memo.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import { listed, said } from './change.ts'
import { isAlways200, sends, type Comparison } from './comparison.ts'
import { isAnnounced } from './pairs.ts'

/** Tells which errors have come and gone, and which have another code. */
export function compareCodes(comparison: Comparison): void {
  const { pairs } = comparison
  const isOtherType = compareTypes(comparison)
  tellRenamed(comparison, isOtherType)
  const codes = codesOf(comparison)
  for (const entry of pairs.removed) tellRemoved(comparison, codes, entry)
  for (const entry of pairs.added) tellAdded(comparison, codes, entry)
  compareRetired(comparison)
}

/** Which codes there are, and which of them still mean what they meant. */
interface Codes {
  readonly olds: ReadonlyMap<Code, readonly DumpEntry[]>
  readonly nexts: ReadonlyMap<Code, readonly DumpEntry[]>
  /** Codes of errors that have theirs still. */
  readonly kept: ReadonlySet<Code>
  readonly statuses: ReadonlySet<number>
}

function codesOf({ old, next, pairs }: Comparison): Codes {
  return {
    olds: byCode(old),
    nexts: byCode(next),
    kept: new Set(
      pairs.kept.filter((pair) => pair.old.code === pair.next.code).map((pair) => pair.next.code),
    ),
    statuses: new Set(old.entries.map(statusOf)),
  }
}

function byCode({ entries }: Dump): ReadonlyMap<Code, readonly DumpEntry[]> {
  const entriesOf = new Map<Code, DumpEntry[]>()
  for (const entry of entries) getOrMake(entriesOf, entry.code, () => []).push(entry)
  return entriesOf
}

function statusOf({ status, httpStatus }: DumpEntry): number {
  return httpStatus ?? status
}

function tellRemoved({ next, options, tell }: Comparison, codes: Codes, entry: DumpEntry): void {
  const { key, code } = entry
  const before = key
  if (codes.kept.has(code)) {
    const others = codes.nexts.get(code)!.map((other) => other.key)
    const level = options.codegen === true ? 'breaking' : 'risky'
    tell('key-removed', level, `${said(key)} is gone; the code is that of ${listed(others)} alone`, {
      entry,
      before,
    })
  } else if (codes.nexts.has(code)) {
    const [other] = codes.nexts.get(code)!
    const meaning = other!.key === code ? 'stands for another error now' : `is ${said(other!.key)} now`
    tell('code-reused', 'breaking', `${meaning}. Give new errors codes of their own.`, { entry, before })
  } else if (entry.deprecated === undefined) {
    const message = 'was not deprecated before. Deprecate it first, then list it in retired.'
    tell('code-removed', 'breaking', message, { entry, before })
  } else if (isAnnounced(entry, next)) {
    tell('code-removed', 'risky', 'was deprecated, and is retired', { entry, before })
  } else {
    const message = 'may come to mean something else. List it in retired.'
    tell('code-removed', 'breaking', message, { entry, before })
  }
}

function tellAdded(comparison: Comparison, codes: Codes, entry: DumpEntry): void {
  const { old, next, options, tell } = comparison
  const { key, code } = entry
  const after = key
  const status = statusOf(entry)
  const isSent = !isAlways200(next)
  if (old.retired.includes(code)) {
    tell('code-reused', 'breaking', 'was retired. Give the error a code of its own.', { entry, after })
  } else if (codes.kept.has(code)) {
    const isKnown = !isSent || codes.olds.get(code)!.some((other) => statusOf(other) === status)
    const message = `${said(key)} has this code, too${isKnown ? '' : `, with the status ${status}`}`
    tell('key-added', isKnown ? 'safe' : 'risky', message, { entry, after })
  } else if (codes.olds.has(code)) {
    // Told of the error that is gone, unless that has another code now.
    const isTold = comparison.pairs.removed.some((removed) => removed.code === code)
    if (!isTold) {
      const message = 'stood for another error. Give new errors codes of their own.'
      tell('code-reused', 'breaking', message, { entry, after })
    }
  } else if (isSent && !codes.statuses.has(status)) {
    tell('code-added', 'risky', `brings the first ${status}`, { entry, after })
  } else if (options.codes === 'closed') {
    tell('code-added', 'risky', 'is unknown to clients, whose list of codes is closed', { entry, after })
  } else {
    tell('code-added', 'safe', 'is new', { entry, after })
  }
}

function tellRenamed({ old, pairs, tell }: Comparison, isOtherType: boolean): void {
  for (const { old: was, next: is } of pairs.kept) {
    if (was.code === is.code) continue
    // 1006 and "1006": told for all of them.
    if (isOtherType && String(was.code) === String(is.code)) continue
    const retired = old.retired.includes(is.code) ? ', which was retired' : ''
    // 1006 and "1006" are different codes.
    const code = String(was.code) === String(is.code) ? JSON.stringify(is.code) : said(is.code)
    const message = `is ${code} now${retired}; clients know it by its code`
    tell('code-renamed', 'breaking', message, { entry: was, before: was.code, after: is.code })
  }
}

/** @returns whether codes are of another type */
function compareTypes({ old, next, tell }: Comparison): boolean {
  const [olds, nexts] = [typesOf(old), typesOf(next)]
  const [before] = olds
  if (before === undefined || olds.size > 1) return false
  const others = next.entries.filter(({ code }) => typeof code !== before)
  if (others.length === 0) return false
  const [was, is] = before === 'number' ? ['numbers', 'words'] : ['words', 'numbers']
  const which =
    nexts.size === 1 ? `${is} now` : `${is}, too: ${listed(others.map(({ code }) => JSON.stringify(code)))}`
  tell('code-type', 'breaking', `codes were ${was}, and are ${which}. Clients decode the one type alone.`, {
    before: [...olds],
    after: [...nexts].sort(),
  })
  return true
}

/** The types of the codes that clients read. */
function typesOf(dump: Dump): ReadonlySet<string> {
  const types = new Set(dump.entries.map(({ code }) => typeof code as string))
  // In bodies of these, a success has its code where an error has.
  if (types.size > 0 && sends(dump, 'flat', 'composite', 'two-level')) types.add(typeof dump.success.code)
  return types
}

/** What has come and gone with an error is told there. */
function compareRetired({ old, next, tell }: Comparison): void {
  const used = new Set([...old.entries, ...next.entries].map(({ code }) => code))
  const removed = old.retired.filter((code) => !next.retired.includes(code) && !used.has(code))
  const added = next.retired.filter((code) => !old.retired.includes(code) && !used.has(code))
  for (const code of removed) {
    const message = 'is no longer retired, and may come to mean something else'
    tell('retired-removed', 'breaking', message, { entry: { key: code, code }, before: code })
  }
  for (const code of added) {
    tell('retired-added', 'safe', 'is retired', { entry: { key: code, code }, after: code })
  }
}
