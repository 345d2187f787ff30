/** The highest number of a structured field, and so the highest limit: RFC 9651, section 3.3.1 (Integer). */
export const MAX_INTEGER = 999_999_999_999_999

/** Writes a number that a store counted, rounded up. The store may be somebody else's: NaN and negative numbers become 0. */
export function nonNegativeInteger(value: number): string {
  return value > 0 ? String(Math.min(Math.ceil(value), MAX_INTEGER)) : '0'
}
