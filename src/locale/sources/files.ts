import { getOrMake } from '../../guard/memo.ts'
import { isRecord } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { checkFile, isThere, readParsed } from './file.ts'
import { createLayout } from './load-path.ts'
import { countryFault } from '../language/tags.ts'
import { createI18n, TEXTS, type TextSource } from './text-source.ts'
import { unusableIn } from './unusable.ts'

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
  const checked = new Set<string>()
  const find = (namespace: string): ReadonlyMap<string, string> => getOrMake(found, namespace, filesOf)

  return {
    i18n,
    ownSyntax: true,
    locales: (namespace) => [...find(namespace).keys()],
    languageOf: (locale) => locale,
    placeOf,
    check(namespace) {
      // Those of a catalog serve every handler.
      if (checked.has(namespace)) return
      for (const file of find(namespace).values()) checkFile(file)
      checked.add(namespace)
    },
    faults: (namespace) =>
      [...find(namespace)]
        .map(([locale, file]) => countryFault(locale, file))
        .filter((fault) => fault !== undefined),
    load(namespace, locale, keys) {
      const file = find(namespace).get(locale)
      if (file === undefined || !isThere(file)) return []
      try {
        if (!i18n.hasResourceBundle(locale, namespace)) {
          i18n.addResourceBundle(locale, namespace, readTexts(file), false, true, { skipCopy: true })
        }
        return unusableIn(i18n.getResourceBundle(locale, namespace) as object, file, keys)
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)]
      }
    },
  }
}

function readTexts(file: string): object {
  const texts = readParsed(file)
  if (isRecord(texts)) return texts
  throw new SetupError(`${file} holds ${show(texts)}. ${TEXTS}`)
}
