import type { Finding, Level } from '../findings/finding.ts'
import { countOf } from '../findings/levels.ts'
import type { Compared } from './compared.ts'

/** What is said of all changes. */
export interface Verdict {
  /** A line above them. */
  readonly title: string
  /** A line below them: how many, and what to do. */
  readonly summary: string
}

const NOTHING = 'nothing that breaks clients'

/**
 * @param failOn - the levels that do not pass
 */
export function verdictOn(all: readonly Compared[], failOn: readonly Level[]): Verdict {
  const open = all.flatMap((compared) => compared.open)
  const faults = all.flatMap((compared) => compared.faults)
  const accepted = all.reduce((sum, compared) => sum + compared.accepted.length, 0)
  const besides = accepted === 0 ? '' : `, ${accepted} accepted`
  const grave = open.filter(({ level }) => level === 'breaking' || level === 'risky')
  if (grave.length === 0) {
    if (open.length === 0) {
      return accepted === 0
        ? { title: 'Error codes: no changes', summary: 'No changes.' }
        : { title: `Error codes: ${NOTHING}`, summary: `${accepted} accepted, and no other changes.` }
    }
    return { title: `Error codes: ${NOTHING}`, summary: `${countOf(open)}${besides}: ${NOTHING}.` }
  }
  const count = countOf(grave) + besides
  return { title: `Error codes: ${count}`, summary: `${count}. ${adviceOn([...faults, ...grave], failOn)}` }
}

function adviceOn(findings: readonly Finding[], failOn: readonly Level[]): string {
  if (findings.some(({ level }) => level === 'error')) {
    return 'Give the API a new major version, or add the fingerprints with a reason to diff.allow.'
  }
  if (findings.some(({ level }) => failOn.includes(level))) {
    return 'To accept: add the fingerprint with a reason to diff.allow.'
  }
  return findings.some(({ level }) => level === 'breaking')
    ? 'They come in a new major version.'
    : 'Nothing that breaks a client that kept to the contract.'
}
