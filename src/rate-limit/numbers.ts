/** The highest number of a structured field, and so the highest limit: RFC 9651, section 3.3.1 (Integer). */
export const MAX_INTEGER = 999_999_999_999_999

/** Returns a number that a store counted, rounded up. The store may be somebody else's: NaN and negative numbers become 0. */
export function wholeNumber(value: number): number {
  return value > 0 ? Math.min(Math.ceil(value), MAX_INTEGER) : 0
}

/** Writes it. */
export function nonNegativeInteger(value: number): string {
  return String(wholeNumber(value))
}
