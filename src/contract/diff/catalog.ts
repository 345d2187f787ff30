import { isDeepStrictEqual } from 'node:util'
import type { Dump, DumpModule } from '../dump/dump.ts'
import { listed } from './change.ts'
import { isOwn, sends, type Comparison } from './comparison.ts'

/** Tells what a catalog says of itself otherwise than before. */
export function compareCatalog(comparison: Comparison): void {
  compareName(comparison)
  compareSuccess(comparison)
  compareRevealed(comparison)
  compareLocales(comparison)
  compareModules(comparison)
}

function compareName({ old, next, tell }: Comparison): void {
  const [before, after] = [old.catalog, next.catalog]
  if (before === after) return
  const message = `${before} is called ${after}: types, translators' files and logs have the name`
  tell('catalog-name', 'risky', message, { before, after })
}

function compareSuccess({ old, next, tell }: Comparison): void {
  const [before, after] = [old.success, next.success]
  if (before.code !== after.code) {
    const isSent = sends(next, 'flat', 'composite', 'two-level')
    const level = isSent ? 'breaking' : isOwn(next) ? 'risky' : 'docs'
    const message = `a success has the code ${JSON.stringify(after.code)}, was ${JSON.stringify(before.code)}`
    tell('success', level, `${message}${isSent ? ', by which clients know it' : ''}`, { before, after })
  } else if (before.message !== after.message) {
    tell('success', 'docs', 'the message of a success is reworded', { before, after })
  }
}

function compareRevealed({ old, next, pairs, tell }: Comparison): void {
  const before = old.handler?.revealParams ?? false
  const after = next.handler?.revealParams ?? false
  if (before === after) return
  const isSent = sends(next, 'flat', 'nested', 'composite', 'two-level', 'problem')
  const hasParams = pairs.kept.some((pair) => pair.next.params.length > 0)
  const values = { before, after }
  if (after) tell('reveal-params', isSent && hasParams ? 'safe' : 'docs', 'clients are sent params', values)
  else {
    tell(
      'reveal-params',
      isSent && hasParams ? 'breaking' : 'docs',
      'clients are no longer sent params',
      values,
    )
  }
}

function compareLocales({ old, next, tell }: Comparison): void {
  const [before, after] = [old.sourceLocale, next.sourceLocale]
  if (before !== after) {
    tell('source-locale', 'risky', `the catalog is written in ${after}, was in ${before}`, { before, after })
  }
  for (const locale of old.locales) {
    if (next.locales.includes(locale)) continue
    tell('locale-removed', 'risky', `there are no texts in ${locale} any more`, { before: locale })
  }
  for (const locale of next.locales) {
    if (old.locales.includes(locale)) continue
    tell('locale-added', 'safe', `there are texts in ${locale}`, { after: locale })
  }
}

function compareModules({ old, next, tell }: Comparison): void {
  const [olds, nexts] = [byName(old), byName(next)]
  for (const name of new Set([...olds.keys(), ...nexts.keys()])) {
    const [before, after] = [olds.get(name), nexts.get(name)]
    if (isDeepStrictEqual(before, after)) continue
    tell('modules', 'docs', `module ${name} ${whatOf(before, after)}`, { before, after })
  }
}

function byName({ modules }: Dump): ReadonlyMap<string, DumpModule> {
  return new Map(modules.map((module) => [module.name, module]))
}

function whatOf(before: DumpModule | undefined, after: DumpModule | undefined): string {
  if (before === undefined) return 'is new'
  if (after === undefined) return 'is gone'
  const ranges = after.ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
  return isDeepStrictEqual(before.ranges, after.ranges)
    ? 'is reworded'
    : `has ${ranges.length === 0 ? 'no range' : listed(ranges)}`
}
