import { getOrMake } from '../guard/memo.ts'
import { show } from '../guard/setup-error.ts'
import { isThere, readJson, readUtf8 } from './file.ts'
import { createLayout } from './load-path.ts'
import { countryFault } from './tags.ts'
import { createI18n, isObject, TEXTS, type TextSource } from './text-source.ts'

/**
 * Texts from files. Each is read when its language is first asked for: an API of many codes need not hold ten languages
 * at start.
 *
 * @param path - of a folder, or with `{{lng}}` in it
 * @param own - the namespace of the files of a path without `{{ns}}`
 */
export function fileSource(path: string, origin: string, own?: string): TextSource {
  const { filesOf, placeOf } = createLayout(path, origin, own)
  const i18n = createI18n()
  const found = new Map<string, ReadonlyMap<string, string>>()

  function find(namespace: string): ReadonlyMap<string, string> {
    const files = filesOf(namespace)
    found.set(namespace, files)
    return files
  }

  return {
    i18n,
    ownSyntax: true,
    locales: (namespace) => [...find(namespace).keys()],
    languageOf: (locale) => locale,
    placeOf,
    check(namespace) {
      for (const file of find(namespace).values()) readUtf8(file)
    },
    faults: (namespace) =>
      [...getOrMake(found, namespace, find)]
        .map(([locale, file]) => countryFault(locale, file))
        .filter((fault) => fault !== undefined),
    load(namespace, locale) {
      const file = getOrMake(found, namespace, find).get(locale)
      if (file === undefined || i18n.hasResourceBundle(locale, namespace) || !isThere(file)) return undefined
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
