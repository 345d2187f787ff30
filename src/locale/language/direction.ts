import { parseLocale } from './match.ts'

// Scripts written from the right. Intl.Locale's textInfo would say so, from Node 21 on.
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

export function isRightToLeft(locale: string): boolean {
  return RIGHT_TO_LEFT.has(parseLocale(locale)?.script ?? '')
}

/** FSI and PDI (UAX #9) stand around a value, which then does not reorder what it stands in. */
export const FSI = '\u2068'
export const PDI = '\u2069'

/** Isolates a value once. paramText takes away marks of its own. */
export function isolate(value: string | number): string {
  return String(value).startsWith(FSI) ? String(value) : `${FSI}${value}${PDI}`
}
