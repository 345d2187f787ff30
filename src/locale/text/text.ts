import type { i18n as I18n } from 'i18next'
import { isRightToLeft } from '../../answer/direction.ts'
import { bare, masks, readOwn } from '../../guard/own.ts'
import { ignoreRejection, read } from '../../guard/read.ts'
import {
  compileTemplate,
  MAX_TEXT_LENGTH,
  MISSING,
  type Filling,
  type Params,
  type Template,
} from '../../catalog/template.ts'
import type { TextField } from '../../catalog/entry.ts'
import { alternatives, prepareFormats, type FormatValues } from './formats.ts'
import { isolate } from './isolate.ts'
import { lookUp, type Place, type Wanted } from './lookup.ts'
import { differenceOf, placeholdersOf, type Original, type Placeholders } from './placeholders.ts'
import type { OwnKey } from './own-keys.ts'
import { countOf, endingsOf, type PluralForm } from './plural.ts'
import { pluginText, textMember, type PluginText } from './plugin.ts'
import type { TextSource } from '../sources/source.ts'

/** A text of an entry in one language, before its params are known. */
export interface Text {
  readonly locale: string
  readonly fill: Template
}

/** Tells a fault of a text that was found, in the words that follow the text's name in a warning. */
export type TellFault = (fault: string) => void

/** The text that is looked for. */
export interface TextKey extends Omit<Wanted, 'isWhole'>, Original {
  readonly field: TextField
  readonly namespace: string
  readonly locale: string
  /** Undefined where no number is told. */
  readonly form: PluralForm | undefined
  /** Where it is looked for first, in an app that has keys of its own. */
  readonly ownKey: OwnKey | undefined
}

// Names may hold dots; none of those that lead to a text holds this.
const KEY_SEPARATOR = '\u001F'

// {{name}} or {{- name}}. All else in braces is i18next's to fill: formats, and what a translator mistyped.
const PLAIN_PLACEHOLDER = /\{\{\s*-?\s*[A-Za-z_]\w*\s*\}\}/g

// https://www.i18next.com/translation-function/nesting: off, since a param could hold one.
const NESTING = '$t('

/**
 * Finds one text where translators write it, or undefined when this source has none in this locale.
 *
 * Its params are passed to i18next as `replace`, never as options: a param named `lng` or `defaultValue` stays a
 * value. Values are not searched for placeholders, `$t()` is not a command, and nothing is escaped, since JSON is
 * not HTML.
 *
 * @param tell - told why a text that was found is not used: it is too long to be sent, or its placeholders are others; and
 *   what is sent as it stands
 */
export function findText(source: TextSource, key: TextKey, tell: TellFault = () => {}): Text | undefined {
  const place = placeOf(source, key)
  if (place === undefined) return undefined
  const { raw, ownName, namespace } = place
  const say: TellFault = (fault) => tell(ownName === undefined ? fault : `(${namespace}:${ownName}) ${fault}`)
  const { locale } = key
  const language = source.languageOf(locale, namespace)
  if (raw.length > MAX_TEXT_LENGTH) {
    say(`has ${raw.length} characters, and was not used. Write at most ${MAX_TEXT_LENGTH}.`)
    return undefined
  }
  let plugin: PluginText | undefined
  try {
    plugin = source.ownSyntax ? undefined : pluginText(source.i18n, { ...place, locale, language })
  } catch (error) {
    say(
      `cannot be read by the plugin of the app's i18next, and was not used: ${String(read(error, 'message'))}`,
    )
    return undefined
  }
  const placeholders = plugin === undefined ? placeholdersOf(source.i18n, raw) : plugin.placeholders
  const difference = placeholders && differenceIn(source, key, place, placeholders)
  if (difference !== undefined) {
    say(difference)
    return undefined
  }
  if (plugin === undefined && raw.includes(NESTING)) {
    say(
      `holds ${NESTING}…), which is not looked up: it is sent as it stands. Write out the text that it means.`,
    )
  }
  const show = showIn(locale)
  if (source.ownSyntax && !raw.replaceAll(PLAIN_PLACEHOLDER, '').includes('{{')) {
    return { locale, fill: compileTemplate(raw, show) }
  }
  const fill =
    plugin === undefined ? i18nextFill(source, key, place) : (plugin.fill ?? otherFill(source, key, place))
  return fill && { locale, fill: withListsShown(show, (params) => textOf(() => fill(params)) ?? MISSING) }
}

function differenceIn(
  { i18n }: TextSource,
  key: TextKey,
  { ending }: FormPlace,
  placeholders: Placeholders,
): string | undefined {
  // A form for a few numbers alone may leave any out.
  const always = ending === '' || ending === 'other' ? placeholders.always : key.params
  const known = Object.keys(i18n.options.interpolation?.defaultVariables ?? {})
  return differenceOf({ ...placeholders, always }, key, key.locale, known)
}

/** A place in a namespace, and the ending of the plural form that stands there. */
interface FormPlace extends Place {
  readonly namespace: string
  readonly ending: string
  /** The app's own key of it. */
  readonly ownName?: string
}

function placeOf(source: TextSource, key: TextKey): FormPlace | undefined {
  const { field, ownKey } = key
  for (const { namespace, name } of ownKey?.places ?? []) {
    const wanted = { key: name, field, isKey: () => false, isWhole: ownKey!.isWhole }
    const place = placeIn(source, namespace, key, wanted)
    if (place !== undefined) return { ...place, ownName: name }
  }
  return placeIn(source, key.namespace, key, { ...key, isWhole: field === 'message' })
}

/** Looks for a message of Fluent under its own name, too. */
function placeIn(source: TextSource, namespace: string, key: TextKey, wanted: Wanted): FormPlace | undefined {
  const place = placeOfMember(source, namespace, key, wanted)
  if (place !== undefined || key.field !== 'message') return place
  const member = source.ownSyntax ? undefined : textMember(source.i18n)
  return member === undefined
    ? undefined
    : placeOfMember(source, namespace, key, { ...wanted, field: member, isWhole: false })
}

function placeOfMember(
  { i18n, languageOf }: TextSource,
  namespace: string,
  key: TextKey,
  wanted: Wanted,
): FormPlace | undefined {
  const texts = readOwn(readOwn(read(i18n.store, 'data'), languageOf(key.locale, namespace)), namespace)
  if (texts === undefined) return undefined
  const { keySeparator, pluralSeparator } = i18n.options
  const separators = withOwn('.', keySeparator)
  for (const ending of endingsOf(key.locale, key.form)) {
    for (const separator of ending === '' ? [''] : withOwn('_', pluralSeparator)) {
      const place = lookUp(texts, wanted, separator + ending, separators)
      if (place !== undefined) return { ...place, namespace, ending }
    }
  }
  return undefined
}

/** An app's instance may separate names otherwise than files do that are written for us. */
function withOwn(usual: string, own: string | false | undefined): readonly string[] {
  return own === undefined || own === false || own === '' || own === usual ? [usual] : [own, usual]
}

type Fill = (params: Params) => unknown

/** Fills a text in i18next's own syntax, as the app may have set it. */
function i18nextFill(source: TextSource, key: TextKey, place: FormPlace): Fill | undefined {
  // The instance is the app's, and so is what becomes of its texts.
  if (textOf(() => translate(source, key, place, { skipInterpolation: true })) === undefined) return undefined
  const rightToLeft = isRightToLeft(key.locale)
  const prepare = prepareFormats(source.i18n, place.raw)
  return (params) =>
    translate(source, key, place, {
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
  /^(?:lngs?|ns|fallbackLng|context|count|ordinal|replace|interpolation|(?:key|ns)Separator|key(?:Prefix)|nest|joinArrays|postProcess|applyPostProcessor|skipInterpolation|missing\w*|append\w*|ignoreJSONStructure|(?:return|default|formatParam)\w*)$/

/** Fills a text of a plugin that nobody here knows: params are where the plugin may look for them. */
function otherFill(source: TextSource, key: TextKey, place: FormPlace): Fill {
  const missing = Object.fromEntries(key.params.map((name) => [name, MISSING]))
  return (params) => {
    const given = { ...missing, ...params }
    const values = isRightToLeft(key.locale) ? isolateAll(given) : given
    const named = Object.entries(values).filter(([name]) => !I18NEXT_OPTION.test(name))
    return translate(source, key, place, {
      ...Object.fromEntries(named),
      ...countedBy(params),
      replace: values,
    })
  }
}

function translate(
  { i18n, ownSyntax, languageOf }: TextSource,
  { locale }: TextKey,
  { namespace, path }: FormPlace,
  options: object,
): unknown {
  const language = languageOf(locale, namespace)
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
function textOf(make: () => unknown): string | undefined {
  try {
    const text = make()
    ignoreRejection(text)
    return typeof text === 'string' && text.trim() !== '' ? text : undefined
  } catch {
    return undefined
  }
}

type Show = (value: Filling) => string

/** How a value is shown in a text of a locale. */
export function showIn(locale: string): Show {
  const rightToLeft = isRightToLeft(locale)
  return (value) => {
    if (typeof value === 'object') return alternatives(locale, rightToLeft ? value.map(isolate) : value)
    return rightToLeft ? isolate(value) : String(value)
  }
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
