import type { Localize } from '../../answer/texts.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { BARE_ENTRY, createEntry, type Entry } from '../../catalog/entry.ts'
import { statusText } from '../../catalog/http-status.ts'
import type { Params } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'
import { REFERENCE_NAMESPACE, REFERENCE_WORDS, type ReferenceWord } from '../../locale/reference-words.ts'

/** The words of the pages in one language. */
export interface Words {
  /** The language that they are in, which may be another one than was asked for. */
  readonly locale: string
  readonly say: (word: ReferenceWord, params?: Params) => string
  /** The text of an HTTP status. */
  readonly status: (status: number) => string
}

/** Finds the words that a catalog's translations, or our own, have in a language. */
export type WordsIn = (locale: string) => Words

/** @param localize - of the app, which may have words of its own */
export function createWords(localize: Localize, catalog: Catalog): WordsIn {
  const entries = new Map<ReferenceWord, Entry>()
  const textsIn = (locale: string, entry: Entry, params: Params = {}): ReturnType<Localize> =>
    localize(catalog, entry, params, { locale, acceptLanguage: undefined })
  return (locale) => {
    // A page is in one language, but for what its errors say.
    const held = textsIn(locale, getOrMake(entries, 'error_codes', wordEntry)).locale
    return {
      locale: held,
      say: (word, params) => textsIn(held, getOrMake(entries, word, wordEntry), params).message,
      status: (status) => textsIn(held, statusEntry(status)).message,
    }
  }
}

function wordEntry(word: ReferenceWord): Entry {
  const message = REFERENCE_WORDS[word]
  const params = [...message.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!)
  return textEntry(word, REFERENCE_NAMESPACE, 400, message, params)
}

function statusEntry(given: number): Entry {
  if (given === 200) return textEntry(given, 'http', 200, 'OK')
  const { status, message } = statusText(given)
  return textEntry(status, 'http', status, message)
}

function textEntry(
  key: Entry['key'],
  namespace: string,
  status: number,
  message: string,
  params: readonly string[] = [],
): Entry {
  return createEntry({ ...BARE_ENTRY, key, code: key, namespace, status, message, params })
}
