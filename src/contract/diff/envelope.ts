import { isObject } from '../../guard/options.ts'
import type { DumpOwnEnvelope } from '../dump/dump.ts'
import { listed, type DiffLevel, type Values } from './change.ts'
import { mediaTypesOf, type Comparison } from './comparison.ts'
import { compareSchemas } from './schema.ts'
import { isBroken, type WireChange } from './wire.ts'

/** Tells of another shape of bodies, by what has become of those that were sent. */
export function tellEnvelope({ old, next, tell }: Comparison, change: WireChange, values: Values): void {
  const [before, after] = [schemaOf(values.before), schemaOf(values.after)]
  if (before !== undefined && after !== undefined) {
    const { level, details } = compareSchemas(before, after)
    const words = [...wordsOf(change), ...details]
    const where = words.length === 0 ? ', in remarks alone' : `: ${words.join(', ')}`
    tell(
      'envelope',
      isBroken(change) ? 'breaking' : level,
      `the schema of bodies is another one${where}`,
      values,
    )
    return
  }
  const known = mediaTypesOf(old)
  const hasMore = mediaTypesOf(next).some((type) => !known.includes(type))
  const words = wordsOf(change)
  const where = words.length > 0 ? `: ${words.join(', ')}` : hasMore ? '' : ', and answers are the same'
  tell('envelope', levelOf(change, hasMore), shownChange(values) + where, values)
}

function levelOf(change: WireChange, hasMore: boolean): DiffLevel {
  if (isBroken(change)) return 'breaking'
  return change.added.size > 0 || hasMore ? 'safe' : 'docs'
}

function wordsOf({ status, contentType, removed, changed, added, isUnknown }: WireChange): string[] {
  const words: string[] = []
  if (status !== undefined) words.push(`status ${status[0]} is ${status[1]}`)
  if (contentType !== undefined) words.push(`the content type is ${contentType[1]}`)
  if (removed.size > 0) words.push(`without ${listed([...removed])}`)
  if (changed.size > 0) words.push(`another ${listed([...changed])}`)
  if (added.size > 0) words.push(`with ${listed([...added])}`)
  if (isUnknown) words.push('a dump cannot show bodies that the app makes: compare them, or declare a schema')
  return words
}

function schemaOf(envelope: unknown): object | undefined {
  return isObject(envelope) ? (envelope as DumpOwnEnvelope).schema : undefined
}

/** Says what is another envelope: for those who ask for none, then by media type. */
function shownChange({ before, after }: Values): string {
  const [olds, nexts] = [byType(before), byType(after)]
  const lines: string[] = []
  const [was, is] = [shown(firstOf(before)), shown(firstOf(after))]
  if (was !== is) lines.push(`${was} is ${is}`)
  const gone = [...olds].filter(([type]) => !nexts.has(type))
  const come = [...nexts].filter(([type]) => !olds.has(type))
  const other = [...olds].filter(([type, each]) => nexts.has(type) && shown(each) !== shown(nexts.get(type)))
  if (gone.length > 0) lines.push(`${shownTypes(gone)} can no longer be asked for`)
  if (come.length > 0) lines.push(`${shownTypes(come)} can be asked for`)
  for (const [type, each] of other) lines.push(`${shown(each)} is ${shown(nexts.get(type))} for ${type}`)
  return lines.join(', ') || 'the envelope is another one'
}

function byType(envelope: unknown): ReadonlyMap<string, unknown> {
  return new Map(isObject(envelope) ? Object.entries(envelope).filter(([type]) => type.includes('/')) : [])
}

function firstOf(envelope: unknown): unknown {
  const [first] = byType(envelope).values()
  return first ?? envelope
}

function shownTypes(types: readonly (readonly [type: string, envelope: unknown])[]): string {
  return listed(types.map(([type, envelope]) => `${type} (${shown(envelope)})`))
}

function shown(envelope: unknown): string {
  return typeof envelope === 'string' && envelope !== 'custom' ? envelope : "the app's own"
}
