import { boundedMemo } from '../../guard/memo.ts'
import { preferredLanguages } from './accept-language.ts'
import { parseLocale } from './match.ts'

const MAX_CACHED_HEADERS = 2000
const MAX_CACHED_LENGTH = 256

/** Returns the language that an Accept-Language header asks for first, as BCP 47 writes it. Undefined where that is any. */
export function mostWanted(acceptLanguage: string | undefined): string | undefined {
  if (!acceptLanguage) return undefined
  // Looking a long one up takes longer than reading its beginning.
  return acceptLanguage.length > MAX_CACHED_LENGTH ? find(acceptLanguage) : remembered(acceptLanguage)
}

const remembered = boundedMemo(MAX_CACHED_HEADERS, find)

function find(acceptLanguage: string): string | undefined {
  for (const range of preferredLanguages(acceptLanguage)) {
    if (range === '*') return undefined
    const tag = parseLocale(range)?.tag
    if (tag !== undefined) return tag
  }
  return undefined
}
