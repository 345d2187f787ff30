import { negotiator } from '../../dependencies.cjs'

const MAX_LENGTH = 1024
const MAX_RANGES = 32

// RFC 9110, section 12.5.4: language-range [ weight ]. Many clients send the names of ICU and POSIX: zh_TW. Section 12.4.2: a weight is 0 to 1 with up to 3 digits.
const RANGE =
  /\s*(?:[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?/.source
const ONE_RANGE = new RegExp(`^${RANGE}$`, 'i')
const LIST = new RegExp(`^${RANGE}(?:,${RANGE}){0,${MAX_RANGES - 1}}$`, 'i')

/**
 * Returns the language ranges of an Accept-Language header, most wanted first, those of weight 0 left out.
 *
 * Negotiator takes any length and any weight: 15 KB cost it milliseconds, and `q=9` goes before `q=1`. So it gets
 * at most 1 KiB and 32 ranges, and only those that follow the grammar.
 */
export function preferredLanguages(header: string | undefined): readonly string[] {
  if (!header) return []
  const usable = header.length <= MAX_LENGTH && LIST.test(header) ? header : usableOf(header)
  if (usable === '') return []
  const Negotiator = negotiator()
  return new Negotiator({ headers: { 'accept-language': usable } }).languages()
}

/** Keeps the ranges that follow the grammar and stand near the header's beginning. */
function usableOf(header: string): string {
  const ranges = header.slice(0, MAX_LENGTH).split(',', MAX_RANGES + 1)
  // The last range may be cut in two.
  if (header.length > MAX_LENGTH && ranges.length <= MAX_RANGES) ranges.pop()
  return [...new Set(ranges.slice(0, MAX_RANGES))].filter((range) => ONE_RANGE.test(range)).join(',')
}
