import type { Code } from '../../catalog/code.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'
import { allNearest } from '../../guard/setup-error.ts'

/** An error, and the catalog that has it. */
export interface FoundError {
  readonly dump: Dump
  readonly entry: DumpEntry
}

/** A code that clients get for foreign errors, and that is no error's of the catalog. */
export interface GeneralCode {
  readonly dump: Dump
  readonly code: Code
  /** Of a foreign error that gets it. */
  readonly status: number
  /** All that get it: statuses and conditions. */
  readonly answersForeign: readonly string[]
}

const MAX_NEAREST = 3

/** Finds errors by key or code. */
export function namedErrors(dumps: readonly Dump[], asked: string): readonly FoundError[] {
  return allIn(dumps).filter(({ entry }) => namesOf(entry).some((name) => name === asked.toLowerCase()))
}

/** Finds general codes. */
export function generalCodes(dumps: readonly Dump[], asked: string): readonly GeneralCode[] {
  return dumps.flatMap((dump) => {
    const { byStatus, byCondition } = dump.foreign
    const whichGet = (table: typeof byStatus): readonly string[] =>
      Object.entries(table).flatMap(([what, { key, code }]) =>
        key === undefined && String(code).toLowerCase() === asked.toLowerCase() ? [what] : [],
      )
    const statuses = whichGet(byStatus)
    const status = statuses.find((each) => each === asked) ?? statuses[0]
    if (status === undefined) return []
    const answersForeign = [...statuses, ...whichGet(byCondition)]
    return [{ dump, code: byStatus[status]!.code, status: Number(status), answersForeign }]
  })
}

/** The errors of a status. */
export function errorsOfStatus(dumps: readonly Dump[], asked: string): readonly FoundError[] {
  return allIn(dumps).filter(({ entry }) => String(entry.status) === asked)
}

/** Finds errors by words that stand in their texts, in whatever language. */
export function findErrors(dumps: readonly Dump[], asked: string): readonly FoundError[] {
  const all = allIn(dumps)
  const words = wordsIn(asked)
  return words.length === 0
    ? []
    : all.filter(({ entry }) => {
        const text = textOf(entry)
        return words.every((word) => text.includes(word))
      })
}

/** The errors that were most likely meant by a code or key that there is not. */
export function nearestErrors(dumps: readonly Dump[], asked: string): readonly FoundError[] {
  const ofStatus = errorsOfStatus(dumps, asked)
  if (ofStatus.length > 0) return ofStatus
  const all = allIn(dumps)
  if (/^-?\d+$/.test(asked)) {
    const distance = ({ entry: { code } }: FoundError): number => Math.abs(Number(code) - Number(asked))
    return all
      .filter(({ entry }) => typeof entry.code === 'number')
      .sort((one, other) => distance(one) - distance(other))
      .slice(0, MAX_NEAREST)
  }
  const byName = new Map(all.flatMap((found) => namesOf(found.entry).map((name) => [name, found] as const)))
  const names = allNearest(asked.toLowerCase(), [...byName.keys()])
  return [...new Set(names.map((name) => byName.get(name)!))].slice(0, MAX_NEAREST)
}

/** All but the successes. */
function allIn(dumps: readonly Dump[]): FoundError[] {
  return dumps.flatMap((dump) =>
    dump.entries.filter(({ code }) => code !== dump.success.code).map((entry) => ({ dump, entry })),
  )
}

function namesOf({ key, code }: DumpEntry): readonly string[] {
  return [...new Set([String(key).toLowerCase(), String(code).toLowerCase()])]
}

function textOf(entry: DumpEntry): string {
  const texts = Object.values(entry.texts).flatMap((each) => Object.values(each))
  return [...namesOf(entry), ...texts].join('\n').toLowerCase()
}

/** `sold_out` and `sold out` are the same words. */
function wordsIn(asked: string): readonly string[] {
  return asked
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
