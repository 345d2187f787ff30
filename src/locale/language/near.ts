import { NEAR } from './cldr.ts'
import { individual, languageOf, matchLocale, parseRange, type HeldLocale } from './match.ts'

/**
 * Makes the function that finds a held locale in a language that readers of another one read (UTS #35, language
 * matching): nb for nn, zh-HK for yue. Never in another script.
 */
export function createNear(held: readonly HeldLocale[]): (range: string) => string | undefined {
  const spoken = new Set(held.map(({ language }) => language))
  const near = new Map<string, readonly (readonly [distance: number, language: string])[]>()
  for (const [name, byDistance] of Object.entries(NEAR)) {
    const language = individual(name)
    if (!spoken.has(language)) continue
    for (const [distance, readers] of Object.entries(byDistance)) {
      for (const reader of readers.split(' ')) {
        near.set(
          reader,
          [...(near.get(reader) ?? []), [Number(distance), language] as const].toSorted(byDistanceOf),
        )
      }
    }
  }

  return (range) => {
    const wanted = languageOf(range.replaceAll('_', '-').toLowerCase())
    for (const [, language] of (wanted === undefined ? undefined : near.get(wanted)) ?? []) {
      const { script = '', region, likelyRegion } = parseRange(range) ?? {}
      const where = region ?? likelyRegion
      const locale = matchLocale([language, script, where].filter(Boolean).join('-'), held)
      if (locale !== undefined) return locale
    }
    return undefined
  }
}

function byDistanceOf([a]: readonly [number, string], [b]: readonly [number, string]): number {
  return a - b
}
