import type { i18n as I18n } from 'i18next'
import { bare, masks, readOwn } from '../guard/own.ts'
import { ignoreRejection, read } from '../guard/read.ts'
import {
  compileTemplate,
  MAX_TEXT_LENGTH,
  MISSING,
  type Filling,
  type Params,
  type Template,
} from '../catalog/template.ts'
import { getOrMake } from '../guard/memo.ts'
import { alternatives, prepareFormats, type FormatValues } from './formats.ts'
import { lookUp, type Place, type Wanted } from './lookup.ts'
import { parseLocale } from './match.ts'
import { differenceOf, placeholdersOf, type Original } from './placeholders.ts'
import type { TextSource } from './source.ts'

/** A text of an entry in one language, before its params are known. */
export interface Text {
  readonly locale: string
  readonly fill: Template
}

/** Tells a fault of a text that was found, in the words that follow the text's name in a warning. */
export type TellFault = (fault: string) => void

/** The text that is looked for. `count` chooses the plural form. */
export interface TextKey extends Wanted, Original {
  readonly namespace: string
  readonly locale: string
  readonly count: number | undefined
}

// Names may hold dots; none of those that lead to a text holds this.
const KEY_SEPARATOR = '\u001F'

// {{name}} or {{- name}}. All else in braces is i18next's to fill: formats, and what a translator mistyped.
const PLAIN_PLACEHOLDER = /\{\{\s*-?\s*[A-Za-z_]\w*\s*\}\}/g

/**
 * Finds one text where translators write it, or undefined when this source has none in this locale.
 *
 * Its params are passed to i18next as `replace`, never as options: a param named `lng` or `defaultValue` stays a
 * value. Values are not searched for placeholders, `$t()` is not a command, and nothing is escaped, since JSON is
 * not HTML.
 *
 * @param tell - told why a text that was found is not used: it is too long to be sent, or its placeholders are others
 */
export function findText(source: TextSource, key: TextKey, tell: TellFault = () => {}): Text | undefined {
  const place = placeOf(source, key)
  if (place === undefined) return undefined
  const { raw, path } = place
  if (raw.length > MAX_TEXT_LENGTH) {
    tell(`has ${raw.length} characters, and was not used. Write at most ${MAX_TEXT_LENGTH}.`)
    return undefined
  }
  const difference = differenceIn(source, key, place)
  if (difference !== undefined) {
    tell(difference)
    return undefined
  }
  const rightToLeft = isRightToLeft(key.locale)
  const show = showIn(key.locale)
  if (source.ownSyntax && !raw.replaceAll(PLAIN_PLACEHOLDER, '').includes('{{')) {
    return { locale: key.locale, fill: compileTemplate(raw, show) }
  }
  // The instance is the app's, and so is what its plugins make of a text.
  if (translate(source, key, path, { skipInterpolation: true }) === undefined) return undefined
  const prepare = prepareFormats(source.i18n, raw)
  return {
    locale: key.locale,
    fill: withListsShown(
      show,
      (params) =>
        translate(source, key, path, {
          replace: lookedUp(source.i18n, rightToLeft ? isolateAll(prepare(params)) : prepare(params)),
          missingInterpolationHandler: () => MISSING,
          interpolation: rightToLeft
            ? { escapeValue: true, escape: isolate, skipOnVariables: true }
            : { escapeValue: false, skipOnVariables: true },
        }) ?? MISSING,
    ),
  }
}

function differenceIn({ i18n }: TextSource, key: TextKey, { raw, form }: FormPlace): string | undefined {
  const found = placeholdersOf(i18n, raw)
  const always = form === '' || form === 'other' ? found.always : key.params
  const known = Object.keys(i18n.options.interpolation?.defaultVariables ?? {})
  return differenceOf({ ...found, always }, key, key.locale, known)
}

/** A place, and which plural form stands there. */
interface FormPlace extends Place {
  readonly form: string
}

function placeOf({ i18n, languageOf }: TextSource, key: TextKey): FormPlace | undefined {
  const texts = readOwn(readOwn(read(i18n.store, 'data'), languageOf(key.locale)), key.namespace)
  if (texts === undefined) return undefined
  const { keySeparator, pluralSeparator } = i18n.options
  const separators = withOwn('.', keySeparator)
  for (const form of formsOf(key)) {
    for (const separator of form === '' ? [''] : withOwn('_', pluralSeparator)) {
      const place = lookUp(texts, key, separator + form, separators)
      if (place !== undefined) return { ...place, form }
    }
  }
  return undefined
}

/** An app's instance may separate names otherwise than files do that are written for us. */
function withOwn(usual: string, own: string | false | undefined): readonly string[] {
  return own === undefined || own === false || own === '' || own === usual ? [usual] : [own, usual]
}

const WITHOUT_COUNT = ['', 'other']

/** The forms that a text can have, the best first. A count of which a file has no form is shown by that of others. */
function formsOf({ locale, count }: TextKey): readonly string[] {
  if (count === undefined) return WITHOUT_COUNT
  const form = getOrMake(pluralRules, locale, newPluralRules).select(count)
  // i18next has a form for none in every language.
  return count === 0 ? ['zero', form, 'other', ''] : [form, 'other', '']
}

const pluralRules = new Map<string, Intl.PluralRules>()

function newPluralRules(locale: string): Intl.PluralRules {
  return new Intl.PluralRules(locale)
}

function translate(
  { i18n, ownSyntax, languageOf }: TextSource,
  { namespace, locale, count }: TextKey,
  path: readonly string[],
  options: object,
): string | undefined {
  const language = languageOf(locale)
  const key = path.join(KEY_SEPARATOR)
  try {
    const text: unknown = i18n.t(key, {
      ...masks(),
      ns: namespace,
      lng: language,
      lngs: [language],
      keySeparator: KEY_SEPARATOR,
      nsSeparator: false,
      returnDetails: false,
      ...(ownSyntax ? { applyPostProcessor: false } : undefined),
      ...(count === undefined ? undefined : { count }),
      ...options,
      returnObjects: true,
      nest: false,
    })
    ignoreRejection(text)
    // For null, i18next returns the key.
    return typeof text === 'string' && text.trim() !== '' && text !== key ? text : undefined
  } catch {
    return undefined
  }
}

// Scripts written from the right. Intl.Locale's textInfo would say so, from Node 21 on.
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

function isRightToLeft(locale: string): boolean {
  return RIGHT_TO_LEFT.has(parseLocale(locale)?.script ?? '')
}

type Show = (value: Filling) => string

/** How a value is shown in a text of a locale. */
export function showIn(locale: string): Show {
  const show = isRightToLeft(locale) ? isolate : String
  return (value) => (typeof value === 'object' ? alternatives(locale, value.map(show)) : show(value))
}

/** A list is no value of i18next's: it is filled in as its text. */
function withListsShown(show: Show, fill: (params: Params) => string): Template {
  return (fillings) =>
    fill(
      Object.fromEntries(
        Object.entries(fillings).map(([name, value]) => [
          name,
          typeof value === 'object' ? show(value) : value,
        ]),
      ),
    )
}

/** FSI and PDI (UAX #9): a param does not reorder what stands around it. paramText takes away its own. */
function isolate(value: string | number): string {
  return String(value).startsWith('\u2068') ? String(value) : `\u2068${value}\u2069`
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
