import type { i18n as I18n } from 'i18next'
import { isRightToLeft } from '../../answer/direction.ts'
import { MISSING, type Params } from '../../catalog/template.ts'
import { readOwn } from '../../guard/own.ts'
import { read } from '../../guard/read.ts'
import { instant, numeric } from './formats.ts'
import { compileIcu, type MessageFormat } from './icu.ts'
import { isolate } from './isolate.ts'
import type { Place } from './lookup.ts'
import type { Placeholders } from './placeholders.ts'

/** A text in the syntax of a plugin (https://www.i18next.com/misc/creating-own-plugins#i18nformat). */
export interface PluginText {
  /** Undefined where the syntax is not known. */
  readonly placeholders: Placeholders | undefined
  /** Undefined where i18next has to fill it. May throw, and return what is no text. */
  readonly fill: ((params: Params) => unknown) | undefined
}

/** Where a text of a plugin is. */
export interface PluginPlace extends Place {
  readonly namespace: string
  readonly locale: string
  /** i18next's name of the locale. */
  readonly language: string
}

/** The part of a plugin that is used. */
interface Plugin {
  readonly parse: (
    resource: unknown,
    values: object,
    language: string,
    namespace: string,
    key: string,
    info: object,
  ) => unknown
  readonly getResource?: (language: string, namespace: string, key: string, options: object) => unknown
  readonly formats?: unknown
  readonly options?: { readonly parseLngForICU?: (language: string) => string }
}

/**
 * Reads a text in the syntax of the instance's plugin. Undefined where it has none, and texts are i18next's.
 *
 * A plugin is asked itself, with the params alone: as options of `t`, one named `lng` would be the language.
 *
 * @throws an error of the plugin's - for a text that it cannot read
 */
export function pluginText(i18n: I18n, place: PluginPlace): PluginText | undefined {
  const plugin = read(i18n.services, 'i18nFormat') as Plugin | undefined
  if (typeof read(plugin, 'parse') !== 'function') return undefined
  // Each of the three leaves its mark on the instance.
  if (typeof read(i18n, 'IntlMessageFormat') === 'function') return icuText(i18n, plugin!, place)
  if (read(i18n, 'Polyglot') !== undefined) return polyglotText(plugin!, place)
  if (read(i18n, 'fluent') !== undefined) return fluentText(plugin!, place)
  return { placeholders: undefined, fill: undefined }
}

/** https://github.com/i18next/i18next-icu */
function icuText(i18n: I18n, plugin: Plugin, { raw, language, locale }: PluginPlace): PluginText {
  const given = plugin.options?.parseLngForICU?.(language) ?? language
  // Intl knows no zh_CN.
  const { names, always, fill } = compileIcu(raw, given === language ? locale : given, {
    Format: read(i18n, 'IntlMessageFormat') as MessageFormat,
    formats: plugin.formats,
    rightToLeft: isRightToLeft(locale),
  })
  return { placeholders: { names, always, write: (name) => `{${name}}` }, fill }
}

/** https://github.com/i18next/i18next-polyglot: `%{name}`, and plural forms between `||||`, by `smart_count`. */
function polyglotText(plugin: Plugin, place: PluginPlace): PluginText {
  const namesIn = (text: string): readonly string[] =>
    Array.from(text.matchAll(/%\{(.*?)\}/g), ([, name = '']) => name).filter((name) => name !== COUNT)
  const names = namesIn(place.raw)
  // The last form is that of most numbers.
  const always = [...namesIn(place.raw.split('||||').at(-1)!), COUNT]
  return {
    placeholders: { names, always, write: (name) => `%{${name}}` },
    fill(params) {
      const count = (readOwn(params, COUNT) ?? readOwn(params, 'count') ?? MISSING) as string | number
      const values = valuesOf(names, params, place.locale)
      return parse(plugin, place, place.raw, { ...values, [COUNT]: numeric(count) ?? count })
    },
  }
}

/** What chooses the plural form, by the only name that Polyglot has for it. */
const COUNT = 'smart_count'

/** https://github.com/i18next/i18next-fluent: `{ $name }`, `{ NUMBER($name) }`. Fields of a key are attributes. */
function fluentText(plugin: Plugin, place: PluginPlace): PluginText {
  const namesIn = (pattern: RegExp): readonly string[] =>
    Array.from(place.raw.matchAll(pattern), ([, name = '']) => name)
  const names = namesIn(/\{\s*(?:[A-Z][A-Z0-9_-]*\(\s*)?\$([A-Za-z][\w-]*)/g)
  const numbers = namesIn(/NUMBER\(\s*\$([A-Za-z][\w-]*)/g)
  const times = namesIn(/DATETIME\(\s*\$([A-Za-z][\w-]*)/g)
  const key = keyOf(place)
  const resource = plugin.getResource?.(place.language, place.namespace, key, {})
  if (!resource) throw new Error(`no message ${key} was made of ${place.language}; name it in preload`)
  return {
    placeholders: { names, always: names, write: (name) => `{ $${name} }` },
    fill(params) {
      const values: Record<string, unknown> = { ...valuesOf(names, params, place.locale) }
      let isMissing = false
      for (const name of [...numbers, ...times]) {
        const given = (readOwn(params, name) ?? MISSING) as string | number
        const value = numbers.includes(name) ? numeric(given) : timeOf(given)
        // It does not know a bigint.
        values[name] = typeof value === 'bigint' ? Number(value) : value
        isMissing ||= value === undefined
      }
      const text = parse(plugin, place, resource, values)
      // What a function cannot show comes as its name.
      return isMissing && typeof text === 'string'
        ? text.replaceAll(/\{[A-Z][A-Z0-9_-]*\(\)\}|\{\$[\w-]+\}/g, MISSING)
        : text
    },
  }
}

/** The name that Fluent's JSON has for the text of a message, beside its attributes. */
export function textMember(i18n: I18n): string | undefined {
  return read(i18n, 'fluent') === undefined ? undefined : FLUENT_TEXT
}

const FLUENT_TEXT = 'val'

function keyOf({ path }: PluginPlace): string {
  return (path.at(-1) === FLUENT_TEXT ? path.slice(0, -1) : path).join('.')
}

function timeOf(value: string | number): Date | undefined {
  const time = instant(value)
  return time === undefined ? undefined : new Date(time)
}

function parse(plugin: Plugin, place: PluginPlace, resource: unknown, values: object): unknown {
  const { language, namespace } = place
  return plugin.parse(resource, values, language, namespace, keyOf(place), { resolved: { res: resource } })
}

/** A value for each name that a text shows, so that none comes as its placeholder. */
function valuesOf(names: readonly string[], params: Params, locale: string): Params {
  const shown = isRightToLeft(locale) ? isolate : (value: string | number): string | number => value
  return Object.fromEntries(
    names.map((name) => {
      const value = Object.hasOwn(params, name) ? params[name]! : MISSING
      return [name, typeof value === 'string' ? shown(value) : value]
    }),
  )
}
