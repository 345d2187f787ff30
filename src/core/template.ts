import { SetupError, show } from './setup-error.ts'

/** A value for a `{{placeholder}}`. Values are data: nothing in them is ever interpreted. */
export type ParamValue = string | number | bigint | boolean | Date

/** What a missing or unusable param is shown as, so that no `{{name}}` and no "undefined" leaves the server. */
export const MISSING = '…'

const MAX_PARAM_LENGTH = 1024

// i18next's interpolation: {{name}}, {{- name}} (not escaped; we never escape), {{name, format}}.
const PLACEHOLDER = /\{\{\s*-?\s*([^{},]*?)\s*(?:,[^{}]*)?\}\}/g
const NAME = /^[A-Za-z_]\w*$/

/** Returns the names of a text's placeholders, each once. Throws a SetupError for a name that no param can have. */
export function placeholders(text: string, where: string): readonly string[] {
  const names = new Set<string>()
  for (const [whole, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (!NAME.test(name) || name in Object.prototype) {
      throw new SetupError(
        `${where} holds the placeholder ${show(whole)}. Name params with letters, digits and _, like {{left}}.`,
      )
    }
    names.add(name)
  }
  return [...names]
}

/** Fills a text's placeholders without formats: what a log reads, not what a client does. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(PLACEHOLDER, (_whole, name: string) => String(params[name] ?? MISSING))
}

/**
 * Makes a thrower's param safe to show: text on one line of thought (no character that reorders what stands
 * around it), valid Unicode, bounded; finite numbers stay numbers for plurals and formats.
 */
export function paramText(value: unknown): string | number {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : MISSING
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return dateText(value) ?? MISSING
}

function cleanText(text: string): string {
  const cut = text.length > MAX_PARAM_LENGTH ? `${text.slice(0, MAX_PARAM_LENGTH)}…` : text
  return cut.replace(BIDI_CONTROLS, '').toWellFormed()
}

// Unicode Bidirectional Algorithm (UAX #9), explicit formatting characters.
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Returns a Date's ISO text, whichever realm made it, or undefined for anything else. */
export function dateText(value: unknown): string | undefined {
  try {
    const time = Date.prototype.getTime.call(value)
    return Number.isNaN(time) ? undefined : new Date(time).toISOString()
  } catch {
    return undefined
  }
}
