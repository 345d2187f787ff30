import { boundedMemo } from '../../guard/memo.ts'
import { preferredLanguages } from './accept-language.ts'
import type { Fallbacks } from './fallbacks.ts'
import { matchAll, matchLocale, parentsOf, parseLocale, type HeldLocale } from './match.ts'
import { createNear } from './near.ts'

const MAX_CACHED_HEADERS = 2000
const MAX_CACHED_LENGTH = 256

/** What a client wants: the app's own choice for it, one tag or several, and its header. */
export interface Wanted {
  readonly locale: string | readonly string[] | undefined
  readonly acceptLanguage: string | undefined
}

/** Chooses among the held locales for a client. */
export interface Chooser {
  /** The locale of an answer. */
  readonly choose: (wanted: Wanted) => string
  /** The locales in which a text is looked for that the chosen one lacks, the best first. */
  readonly alternatives: (wanted: Wanted) => readonly string[]
}

/**
 * Makes the choice among `tags`: the app's own first, then Accept-Language, then the fallback.
 *
 * @param source - the locale that has every text, in which one is looked for at last
 */
export function createChooser(tags: readonly string[], fallbacks: Fallbacks, source: string): Chooser {
  const held = tags.map(parseLocale).filter((locale): locale is HeldLocale => locale !== undefined)
  const nearTo = createNear(held)
  const match = (range: string): string | undefined => matchLocale(range, held)
  const heldOf = (range: string): readonly string[] => fallbacks.of(range).filter((tag) => tags.includes(tag))

  /** A language that is named less wanted is read better than a near one, and what the app says than what we do. */
  function firstOf(ranges: readonly string[]): string | undefined {
    return first(ranges, match) ?? first(ranges, (range) => heldOf(range)[0]) ?? first(ranges, nearTo)
  }

  function fromHeader(header: string): string {
    return firstOf(namedIn(header)) ?? fallbacks.locale
  }
  const remembered = boundedMemo(MAX_CACHED_HEADERS, fromHeader)

  function choose({ locale, acceptLanguage }: Wanted): string {
    const chosen = locale === undefined ? undefined : firstOf(listOf(locale))
    if (chosen !== undefined) return chosen
    if (!acceptLanguage) return fallbacks.locale
    // Looking a long one up takes longer than reading its beginning.
    return acceptLanguage.length > MAX_CACHED_LENGTH ? fromHeader(acceptLanguage) : remembered(acceptLanguage)
  }

  function findAlternatives(wanted: Wanted): readonly string[] {
    const { locale, acceptLanguage = '' } = wanted
    const ranges = [...listOf(locale), ...namedIn(acceptLanguage)]
    const named = [choose(wanted), ...ranges.map(match)].filter((tag) => tag !== undefined)
    // The first is the chosen one.
    const line = new Set([
      ...named.flatMap((tag) => [tag].concat(parentsOf(tag, held))),
      ...ranges.flatMap(heldOf),
      ...ranges.flatMap((range) => matchAll(range, held)),
      ...ranges.map(nearTo).filter((tag) => tag !== undefined),
      ...fallbacks.last,
      fallbacks.locale,
      source,
    ])
    return [...line].slice(1)
  }
  const alternativesFor = boundedMemo(MAX_CACHED_HEADERS, (acceptLanguage) =>
    findAlternatives({ locale: undefined, acceptLanguage }),
  )

  return {
    choose,
    alternatives(wanted) {
      const { locale, acceptLanguage = '' } = wanted
      return locale === undefined && acceptLanguage.length <= MAX_CACHED_LENGTH
        ? alternativesFor(acceptLanguage)
        : findAlternatives(wanted)
    },
  }
}

/** The ranges that a header names, the most wanted first. Behind `*`, which any language is, none is more wanted. */
function namedIn(header: string): readonly string[] {
  const ranges = preferredLanguages(header)
  const any = ranges.indexOf('*')
  return any === -1 ? ranges : ranges.slice(0, any)
}

function listOf(locale: Wanted['locale']): readonly string[] {
  return locale === undefined ? [] : typeof locale === 'string' ? [locale] : locale
}

function first(ranges: readonly string[], find: (range: string) => string | undefined): string | undefined {
  for (const range of ranges) {
    const found = find(range)
    if (found !== undefined) return found
  }
  return undefined
}
