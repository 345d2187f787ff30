import type { Code } from '../../catalog/code.ts'
import { isArray, isRecord } from '../../guard/read.ts'
import type { Dump } from './dump.ts'

/** Says in which errors, and in what else, two texts of a dump differ. Nothing where they say the same. */
export function differencesOf(written: string, made: string): readonly string[] {
  let old: unknown
  try {
    old = JSON.parse(written)
  } catch {
    return ['is no JSON']
  }
  const now = JSON.parse(made) as Dump
  if (!isRecord(old) || !isArray(old['entries'])) return ['is no dump']
  const entries = entryDifferences(old['entries'], now.entries)
  const members = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) =>
      name !== 'entries' &&
      name !== '$schema' &&
      !isSame(old[name], (now as unknown as Record<string, unknown>)[name]),
  )
  return [
    ...(entries.length === 0 ? [] : [`differs in ${listed(entries)}`]),
    ...(members.length === 0 ? [] : [`differs in ${members.join(', ')}`]),
  ]
}

function entryDifferences(old: readonly unknown[], now: Dump['entries']): readonly Code[] {
  const byKey = new Map(old.flatMap((entry) => (isRecord(entry) ? [[entry['key'] as Code, entry]] : [])))
  const keys = new Set([...byKey.keys(), ...now.map(({ key }) => key)])
  const current = new Map(now.map((entry) => [entry.key, entry]))
  return [...keys].filter((key) => !isSame(byKey.get(key), current.get(key)))
}

const MAX_LISTED = 20

function listed(keys: readonly Code[]): string {
  const shown = keys.slice(0, MAX_LISTED).join(', ')
  return keys.length > MAX_LISTED ? `${shown} and ${keys.length - MAX_LISTED} more` : shown
}

/** As JSON has them, in whatever order their members are. */
function isSame(a: unknown, b: unknown): boolean {
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((each, index) => isSame(each, b[index]))
  if (!isRecord(a) || !isRecord(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  )
}
