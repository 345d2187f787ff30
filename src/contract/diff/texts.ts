import type { DumpTexts } from '../dump/dump.ts'
import { listed } from './change.ts'
import { isOwn, type Comparison } from './comparison.ts'
import { hasAction } from './mask.ts'
import type { Pair } from './pairs.ts'

const NO_TEXTS: DumpTexts = Object.freeze({})

/** The texts of an error that are others, by language. */
export type TextsByLocale = Record<string, Record<string, string>>

/**
 * Tells which texts are others: one change for all that an error has.
 *
 * @param locales - the languages that both dumps have
 */
export function compareTexts({ next, tell }: Comparison, locales: readonly string[], pair: Pair): void {
  const changed: string[] = []
  const before: TextsByLocale = {}
  const after: TextsByLocale = {}
  for (const locale of locales) {
    const [was, is] = [pair.old.texts[locale] ?? NO_TEXTS, pair.next.texts[locale] ?? NO_TEXTS]
    if (isSame(was, is)) continue
    for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (was[field] === is[field] || (isAction(field) && isTold(pair, locale, next.sourceLocale))) continue
      changed.push(`${field} (${locale})`)
      if (was[field] !== undefined) (before[locale] ??= {})[field] = was[field]
      if (is[field] !== undefined) (after[locale] ??= {})[field] = is[field]
    }
  }
  if (changed.length === 0) return
  tell('text', 'docs', `${listed(changed)} ${whatOf(before, after)}`, { entry: pair.next, before, after })
}

function whatOf(before: TextsByLocale, after: TextsByLocale): string {
  if (Object.keys(before).length === 0) return 'added'
  return Object.keys(after).length === 0 ? 'removed' : 'reworded'
}

/** Tells which placeholders have come and gone: clients with texts of their own fill them with the params that are sent. */
export function compareParams({ old, next, tell }: Comparison, pair: Pair): void {
  const isSent = old.handler?.revealParams === true || next.handler?.revealParams === true
  const level = isSent ? 'breaking' : isOwn(next) ? 'risky' : 'docs'
  const where = isSent ? ', which clients are sent' : ''
  const entry = pair.next
  for (const name of pair.next.params) {
    if (pair.old.params.includes(name)) continue
    tell('param-added', level, `{{${name}}} is a new param${where}`, { entry, after: name })
  }
  for (const name of pair.old.params) {
    if (pair.next.params.includes(name)) continue
    tell('param-removed', level, `{{${name}}} is no param any more${where}`, { entry, before: name })
  }
}

/** Most are. */
function isSame(was: DumpTexts, is: DumpTexts): boolean {
  let more = 0
  for (const field in was) {
    if (was[field] !== is[field]) return false
    more++
  }
  for (const _ in is) more--
  return more === 0
}

function isAction(field: string): boolean {
  return /^action(?:_|$)/.test(field)
}

/** That clients are told what to do, or no longer, is more than a text. */
function isTold({ old, next }: Pair, locale: string, sourceLocale: string): boolean {
  return locale === sourceLocale && hasAction(old, locale) !== hasAction(next, locale)
}
