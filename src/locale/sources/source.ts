import type { i18n as I18n } from 'i18next'
import type { Locales } from '../../catalog/catalog.ts'
import { checkLength } from '../../catalog/entry.ts'
import { readOwn } from '../../guard/own.ts'
import { isRecord, read } from '../../guard/read.ts'
import { checkPlain, SetupError, show } from '../../guard/setup-error.ts'
import { fileSource } from './files.ts'
import { fileURLToPath, hasFiles } from './host-files.ts'
import { parseLocale } from '../language/match.ts'
import { checkTag, countryFault, languageFault } from '../language/tags.ts'
import { createI18n, TEXTS, type TextSource } from './text-source.ts'
import { unusableIn } from './unusable.ts'

export type { TextSource } from './text-source.ts'

/** The texts of the app's own i18next instance. */
export function i18nextSource(i18n: I18n): TextSource {
  return {
    ...instanceSource(i18n, false),
    faults: (namespace, keys) =>
      languagesOf(i18n, namespace).flatMap((language) => {
        const where = `Option i18n, ${language}.${namespace}`
        const texts = readOwn(readOwn(i18n.store.data, language), namespace)
        // A plugin's texts may have members of their own.
        const isKnown = isRecord(texts) && read(i18n.services, 'i18nFormat') === undefined
        return [languageFault(language, where) ?? [], isKnown ? unusableIn(texts, where, keys) : []].flat()
      }),
  }
}

/** The languages that have a namespace, as i18next names them. */
function languagesOf(i18n: I18n, namespace: string): readonly string[] {
  const data = read(i18n.store, 'data')
  if (!isRecord(data)) return []
  return Object.keys(data).filter((language) => {
    const namespaces = read(data, language)
    // An app may hold a language that it has nothing for.
    return isRecord(namespaces) && Object.hasOwn(namespaces, namespace)
  })
}

function instanceSource(i18n: I18n, ownSyntax: boolean): TextSource {
  // An app may have both zh_CN and zh-CN, each with other namespaces.
  const byNamespace = new Map<string, ReadonlyMap<string, string>>()
  return {
    i18n,
    ownSyntax,
    locales(namespace) {
      const languages = new Map<string, string>()
      for (const language of languagesOf(i18n, namespace)) {
        const tag = parseLocale(language)?.tag
        if (tag !== undefined) languages.set(tag, language)
      }
      byNamespace.set(namespace, languages)
      return [...languages.keys()]
    },
    languageOf: (locale, namespace) => byNamespace.get(namespace)?.get(locale) ?? locale,
    placeOf: (namespace) => `{ <lng>: { '${namespace}': … } }`,
    check: () => {},
    faults: () => [],
    load: () => [],
  }
}

export const LOCALES_REMEDY =
  "a folder that holds <lng>/<catalog>.json, a path such as './locales/{{ns}}/{{lng}}.json', or { <lng>: { <catalog>: texts } }"

/** Whether texts can be read of a value: a path, or resources. */
export function isLocales(value: unknown): value is Locales {
  return value instanceof URL ? value.protocol === 'file:' : typeof value === 'string' || isRecord(value)
}

/**
 * Texts from files, or given as i18next resources.
 *
 * @param origin - names the option in what a SetupError says
 * @param own - the namespace of the files of a path without `{{ns}}`
 */
export function createSource(locales: Locales, origin: string, own?: string): TextSource {
  if (typeof locales === 'string') return fileSource(checkFiles(locales, origin), origin, own)
  if (locales instanceof URL && locales.protocol === 'file:') {
    return fileSource(fileURLToPath(checkFiles(locales, origin)), origin, own)
  }
  if (!isLocales(locales) || locales instanceof URL) {
    throw new SetupError(`${origin} is ${show(locales)}. Give ${LOCALES_REMEDY}.`)
  }
  checkPlain(origin, locales)
  const i18n = createI18n()
  for (const [locale, namespaces] of Object.entries(locales)) {
    checkTag(locale, origin)
    if (!isRecord(namespaces)) {
      throw new SetupError(`${origin}, ${locale} is ${show(namespaces)}. Give an object of <catalog>: texts.`)
    }
    checkPlain(`${origin}, ${locale}`, namespaces)
    for (const [namespace, texts] of Object.entries(namespaces)) {
      if (!isRecord(texts)) {
        throw new SetupError(`${origin}, ${locale}.${namespace} is ${show(texts)}. ${TEXTS}`)
      }
      addTexts(i18n, locale, namespace, texts, `${origin}, ${locale}.${namespace}`)
    }
  }
  const source = instanceSource(i18n, true)
  return {
    ...source,
    faults: (namespace, keys) =>
      source.locales(namespace).flatMap((locale) => {
        const where = `${origin}, ${locale}.${namespace}`
        const texts = i18n.getResourceBundle(locale, namespace) as object
        return [countryFault(locale, where) ?? [], unusableIn(texts, where, keys)].flat()
      }),
  }
}

/** Refuses files on hosts that have none. */
function checkFiles<TPath extends string | URL>(path: TPath, origin: string): TPath {
  if (hasFiles) return path
  throw new SetupError(`${origin} is ${show(String(path))}, and this host has no files. ${RESOURCES}`)
}

const RESOURCES =
  "Give the texts as resources: import de from './locales/de/<catalog>.json', locales: { de: { <catalog>: de } }."

/** Texts are copied as JSON, which not every object can be. */
function addTexts(i18n: I18n, locale: string, namespace: string, texts: object, where: string): void {
  checkPlain(where, texts)
  try {
    checkTexts(texts, where)
    i18n.addResourceBundle(locale, namespace, texts)
  } catch (error) {
    if (error instanceof SetupError) throw error
    const [why] = String(error).split('\n')
    throw new SetupError(`${where} cannot be written as JSON: ${why}. ${TEXTS}`)
  }
}

/**
 * Refuses what would not be left of it as JSON.
 *
 * @param seen - what was looked at: an object may hold itself
 */
function checkTexts(texts: object, where: string, seen = new Set<object>()): void {
  seen.add(texts)
  for (const [key, value] of Object.entries(texts)) {
    checkLength(`${where}.${key}`, value)
    if (typeof value === 'function') {
      throw new SetupError(`${where}.${key} is a function. Write a text, or { message: … }.`)
    }
    if (!isRecord(value) || seen.has(value)) continue
    checkPlain(`${where}.${key}`, value)
    checkTexts(value, `${where}.${key}`, seen)
  }
}
