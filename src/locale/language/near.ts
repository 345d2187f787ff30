import { NEAR } from './cldr.ts'
import { individual, languageOf, matchLocale, parseLocale, plainRange, type HeldLocale } from './match.ts'

/**
 * Makes the function that finds a held locale in a language that readers of another one read (UTS #35, language
 * matching): nb for nn, zh-HK for yue. Never in another script.
 */
export function createNear(held: readonly HeldLocale[]): (range: string) => string | undefined {
  const spoken = new Set(held.map(({ language }) => language))
  return (range) => {
    const asked = plainRange(range)
    const wanted = languageOf(asked)
    if (wanted === undefined) return undefined
    for (const [, language] of (near ??= nearByReader()).get(wanted) ?? []) {
      if (!spoken.has(language)) continue
      const { script = '', region, likelyRegion } = parseLocale(asked) ?? {}
      const where = region ?? likelyRegion
      const locale = matchLocale([language, script, where].filter(Boolean).join('-'), held)
      if (locale !== undefined) return locale
    }
    return undefined
  }
}

type Distance = readonly [distance: number, language: string]

/** The languages that readers of another read, the nearest first. */
let near: ReadonlyMap<string, readonly Distance[]> | undefined

function nearByReader(): ReadonlyMap<string, readonly Distance[]> {
  const byReader = new Map<string, Distance[]>()
  for (const [name, byDistance] of Object.entries(NEAR)) {
    for (const [distance, readers] of Object.entries(byDistance)) {
      for (const reader of readers.split(' ')) {
        const languages = byReader.get(reader) ?? []
        languages.push([Number(distance), individual(name)])
        byReader.set(reader, languages)
      }
    }
  }
  for (const languages of byReader.values()) languages.sort(byDistanceOf)
  return byReader
}

function byDistanceOf([a]: Distance, [b]: Distance): number {
  return a - b
}
