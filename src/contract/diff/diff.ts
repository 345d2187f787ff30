import type { Dump } from '../dump/dump.ts'
import { compareCatalog } from './catalog.ts'
import { createTell, inOrder, type Change } from './change.ts'
import { compareCodes } from './codes.ts'
import type { Comparison, DiffOptions } from './comparison.ts'
import { compareConceal } from './conceal.ts'
import { compareEntries } from './entries.ts'
import { compareForeign } from './foreign.ts'
import { createPairs } from './pairs.ts'
import { compareSettings } from './settings.ts'

/**
 * Compares two dumps of a catalog by the answers that they give, and returns the changes, the gravest first.
 *
 * @param old - what clients were made for
 * @param next - what they will meet
 */
export function diff(old: Dump, next: Dump, options: DiffOptions = {}): readonly Change[] {
  const { changes, tell } = createTell(next.catalog, options.file)
  const comparison: Comparison = { old, next, options, pairs: createPairs(old, next), tell }
  compareCatalog(comparison)
  compareCodes(comparison)
  compareEntries(comparison, compareSettings(comparison))
  compareForeign(comparison)
  compareConceal(comparison)
  return inOrder(changes)
}
