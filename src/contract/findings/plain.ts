/** What a terminal does, and the directions in which it shows text: all but line breaks. */
const CONTROLS = /[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/gu

/** Shows controls instead of doing what they say: texts of a catalog, and messages of modules, may hold any. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROLS, (control) => `\\u${control.codePointAt(0)!.toString(16).padStart(4, '0')}`)
}

/** The same on one line. */
export function plain(text: string): string {
  return withoutControls(text.replaceAll(/\s*[\r\n]+\s*/g, ' '))
}
