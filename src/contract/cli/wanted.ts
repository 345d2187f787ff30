import { nearest, show } from '../../guard/setup-error.ts'
import type { Dump } from '../dump/dump.ts'
import { UsageError } from './command.ts'

/**
 * Checks keys and codes that a command line names. Returns undefined for none: then all are meant.
 *
 * @throws UsageError - for one that no catalog has
 */
export function wantedErrors(
  named: readonly string[],
  dumps: readonly Dump[],
): ReadonlySet<string> | undefined {
  if (named.length === 0) return undefined
  const known = new Set(
    dumps.flatMap(({ entries }) => entries.flatMap(({ key, code }) => [String(key), String(code)])),
  )
  for (const each of named) {
    if (known.has(each)) continue
    const like = nearest(each, [...known])
    throw new UsageError(
      `No catalog has an error ${show(each)}. ${like === undefined ? 'Give a key or a code.' : `Did you mean ${like}?`}`,
    )
  }
  return new Set(named)
}
