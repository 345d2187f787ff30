import type { Code } from '../../catalog/code.ts'
import { getOrMake } from '../../guard/memo.ts'
import type { Dump, DumpEntry, DumpForeignAnswer } from '../dump/dump.ts'

/** A code that clients are told, and the errors that it stands for. */
export interface ToldCode {
  readonly code: Code
  readonly errors: readonly ToldError[]
}

/** A code, and that of the last parent of its error. */
export interface CodeFacts {
  readonly code: Code
  readonly parent: Code | undefined
}

/** An error that clients are told of. */
export interface ToldError extends CodeFacts {
  readonly entry: DumpEntry
  /** Whether its answers are always the same, so that they have no details. */
  readonly isConstant: boolean
}

/** What clients are told of the errors of a catalog. */
export interface Told {
  readonly codes: readonly ToldCode[]
  /** The error that is told where this one is thrown. Undefined for a key that there is not, and for the success. */
  readonly of: (key: Code) => ToldError | undefined
  /** What foreign errors are told as. */
  readonly foreign: readonly ToldForeign[]
}

/** What a foreign error is told as: one of its status, or of a condition. */
export interface ToldForeign extends CodeFacts {
  /** Undefined where it is told by its condition. */
  readonly of: number | undefined
  readonly status: number
}

/** Finds out which errors clients are told of: all but the success, and those that are answered as another one. */
export function toldOf({ entries, success, handler, foreign }: Dump): Told {
  const byKey = new Map(
    entries.filter(({ code }) => code !== success.code).map((entry) => [entry.key, entry]),
  )
  const keys = new Map<Code, Code>()
  const statuses = new Map<number, Code>()
  for (const rule of handler?.conceal ?? []) {
    if ('status' in rule) statuses.set(rule.status, rule.as)
    else for (const key of rule.errors) keys.set(key, rule.as)
  }
  const constants = new Set([...keys.values(), ...statuses.values()])

  function seen(entry: DumpEntry): DumpEntry {
    const as = byKey.get(keys.get(entry.key) ?? entry.key) ?? entry
    return byKey.get(statuses.get(as.status) ?? as.key) ?? as
  }

  const firstOf = new Map([...byKey.values()].toReversed().map((entry) => [entry.code, entry]))

  function toldForeign({ key, code, status }: DumpForeignAnswer, of: number | undefined): ToldForeign {
    // A generic text may stand under the code of an error.
    const entry = key === undefined ? firstOf.get(code) : byKey.get(key)
    const as = statuses.get(status)
    const told =
      (as === undefined ? undefined : byKey.get(as)) ?? (key === undefined ? entry : entry && seen(entry))
    return { code: told?.code ?? code, parent: told && rootOf(told, byKey), of, status }
  }

  const told = new Map<Code, ToldError>()
  const shown = new Set(Array.from(byKey.values(), seen))
  for (const entry of byKey.values()) {
    if (!shown.has(entry)) continue
    told.set(entry.key, {
      entry,
      code: entry.code,
      parent: rootOf(entry, byKey),
      isConstant: entry.status === 401 || constants.has(entry.key),
    })
  }
  return {
    codes: byCode([...told.values()]),
    of(key) {
      const entry = byKey.get(key)
      return entry && told.get(seen(entry).key)
    },
    foreign: [
      ...Object.entries(foreign.byStatus).map(([status, answer]) => toldForeign(answer, Number(status))),
      ...Object.values(foreign.byCondition).map((answer) => toldForeign(answer, undefined)),
    ],
  }
}

function byCode(errors: readonly ToldError[]): readonly ToldCode[] {
  const codes = new Map<Code, ToldError[]>()
  for (const error of errors) getOrMake(codes, error.code, () => []).push(error)
  return [...codes].map(([code, same]) => ({ code, errors: same }))
}

function rootOf({ parent }: DumpEntry, entries: ReadonlyMap<Code, DumpEntry>): Code | undefined {
  let root: DumpEntry | undefined
  // A dump of somebody else may have circles.
  for (let left = entries.size, key = parent; key !== undefined && left > 0; left--) {
    const found = entries.get(key)
    if (found === undefined) break
    root = found
    key = found.parent
  }
  return root?.code
}
