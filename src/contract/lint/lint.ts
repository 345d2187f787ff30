import type { Entry } from '../../catalog/entry.ts'
import { TEXT_FIELDS } from '../../catalog/entry.ts'
import { parentsOf, parseLocale } from '../../locale/language/match.ts'
import { fingerprintOf, type Finding } from '../findings/finding.ts'
import type { Read } from './read.ts'
import type { Family, Forms, Found, Language, Rule, RuleLevel, Settings, TranslatedText } from './rule.ts'
import { RULES } from './rules.ts'
import { tagFault } from './rules/files.ts'
import type { LintedText, Subject, Translation } from './subject.ts'

/** What is held against the rules. */
export interface Linted extends Read {
  readonly subjects: readonly Subject[]
}

export interface LintOptions {
  /** By id of the rule. */
  readonly levels: ReadonlyMap<string, RuleLevel>
  /** @default catalogs and translations */
  readonly only?: Family | undefined
  readonly settings?: Settings
}

type RuleOf<TOf extends Rule['of']> = Extract<Rule, { readonly of: TOf }>

const NO_SETTINGS: Settings = { terms: [] }

/** Holds catalogs and their translations against the rules that are not off. */
export function lint(
  linted: Linted,
  { levels, only, settings = NO_SETTINGS }: LintOptions,
): readonly Finding[] {
  const active = RULES.filter(({ id }) => (levels.get(id) ?? 'off') !== 'off')
  const rulesOf = <TOf extends Rule['of']>(of: TOf): readonly RuleOf<TOf>[] =>
    active.filter((rule): rule is RuleOf<TOf> => rule.of === of)
  const ofText = rulesOf('text')
  const findings: Finding[] = []

  function add(
    { id }: Rule,
    subject: Subject,
    found: Found & { readonly locale?: string | undefined; readonly field?: string | undefined },
  ): void {
    const { message, entry, key = entry?.key, file, position, locale, field } = found
    findings.push({
      rule: id,
      level: levels.get(id) as Exclude<RuleLevel, 'off'>,
      message,
      catalog: subject.name,
      key,
      code: entry?.code,
      file,
      line: position?.line,
      column: position?.column,
      fingerprint: fingerprintOf(id, subject.name, locale, key ?? message, field),
    })
  }

  function addText(rule: Rule, text: LintedText, message: string): void {
    const { subject, translation, entry, key, locale, holder, name } = text
    const field = text.ending === '' ? text.field : `${text.field}_${text.ending}`
    add(rule, subject, {
      message: translation === undefined ? `${field} ${message}` : `${field} in ${locale} ${message}`,
      entry,
      key: entry === undefined ? key : undefined,
      file: translation?.file ?? subject.file,
      position: translation?.positionOf(holder, name),
      locale: translation && locale,
      field,
    })
  }

  function lintCatalog(subject: Subject): void {
    const { file } = subject
    for (const rule of rulesOf('catalog')) {
      for (const found of rule.check(subject)) add(rule, subject, { file, ...found })
    }
    const ofEntry = rulesOf('entry')
    for (const entry of subject.entries) {
      for (const rule of ofEntry) {
        const message = rule.check(entry, subject)
        if (message !== undefined) add(rule, subject, { message, entry, file })
      }
      for (const text of ownTextsOf(entry, subject)) {
        for (const rule of ofText) {
          const message = rule.check(text, settings)
          if (message !== undefined) addText(rule, text, message)
        }
      }
    }
  }

  function lintTranslation(translation: Translation): void {
    const { subject, file, locale } = translation
    for (const rule of rulesOf('translation')) {
      for (const found of rule.check(translation)) {
        const entry = found.key === undefined ? undefined : subject.find(found.key)
        add(rule, subject, {
          ...found,
          entry,
          key: entry === undefined ? found.key : undefined,
          file,
          locale,
        })
      }
    }
    const ofTranslated = rulesOf('translated')
    const ofForms = rulesOf('forms')
    for (const texts of translation.byKey.values()) {
      for (const text of texts) {
        // What stands in the catalog as well is told there.
        const isTold = text.text === text.source && locale === subject.sourceLocale && only !== 'locales'
        for (const rule of isTold ? [] : ofText) {
          const message = rule.check(text, settings)
          if (message !== undefined) addText(rule, text, message)
        }
        if (!isTranslated(text)) continue
        for (const rule of ofTranslated) {
          const message = rule.check(text, settings)
          if (message !== undefined) addText(rule, text, message)
        }
      }
      if (ofForms.length === 0 || texts.every(({ ending }) => ending === '')) continue
      for (const field of TEXT_FIELDS) {
        const forms = texts.filter((text) => text.field === field)
        if (forms.length === 0) continue
        for (const rule of ofForms) {
          for (const { text, message } of rule.check(forms as unknown as Forms)) addText(rule, text, message)
        }
      }
    }
  }

  function lintLanguage(language: Language): void {
    const { subject, locale, translations, place } = language
    const file = translations.find(({ isOwn }) => isOwn)?.file ?? place ?? subject.file
    for (const rule of rulesOf('language')) {
      for (const found of rule.check(language)) add(rule, subject, { file, locale, ...found })
    }
  }

  if (only !== 'locales' && only !== 'sources') {
    for (const subject of linted.subjects) lintCatalog(subject)
  }
  if (only !== 'catalog' && only !== 'sources') {
    const own = linted.translations.filter(({ isOwn }) => isOwn)
    for (const translation of own) lintTranslation(translation)
    for (const subject of linted.subjects) {
      if (subject.isWhole) for (const language of languagesOf(subject, linted)) lintLanguage(language)
    }
    const ofLocale = rulesOf('locale')
    for (const locale of ofLocale.length === 0 ? [] : new Set(own.map(({ locale }) => locale))) {
      const texts = own
        .filter((translation) => translation.locale === locale && translation.subject.sourceLocale !== locale)
        .flatMap(({ byKey }) => [...byKey.values()].flat())
        .filter(isTranslated)
      for (const rule of ofLocale) {
        for (const { text, message } of rule.check(texts)) addText(rule, text, message)
      }
    }
  }
  return findings
}

function ownTextsOf(entry: Entry, subject: Subject): readonly LintedText[] {
  return TEXT_FIELDS.flatMap((field) => {
    const text = entry[field]
    if (text === undefined) return []
    const locale = subject.sourceLocale
    const own = { translation: undefined, holder: undefined, name: field, ending: '', locale, subject }
    return [{ ...own, entry, key: String(entry.key), field, text, source: text }]
  })
}

/** An empty text is one fault, and no more is to be told of it. */
function isTranslated(text: LintedText): text is TranslatedText {
  return text.entry !== undefined && text.source !== undefined && text.text.trim() !== ''
}

/** The languages in which texts of a subject are to be complete. What a language takes from its source is complete. */
function languagesOf(subject: Subject, { translations, languages, placeOf }: Linted): readonly Language[] {
  const names = new Set([subject.name, ...subject.places.map(({ catalog }) => catalog)])
  const ofSubject = translations.filter(({ subject: { name } }) => names.has(name))
  const named = [...new Set([...languages, ...ofSubject.map(({ locale }) => locale)])].filter(
    (locale) => tagFault(locale) === undefined,
  )
  const held = [...named, subject.sourceLocale].map(parseLocale).filter((locale) => locale !== undefined)
  return named.flatMap((locale) => {
    const parents = parentsOf(locale, held)
    if (locale === subject.sourceLocale || parents.includes(subject.sourceLocale)) return []
    const inherited = ofSubject.filter((translation) => parents.includes(translation.locale))
    const own = ofSubject.filter((translation) => translation.locale === locale)
    if (own.length === 0 && inherited.length > 0) return []
    return [{ subject, locale, translations: own, inherited, place: placeOf(subject, locale) }]
  })
}
