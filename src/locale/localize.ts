import type { i18n as I18n } from 'i18next'
import type { Catalog } from '../catalog/catalog.ts'
import type { Localize } from '../answer/texts.ts'
import { FIELDS_NAMESPACE } from '../catalog/field.ts'
import { i18next, negotiator } from '../dependencies.cjs'
import { getOrMake } from '../guard/memo.ts'
import { read } from '../guard/read.ts'
import { SetupError } from '../guard/setup-error.ts'
import { checkFallbackLocale, parseFallbacks, type Fallbacks } from './language/fallbacks.ts'
import { createNamespaceTexts, type NamespaceTexts } from './namespace-texts.ts'
import { areOursThere, isOurs, openersOf, OURS } from './openers.ts'
import type { LocaleOptions } from './options.ts'
import { hasFiles } from './sources/host-files.ts'
import { createOwnKeys } from './text/own-keys.ts'
import { createSource, i18nextSource, type TextSource } from './sources/source.ts'
import { createWarnOnce, type WarnOnce } from '../guard/warn-once.ts'

export interface LocalizeOptions extends LocaleOptions {
  /** The catalog whose languages are looked up at once, so that a mistake shows at creation. */
  readonly catalog: Catalog
  /** @default nobody is told: what is told once for a process waits for who listens */
  readonly warn?: ((message: string) => void) | undefined
}

/**
 * Makes the function that finds texts: in the app's own i18next or locales first, then in the catalog's locales,
 * then in the catalog itself. A text that is missing in a language is taken from the fallback language.
 */
export function createLocalize(options: LocalizeOptions): Localize {
  const { catalog: ownCatalog, locales, i18n, i18nKey, fallbackLocale, warn = ignore } = options
  if (i18n !== undefined && locales !== undefined) {
    throw new SetupError('Options i18n and locales are both given. Put the texts into one of them.')
  }
  if (i18nKey !== undefined && i18n === undefined && locales === undefined) {
    throw new SetupError(
      'Option i18nKey is given without i18n or locales, whose keys it names. Give one of them.',
    )
  }
  // Now: the first request would wait for them, and may come in surroundings where they cannot be loaded.
  i18next()
  negotiator()
  const given = i18n
    ? i18nextSource(i18n)
    : locales === undefined
      ? undefined
      : createSource(locales, 'Option locales', ownCatalog.name)
  const ownKeys = i18nKey && createOwnKeys(i18nKey, i18n, warn)
  // Weakly: a catalog may be made for one tenant, or one test.
  let cache = new WeakMap<Catalog, Map<string, NamespaceTexts>>()

  const warnOnce = createWarnOnce(warn)
  // Of the texts of a namespace. They outlive these, which an app may change with each request.
  const warnings = new WeakMap<Catalog, Map<string, WarnOnce>>()
  const ownRules = parseFallbacks(fallbackLocale)
  let created = false
  let isWaiting = i18n !== undefined

  /** The instance may be initialized later, or its options changed. */
  function fallbacksAmong(tags: readonly string[], { sourceLocale }: Catalog): Fallbacks {
    const appRules = parseFallbacks(read(i18n?.options, 'fallbackLng'))
    return {
      locale: ownRules.last.find((tag) => tags.includes(tag)) ?? ownRules.last[0] ?? sourceLocale,
      last: [...ownRules.last, ...appRules.last],
      of: (range) => [...ownRules.of(range), ...appRules.of(range)],
    }
  }

  function textsFor(catalog: Catalog, namespace: string): NamespaceTexts {
    const byNamespace = getOrMake(cache, catalog, newMap)
    return getOrMake(byNamespace, namespace, () => newTexts(catalog, namespace))
  }

  /** A catalog may first be met in a request, where a mistake in its locales costs its translations and no more. */
  function newTexts(catalog: Catalog, namespace: string): NamespaceTexts {
    const warnOfTexts = getOrMake(getOrMake(warnings, catalog, newMap), namespace, () => createWarnOnce(warn))
    const sources = openersOf(catalog, namespace, given, ownKeys).flatMap(({ open, ...where }) => {
      try {
        const source = open()
        if (source === undefined) return []
        // At set-up, all of its files are looked at; in a request each when its language is asked for.
        for (const each of where.namespaces) {
          if (created) source.locales(each)
          else source.check(each)
        }
        if (source !== given && where.namespace === where.catalog.name)
          tellOfOthersTexts(source, where.catalog)
        for (const fault of source.faults(where.namespace, where.keys)) warnOfTexts(fault)
        return [{ source, ...where }]
      } catch (error) {
        if (!created) throw error
        warnOfTexts(`The locales of catalog ${catalog.name} cannot be used: ${String(error)}`)
        return []
      }
    })
    return createNamespaceTexts(
      catalog,
      namespace,
      sources,
      (tags) => fallbacksAmong(tags, catalog),
      warnOfTexts,
    )
  }

  /** The locales of a catalog may be those of another, or be named after something else. */
  function tellOfOthersTexts(source: TextSource, { name }: Catalog): void {
    if (isOurs(name) || source.locales(name).length > 0) return
    warnOnce(`Catalog ${name}, locales holds no texts of it: ${noTextsAt(source, name)}`)
  }

  /** The texts of a backend come with it: a server that does not wait for them answers without. */
  function tellOfWaiting(): void {
    isWaiting = i18n?.isInitialized !== true
    if (!isWaiting) return
    warnOnce(
      'An error was answered before the i18next instance of option i18n was initialized, without its texts. Wait for init() before the server listens',
    )
  }

  /** A backend may load the app's texts later: until then, nothing is missing. */
  function tellOfNoTexts(): void {
    if (given === undefined || i18n?.isInitialized !== true) return
    const { name } = ownCatalog
    const hasTexts = textsFor(ownCatalog, name).hasTextsOf(given)
    // What stands in the namespace and is no text of an error has been told.
    if (hasTexts || (!ownKeys && given.locales(name).length > 0)) return
    const advice = ownKeys
      ? 'none at the keys that i18nKey returns. Return keys as your own code has them'
      : `no ${given.placeOf(name)}. Name the namespace as the catalog, and load it with the others (ns)`
    warnOnce(`Option i18n holds no texts of catalog ${name}: ${advice}`)
  }

  const { tags } = textsFor(ownCatalog, ownCatalog.name)
  checkFallbackLocale(fallbackLocale, ownCatalog.name, tags)
  if (
    locales !== undefined &&
    [
      ...openersOf(ownCatalog, ownCatalog.name, given, ownKeys).flatMap(({ namespaces }) => namespaces),
      ...OURS,
    ].every((namespace) => given?.locales(namespace).length === 0)
  ) {
    const { name } = ownCatalog
    const advice = isOurs(name)
      ? ', which serves where none is named. Name the catalog whose texts they are'
      : `: ${noTextsAt(given!, name)}`
    warn(`Option locales holds no texts of catalog ${name}${advice}`)
  }
  if (i18n) {
    onChange(i18n, () => {
      cache = new WeakMap()
    })
    tellOfNoTexts()
    i18n.on('initialized', tellOfNoTexts)
  }
  if (options.warn && !areOursThere && !given?.locales(FIELDS_NAMESPACE).length) {
    tellOfLostFiles(warn, given?.locales(HTTP_NAMESPACE).length ? [] : [HTTP_NAMESPACE])
  }
  created = true

  return (catalog, entry, params, wanted) => {
    if (isWaiting) tellOfWaiting()
    const namespace = textsFor(catalog, entry.namespace)
    return namespace.textsOf(entry, wanted, params)
  }
}

function noTextsAt(source: TextSource, namespace: string): string {
  return `no ${source.placeOf(namespace)}. Name them so, or give a path such as './locales/{{ns}}/{{lng}}.json'`
}

const HTTP_NAMESPACE = 'http'

let isLossTold = false

/** Once for a process, however many handlers it has. */
function tellOfLostFiles(warn: (message: string) => void, others: readonly string[]): void {
  if (isLossTold) return
  isLossTold = true
  const lost = [...others, FIELDS_NAMESPACE].join(', ')
  // A Worker is a bundle in any case.
  const otherWay = hasFiles ? '. Or leave bizerror out of the bundle (external)' : ''
  warn(
    `The translations of bizerror are not where its code is, as in a bundle: its own texts (${lost}) are in English alone. ` +
      `Give them as resources, beside yours: locales: { de: { …, ${lost} } }, from 'bizerror/locales/de/fields.json'; those of en, if English is all that you want${otherWay}`,
  )
}

function ignore(): void {}

function newMap<TValue>(): Map<string, TValue> {
  return new Map()
}

/** Calls `forget` when texts of an app's i18next change. It may be given before it is initialized, and gets its store then. */
export function onChange(i18n: I18n, forget: () => void): void {
  let watched: unknown
  function watchStore(): void {
    forget()
    if (!i18n.store || i18n.store === watched) return
    watched = i18n.store
    i18n.store.on('added', forget)
    i18n.store.on('removed', forget)
  }
  watchStore()
  i18n.on('initialized', watchStore)
  i18n.on('loaded', forget)
}
