import * as fc from 'fast-check'

/** As fast-check's unit `binary`, which makes a table of all million characters first. */
const character = fc.integer({ min: 0, max: 0x10_ff_ff }).map((code) => String.fromCodePoint(code))

/** A text of any characters, halves of pairs too. */
export function anyText(maxLength?: number): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...(maxLength !== undefined && { maxLength }) })
}
