import { bigintText, dateText } from '../guard/text.ts'
import { RESERVED_NAMES } from '../guard/own.ts'
import { SetupError, show } from '../guard/setup-error.ts'
import { withoutPasswords } from '../guard/userinfo.ts'

/** A value for a `{{placeholder}}`. Values are data: nothing in them is ever interpreted. */
export type ParamValue = string | number | bigint | boolean | Date

/** Stands for a missing or unusable param, so that no `{{name}}` and no "undefined" leaves the server. */
export const MISSING = '…'

const MAX_PARAM_LENGTH = 1024

/** Characters of one text, as it is written. */
export const MAX_TEXT_LENGTH = 2048
const MAX_FILLED_LENGTH = 3072

// i18next's interpolation: {{name}}, {{- name}} (not escaped; we never escape), {{name, format}}.
const PLACEHOLDER = /\{\{\s*-?\s*([^{},]*?)\s*(?:,[^{}]*)?\}\}/g
const NAME = /^[A-Za-z_]\w*$/

const NO_NAMES: readonly string[] = Object.freeze([])

/** Returns the names of a text's placeholders, each once. Throws a SetupError for a name that no param can have. */
export function placeholders(text: string, where: string): readonly string[] {
  if (!text.includes('{{')) return NO_NAMES
  const names = new Set<string>()
  for (const [whole, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (!NAME.test(name) || RESERVED_NAMES.has(name)) {
      throw new SetupError(
        `${where} holds the placeholder ${show(whole)}. Name params with letters, digits and _, like {{left}}.`,
      )
    }
    names.add(name)
  }
  return [...names]
}

/** Returns the names of a text's placeholders that are not among `known`, each once. */
export function unknownPlaceholders(text: string, known: readonly string[]): readonly string[] {
  if (!text.includes('{{')) return NO_NAMES
  const names = Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name)
  return [...new Set(names)].filter((name) => !known.includes(name))
}

/** Cuts a filled text, in which any number of params may stand: all texts of an answer go into 64 KiB, however JSON writes them. */
export function cutFilled(text: string): string {
  return text.length > MAX_FILLED_LENGTH ? `${text.slice(0, MAX_FILLED_LENGTH)}…`.toWellFormed() : text
}

/** Values that are safe to show, by the names of placeholders. */
export type Params = Readonly<Record<string, string | number>>

/** What stands in the place of a placeholder. A list is of alternatives: `a, b or c` in the words of the language. */
export type Filling = string | number | readonly string[]

export type Fillings = Readonly<Record<string, Filling>>

/** A text whose placeholders are filled when the params are known. */
export type Template = (params: Fillings) => string

/**
 * Takes a text apart once, to fill it many times. Formats are left to i18next: here they show the plain value.
 *
 * @param show - makes the text of a value @default in no language
 */
export function compileTemplate(text: string, show: (value: Filling) => string = showPlainly): Template {
  const [first = '', ...rest] = text.split(PLACEHOLDER)
  if (rest.length === 0) return () => text
  return (params) => {
    let filled = first
    // `split` puts the names that it captured between the texts around them.
    for (let index = 0; index < rest.length; index += 2) {
      const name = rest[index]!
      filled += show(Object.hasOwn(params, name) ? params[name]! : MISSING) + rest[index + 1]!
    }
    return filled
  }
}

function showPlainly(value: Filling): string {
  return typeof value === 'object' ? value.join(', ') : String(value)
}

/**
 * Makes a thrower's param safe to show: text on one line of thought (no character that reorders what stands
 * around it), valid Unicode, bounded; finite numbers stay numbers for plurals and formats.
 */
export function paramText(value: unknown): string | number {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : MISSING
  if (typeof value === 'bigint') return bigintText(value) ?? MISSING
  if (typeof value === 'boolean') return String(value)
  return dateText(value) ?? MISSING
}

function cleanText(text: string): string {
  const shown = withoutPasswords(text, MAX_PARAM_LENGTH)
  const cut = text.length > MAX_PARAM_LENGTH ? `${shown.slice(0, MAX_PARAM_LENGTH)}…` : shown
  return cut.replace(BIDI_CONTROLS, '').toWellFormed()
}

// Unicode Bidirectional Algorithm (UAX #9), explicit formatting characters.
export const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
