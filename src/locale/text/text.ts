import { isRightToLeft } from '../../answer/direction.ts'
import {
  compileTemplate,
  MAX_TEXT_LENGTH,
  MISSING,
  type Filling,
  type Params,
  type Template,
} from '../../catalog/template.ts'
import { read } from '../../guard/read.ts'
import type { TextSource } from '../sources/source.ts'
import { i18nextFill, otherFill, textOf } from './fill.ts'
import { alternatives } from './formats.ts'
import { isolate } from './isolate.ts'
import { placeOf, type FormPlace, type TextKey } from './place.ts'
import { differenceOf, placeholdersOf, type Placeholders } from './placeholders.ts'
import { pluginText, type PluginText } from './plugin.ts'

/** A text of an entry in one language, before its params are known. */
export interface Text {
  readonly locale: string
  readonly fill: Template
}

/** Tells a fault of a text that was found, in the words that follow the text's name in a warning. */
export type TellFault = (fault: string) => void

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
  if (raw.length > MAX_TEXT_LENGTH) {
    say(`has ${raw.length} characters, and was not used. Write at most ${MAX_TEXT_LENGTH}.`)
    return undefined
  }
  let plugin: PluginText | undefined
  try {
    plugin = source.ownSyntax ? undefined : pluginText(source.i18n, { ...place, locale })
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
