import { boundedMemo } from '../guard/memo.ts'
import { preferredLanguages } from './accept-language.ts'
import { matchLocale, parseLocale, type HeldLocale } from './match.ts'

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

  function fromHeader(header: string): string {
    for (const range of preferredLanguages(header)) {
      const locale = range === '*' ? fallback : matchLocale(range, held)
      if (locale !== undefined) return locale
    }
    return fallback
  }

  const remembered = boundedMemo(MAX_CACHED_HEADERS, fromHeader)

  return ({ locale, acceptLanguage }) => {
    const chosen = locale === undefined ? undefined : matchLocale(locale, held)
    if (chosen !== undefined) return chosen
    if (!acceptLanguage) return fallback
    // Looking a long one up takes longer than reading its beginning.
    return acceptLanguage.length > MAX_CACHED_LENGTH ? fromHeader(acceptLanguage) : remembered(acceptLanguage)
  }
}
