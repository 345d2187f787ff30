import { boundedMemo } from '../../guard/memo.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { parseLocale } from './match.ts'

/** An app's i18next is looked at whenever its texts change. */
const MAX_NAMES = 100

const ANY_TAG = "Use BCP 47 tags such as 'zh-CN'"

/**
 * Refuses a language that is not named by its BCP 47 tag, or that no client can ask for.
 *
 * @param where - what holds it: a folder, an option
 */
export function checkTag(locale: string, where: string): void {
  const found = `${where} holds the language ${show(locale)}`
  const tag = parseLocale(locale)?.tag
  if (tag === undefined) throw new SetupError(`${found}. ${renameTo(languageNamed(locale))}.`)
  if (!isLanguage(tag)) {
    throw new SetupError(`${found}, which no client can ask for. ${renameTo(languageNamed(locale))}.`)
  }
  if (tag !== locale) throw new SetupError(`${found}. ${renameTo(languageOfCountry(tag) ?? tag)}.`)
}

function renameTo(tag: string | undefined): string {
  return tag === undefined ? ANY_TAG : `Rename it to ${show(tag)}`
}

/**
 * Says that a language is the code of a country, such as jp, which no client asks for. Returns undefined for others.
 *
 * @param where - what is named by it: a file, a member of an option
 */
export function countryFault(locale: string, where: string): string | undefined {
  const language = languageOfCountry(locale)
  if (language === undefined) return undefined
  const country = countryNames().of(countryOf(locale)!)
  return `${where} is in the language ${show(locale)}, which no client asks for: it is the code of a country, ${country}. Rename it to ${show(language)}.`
}

// https://www.i18next.com/overview/api#changelanguage: shows keys.
const OF_I18NEXT = 'cimode'

/** Says that no client can ask for a language of the app's own i18next, which may have it for something else. */
export function languageFault(name: string, where: string): string | undefined {
  const tag = parseLocale(name)?.tag
  if (name === OF_I18NEXT || (tag !== undefined && isLanguage(tag))) return countryFault(name, where)
  return `${where} is in the language ${show(name)}, which no client can ask for. ${renameTo(languageNamed(name))}.`
}

// ISO 639-2: texts in no language, in several, in one without a code.
const NO_LANGUAGES = /^(?:und|zxx|mul|mis)(?:-|$)/

/** RFC 5646, section 2.2.1: language subtags of more than three letters are reserved, and nobody has registered one. */
export function isLanguage(tag: string): boolean {
  if (/^[a-z]{4}/.test(tag) || NO_LANGUAGES.test(tag)) return false
  return !isUnknown(tag) || countryOf(tag) !== undefined
}

/** CLDR knows the script of every language that has a code of two letters (likelySubtags). */
function isUnknown(tag: string): boolean {
  return /^[a-z]{2}(?:-|$)/.test(tag) && parseLocale(tag.slice(0, 2))?.script === ''
}

function countryOf(tag: string): string | undefined {
  const code = tag.slice(0, 2).toUpperCase()
  return isUnknown(tag) && countryNames().of(code) !== undefined ? code : undefined
}

function countryNames(): Intl.DisplayNames {
  return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
}

/** The language that most people in a country read, for the code of a country that is none of a language: ja for jp. */
function languageOfCountry(tag: string): string | undefined {
  const country = countryOf(tag)
  return country && new Intl.Locale(`und-${country}`).maximize().minimize().toString()
}

/** The code of a language that is called by its name, in English or in itself: de for German and for Deutsch. */
const languageNamed = boundedMemo(MAX_NAMES, findLanguage)

function findLanguage(name: string): string | undefined {
  const [wanted] = plain(name).split(/[-_]/)
  const english = languageNames('en')
  const code = codesOfTwoLetters().find((code) => {
    const called = english.of(code)
    return (
      called !== undefined &&
      [called, languageNames(code).of(code) ?? called].some((each) => plain(each) === wanted)
    )
  })
  return code && Intl.getCanonicalLocales(code)[0]
}

function languageNames(locale: string): Intl.DisplayNames {
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' })
}

function codesOfTwoLetters(): readonly string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
  return letters.flatMap((first) => letters.map((second) => first + second))
}

/** Accents are seldom in the names of folders. */
function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
