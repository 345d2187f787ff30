import { isCode, type Code } from '../../catalog/code.ts'
import { RESERVED_NAMES } from '../../guard/own.ts'

/** A number that JSON and JavaScript hold as it is written. */
const NUMBER = /^(?:0|-?[1-9]\d{0,14})$/
/** What stands in a column of codes: no blanks, no sentence. */
const SHAPE = /^[\p{L}\p{N}_.:/#+-]{1,128}$/u

/** Takes off what Markdown puts around a code: `**\`1001\`**`. */
export function bareToken(text: string): string {
  const linked = /^\[([^\]]*)\]\([^)]*\)$/.exec(text)?.[1] ?? text
  return linked.replace(/^[`*"'“”‘’\s]+|[`*"'“”‘’\s]+$/gu, '').replace(/^_+(?=.*_+$)|(?<=^_.*)_+$/g, '')
}

/** Whether a text can be the code of an error. */
export function looksLikeCode(text: string): boolean {
  return SHAPE.test(text) && isCode(text) && /[\p{L}\p{N}]/u.test(text)
}

/** Whether a text is written like a number. */
export function isNumeric(text: string): boolean {
  return NUMBER.test(text)
}

/** Whether digits have to be kept as they are written: `0001`, or more than a number holds. */
export function isDigitsOfText(text: string): boolean {
  return /^-?\d+$/.test(text) && !NUMBER.test(text)
}

/** A code as the catalog has it. */
export function toCode(text: string, asText: boolean): Code {
  return !asText && NUMBER.test(text) ? Number(text) : text
}

const KEY = /^[A-Za-z][\w.:/-]{0,127}$/

/** Whether a catalog can have an error of this name. */
export function isKey(text: string): boolean {
  return KEY.test(text) && !RESERVED_NAMES.has(text) && text !== 'prototype' && text !== 'then'
}

/** Whether a name is one that programs use, and not a word of a sentence. */
export function isIdentifier(text: string): boolean {
  return isKey(text) && /[_.]|[a-z][A-Z]|^[A-Z][A-Z0-9]{2,}$/.test(text)
}

/** The key of an error that only has a code: the code where it can be, else made of its words. */
export function keyOf(code: Code, title: string | undefined): Code {
  if (typeof code === 'number' && code >= 0) return code
  const text = String(code)
  if (isKey(text)) return text
  if (typeof code === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text)
  return constantOf(title ?? '') ?? `E${text.replace(/^-/, '').replaceAll(/[^\w.:/-]/g, '_')}`.slice(0, 128)
}

/** `Order would trigger` → `ORDER_WOULD_TRIGGER`. Undefined for a text without enough Latin words. */
export function constantOf(text: string): string | undefined {
  const words =
    text
      .normalize('NFKD')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? []
  let name = ''
  for (const word of words) {
    if (name.length + word.length > 50) break
    name += name === '' ? word : `_${word}`
  }
  return isKey(name) && name.length > 2 ? name : undefined
}
