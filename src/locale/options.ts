import type { i18n as I18n } from 'i18next'
import type { Locales } from '../catalog/catalog.ts'
import { aFunction, type Checks } from '../guard/options.ts'
import { read } from '../guard/read.ts'
import { isFallbackLocale, type FallbackLocales } from './language/fallbacks.ts'
import type { I18nKey } from './text/own-keys.ts'
import { isLocales, LOCALES_REMEDY } from './sources/source.ts'

/** The options that say where texts come from. */
export interface LocaleOptions {
  /**
   * Translations: a folder with `<lng>/<catalog>.json`, a path that holds `{{lng}}`, such as
   * `./locales/{{ns}}/{{lng}}.json`, or i18next resources. They go before the catalog's own.
   */
  readonly locales?: Locales | undefined
  /** Translations: the app's own i18next instance, instead of `locales`. Namespaces are the catalogs' names. */
  readonly i18n?: I18n | undefined
  /**
   * The app's own key of a text in `i18n` or `locales`, such as `'errors:api.not_found'`, for apps whose keys are not
   * those of the catalog. Undefined leaves the text to `<catalog>:<key>.<field>`.
   */
  readonly i18nKey?: I18nKey | undefined
  /**
   * The language for clients that want none we have, or by the language that they want:
   * `{ 'zh-HK': ['zh-TW'], default: 'en' }`.
   *
   * @default that of the catalog's texts
   */
  readonly fallbackLocale?: string | FallbackLocales | undefined
}

export const LOCALE_CHECKS: Checks<LocaleOptions> = {
  locales: [isLocales, LOCALES_REMEDY],
  i18n: [
    (value) => typeof read(value, 't') === 'function' && typeof read(value, 'exists') === 'function',
    'an i18next instance',
  ],
  i18nKey: aFunction('of the entry and the field, which returns a key'),
  fallbackLocale: [isFallbackLocale, 'a BCP 47 tag, or { <tag>: [<tag>, …], default: <tag> }'],
}
