import { conditionOfStatus, CONDITIONS, type Condition } from './condition.ts'
import type { Code } from './code.ts'
import { isAnswerable, isErrorStatus, type Entry } from './entry.ts'
import { genericEntry, nearestStatus } from './http-status.ts'
import { checkKeys, checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

/** The meaning of a foreign error to an API. */
export interface Meaning {
  readonly code: Code
  readonly entry: Entry
}

/** The codes of a catalog for errors that are not its own. */
export interface Meanings {
  /** Returns code and meaning for a foreign error with this status: the catalog's own, else a generic one. */
  forStatus(status: number): Meaning
  /** Returns code, meaning and status for a foreign error that was recognized. */
  forCondition(condition: Condition): Meaning & { readonly status: number }
}

/** The errors of a catalog that answer foreign errors. */
export interface ForeignDefinition {
  /**
   * Answers a foreign error of which only the HTTP status is known. A code that equals its status needs no
   * line here; what stands for 400 and 500 serves the rest of its class.
   */
  readonly byStatus?: Readonly<Record<number, Code>>
  /**
   * Answers a foreign error that was recognized: `{ 'already-exists': 10409 }`. What has no line here is answered
   * as its HTTP status.
   */
  readonly byCondition?: Readonly<Partial<Record<Condition, Code>>>
}

type Entries = ReadonlyMap<Code, Entry>

/** Checks the two tables and returns what they say. */
export function createMeanings(where: string, entries: Entries, given: ForeignDefinition = {}): Meanings {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`${where} has foreign ${show(given)}. Give { byStatus, byCondition }.`)
  }
  const foreign = ownOptions(`${where}, foreign`, given, ['byStatus', 'byCondition'])
  const byStatus = checkByStatus(where, foreign.byStatus ?? {}, entries)
  const byCondition = checkByCondition(where, foreign.byCondition ?? {}, entries)
  const stringCodes = [...entries.keys()].every((code) => typeof code === 'string')

  function forStatus(status: number): Meaning {
    const code =
      byStatus.get(status) ??
      byCondition.get(conditionOfStatus(status)) ??
      byStatus.get(nearestStatus(status))
    return code === undefined ? genericEntry(status, stringCodes) : { code, entry: entries.get(code)! }
  }

  return {
    forStatus,
    forCondition(condition) {
      const code = byCondition.get(condition)
      if (code === undefined) return { ...forStatus(CONDITIONS[condition]), status: CONDITIONS[condition] }
      const entry = entries.get(code)!
      return { code, entry, status: entry.status }
    },
  }
}

function checkByStatus(
  where: string,
  byStatus: Readonly<Record<number, Code>>,
  entries: Entries,
): ReadonlyMap<number, Code> {
  checkPlain(`${where}, foreign.byStatus`, byStatus)
  const own = [...entries.values()].filter((entry) => entry.code === entry.status && isAnswerable(entry))
  return new Map([
    ...own.map(({ code, status }) => [status, code] as const),
    ...Object.entries(byStatus).map(([key, code]) => {
      const status = Number(key)
      if (!isErrorStatus(status) || String(status) !== key) {
        throw new SetupError(`${where} has foreign.byStatus for ${show(key)}. Use statuses from 400 to 599.`)
      }
      checkAnswer(`${where} answers status ${status}`, code, entries)
      return [status, code] as const
    }),
  ])
}

function checkByCondition(
  where: string,
  byCondition: Readonly<Partial<Record<Condition, Code>>>,
  entries: Entries,
): ReadonlyMap<Condition | undefined, Code> {
  checkKeys(`${where}, foreign.byCondition`, byCondition, Object.keys(CONDITIONS))
  return new Map(
    Object.entries(byCondition).map(([condition, code]) => {
      checkAnswer(`${where} answers condition ${show(condition)}`, code, entries)
      return [condition as Condition, code]
    }),
  )
}

/** A foreign error can be answered only as a code that needs nothing of a throw. */
function checkAnswer(what: string, code: Code, entries: Entries): void {
  if (isAnswerable(entries.get(code))) return
  const problem = entries.has(code)
    ? 'which is its success, or whose message needs params that a foreign error cannot give'
    : 'which is not one of its errors'
  throw new SetupError(`${what} with error ${show(code)}, ${problem}.`)
}
