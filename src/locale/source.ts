import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { i18n as I18n } from 'i18next'
import type { Locales } from '../catalog/catalog.ts'
import { checkLength } from '../catalog/entry.ts'
import { i18next } from '../dependencies.cjs'
import { read } from '../guard/read.ts'
import { checkPlain, SetupError, show } from '../guard/setup-error.ts'
import { isThere, readJson, readUtf8 } from './file.ts'
import { parseLocale } from './match.ts'

/** Somewhere texts come from. i18next holds and resolves them all. */
export interface TextSource {
  readonly i18n: I18n
  /** Whether its texts have i18next's default syntax for sure. An app's instance may have another. */
  readonly ownSyntax: boolean
  /** The locales in which it has a namespace, as BCP 47 tags. */
  readonly locales: (namespace: string) => readonly string[]
  /** Returns i18next's name of a locale: an app may have loaded `zh_CN` or `zh-cn`. */
  readonly languageOf: (locale: string) => string
  /** Looks for what is wrong with the files of a namespace, without keeping them. Throws a SetupError. */
  readonly check: (namespace: string) => void
  /** Makes a namespace of one locale ready for look-up. Returns what is wrong with it. */
  readonly load: (namespace: string, locale: string) => string | undefined
}

/** The texts of the app's own i18next instance. */
export function i18nextSource(i18n: I18n): TextSource {
  return instanceSource(i18n, false)
}

function instanceSource(i18n: I18n, ownSyntax: boolean): TextSource {
  const languages = new Map<string, string>()
  return {
    i18n,
    ownSyntax,
    locales(namespace) {
      const held: string[] = []
      const data = read(i18n.store, 'data')
      if (!isObject(data)) return held
      for (const language of Object.keys(data)) {
        const tag = parseLocale(language)?.tag
        const namespaces = read(data, language)
        // An app may hold a language that it has nothing for.
        if (tag === undefined || !isObject(namespaces) || !Object.hasOwn(namespaces, namespace)) continue
        languages.set(tag, language)
        held.push(tag)
      }
      return held
    },
    languageOf: (locale) => languages.get(locale) ?? locale,
    check: () => {},
    load: () => undefined,
  }
}

export const LOCALES_REMEDY = 'a folder that holds <lng>/<catalog>.json, or { <lng>: { <catalog>: texts } }'

/** Whether texts can be read of a value: a folder, or resources. */
export function isLocales(value: unknown): value is Locales {
  return value instanceof URL ? value.protocol === 'file:' : typeof value === 'string' || isObject(value)
}

/**
 * Texts from a folder of `<lng>/<namespace>.json`, or given as i18next resources.
 *
 * @param origin - names the option in what a SetupError says
 */
export function createSource(locales: Locales, origin: string): TextSource {
  if (typeof locales === 'string') return folderSource(locales, origin)
  if (locales instanceof URL && locales.protocol === 'file:') {
    return folderSource(fileURLToPath(locales), origin)
  }
  if (!isLocales(locales) || locales instanceof URL) {
    throw new SetupError(`${origin} is ${show(locales)}. Give ${LOCALES_REMEDY}.`)
  }
  checkPlain(origin, locales)
  const i18n = createI18n()
  for (const [locale, namespaces] of Object.entries(locales)) {
    checkTag(locale, origin)
    if (!isObject(namespaces)) {
      throw new SetupError(`${origin}, ${locale} is ${show(namespaces)}. Give an object of <catalog>: texts.`)
    }
    for (const [namespace, texts] of Object.entries(namespaces)) {
      if (!isObject(texts)) {
        throw new SetupError(`${origin}, ${locale}.${namespace} is ${show(texts)}. ${TEXTS}`)
      }
      checkLengths(texts, `${origin}, ${locale}.${namespace}`)
      i18n.addResourceBundle(locale, namespace, texts)
    }
  }
  return instanceSource(i18n, true)
}

function checkLengths(texts: object, where: string): void {
  for (const [key, fields] of Object.entries(texts)) {
    if (!isObject(fields)) continue
    for (const [field, text] of Object.entries(fields)) checkLength(`${where}.${key}.${field}`, text)
  }
}

const TEXTS = 'Give an object of <key>: { message: … }.'

/** Reads a file when its language is first asked for: an API of many codes need not hold ten languages at start. */
function folderSource(folder: string, origin: string): TextSource {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new SetupError(
      `${origin} is ${show(folder)}, which is no folder. Give one that holds <lng>/<catalog>.json; a relative path starts at ${show(process.cwd())}.`,
    )
  }
  const i18n = createI18n()
  const fileOf = (namespace: string, locale: string): string => join(folder, locale, `${namespace}.json`)

  function locales(namespace: string): readonly string[] {
    const found = readdirSync(folder).filter((locale) => isThere(fileOf(namespace, locale)))
    for (const locale of found) checkTag(locale, `Folder ${show(folder)}`)
    return found
  }

  return {
    i18n,
    ownSyntax: true,
    locales,
    languageOf: (locale) => locale,
    check(namespace) {
      for (const locale of locales(namespace)) readUtf8(fileOf(namespace, locale))
    },
    load(namespace, locale) {
      const file = fileOf(namespace, locale)
      if (i18n.hasResourceBundle(locale, namespace) || !isThere(file)) return undefined
      try {
        const texts = readJson(file)
        if (!isObject(texts)) return `${file} holds ${show(texts)}. ${TEXTS}`
        i18n.addResourceBundle(locale, namespace, texts, false, true, { skipCopy: true })
        return undefined
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    },
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkTag(locale: string, where: string): void {
  const tag = parseLocale(locale)?.tag
  if (tag === locale) return
  const remedy = tag === undefined ? "Use BCP 47 tags such as 'zh-CN'" : `Rename it to ${show(tag)}`
  throw new SetupError(`${where} holds the language ${show(locale)}. ${remedy}.`)
}

/** An instance of our own, so that nothing is shared with i18next elsewhere in the process. */
function createI18n(): I18n {
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
