import { boundedMemo } from '../guard/memo.ts'

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
}

// RFC 5646, section 2.1, but for what no reader asks for: private use, and grandfathered tags.
const TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

/** Takes a BCP 47 tag apart, which may be written as ICU has it (zh_TW). Returns undefined for what is not a tag. */
export function parseLocale(name: string): HeldLocale | undefined {
  const tag = name.replaceAll('_', '-')
  // A check is cheaper than a caught error.
  if (!TAG.test(tag)) return undefined
  try {
    const locale = new Intl.Locale(tag)
    const { language, script = '', region } = locale.maximize()
    return {
      tag: Intl.getCanonicalLocales(tag)[0]!,
      language: individual(language),
      script,
      region: locale.region,
      likelyRegion:
        new Intl.Locale(script === '' ? language : `${language}-${script}`).maximize().region ?? region,
    }
  } catch {
    return undefined
  }
}

// CLDR languageAlias that Intl leaves to matching: Norwegian is Bokmål unless Nynorsk is asked for.
function individual(language: string): string {
  return language === 'no' ? 'nb' : language
}

/**
 * Returns the held locale that serves a reader of `range` best, or undefined.
 *
 * RFC 4647 lookup, extended by likely subtags (UTS #35): the same language in the same script, so that zh-HK and
 * zh-TW find zh-Hant or zh-TW and never zh-CN. Among those: the same tag, the same region, no region, the
 * region where the language is most used, then by alphabet.
 */
export function matchLocale(range: string, held: readonly HeldLocale[]): string | undefined {
  for (const { tag } of held) if (tag === range) return tag
  // A range that serves nobody costs look-ups alone: a client can send any number of them.
  const asked = range.replaceAll('_', '-').toLowerCase()
  const language = languageOf(asked)
  const spoken = held.filter((locale) => locale.language === language)
  if (spoken.length === 0) return undefined
  const [tag, script] = SIGNIFICANT.exec(asked) ?? []
  if (tag === undefined || !spoken.some((locale) => isWrittenIn(locale, script))) return undefined
  const wanted = parseRange(tag)
  const readable = spoken.filter((locale) => locale.script === wanted?.script)
  if (wanted === undefined || readable.length < 2) return readable[0]?.tag
  const byTag = readable.toSorted((a, b) => (a.tag < b.tag ? -1 : 1))
  for (const isPreferred of PREFERENCES) {
    const preferred = byTag.find((locale) => isPreferred(locale, asked, wanted))
    if (preferred !== undefined) return preferred.tag
  }
  return byTag[0]!.tag
}

type IsPreferred = (locale: HeldLocale, asked: string, wanted: HeldLocale) => boolean

/** Preferences among locales that the reader can read, the strongest first. */
const PREFERENCES: readonly IsPreferred[] = [
  ({ tag }, asked) => tag.toLowerCase() === asked,
  ({ tag }, _asked, wanted) => tag === wanted.tag,
  ({ region }, _asked, wanted) => region === (wanted.region ?? wanted.likelyRegion),
  ({ region }) => region === undefined,
  ({ region, likelyRegion }) => region === likelyRegion,
]

// RFC 5646, section 2.1: language, script, region. What may follow them says nothing of who can read a text.
const SIGNIFICANT =
  /^[a-z]{2,3}(?:-([a-z]{4}))?(?:-(?:[a-z]{2}|\d{3}))?(?=$|-(?:[a-z\d]{5,8}|\d[a-z\d]{3}|[a-z\d]-[a-z\d]+)(?:-|$))/

function isWrittenIn({ script }: HeldLocale, wanted: string | undefined): boolean {
  return wanted === undefined || script.toLowerCase() === wanted
}

// There are at most 18,252 languages of two or three letters.
const languages = new Map<string, string>()

/** The language that the first subtag of a range means today: he for iw. */
function languageOf(range: string): string | undefined {
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

const MAX_REMEMBERED = 1000

/** Takes a range apart. That is slow, so ranges are remembered. */
const parseRange = boundedMemo(MAX_REMEMBERED, parseLocale)
