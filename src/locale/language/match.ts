import { boundedMemo } from '../../guard/memo.ts'
import { ALIKE as CLDR_ALIKE, PARADIGMS, PARENTS as CLDR_PARENTS } from './cldr.ts'

/** A locale that we hold, taken apart once. */
export interface HeldLocale {
  readonly tag: string
  readonly language: string
  /** The script it is written in, likely subtags added: zh-TW is Hant. */
  readonly script: string
  /** The region, if the tag names one. */
  readonly region: string | undefined
  /** The region that its language and script are most used in: zh-Hant is TW. */
  readonly likelyRegion: string | undefined
  /** The region, and those whose texts its readers take besides, the nearest first: MX, 419. */
  readonly regions: readonly string[]
  /** Whether the region is one of those that write the language alike, and otherwise than the rest of the world. */
  readonly isAlike: boolean
}

// RFC 5646, section 2.1, but for what no reader asks for: private use, and grandfathered tags.
const TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

/** Clients can send any number of tags. */
const MAX_REMEMBERED = 1000

/**
 * Takes a BCP 47 tag apart, which may be written as ICU has it (zh_TW). Returns undefined for what is not a tag. That is
 * slow, so tags are remembered.
 */
export const parseLocale = boundedMemo(MAX_REMEMBERED, takeApart)

function takeApart(name: string): HeldLocale | undefined {
  const tag = name.replaceAll('_', '-')
  // A check is cheaper than a caught error.
  if (!TAG.test(tag)) return undefined
  try {
    const locale = new Intl.Locale(tag)
    const { language, script = '', region } = locale.maximize()
    const group = `${language}-${script}`
    const likelyRegion = new Intl.Locale(script === '' ? language : group).maximize().region ?? region
    return {
      tag: Intl.getCanonicalLocales(tag)[0]!,
      language: individual(language),
      script,
      region: locale.region,
      likelyRegion,
      regions: regionsOf(group, locale.region),
      isAlike: ALIKE.get(group)?.has(locale.region ?? likelyRegion ?? '') === true,
    }
  } catch {
    return undefined
  }
}

// CLDR languageAlias that Intl leaves to matching: Norwegian is Bokmål unless Nynorsk is asked for.
export function individual(language: string): string {
  return language === 'no' ? 'nb' : language
}

/** The sets of regions that write a language alike. */
const ALIKE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(CLDR_ALIKE).map(([group, regions]) => [group, new Set(regions.split(' '))]),
)

/** The region from which another takes its texts, by language and script. */
const PARENTS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(CLDR_PARENTS).map(([group, byParent]) => [
    group,
    new Map(
      Object.entries(byParent).flatMap(([parent, regions]) =>
        regions.split(' ').map((region) => [region, parent] as const),
      ),
    ),
  ]),
)

function regionsOf(group: string, region: string | undefined): readonly string[] {
  const parents = PARENTS.get(group)
  const regions: string[] = []
  for (let next = region; next !== undefined; next = parents?.get(next)) regions.push(next)
  return regions
}

/**
 * Returns the held locale that serves a reader of `range` best, or undefined.
 *
 * RFC 4647 lookup, extended by likely subtags (UTS #35): the same language in the same script, so that zh-HK and
 * zh-TW find zh-Hant or zh-TW and never zh-CN. Among those: the same tag, the same region, the regions whose texts its
 * readers take (es-MX: es-419), what takes its texts from there too, what is written alike, no region, the region where
 * the language is most used, then by alphabet.
 */
export function matchLocale(range: string, held: readonly HeldLocale[]): string | undefined {
  for (const { tag } of held) if (tag === range) return tag
  // A range that serves nobody costs look-ups alone: a client can send any number of them.
  const asked = plainRange(range)
  const language = languageOf(asked)
  const spoken = held.filter((locale) => locale.language === language)
  if (spoken.length === 0) return undefined
  const [tag, script] = SIGNIFICANT.exec(asked) ?? []
  if (tag === undefined || !spoken.some((locale) => isWrittenIn(locale, script))) return undefined
  const wanted = parseLocale(tag)
  const readable = spoken.filter((locale) => locale.script === wanted?.script)
  if (wanted === undefined || readable.length < 2) return readable[0]?.tag
  return nearestOf(readable, wanted, asked).tag
}

/** Returns the one of several locales in a reader's language and script that is nearest to the reader's own. */
function nearestOf(readable: readonly HeldLocale[], wanted: HeldLocale, asked: string): HeldLocale {
  const best = readable.toSorted(byPreference)
  return (
    best.find(({ tag }) => tag.toLowerCase() === asked) ??
    best.find(({ tag }) => tag === wanted.tag) ??
    (wanted.region === undefined ? undefined : nearestRegion(best, wanted)) ??
    best[0]!
  )
}

/** es-MX takes what es-419 has, then what another region has that does, then what is written alike. */
function nearestRegion(
  locales: readonly HeldLocale[],
  { regions, isAlike }: HeldLocale,
): HeldLocale | undefined {
  for (const parent of regions) {
    const nearest =
      locales.find(({ region }) => region === parent) ??
      locales.find((locale) => locale.regions.includes(parent))
    if (nearest !== undefined) return nearest
  }
  return locales.find((locale) => locale.isAlike === isAlike)
}

/** No region before the one where the language is most used, that before others, and of those en-GB before en-AU. */
function byPreference(a: HeldLocale, b: HeldLocale): number {
  return rankOf(a) - rankOf(b) || (a.tag < b.tag ? -1 : 1)
}

function rankOf({ tag, region, likelyRegion }: HeldLocale): number {
  if (region === undefined) return 0
  if (region === likelyRegion) return 1
  return PARADIGMS.includes(tag) ? 2 : 3
}

/** Returns all locales in a reader's language and script, those that serve the reader best first. */
export function matchAll(range: string, held: readonly HeldLocale[]): readonly string[] {
  const found: string[] = []
  let others = held
  for (let tag = matchLocale(range, others); tag !== undefined; tag = matchLocale(range, others)) {
    const taken = tag
    found.push(taken)
    others = others.filter((locale) => locale.tag !== taken)
  }
  return found
}

/** Returns the held locales from which one takes what it lacks, the nearest first: es-419 and es for es-MX. */
export function parentsOf(tag: string, held: readonly HeldLocale[]): readonly string[] {
  const child = held.find((locale) => locale.tag === tag)
  if (child === undefined) return []
  const { language, script, regions } = child
  const isParent = (locale: HeldLocale): boolean =>
    locale !== child &&
    locale.language === language &&
    locale.script === script &&
    (tag.startsWith(`${locale.tag}-`) ||
      (locale.region === undefined ? regions.length > 0 : regions.indexOf(locale.region) > 0))
  const generation = ({ region }: HeldLocale): number =>
    region === undefined ? regions.length : regions.indexOf(region)
  return held
    .filter(isParent)
    .toSorted((a, b) => generation(a) - generation(b) || b.tag.length - a.tag.length)
    .map((locale) => locale.tag)
}

/** Returns a range in small letters, without the name of the family before a language (RFC 5646, section 4.5: zh-yue). */
export function plainRange(range: string): string {
  const plain = range.replaceAll('_', '-').toLowerCase()
  const end = plain.indexOf('-') + 4
  return plain.length === end || plain[end] === '-' ? plain.replace(EXTENDED, '$1') : plain
}

// Hardly any range is one: it is looked for where three letters stand behind the first dash.
const EXTENDED = /^[a-z]{2,3}-([a-z]{3})(?=-|$)/

// RFC 5646, section 2.1: language, script, region. What may follow them says nothing of who can read a text.
const SIGNIFICANT =
  /^[a-z]{2,3}(?:-([a-z]{4}))?(?:-(?:[a-z]{2}|\d{3}))?(?=$|-(?:[a-z\d]{5,8}|\d[a-z\d]{3}|[a-z\d]-[a-z\d]+)(?:-|$))/

function isWrittenIn({ script }: HeldLocale, wanted: string | undefined): boolean {
  return wanted === undefined || script.toLowerCase() === wanted
}

// There are at most 18,252 languages of two or three letters.
const languages = new Map<string, string>()

/** The language that the first subtag of a range means today: he for iw. */
export function languageOf(range: string): string | undefined {
  const dash = range.indexOf('-')
  const primary = dash === -1 ? range : range.slice(0, dash)
  let language = languages.get(primary)
  if (language === undefined && PRIMARY.test(primary)) {
    language = individual(todays(primary))
    languages.set(primary, language)
  }
  return language
}

function todays(language: string): string {
  try {
    return new Intl.Locale(language).language
  } catch {
    return language
  }
}

const PRIMARY = /^[a-z]{2,3}$/
