import type { i18n as I18n } from 'i18next'
import packageLocales from '../../locales/index.cjs'
import type { Catalog, Locales } from '../core/catalog.ts'
import type { Localize, LocalizedTexts } from '../core/compose.ts'
import type { Code, Entry, TextField } from '../core/entry.ts'
import { SetupError, show } from '../core/setup-error.ts'
import { fill } from '../core/template.ts'
import { createChooser, type ChooseLocale } from './choose.ts'
import { createSource, i18nextSource, type TextSource } from './source.ts'
import { findText } from './text.ts'

export interface LocalizeOptions {
  /** The catalog whose languages are looked up at once, so that a mistake shows at creation. */
  readonly catalog: Catalog
  readonly locales?: Locales | undefined
  readonly i18n?: I18n | undefined
  /** The language for clients that want none of ours. Undefined: that of the catalog's own texts. */
  readonly fallbackLocale?: string | undefined
  readonly warn: (message: string) => void
}

type Params = Readonly<Record<string, string | number>>

/** The languages and texts of one namespace, as one catalog's errors use them. */
interface Shelf {
  readonly namespace: string
  readonly tags: readonly string[]
  readonly sources: readonly TextSource[]
  readonly choose: ChooseLocale
  readonly fallback: string
  /** The language of the texts that stand in the entries themselves. */
  readonly entryLocale: string
  readonly loaded: Set<string>
  /** What was said to be missing, so that it is said once. */
  readonly missing: Set<string>
  /** Texts without params by locale and code. */
  readonly texts: Map<string, Map<Code, LocalizedTexts>>
}

/**
 * Makes the function that finds texts: in the app's own i18next or locales first, then in the catalog's locales,
 * then in the catalog itself. A text that is missing in a language is taken from the fallback language.
 */
export function createLocalize(options: LocalizeOptions): Localize {
  const { catalog: ownCatalog, locales, i18n, fallbackLocale, warn } = options
  const given = i18n
    ? i18nextSource(i18n)
    : locales === undefined
      ? undefined
      : createSource(locales, 'Option locales')
  const shelves = new Map<Catalog, Map<string, Shelf>>()

  let created = false

  function shelfOf(catalog: Catalog, namespace: string): Shelf {
    let byNamespace = shelves.get(catalog)
    if (byNamespace === undefined) shelves.set(catalog, (byNamespace = new Map<string, Shelf>()))
    let shelf = byNamespace.get(namespace)
    if (shelf === undefined) byNamespace.set(namespace, (shelf = newShelf(catalog, namespace)))
    return shelf
  }

  /** A catalog may first be met in a request, where a mistake in its locales costs its translations and no more. */
  function newShelf(catalog: Catalog, namespace: string): Shelf {
    try {
      const builtIn = namespace === 'http' ? packageSource() : catalogSource(catalog)
      const sources = [given, builtIn].filter((source) => source !== undefined)
      return createShelf(catalog, namespace, sources, fallbackLocale)
    } catch (error) {
      if (!created) throw error
      warn(`The locales of catalog ${catalog.name} cannot be used: ${String(error)}`)
      return createShelf(catalog, namespace, [], fallbackLocale)
    }
  }

  const { tags } = shelfOf(ownCatalog, ownCatalog.name)
  if (fallbackLocale !== undefined && !tags.includes(fallbackLocale)) {
    throw new SetupError(
      `Option fallbackLocale is ${show(fallbackLocale)}, in which catalog ${ownCatalog.name} has no texts. It has: ${tags.join(', ')}.`,
    )
  }
  if (i18n) forgetOnChange(i18n, shelves)
  created = true

  return (catalog, entry, params, wanted) => {
    const shelf = shelfOf(catalog, entry.namespace)
    const locale = shelf.choose(wanted)
    if (entry.params.length > 0) return resolve(shelf, entry, locale, params, warn)
    let texts = shelf.texts.get(locale)
    if (texts === undefined) shelf.texts.set(locale, (texts = new Map<Code, LocalizedTexts>()))
    let found = texts.get(entry.code)
    if (found === undefined) texts.set(entry.code, (found = resolve(shelf, entry, locale, params, warn)))
    return found
  }
}

function createShelf(
  catalog: Catalog,
  namespace: string,
  sources: readonly TextSource[],
  fallbackLocale: string | undefined,
): Shelf {
  const entryLocale = namespace === 'http' ? 'en' : catalog.locale
  const fallback = fallbackLocale ?? catalog.locale
  const tags = [...new Set([entryLocale, ...sources.flatMap((source) => source.locales(namespace))])]
  return {
    namespace,
    tags,
    sources,
    choose: createChooser(tags, fallback),
    fallback,
    entryLocale,
    loaded: new Set(),
    missing: new Set(),
    texts: new Map(),
  }
}

/** Finds all texts of an entry: each in the locale, else in the fallback, else as the entry has it. */
function resolve(
  shelf: Shelf,
  entry: Entry,
  locale: string,
  params: Params,
  warn: (message: string) => void,
): LocalizedTexts {
  const chain = locale === shelf.fallback ? [locale] : [locale, shelf.fallback]
  for (const candidate of chain) load(shelf, candidate, warn)

  function text(field: TextField): { readonly locale: string; readonly text: string } | undefined {
    for (const candidate of chain) {
      for (const source of shelf.sources) {
        const found = findText(source, shelf.namespace, candidate, entry.code, field, params)
        if (found !== undefined) return { locale: candidate, text: found }
      }
      if (candidate === shelf.entryLocale) break
    }
    const own = entry[field]
    return own === undefined ? undefined : { locale: shelf.entryLocale, text: fill(own, params) }
  }

  const message = text('message')!
  if (message.locale !== locale) {
    const missing = `${locale}/${shelf.namespace} has no message for code ${entry.code}; the one in ${message.locale} is sent`
    if (shelf.missing.size !== shelf.missing.add(missing).size) warn(missing)
  }
  return {
    locale: message.locale,
    message: message.text,
    title: text('title')?.text,
    description: text('description')?.text,
    action: text('action')?.text,
  }
}

/** Makes a locale's texts ready, when they are first asked for. */
function load(shelf: Shelf, locale: string, warn: (message: string) => void): void {
  if (shelf.loaded.has(locale)) return
  shelf.loaded.add(locale)
  for (const source of shelf.sources) {
    const problem = source.load(shelf.namespace, locale)
    if (problem !== undefined) warn(problem)
  }
}

const catalogSources = new WeakMap<Catalog, TextSource>()

/** The catalog's own translations, shared by all handlers. */
function catalogSource(catalog: Catalog): TextSource | undefined {
  if (catalog.locales === undefined) return undefined
  let source = catalogSources.get(catalog)
  if (source === undefined) {
    source = createSource(catalog.locales, `The locales of catalog ${catalog.name}`)
    catalogSources.set(catalog, source)
  }
  return source
}

let genericSource: TextSource | undefined

/** This package's own translations, which hold the generic texts. None where a bundler left the files behind. */
function packageSource(): TextSource | undefined {
  if (packageLocales === undefined) return undefined
  return (genericSource ??= createSource(packageLocales, 'The locales folder of bizerror'))
}

function forgetOnChange(i18n: I18n, shelves: Map<Catalog, Map<string, Shelf>>): void {
  const forget = (): void => shelves.clear()
  i18n.on('initialized', forget)
  i18n.on('loaded', forget)
  i18n.store?.on('added', forget)
  i18n.store?.on('removed', forget)
}
