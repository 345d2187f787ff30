import { fingerprintOf, type Finding } from '../findings/finding.ts'
import type { DiffAllow } from '../cli/config.ts'
import type { Change } from './change.ts'

/** A change that is wanted, and why. */
export interface Accepted {
  readonly change: Change
  readonly allow: DiffAllow
}

/** What becomes of changes when some are wanted. */
export interface Judged {
  readonly open: readonly Change[]
  readonly accepted: readonly Accepted[]
}

/**
 * Takes out the changes that are wanted.
 *
 * @param today - such as 2027-03-31: a change is accepted up to the day that is named
 */
export function applyAllow(changes: readonly Change[], allow: readonly DiffAllow[], today: string): Judged {
  const current = new Map(
    allow.filter((one) => !isOver(one, today)).map((one) => [one.fingerprint.toLowerCase(), one]),
  )
  return {
    open: changes.filter(({ fingerprint }) => !current.has(fingerprint)),
    accepted: changes.flatMap((change) => {
      const one = current.get(change.fingerprint)
      return one === undefined ? [] : [{ change, allow: one }]
    }),
  }
}

/**
 * Tells of what was allowed no longer, and of what allows nothing.
 *
 * @param changes - of all catalogs
 */
export function checkAllow(
  allow: readonly DiffAllow[],
  changes: readonly Change[],
  today: string,
): readonly Finding[] {
  const prints = new Set(changes.map(({ fingerprint }) => fingerprint))
  return allow.flatMap((one) => {
    if (!prints.has(one.fingerprint.toLowerCase())) {
      return [toldOf('allow-unmatched', one, 'is of no change. Take it out of diff.allow.')]
    }
    return isOver(one, today) ? [toldOf('allow-expired', one, `was accepted until ${one.until}`)] : []
  })
}

function isOver({ until }: DiffAllow, today: string): boolean {
  return until !== undefined && until < today
}

function toldOf(rule: string, { fingerprint, reason, until }: DiffAllow, problem: string): Finding {
  const message = `${fingerprint} (${reason}) ${problem}`
  return { rule, level: 'warning', message, fingerprint: fingerprintOf(rule, fingerprint, until) }
}
