import { boundedMemo } from '../guard/memo.ts'
import { preferredLanguages } from './accept-language.ts'
import { matchLocale, parseLocale, type HeldLocale } from './match.ts'
import { createNear } from './near.ts'

const MAX_CACHED_HEADERS = 2000
const MAX_CACHED_LENGTH = 256

/** Chooses one of the held locales for a client. */
export type ChooseLocale = (wanted: {
  readonly locale: string | undefined
  readonly acceptLanguage: string | undefined
}) => string

/**
 * Makes the choice among `tags`: the app's own first, then Accept-Language, then the fallback.
 */
export function createChooser(tags: readonly string[], fallback: string): ChooseLocale {
  const held = tags.map(parseLocale).filter((locale): locale is HeldLocale => locale !== undefined)

  const nearTo = createNear(held)

  function fromHeader(header: string): string {
    const ranges = preferredLanguages(header)
    const any = ranges.indexOf('*')
    const named = any === -1 ? ranges : ranges.slice(0, any)
    // A language that is named less wanted is read better than a near one.
    return firstOf(named, (range) => matchLocale(range, held)) ?? firstOf(named, nearTo) ?? fallback
  }

  const remembered = boundedMemo(MAX_CACHED_HEADERS, fromHeader)

  return ({ locale, acceptLanguage }) => {
    const chosen = locale === undefined ? undefined : (matchLocale(locale, held) ?? nearTo(locale))
    if (chosen !== undefined) return chosen
    if (!acceptLanguage) return fallback
    // Looking a long one up takes longer than reading its beginning.
    return acceptLanguage.length > MAX_CACHED_LENGTH ? fromHeader(acceptLanguage) : remembered(acceptLanguage)
  }
}

function firstOf(ranges: readonly string[], find: (range: string) => string | undefined): string | undefined {
  for (const range of ranges) {
    const found = find(range)
    if (found !== undefined) return found
  }
  return undefined
}
