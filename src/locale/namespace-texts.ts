import type { Catalog } from '../catalog/catalog.ts'
import type { LocalizedTexts } from '../answer/texts.ts'
import type { Code } from '../catalog/code.ts'
import { textKeyOf, type Entry, type TextField } from '../catalog/entry.ts'
import { compileTemplate, cutFilled, MISSING, type Params } from '../catalog/template.ts'
import { getOrMake } from '../guard/memo.ts'
import { createChooser, type ChooseLocale } from './choose.ts'
import type { TextSource } from './source.ts'
import { findText, showIn, type Text } from './text.ts'

/** A source, and the namespace in which it holds the texts of a catalog: that of one that the catalog extends, too. */
export interface NamespaceSource {
  readonly source: TextSource
  readonly namespace: string
  readonly catalog: Catalog
}

/** The languages and texts of one namespace, as one catalog's errors use them. */
export interface NamespaceTexts {
  readonly tags: readonly string[]
  readonly choose: ChooseLocale
  /** Returns the texts of an entry in one of `tags`. Those that a throw cannot change are found once. */
  readonly textsOf: (entry: Entry, locale: string, params: Params) => LocalizedTexts
}

/** The texts of an entry, before their params are known. */
type EntryTexts = Readonly<Record<'message', Text>> & Readonly<Partial<Record<TextField, Text | undefined>>>

/** The texts of one language by key, looked up once. */
interface Cache {
  /** Texts to which no throw can add anything. */
  readonly complete: Map<Code, LocalizedTexts>
  readonly withParams: Map<Code, EntryTexts>
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
  fallbackLocale: string | undefined,
  warn: (message: string) => void,
): NamespaceTexts {
  // The generic texts stand in English in the code, whatever language the catalog is in.
  const entryLocale = namespace === catalog.name ? catalog.sourceLocale : 'en'
  const fallback = fallbackLocale ?? catalog.sourceLocale
  const tags = [...new Set([entryLocale, ...sources.flatMap((each) => each.source.locales(each.namespace))])]
  const loaded = new Set<string>()
  const broken = new Set<string>()
  const told = new Set<string>()
  const cache = new Map<string, Cache>()

  function warnOnce(message: string): void {
    if (told.size !== told.add(message).size) warn(message)
  }

  /** Makes a locale's texts ready, when they are first asked for. */
  function load(locale: string): void {
    if (loaded.has(locale)) return
    loaded.add(locale)
    for (const { source, namespace } of sources) {
      const problem = source.load(namespace, locale)
      if (problem === undefined) continue
      broken.add(locale)
      warn(problem)
    }
  }

  /** Lists where a text is looked for: RFC 4647, section 3.4 (de-AT, de), then the fallback. */
  function chainOf(locale: string): ReadonlySet<string> {
    const parts = locale.split('-')
    const shorter = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
    return new Set([...shorter.filter((tag) => tags.includes(tag)), fallback])
  }

  function findField(
    entry: Entry,
    field: TextField,
    chain: ReadonlySet<string>,
    count: number | undefined,
  ): Text | undefined {
    for (const locale of chain) {
      for (const each of sources) {
        // What another catalog's translators have translated is its own text.
        if (each.catalog !== catalog && each.catalog.get(entry.key)?.[field] !== entry[field]) continue
        const { source, namespace } = each
        const key = textKeyOf(entry)
        const { params } = entry
        const text = findText(source, { namespace, locale, key, field, count, params }, (fault) =>
          warnOnce(`The ${field} of error ${key} in ${locale}/${namespace} ${fault}`),
        )
        if (text !== undefined) return text
      }
      if (locale === entryLocale) break
    }
    const own = entry[field]
    return own === undefined
      ? undefined
      : { locale: entryLocale, fill: compileTemplate(own, showIn(entryLocale)) }
  }

  function findTexts(entry: Entry, locale: string, count: number | undefined): EntryTexts {
    const chain = chainOf(locale)
    for (const candidate of chain) load(candidate)
    const message = findField(entry, 'message', chain, count)!
    if (message.locale !== locale && !broken.has(locale)) {
      const what = `${locale}/${namespace} has no message for error ${textKeyOf(entry)}; the one in ${message.locale} is sent`
      warnOnce(what)
    }
    return {
      message,
      title: findField(entry, 'title', chain, count),
      description: findField(entry, 'description', chain, count),
      action: findField(entry, 'action', chain, count),
    }
  }

  return {
    tags,
    choose: createChooser(tags, fallback),
    textsOf(entry, locale, params) {
      const { complete, withParams } = getOrMake(cache, locale, newCache)
      if (entry.params.length === 0) {
        return getOrMake(complete, textKeyOf(entry), () =>
          fillTexts(findTexts(entry, locale, undefined), params),
        )
      }
      const count = countOf(params)
      // Each plural form is another text.
      if (count !== undefined) return fillTexts(findTexts(entry, locale, count), params)
      const texts = getOrMake(withParams, textKeyOf(entry), () => findTexts(entry, locale, undefined))
      return fillTexts(texts, params)
    },
  }
}

function newCache(): Cache {
  return { complete: new Map(), withParams: new Map() }
}

/** The number that chooses the plural form; untyped code may give it as digits. */
function countOf({ count }: Params): number | undefined {
  return typeof count === 'string' && /^\d{1,15}$/.test(count)
    ? Number(count)
    : typeof count === 'number'
      ? count
      : undefined
}

/** Marks an empty text: it may consist of params alone, and they may be empty. */
function orMissing(text: string): string {
  return text.trim() === '' ? MISSING : cutFilled(text)
}

function fillTexts({ message, title, description, action }: EntryTexts, params: Params): LocalizedTexts {
  return {
    locale: message.locale,
    message: orMissing(message.fill(params)),
    title: title && cutFilled(title.fill(params)),
    description: description && cutFilled(description.fill(params)),
    action: action && cutFilled(action.fill(params)),
  }
}
