import { isDeepStrictEqual } from 'node:util'
import type { Dump } from '../dump/dump.ts'
import { challengeChange } from './challenge.ts'
import { said, type DiffLevel } from './change.ts'
import { isOwn, type Comparison } from './comparison.ts'
import { hasAction } from './mask.ts'
import type { Pair } from './pairs.ts'
import { createParents, type Parents } from './parents.ts'
import { compareParams, compareTexts } from './texts.ts'
import { addWireChange, createWire, noWireChange, type Wire, type WireChange } from './wire.ts'

/** An error that is there still. */
interface EntryChange extends Pair {
  readonly comparison: Comparison
  readonly parents: { readonly old: Parents; readonly next: Parents }
  /** What has become of its answers. Made when it is asked for. */
  readonly wire: () => WireChange
  /** The level of what our envelopes do not send, and one of the app's own may. */
  readonly unsent: DiffLevel
}

/**
 * Compares the errors that are there still.
 *
 * @param settled - the old dump with the new settings
 */
export function compareEntries(comparison: Comparison, settled: Dump): void {
  const { old, next, pairs } = comparison
  const parents = { old: createParents(old), next: createParents(next) }
  const unsent = isOwn(next) ? 'risky' : 'docs'
  const locales = next.locales.filter((locale) => old.locales.includes(locale))
  let wires: readonly [Wire, Wire] | undefined
  for (const pair of pairs.kept) {
    let change: WireChange | undefined
    const wire = (): WireChange => {
      wires ??= [createWire(settled), createWire(next)]
      return (change ??= wireChangeOf(wires, pair))
    }
    const entry: EntryChange = { old: pair.old, next: pair.next, comparison, parents, wire, unsent }
    for (const compare of COMPARED) compare(entry)
    compareParams(comparison, pair)
    compareTexts(comparison, locales, pair)
  }
}

function wireChangeOf([before, after]: readonly [Wire, Wire], { old, next }: Pair): WireChange {
  const change = noWireChange()
  addWireChange(change, [before, old.key], [after, next.key])
  return change
}

/** Said of what clients do not see. */
const SAME = ', and answers are the same'

const COMPARED: readonly ((change: EntryChange) => void)[] = [
  compareKey,
  compareStatus,
  compareParent,
  compareRetryable,
  compareRetryAfter,
  compareChallenge,
  compareHeaders,
  compareAction,
  compareMeta,
  compareModule,
  compareDeprecated,
  compareExamples,
]

function compareKey({ old, next, comparison: { options, tell } }: EntryChange): void {
  // The key of a number is the number, and told as the code.
  if (old.key === next.key || (old.key === old.code && next.key === next.code)) return
  const level = options.codegen === true ? 'breaking' : 'risky'
  const message = `${said(old.key)} is called ${said(next.key)}: constants and translators' files have the key`
  tell('key', level, message, { entry: next, before: old.key, after: next.key })
}

function compareStatus({ old, next, wire, comparison: { tell } }: EntryChange): void {
  if (old.status === next.status && old.httpStatus === next.httpStatus) return
  const { status, changed } = wire()
  const isSent = status !== undefined || changed.has('status')
  const [before, after] = status ?? [old.status, next.status]
  const message = `${before} is ${after}${isSent ? classOf(before, after) : SAME}`
  tell('status', isSent ? 'breaking' : 'docs', message, { entry: next, before, after })
}

function classOf(before: number, after: number): string {
  const [was, is] = [Math.floor(before / 100), Math.floor(after / 100)]
  if (was === is) return ''
  if (is === 2) return ', a success to HTTP'
  return is === 4 ? ", the client's fault" : ", the server's fault"
}

function compareParent({ old, next, parents, wire, unsent, comparison }: EntryChange): void {
  const { tell, pairs } = comparison
  if (old.parent === undefined && next.parent === undefined) return
  const [was, is] = [parents.old(old), parents.next(next)]
  const [olds, nexts] = [was.map(({ key }) => pairs.nextKey.get(key)), is.map(({ key }) => key)]
  if (olds.length === nexts.length && olds.every((key, place) => key === nexts[place])) return
  const { removed, changed, added } = wire()
  const isSent = ['code', 'sub_code', 'message'].some(
    (member) => removed.has(member) || changed.has(member) || added.has(member),
  )
  // Where it is a parent that has another one, and no client sees it, that is told there.
  if (!isSent && olds[0] === nexts[0]) return
  const [before, after] = isSent ? [was.at(-1)?.code, is.at(-1)?.code] : [was[0]?.code, is[0]?.code]
  const now = after === undefined ? 'refines no other code now' : `refines ${said(after)}`
  const message = `${now}${before === undefined ? '' : `, was ${said(before)}`}${isSent ? ': the code that clients read' : ''}`
  tell('parent', isSent ? 'breaking' : unsent, message, { entry: next, before, after })
}

function compareRetryable({ old, next, comparison: { tell } }: EntryChange): void {
  if (old.retryable === next.retryable) return
  const values = { entry: next, before: old.retryable, after: next.retryable }
  if (next.retryable) tell('retryable-added', 'safe', 'may be tried again', values)
  else tell('retryable-removed', 'risky', 'may not be tried again any more', values)
}

function compareRetryAfter({ old, next, comparison: { tell } }: EntryChange): void {
  const [before, after] = [old.retryAfter, next.retryAfter]
  if (before === after) return
  const values = { entry: next, before, after }
  if (before === undefined) tell('retry-after-added', 'safe', `Retry-After: ${after}`, values)
  else if (after === undefined) {
    tell('retry-after-removed', 'risky', `Retry-After: ${before} is no longer sent`, values)
  } else tell('retry-after', 'safe', `Retry-After: ${before} is ${after}`, values)
}

function compareChallenge({ old, next, wire, comparison: { tell } }: EntryChange): void {
  if (old.challenge === next.challenge) return
  const sent = wire().headers.get('www-authenticate')
  const [before, after] = sent ?? [old.challenge, next.challenge]
  const change = challengeChange(before, after)
  if (change === undefined) return
  const [level, where] = sent === undefined ? (['docs', SAME] as const) : [change.level, '']
  tell(change.rule, level, change.message + where, { entry: next, before, after })
}

function compareHeaders({ old, next, wire, comparison: { tell } }: EntryChange): void {
  if (old.headers === next.headers) return
  const [olds, nexts] = [byLowerCase(old.headers), byLowerCase(next.headers)]
  for (const lower of new Set([...olds.keys(), ...nexts.keys()])) {
    const { value: was } = olds.get(lower) ?? {}
    const { value: is, name = olds.get(lower)!.name } = nexts.get(lower) ?? {}
    if (was === is) continue
    const sent = wire().headers.get(lower)
    const [before, after] = sent ?? [was, is]
    const where = sent === undefined ? SAME : ''
    const values = { entry: next, before: { [name]: before }, after: { [name]: after } }
    const risk = sent === undefined ? 'docs' : 'risky'
    if (before === undefined) {
      tell('header-added', sent === undefined ? 'docs' : 'safe', `${name}: ${after}${where}`, values)
    } else if (after === undefined) {
      tell('header-removed', risk, `${name}: ${before} is gone${where}`, values)
    } else tell('header', risk, `${name}: ${before} is ${after}${where}`, values)
  }
}

function byLowerCase(
  headers: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, { readonly name: string; readonly value: string }> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { name, value }]))
}

function compareAction({ old, next, wire, unsent, comparison }: EntryChange): void {
  const [was, is] = [
    hasAction(old, comparison.old.sourceLocale),
    hasAction(next, comparison.next.sourceLocale),
  ]
  if (was === is) return
  const { removed, added } = wire()
  const values = { entry: next, before: was, after: is }
  if (is) {
    const level = added.has('action') ? 'safe' : 'docs'
    comparison.tell('action-added', level, 'says what to do', values)
  } else {
    const level = removed.has('action') ? 'risky' : unsent
    comparison.tell('action-removed', level, 'no longer says what to do', values)
  }
}

function compareMeta({ old, next, unsent, comparison: { tell } }: EntryChange): void {
  if (old.meta === next.meta || isDeepStrictEqual(old.meta, next.meta)) return
  const where = unsent === 'risky' ? ', which the envelope may send' : ''
  const message = `meta is ${shortly(next.meta)}, was ${shortly(old.meta)}${where}`
  tell('meta', unsent, message, { entry: next, before: old.meta, after: next.meta })
}

function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none'
  return text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text
}

function compareModule({ old, next, unsent, comparison: { tell } }: EntryChange): void {
  if (old.module === next.module) return
  const message = `is in ${next.module ?? 'no module'}, was in ${old.module ?? 'none'}`
  tell('module', unsent, message, { entry: next, before: old.module, after: next.module })
}

function compareDeprecated({ old, next, comparison: { tell } }: EntryChange): void {
  if (old.deprecated === next.deprecated || isDeepStrictEqual(old.deprecated, next.deprecated)) return
  const use = typeof next.deprecated === 'object' ? `. Use ${said(next.deprecated.use)}.` : ''
  const message = next.deprecated === undefined ? 'is no longer deprecated' : `is deprecated${use}`
  tell('deprecated', 'safe', message, { entry: next, before: old.deprecated, after: next.deprecated })
}

function compareExamples({ old, next, comparison: { tell } }: EntryChange): void {
  if (old.examples === next.examples || isDeepStrictEqual(old.examples, next.examples)) return
  tell('examples', 'docs', 'has other examples', { entry: next, before: old.examples, after: next.examples })
}
