import type { Finding } from '../findings/finding.ts'
import { groupedBy } from '../findings/group.ts'
import type { Change } from './change.ts'
import type { Judged } from './allow.ts'
import type { TextsByLocale } from './texts.ts'

/** A catalog that was compared with its old self. */
export interface Compared extends Judged {
  readonly catalog: string
  /** Where the old dump is: a path, and the commit that it was read from. */
  readonly old: { readonly path: string; readonly ref: string | undefined }
  /** Where the new one is, or the catalog's own file. */
  readonly next: { readonly path: string; readonly ref: string | undefined }
  /** What is wrong beside the changes. */
  readonly faults: readonly Finding[]
}

/** Changes that nobody has to decide on, in few words: one, or many of a kind. */
export interface Brief {
  readonly level: Change['level']
  readonly rule: Change['rule']
  readonly changes: readonly Change[]
}

/** So many changes of a kind are told one by one. */
const MOST = 3

/** The changes that are safe or of texts alone, those of a kind together. */
export function briefOf(changes: readonly Change[]): readonly Brief[] {
  const quiet = changes.filter(({ level }) => level === 'safe' || level === 'docs')
  const kinds = groupedBy(quiet, ({ level, rule }) => `${level} ${rule}`)
  return [...kinds.values()].flatMap((each) => {
    const { level, rule } = each[0]!
    const isOfCodes = each.every(({ code }) => code !== undefined)
    return rule === 'text' || (isOfCodes && each.length > MOST)
      ? [{ level, rule, changes: each }]
      : each.map((change) => ({ level, rule, changes: [change] }))
  })
}

/** How many texts are others. */
export function textCount(changes: readonly Change[]): number {
  return changes.reduce(
    (sum, { before, after }) => sum + new Set([...namesOf(before), ...namesOf(after)]).size,
    0,
  )
}

function namesOf(texts: unknown): readonly string[] {
  return Object.entries(texts as TextsByLocale).flatMap(([locale, own]) =>
    Object.keys(own).map((field) => `${locale} ${field}`),
  )
}
