import type { Code, TextField } from '../core/entry.ts'
import { MISSING } from '../core/template.ts'
import type { TextSource } from './source.ts'

// Codes may hold dots; no code and no field holds this.
const KEY_SEPARATOR = '\u001F'

/**
 * Returns one text as i18next resolves it, or undefined when this source has none in this locale.
 *
 * Params are passed as `replace`, never as options: a param named `lng` or `defaultValue` stays a value. Values
 * are not searched for placeholders, `$t()` is not a command, and nothing is escaped, since JSON is not HTML.
 */
export function findText(
  source: TextSource,
  namespace: string,
  locale: string,
  code: Code,
  field: TextField,
  params: Readonly<Record<string, string | number>>,
): string | undefined {
  const language = source.languageOf(locale)
  const key = `${code}${KEY_SEPARATOR}${field}`
  const options = {
    ns: namespace,
    lng: language,
    lngs: [language],
    keySeparator: KEY_SEPARATOR,
    nsSeparator: false,
    ...(typeof params['count'] === 'number' ? { count: params['count'] } : undefined),
  } as const
  try {
    if (!source.i18n.exists(key, options)) return undefined
    const text: unknown = source.i18n.t(key, {
      ...options,
      replace: params,
      returnObjects: true,
      nest: false,
      missingInterpolationHandler: () => MISSING,
      interpolation: { escapeValue: false, skipOnVariables: true },
    })
    return typeof text === 'string' && text.trim() !== '' ? text : undefined
  } catch {
    return undefined
  }
}
