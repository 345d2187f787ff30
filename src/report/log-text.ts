import { BIDI_CONTROLS } from '../catalog/template.ts'

export const MAX_TEXT = 8192
const MAX_HEADLINE = 200

/** Makes a text safe to stand in a log that is plain text: on one line, without controls, bounded. */
export function clean(text: string): string {
  return cut(text, MAX_TEXT).replace(CONTROLS, ' ').replace(BIDI_CONTROLS, '').toWellFormed().trim()
}

/** Returns the start of a cleaned text, for people. A text that is data has no headline: zod's message is JSON. */
export function headline(text: string): string {
  return DATA.test(text) ? '' : cut(text, MAX_HEADLINE)
}

/** A text without what engines quote of the JSON that they could not parse. */
export function withoutJson(text: string): string {
  const jsc = text.indexOf(JSC)
  if (jsc !== -1) return `${text.slice(0, jsc)}${MALFORMED_JSON}`
  const end = text.lastIndexOf(V8)
  // It may quote anything, and even its own words.
  const start = end === -1 ? -1 : text.slice(0, end).search(/Unexpected token |"/)
  return start === -1 ? text : `${text.slice(0, start)}${MALFORMED_JSON}${text.slice(end + V8.length)}`
}

const MALFORMED_JSON = 'Malformed JSON'

// Unexpected token 'h', ..."a":hunter2}" is not valid JSON
const V8 = ' is not valid JSON'
// JSON Parse error: Unexpected identifier "hunter2"
const JSC = 'JSON Parse error: '

const DATA = /^\[?\s*\{\s*"/
// A line break takes the indentation of the next line with it.
const CONTROLS = /[\p{Cc}\u2028\u2029][\p{Cc}\s]*/gu

export function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…`.toWellFormed() : text
}
