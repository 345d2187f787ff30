import type { i18n as I18n } from 'i18next'
import { isRightToLeft } from '../../answer/direction.ts'
import { MISSING, type Params } from '../../catalog/template.ts'
import { bare, masks } from '../../guard/own.ts'
import { ignoreRejection } from '../../guard/read.ts'
import type { TextSource } from '../sources/source.ts'
import { prepareFormats, type FormatValues } from './formats.ts'
import { isolate } from './isolate.ts'
import type { FormPlace, TextKey } from './place.ts'
import { countOf } from './plural.ts'

// Names may hold dots; none of those that lead to a text holds this.
const KEY_SEPARATOR = '\u001F'

export type Fill = (params: Params) => unknown

/** Fills a text in i18next's own syntax, as the app may have set it. */
export function i18nextFill(source: TextSource, key: TextKey, place: FormPlace): Fill | undefined {
  // The instance is the app's, and so is what becomes of its texts.
  if (textOf(() => translate(source, place, { skipInterpolation: true })) === undefined) return undefined
  const rightToLeft = isRightToLeft(key.locale)
  const prepare = prepareFormats(source.i18n, place.raw)
  return (params) =>
    translate(source, place, {
      ...countedBy(params),
      replace: lookedUp(source.i18n, rightToLeft ? isolateAll(prepare(params)) : prepare(params)),
      missingInterpolationHandler: () => MISSING,
      interpolation: rightToLeft
        ? { escapeValue: true, escape: isolate, skipOnVariables: true }
        : { escapeValue: false, skipOnVariables: true },
    })
}

// https://www.i18next.com/translation-function/essentials#overview-options
const I18NEXT_OPTION =
  /^(?:lngs?|ns|fallbackLng|context|count|ordinal|replace|interpolation|(?:key|ns)Separator|keyPrefix|nest|joinArrays|postProcess|applyPostProcessor|skipInterpolation|missing\w*|append\w*|ignoreJSONStructure|(?:return|default|formatParam)\w*)$/

/** Fills a text of a plugin that nobody here knows: params are where the plugin may look for them. */
export function otherFill(source: TextSource, key: TextKey, place: FormPlace): Fill {
  const missing = Object.fromEntries(key.params.map((name) => [name, MISSING]))
  return (params) => {
    const given = { ...missing, ...params }
    const values = isRightToLeft(key.locale) ? isolateAll(given) : given
    const named = Object.entries(values).filter(([name]) => !I18NEXT_OPTION.test(name))
    return translate(source, place, {
      ...Object.fromEntries(named),
      ...countedBy(params),
      replace: values,
    })
  }
}

function translate(
  { i18n, ownSyntax }: TextSource,
  { namespace, language, path }: FormPlace,
  options: object,
): unknown {
  const key = path.join(KEY_SEPARATOR)
  const text: unknown = i18n.t(key, {
    ...masks(),
    ...options,
    ns: namespace,
    lng: language,
    lngs: [language],
    keySeparator: KEY_SEPARATOR,
    nsSeparator: false,
    returnDetails: false,
    ...(ownSyntax ? { applyPostProcessor: false } : undefined),
    returnObjects: true,
    nest: false,
  })
  // For what it does not find, i18next returns the key.
  return text === key ? undefined : text
}

/** The number of a plural, as i18next's formats and plugins look for it. */
function countedBy(params: Params): { readonly count?: number } {
  const count = countOf(params)
  return count === undefined ? {} : { count }
}

/** Returns a text that the app's i18next makes, or undefined for a failure and for what is no text. */
export function textOf(make: () => unknown): string | undefined {
  try {
    const text = make()
    ignoreRejection(text)
    return typeof text === 'string' && text.trim() !== '' ? text : undefined
  } catch {
    return undefined
  }
}

/**
 * Params that i18next finds when it looks for one, and does not list: it would take those named as an option of Intl
 * for one, `{{day}}` for `day: 'numeric'`, and `lng` for the language. What the app has for all texts, it lists.
 */
function lookedUp({ options }: I18n, params: FormatValues): FormatValues {
  const found = bare(params)
  if (options.interpolation?.defaultVariables) return found
  const unlisted = bare<PropertyDescriptor>({ enumerable: false })
  for (const name of Object.keys(found)) Object.defineProperty(found, name, unlisted)
  return found
}

/** Numbers stay numbers for formats, and are isolated once they are text. */
function isolateAll(params: FormatValues): FormatValues {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? isolate(value) : value]),
  )
}
