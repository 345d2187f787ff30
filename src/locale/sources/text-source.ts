import type { i18n as I18n } from 'i18next'
import { i18next } from '../../dependencies.cjs'
import type { Keys } from './keys.ts'

/** Somewhere texts come from. i18next holds and resolves them all. */
export interface TextSource {
  readonly i18n: I18n
  /** Whether its texts have i18next's default syntax for sure. An app's instance may have another. */
  readonly ownSyntax: boolean
  /** The locales in which it has a namespace, as BCP 47 tags. */
  readonly locales: (namespace: string) => readonly string[]
  /** Returns i18next's name of a locale: an app may have loaded `zh_CN` or `zh-cn`. */
  readonly languageOf: (locale: string, namespace: string) => string
  /** Says where it would have the texts of a namespace. */
  readonly placeOf: (namespace: string) => string
  /** Looks for what is wrong with the files of a namespace, without keeping them. Throws a SetupError. */
  readonly check: (namespace: string) => void
  /** Says what it holds of a namespace and cannot use, as far as that shows before files are read. */
  readonly faults: (namespace: string, keys: Keys) => readonly string[]
  /** Makes a namespace of one locale ready for look-up. Says what of its file cannot be used. */
  readonly load: (namespace: string, locale: string, keys: Keys) => readonly string[]
}

/** An instance of our own, so that nothing is shared with i18next elsewhere in the process. */
export function createI18n(): I18n {
  const i18n = i18next().createInstance()
  void i18n.init({
    initAsync: false,
    // Own, so that it is not what all objects have.
    lng: undefined as unknown as string,
    resources: {},
    fallbackLng: false,
    ns: [],
    // Its cache of formatters has every set of params for a key, and no bound.
    cacheInBuiltFormats: false,
    interpolation: { escapeValue: false },
  })
  return i18n
}

export const TEXTS = 'Give an object of <key>: { message: … }.'
