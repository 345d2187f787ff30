import { isRecord, read } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { parseLocale } from './match.ts'
import { isLanguage } from './tags.ts'

/** Languages for readers of those that we do not hold: by theirs, and `default` for all others. */
export type FallbackLocales = Readonly<Record<string, string | readonly string[]>>

/** Where readers are sent whose languages we do not hold. */
export interface FallbackRules {
  /** The locales that the app gives readers of a range. */
  readonly of: (range: string) => readonly string[]
  /** Those that it gives all others. */
  readonly last: readonly string[]
}

/** The same for the texts of one namespace. */
export interface Fallbacks extends FallbackRules {
  /** The locale for clients that want none we have. */
  readonly locale: string
}

const NONE: readonly string[] = []
const NO_RULES: FallbackRules = { last: NONE, of: () => NONE }

/**
 * Reads what an app has written: a tag, several, those by language, or a function that returns one of these (i18next,
 * https://www.i18next.com/principles/fallback).
 */
export function parseFallbacks(given: unknown): FallbackRules {
  if (typeof given === 'function') return { last: NONE, of: (range) => tagsOf(called(given, range)) }
  if (typeof given === 'string' || Array.isArray(given)) return { last: tagsOf(given), of: () => NONE }
  if (!isRecord(given)) return NO_RULES
  const byTag = new Map<string, readonly string[]>()
  for (const name of Object.keys(given)) {
    const tag = parseLocale(name)?.tag
    if (tag !== undefined && name !== 'default') byTag.set(tag, tagsOf(read(given, name)))
  }
  return {
    last: Object.hasOwn(given, 'default') ? tagsOf(read(given, 'default')) : NONE,
    of: (range) => namesOf(range).flatMap((name) => byTag.get(name) ?? NONE),
  }
}

/**
 * Checks the option `fallbackLocale` against the locales of the handler's catalog.
 *
 * @throws SetupError - for what is no tag, and for a language that the catalog has no texts in
 */
export function checkFallbackLocale(given: unknown, catalog: string, held: readonly string[]): void {
  if (given === undefined) return
  const byName = isRecord(given) ? Object.entries(given) : [['default', given] as const]
  for (const [name, tags] of byName) {
    const where = isRecord(given) ? `Option fallbackLocale, ${name}` : 'Option fallbackLocale'
    const language = parseLocale(name)?.tag
    if (name !== 'default' && (language === undefined || !isLanguage(language))) {
      throw new SetupError(
        `Option fallbackLocale holds the language ${show(name)}. Use BCP 47 tags such as 'zh-HK', and default.`,
      )
    }
    for (const tag of Array.isArray(tags) ? (tags as readonly unknown[]) : [tags]) {
      const locale = typeof tag === 'string' ? parseLocale(tag)?.tag : undefined
      if (locale !== undefined && held.includes(locale)) continue
      throw new SetupError(
        `${where} is ${show(tag)}, in which catalog ${catalog} has no texts. It has: ${held.join(', ')}.`,
      )
    }
  }
}

/** Whether a value is written as fallbacks by language, or one language for all. */
export function isFallbackLocale(value: unknown): boolean {
  return typeof value === 'string' || (isRecord(value) && Object.values(value).every(isOneOrMore))
}

function isOneOrMore(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0 && value.every((each) => typeof each === 'string')
    : typeof value === 'string'
}

/** The names under which a range may stand: zh-HK, zh-Hant-HK, zh-Hant, zh. */
function namesOf(range: string): readonly string[] {
  const locale = parseLocale(range)
  if (locale === undefined) return NONE
  const { tag, script, region } = locale
  const language = tag.split('-', 1)[0]!
  const names = [
    tag,
    region && `${language}-${region}`,
    script && region && `${language}-${script}-${region}`,
    script && `${language}-${script}`,
    language,
  ]
  return [...new Set(names.filter((name) => name !== undefined))]
}

function tagsOf(given: unknown): readonly string[] {
  const names: readonly unknown[] = Array.isArray(given) ? given : [given]
  return names
    .map((name) => (typeof name === 'string' ? parseLocale(name)?.tag : undefined))
    .filter((tag) => tag !== undefined)
}

function called(rule: Function, range: string): unknown {
  try {
    return Reflect.apply(rule, undefined, [range])
  } catch {
    return undefined
  }
}
