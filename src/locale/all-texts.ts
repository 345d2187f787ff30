import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import { TEXT_FIELDS, type Entry, type TextField } from '../catalog/entry.ts'
import { MAX_TEXT_LENGTH } from '../catalog/template.ts'
import { getOrMake } from '../guard/memo.ts'
import { readOwn } from '../guard/own.ts'
import { isRecord, read } from '../guard/read.ts'
import { SetupError } from '../guard/setup-error.ts'
import type { NamespaceSource } from './namespace-texts.ts'
import { openersOf } from './openers.ts'
import type { LocaleOptions } from './options.ts'
import { hasKey } from './sources/keys.ts'
import { createSource, i18nextSource } from './sources/source.ts'
import { createOwnKeys } from './text/own-keys.ts'
import { placeOf, type TextKey } from './text/place.ts'
import type { PluralForm } from './text/plural.ts'
import { findText } from './text/text.ts'

/** Texts as their writers wrote them, by name: message, and its plural forms, such as message_one. */
export type RawTexts = Record<string, string>

/** All texts of a catalog: by language, then by key. */
export type AllTexts = ReadonlyMap<string, ReadonlyMap<Code, Readonly<RawTexts>>>

const FORMS: readonly (PluralForm | undefined)[] = [undefined, 'none', 'one', 'two', 'few', 'many', 'other']

/** `message`, or a plural form of it. */
const NAME = new RegExp(`^(?:${TEXT_FIELDS.join('|')})(?:_(?:zero|one|two|few|many|other))?$`)
const FORM = /_(?:zero|one|two|few|many|other)$/

/**
 * Collects what an app sends, in every language: found where a handler with these options finds it, in the same order.
 *
 * @param tell - told of what stands in the sources and is not sent
 * @param tellBroken - told of what cannot be read, and is passed over @default it is thrown
 * @throws SetupError - when texts cannot be read
 */
export function allTextsOf(
  catalog: Catalog,
  options: Pick<LocaleOptions, 'locales' | 'i18n' | 'i18nKey'>,
  tell: (fault: string) => void,
  tellBroken?: (fault: string) => void,
): AllTexts {
  const { locales, i18n, i18nKey } = options
  const given = i18n
    ? i18nextSource(i18n)
    : locales === undefined
      ? undefined
      : createSource(locales, 'Option locales', catalog.name)
  const ownKeys = i18nKey && createOwnKeys(i18nKey, i18n, tell)
  const sources = openersOf(catalog, catalog.name, given, ownKeys).flatMap(({ open, ...where }) => {
    const source = attempt(open, tellBroken)
    return source === undefined ? [] : [{ source, ...where }]
  })
  const all = new Map<string, Map<Code, RawTexts>>()
  for (const each of sources) {
    for (const locale of attempt(() => localesOf(each), tellBroken) ?? []) {
      if (attempt(() => load(each, locale, tell), tellBroken) === undefined) continue
      const texts = getOrMake(all, locale, newMap)
      addTexts(texts, each, catalog, locale, tell)
    }
  }
  const own = getOrMake(all, catalog.sourceLocale, newMap)
  for (const entry of catalog) addOwn(getOrMake(own, entry.key, newTexts), entry)
  return all
}

/** Undefined for what is broken, where somebody is told of it. */
function attempt<TResult>(
  make: () => TResult,
  tellBroken: ((fault: string) => void) | undefined,
): TResult | undefined {
  try {
    return make()
  } catch (error) {
    if (tellBroken === undefined || !(error instanceof SetupError)) throw error
    tellBroken(error.message)
    return undefined
  }
}

function newMap(): Map<Code, RawTexts> {
  return new Map()
}

function newTexts(): RawTexts {
  return {}
}

function localesOf({ source, namespaces }: NamespaceSource): readonly string[] {
  return [...new Set(namespaces.flatMap((namespace) => source.locales(namespace)))]
}

function load(
  { source, namespaces, keys }: NamespaceSource,
  locale: string,
  tell: (fault: string) => void,
): true {
  for (const namespace of namespaces) {
    const faults = source.load(namespace, locale, keys)
    const isThere = source.i18n.hasResourceBundle(source.languageOf(locale, namespace), namespace)
    if (faults[0] !== undefined && !isThere) throw new SetupError(faults[0])
    faults.forEach(tell)
  }
  return true
}

/** Adds what a source has in a language, and what sources before it do not have. */
function addTexts(
  all: Map<Code, RawTexts>,
  each: NamespaceSource,
  catalog: Catalog,
  locale: string,
  tell: (fault: string) => void,
): void {
  const { source, namespace, catalog: translated, ownKeys } = each
  const { i18n, languageOf } = source
  const data = readOwn(readOwn(read(i18n.store, 'data'), languageOf(locale, namespace)), namespace)
  if (!ownKeys && !isRecord(data)) return
  const isUsual = !ownKeys && source.ownSyntax && isUsualIn(data as object, translated)
  for (const entry of catalog) {
    const found = isUsual
      ? usualTexts(readOwn(data, String(entry.key)))
      : searchedTexts(each, entry, locale, catalog.sourceLocale)
    if (found === undefined) continue
    const texts = getOrMake(all, entry.key, newTexts)
    // Of one field, the forms are those of one source.
    const known = new Set(Object.keys(texts).map(fieldOf))
    for (const [name, raw] of Object.entries(found)) {
      const field = fieldOf(name)
      if (known.has(field)) continue
      // What another catalog's translators have translated is its own text.
      if (translated !== catalog && translated.get(entry.key)?.[field] !== entry[field]) continue
      const fault = faultOf(each, entry, locale, catalog.sourceLocale, name, raw)
      if (fault === undefined) texts[name] = raw
      else tell(`The ${field} of error ${entry.key} in ${locale}/${namespace} ${fault}`)
    }
  }
}

function fieldOf(name: string): TextField {
  return name.replace(FORM, '') as TextField
}

/** Whether all texts stand as we write them, `{ key: { message } }`: then there is nothing to search. */
function isUsualIn(data: object, catalog: Catalog): boolean {
  return Object.entries(data).every(([name, value]) => hasKey(catalog, name) && isRecord(value))
}

function usualTexts(texts: unknown): RawTexts | undefined {
  if (!isRecord(texts)) return undefined
  return Object.fromEntries(
    Object.entries(texts).filter(
      (text): text is [string, string] =>
        NAME.test(text[0]) && typeof text[1] === 'string' && text[1].trim() !== '',
    ),
  )
}

function searchedTexts(
  each: NamespaceSource,
  entry: Entry,
  locale: string,
  sourceLocale: string,
): RawTexts | undefined {
  const texts: RawTexts = {}
  for (const field of TEXT_FIELDS) {
    for (const form of FORMS) {
      const place = placeOf(each.source, keyOf(each, entry, field, locale, sourceLocale, form))
      const ending = form === 'none' ? 'zero' : (form ?? '')
      if (place?.ending === ending) texts[ending === '' ? field : `${field}_${ending}`] = place.raw
    }
  }
  return texts
}

function keyOf(
  { namespace, catalog: translated, ownKeys }: NamespaceSource,
  entry: Entry,
  field: TextField,
  locale: string,
  sourceLocale: string,
  form: PluralForm | undefined,
): TextKey {
  return {
    namespace,
    locale,
    key: entry.key,
    field,
    form,
    params: entry.params,
    sourceText: entry[field],
    sourceLocale,
    isKey: (name) => hasKey(translated, name),
    ownKey: ownKeys?.of(entry, field, namespace),
  }
}

/** Says why a text is not sent, as the handler would. */
function faultOf(
  each: NamespaceSource,
  entry: Entry,
  locale: string,
  sourceLocale: string,
  name: string,
  raw: string,
): string | undefined {
  if (entry.params.length === 0 && raw.length <= MAX_TEXT_LENGTH && !/[{$%]/.test(raw)) return undefined
  const field = fieldOf(name)
  const ending = name === field ? undefined : name.slice(field.length + 1)
  const form = ending === 'zero' ? 'none' : (ending as PluralForm | undefined)
  let fault: string | undefined
  const text = findText(each.source, keyOf(each, entry, field, locale, sourceLocale, form), (told) => {
    fault = told
  })
  return text === undefined ? fault : undefined
}

/** Adds what the catalog says itself, where nobody has reworded it. */
function addOwn(texts: RawTexts, entry: Entry): void {
  for (const field of TEXT_FIELDS) {
    const own = entry[field]
    if (own !== undefined) texts[field] ??= own
  }
}
