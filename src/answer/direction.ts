import { boundedMemo } from '../guard/memo.ts'

// Unicode, UAX #9: scripts written from the right. Intl.Locale's textInfo would say so, from Node 21 on.
const RIGHT_TO_LEFT: ReadonlySet<string | undefined> = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
])

const MAX_LOCALES = 1000

/** Whether a language is written from the right. Each answer asks it, and Intl is slow. */
export const isRightToLeft = boundedMemo(MAX_LOCALES, (locale) => {
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script)
  } catch {
    return false
  }
})
