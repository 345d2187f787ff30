import { TEXT_FIELDS, type Entry, type TextField } from '../../../catalog/entry.ts'
import { levels, type Language, type Rule } from '../rule.ts'
import type { Translation } from '../subject.ts'

const WARNING = levels('warning', 'error')

export const MISSING_RULES: readonly Rule[] = [
  {
    id: 'locale-file-missing',
    family: 'locales',
    levels: WARNING,
    what: 'A language has files, but none of this catalog.',
    why: 'Its readers get the errors of this catalog in another language.',
    of: 'language',
    *check({ translations, place }) {
      if (translations.length > 0) return
      yield { message: 'the file is not there. Have the texts of the catalog translated.', file: place }
    },
  },
  {
    id: 'locale-missing-code',
    family: 'locales',
    levels: WARNING,
    what: 'A language has no text of an error.',
    why: 'Its readers get the error in another language.',
    of: 'language',
    *check(language) {
      for (const entry of translatedOf(language)) {
        if (hasTexts(language, entry)) continue
        yield {
          entry,
          message: `is missing in ${language.locale}: ${JSON.stringify(entry.message)} is sent. Translate it.`,
        }
      }
    },
  },
  {
    id: 'text-missing',
    family: 'locales',
    levels: WARNING,
    what: 'A language has texts of an error, but lacks one that the catalog has.',
    why: 'Its readers get that one in another language, beside theirs.',
    of: 'language',
    *check(language) {
      for (const entry of translatedOf(language)) {
        const lacked = TEXT_FIELDS.filter(
          (field) => entry[field] !== undefined && !hasText(language, entry, field),
        )
        if (lacked.length === 0 || !hasTexts(language, entry)) continue
        yield { entry, message: `lacks ${lacked.join(', ')} in ${language.locale}. Translate it.` }
      }
    },
  },
]

/** The errors that a language has to have: none where its file is broken, or not there at all. */
function translatedOf({ subject, translations }: Language): readonly Entry[] {
  if (translations.length === 0 || translations.some(({ fault }) => fault !== undefined)) return []
  return subject.entries.filter(({ isSuccess }) => !isSuccess)
}

function hasTexts(language: Language, entry: Entry): boolean {
  return TEXT_FIELDS.some((field) => hasText(language, entry, field))
}

function hasText({ translations, inherited }: Language, entry: Entry, field: TextField): boolean {
  const has = ({ subject, byKey }: Translation): boolean => {
    const key = String(subject.name === 'http' ? entry.status : entry.key)
    // What another catalog's translators have translated is its own text.
    if (subject.find(key)?.[field] !== entry[field]) return false
    return byKey.get(key)?.some((text) => text.field === field) ?? false
  }
  return translations.some(has) || inherited.some(has)
}
