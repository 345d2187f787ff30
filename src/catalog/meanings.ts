import { conditionOfStatus, CONDITIONS, type Condition } from './condition.ts'
import type { Code } from './code.ts'
import { BARE_ENTRY, changedEntry, createEntry, isAnswerable, type Entry } from './entry.ts'
import { isErrorStatus, nearestStatus, statusText } from './http-status.ts'
import { getOrMake } from '../guard/memo.ts'
import { checkKeys, checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

/** The errors of a catalog that stand for what others throw. */
export interface Meanings {
  /**
   * Returns the error for a foreign one with this status. Where the catalog has but the code of its class, that is told
   * with the text of the status; where it has none at all, a generic code.
   */
  forStatus(status: number): Entry
  /** Returns the error for a foreign one that was recognized. Undefined where its status is all that there is to say. */
  forCondition(condition: Condition): Entry | undefined
  /** The tables that say so. */
  readonly foreign: ForeignDefinition
}

/** The errors of a catalog that answer foreign errors. */
export interface ForeignDefinition<TKey = Code> {
  /**
   * Answers a foreign error of which only the HTTP status is known. A code that equals its status needs no
   * line here (the first of several such); what stands for 400 and 500 lends its code to the rest of its class.
   */
  readonly byStatus?: Readonly<Record<number, TKey>>
  /**
   * Answers a foreign error that was recognized: `{ 'already-exists': 10409 }`. What has no line here is answered
   * as its HTTP status.
   */
  readonly byCondition?: Readonly<Partial<Record<Condition, TKey>>>
}

type Entries = ReadonlyMap<Code, Entry>

/** The members of an entry that are about its own status. */
const OF_ANOTHER_STATUS = {
  title: undefined,
  description: undefined,
  action: undefined,
  challenge: undefined,
  headers: undefined,
}

/** Checks the two tables and returns what they say. */
export function createMeanings(where: string, entries: Entries, given: ForeignDefinition = {}): Meanings {
  if (typeof given !== 'object' || given === null) {
    throw new SetupError(`${where} has foreign ${show(given)}. Give { byStatus, byCondition }.`)
  }
  const foreign = ownOptions(`${where}, foreign`, given, ['byStatus', 'byCondition'])
  const byStatus = checkByStatus(where, foreign.byStatus ?? {}, entries)
  const byCondition = checkByCondition(where, foreign.byCondition ?? {}, entries)
  const hasWords = [...entries.values()].every(({ code }) => typeof code === 'string')
  const generic = new Map<number, Entry>()

  function forStatus(status: number): Entry {
    const key = byStatus.get(status) ?? byCondition.get(conditionOfStatus(status))
    return key === undefined ? getOrMake(generic, status, genericEntry) : entries.get(key)!
  }

  /** The text of a status, under the code of its class: else one of its own, a word where codes are words. */
  function genericEntry(given: number): Entry {
    const { status, message } = statusText(given)
    const key = byStatus.get(nearestStatus(given))
    const known = key === undefined ? undefined : entries.get(key)!
    // Nobody has a text for 418: the catalog's own for the class says more than ours.
    if (known !== undefined && status !== given) return known
    const code = hasWords ? message.toLowerCase().replaceAll(' ', '_') : status
    const texts = { ...OF_ANOTHER_STATUS, message, status, namespace: 'http' }
    return known === undefined
      ? createEntry({ ...BARE_ENTRY, ...texts, key: code, code })
      : changedEntry(known, texts)
  }

  return {
    forStatus,
    forCondition(condition) {
      const key = byCondition.get(condition)
      return key === undefined ? undefined : entries.get(key)
    },
    foreign,
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
    // Of several errors that share the code, the first stands for the status: it overwrites the others.
    ...own.toReversed().map(({ key, status }) => [status, key] as const),
    ...Object.entries(byStatus).map(([given, key]) => {
      const status = Number(given)
      if (!isErrorStatus(status) || String(status) !== given) {
        throw new SetupError(
          `${where} has foreign.byStatus for ${show(given)}. Use statuses from 400 to 599.`,
        )
      }
      checkAnswer(`${where} answers status ${status}`, key, entries)
      return [status, key] as const
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
    Object.entries(byCondition).map(([condition, key]) => {
      checkAnswer(`${where} answers condition ${show(condition)}`, key, entries)
      return [condition as Condition, key]
    }),
  )
}

/** A foreign error can be answered only as a code that needs nothing of a throw. */
function checkAnswer(what: string, key: Code, entries: Entries): void {
  if (isAnswerable(entries.get(key))) return
  const problem = entries.has(key)
    ? 'which is its success, or whose message needs params that a foreign error cannot give'
    : 'which is not one of its errors'
  throw new SetupError(`${what} with error ${show(key)}, ${problem}.`)
}
