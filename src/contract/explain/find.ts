import type { Dump, DumpEntry } from '../dump/dump.ts'
import { allNearest } from '../../guard/setup-error.ts'

/** An error, and the catalog that has it. */
export interface FoundError {
  readonly dump: Dump
  readonly entry: DumpEntry
}

const MAX_NEAREST = 3

/** Finds errors by key or code, else by words that stand in their texts, in whatever language. */
export function findErrors(dumps: readonly Dump[], asked: string): readonly FoundError[] {
  const all = allIn(dumps)
  const named = all.filter(({ entry }) => namesOf(entry).some((name) => name === asked.toLowerCase()))
  if (named.length > 0) return named
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
