import type { Catalog } from '../catalog/catalog.ts'
import type { LocalizedTexts } from '../answer/texts.ts'
import type { Code } from '../catalog/code.ts'
import { TEXT_FIELDS, textKeyOf, type Entry, type TextField } from '../catalog/entry.ts'
import { cutFilled, MISSING, type Fillings } from '../catalog/template.ts'
import { getOrMake } from '../guard/memo.ts'
import { createChooser, type Wanted } from './language/choose.ts'
import type { Fallbacks } from './language/fallbacks.ts'
import { hasKey, type Keys } from './sources/keys.ts'
import type { OwnKeys } from './text/own-keys.ts'
import { countOf, pluralForm, type PluralForm } from './text/plural.ts'
import type { TextSource } from './sources/source.ts'
import { createSourceTexts } from './text/source-text.ts'
import { findText, type Text } from './text/text.ts'
import type { WarnOnce } from '../guard/warn-once.ts'

/** A source, and the namespace in which it holds the texts of a catalog: that of one that the catalog extends, too. */
export interface NamespaceSource {
  readonly source: TextSource
  readonly namespace: string
  /** That, and those that the app's own keys name. */
  readonly namespaces: readonly string[]
  readonly catalog: Catalog
  /** The names of its texts. */
  readonly keys: Keys
  /** Of an app that has keys of its own, in its own source. */
  readonly ownKeys: OwnKeys | undefined
}

/** The languages and texts of one namespace, as one catalog's errors use them. */
export interface NamespaceTexts {
  readonly tags: readonly string[]
  /** Whether a source has the message of any error. */
  readonly hasTextsOf: (source: TextSource) => boolean
  /** Returns the texts of an entry for a client. Those that a throw cannot change are found once. */
  readonly textsOf: (entry: Entry, wanted: Wanted, params: Fillings) => LocalizedTexts
}

/** The texts of an entry, before their params are known. */
type EntryTexts = Readonly<Partial<Record<TextField, Text | undefined>>>

/** The texts of an entry in one language. */
interface FoundTexts {
  readonly texts: EntryTexts
  /** Those that the catalog has, and the language lacks. */
  readonly missing: readonly TextField[]
}

/** The texts of one language by key, looked up once. */
interface Cache {
  /** Texts to which neither a throw nor another language can add anything. */
  readonly complete: Map<Code, LocalizedTexts>
  /** Those of one language alone, by plural form. */
  readonly found: Map<PluralForm | undefined, Map<Code, FoundTexts>>
  /** The keys of messages that are missing, and were told. */
  readonly told: Set<Code>
}

/**
 * Puts together what the sources hold of a namespace.
 *
 * @param sources - in the order in which they are asked
 */
export function createNamespaceTexts(
  catalog: Catalog,
  namespace: string,
  sources: readonly NamespaceSource[],
  fallbacksAmong: (tags: readonly string[]) => Fallbacks,
  warnOnce: WarnOnce,
): NamespaceTexts {
  // The generic texts stand in English in the code, whatever language the catalog is in.
  const entryLocale = namespace === catalog.name ? catalog.sourceLocale : 'en'
  const tags = [...new Set([entryLocale, ...sources.flatMap(localesOf)])]
  const { choose, alternatives } = createChooser(tags, fallbacksAmong(tags), entryLocale)
  const sourceText = createSourceTexts(entryLocale)
  const loaded = new Set<string>()
  const broken = new Set<string>()
  const cache = new Map<string, Cache>()
  let hasUnused = false

  /** Makes a locale's texts ready, when they are first asked for. */
  function load(locale: string): void {
    if (loaded.has(locale)) return
    loaded.add(locale)
    for (const { source, namespaces, keys } of sources) {
      for (const namespace of namespaces) {
        const faults = source.load(namespace, locale, keys)
        for (const fault of faults) warnOnce(fault)
        // Of a file that was not read, every text is missing, and that has been said.
        if (faults.length > 0 && !source.i18n.hasResourceBundle(locale, namespace)) broken.add(locale)
      }
    }
  }

  /** Finds a text in one language of one source. */
  function findIn(
    { source, namespace, catalog: translated, ownKeys }: NamespaceSource,
    entry: Entry,
    field: TextField,
    locale: string,
    form: PluralForm | undefined,
  ): Text | undefined {
    // What another catalog's translators have translated is its own text.
    if (translated !== catalog && translated.get(entry.key)?.[field] !== entry[field]) return undefined
    const key = textKeyOf(entry)
    const wanted = {
      namespace,
      locale,
      key,
      field,
      form,
      params: entry.params,
      sourceText: entry[field],
      sourceLocale: entryLocale,
      isKey: (name: string) => hasKey(translated, name),
      ownKey: ownKeys?.of(entry, field, namespace),
    }
    return findText(source, wanted, (fault) => {
      hasUnused = true
      // It is there, and no more is to be told of it.
      if (field === 'message') getOrMake(cache, locale, newCache).told.add(key)
      warnOnce(`The ${field} of error ${key} in ${locale}/${namespace} ${fault}`)
    })
  }

  /** Finds a text in one language. */
  function findField(
    entry: Entry,
    field: TextField,
    locale: string,
    form: PluralForm | undefined,
  ): Text | undefined {
    for (const source of sources) {
      const text = findIn(source, entry, field, locale, form)
      if (text !== undefined) return text
    }
    const own = locale === entryLocale ? entry[field] : undefined
    return own === undefined ? undefined : sourceText(own)
  }

  function findTexts(entry: Entry, locale: string, form: PluralForm | undefined): FoundTexts {
    load(locale)
    const texts: EntryTexts = {
      message: findField(entry, 'message', locale, form),
      title: findField(entry, 'title', locale, form),
      description: findField(entry, 'description', locale, form),
      action: findField(entry, 'action', locale, form),
    }
    const missing = TEXT_FIELDS.filter((field) => entry[field] !== undefined && texts[field] === undefined)
    return { texts, missing }
  }

  function textsIn(locale: string, entry: Entry, count: number | undefined): FoundTexts {
    const form = count === undefined ? undefined : pluralForm(locale, count)
    const found = getOrMake(getOrMake(cache, locale, newCache).found, form, newFound)
    const key = textKeyOf(entry)
    const known = found.get(key)
    if (known !== undefined) return known
    const texts = findTexts(entry, locale, form)
    found.set(key, texts)
    return texts
  }

  /** Takes each text that a language lacks from the next one that the client reads. */
  function completed(own: FoundTexts, entry: Entry, wanted: Wanted, count: number | undefined): EntryTexts {
    const whole: Partial<Record<TextField, Text | undefined>> = { ...own.texts }
    let { missing } = own
    for (const locale of alternatives(wanted)) {
      const { texts } = textsIn(locale, entry, count)
      for (const field of missing) whole[field] = texts[field]
      missing = missing.filter((field) => texts[field] === undefined)
      if (missing.length === 0) break
    }
    return whole
  }

  function tellMissing(entry: Entry, locale: string, sent: string | undefined): void {
    const key = textKeyOf(entry)
    const { told } = getOrMake(cache, locale, newCache)
    if (broken.has(locale) || told.size === told.add(key).size) return
    warnOnce(
      `${locale}/${namespace} has no message for error ${key}; the one in ${sent} is sent`,
      `${locale} ${key}`,
    )
  }

  return {
    tags,
    // One that is not used, which was told, is one too.
    hasTextsOf: (source) =>
      sources.some(
        (each) =>
          each.source === source &&
          tags.some((locale) =>
            [...catalog].some(
              (entry) => findIn(each, entry, 'message', locale, undefined) !== undefined || hasUnused,
            ),
          ),
      ),
    textsOf(entry, wanted, params) {
      const locale = choose(wanted)
      const isFixed = entry.params.length === 0
      const known = isFixed ? cache.get(locale)?.complete.get(textKeyOf(entry)) : undefined
      if (known !== undefined) return known
      const count = isFixed ? undefined : countOf(params)
      const own = textsIn(locale, entry, count)
      if (own.missing.length > 0) {
        const texts = completed(own, entry, wanted, count)
        if (own.texts.message === undefined) tellMissing(entry, locale, texts.message?.locale)
        return fillTexts(texts, params)
      }
      const texts = fillTexts(own.texts, params)
      if (isFixed) getOrMake(cache, locale, newCache).complete.set(textKeyOf(entry), texts)
      return texts
    },
  }
}

function localesOf(each: NamespaceSource): readonly string[] {
  return each.namespaces.flatMap((namespace) => each.source.locales(namespace))
}

function newFound(): Map<Code, FoundTexts> {
  return new Map()
}

function newCache(): Cache {
  return { complete: new Map(), found: new Map(), told: new Set() }
}

/** Marks an empty text: it may consist of params alone, and they may be empty. */
function orMissing(text: string): string {
  return text.trim() === '' ? MISSING : cutFilled(text)
}

function fillTexts({ message, title, description, action }: EntryTexts, params: Fillings): LocalizedTexts {
  return {
    locale: message!.locale,
    message: orMissing(message!.fill(params)),
    title: title && cutFilled(title.fill(params)),
    description: description && cutFilled(description.fill(params)),
    action: action && cutFilled(action.fill(params)),
  }
}
