import type { Code } from '../../catalog/code.ts'
import type { DumpEntry } from '../dump/dump.ts'
import { fingerprintOf, type Finding } from '../findings/finding.ts'
import type { RuleId } from './rules.ts'

/** What a change can do to a client: break one that kept to the contract, or one that relied on more; or nothing. */
export type DiffLevel = 'breaking' | 'risky' | 'safe' | 'docs'

/** The levels, the gravest first. */
export const DIFF_LEVELS: readonly DiffLevel[] = ['breaking', 'risky', 'safe', 'docs']

/** A difference between two dumps, and what it does to clients. */
export interface Change extends Finding {
  /** What kind of change it is. */
  readonly rule: RuleId
  /** What it can do to a client. */
  readonly level: DiffLevel
  /** What stood there. Undefined of what was added. */
  readonly before?: unknown
  /** What stands there now. Undefined of what was removed. */
  readonly after?: unknown
}

/** What was and is. */
export interface Values {
  readonly before?: unknown
  readonly after?: unknown
}

/** What a change is about. */
export interface Told extends Values {
  /** Undefined of what is no single entry's. */
  readonly entry?: Pick<DumpEntry, 'key' | 'code'> | undefined
}

/** Writes a change down. */
export type Tell = (rule: RuleId, level: DiffLevel, message: string, told?: Told) => void

/** Makes what writes changes of a catalog down, and the list that they stand in. */
export function createTell(
  catalog: string,
  file: string | undefined,
): { readonly changes: readonly Change[]; readonly tell: Tell } {
  const changes: Change[] = []
  return {
    changes,
    tell(rule, level, message, { entry, before, after } = {}) {
      changes.push({
        rule,
        level,
        message,
        catalog,
        key: entry?.key,
        code: entry?.code,
        file,
        // Neither level nor words: a change that was accepted stays so when we find better ones.
        fingerprint: fingerprintOf(rule, catalog, entry?.key, before, after),
        before,
        after,
      })
    },
  }
}

/** The gravest first, then as a dump has its entries: those of no entry, numbers ascending, words. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted(
    (a, b) => DIFF_LEVELS.indexOf(a.level) - DIFF_LEVELS.indexOf(b.level) || compareCodes(a.code, b.code),
  )
}

function compareCodes(a: Code | undefined, b: Code | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return rankOf(a) - rankOf(b)
}

function rankOf(code: Code | undefined): number {
  return ['undefined', 'number', 'string'].indexOf(typeof code)
}

/** A code as it stands in a sentence. */
export function said(code: unknown): string {
  return typeof code === 'string' ? code : JSON.stringify(code)
}

/** Some of many: `404, 410 and 31 more`. */
export function listed(values: readonly unknown[], most = 4): string {
  const texts = values.map(said)
  // One more is no longer than saying so.
  if (texts.length > most + 1) return `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}
