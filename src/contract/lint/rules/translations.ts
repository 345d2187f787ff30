import { levels, type Rule } from '../rule.ts'
import type { LintedText } from '../subject.ts'

export const TRANSLATION_RULES: readonly Rule[] = [
  {
    id: 'text-empty',
    family: 'locales',
    levels: levels('error'),
    what: 'A translation is empty.',
    why: 'It is not used: it has been forgotten.',
    of: 'text',
    check: ({ text, translation }) =>
      translation !== undefined && text.trim() === ''
        ? 'is empty. Translate it, or take it away.'
        : undefined,
  },
  {
    id: 'text-untranslated',
    family: 'locales',
    levels: levels('warning'),
    what: 'A translation is the text of the catalog, in its language.',
    why: 'It was copied, and forgotten. Texts that are names for the most part may stay.',
    of: 'translated',
    check: ({ text, source, locale, subject }) =>
      text === source && languageOf(locale) !== languageOf(subject.sourceLocale) && !isMostlyNames(text)
        ? `is that of the catalog, in ${subject.sourceLocale}. Translate it.`
        : undefined,
  },
  {
    id: 'text-without-source',
    family: 'locales',
    levels: levels('warning'),
    what: 'A translation is of a title, description or action that the catalog has not.',
    why: 'Readers of this language alone get such a text.',
    of: 'text',
    check: ({ entry, source, field, translation }: LintedText) =>
      translation !== undefined && entry !== undefined && source === undefined
        ? `translates nothing: the catalog has no ${field} here. Write one there, or take it away.`
        : undefined,
  },
]

function languageOf(locale: string): string {
  return locale.split('-', 1)[0]!
}

// What programs read and people type: code spans, snake_case, dotted and inner-capital names, words in capitals.
const NAME = /`[^`]+`|\w+_\w+|\w{2,}(?:\.\w{2,})+|[A-Za-z]*[a-z][A-Z]\w*|\b[A-Z][A-Z0-9]+\b/g

/** Whether two languages may word a text alike: names, and hardly a word between them ("Use AAAA / MX"). */
function isMostlyNames(text: string): boolean {
  const plain = text.replaceAll(/\{\{[^{}]*\}\}/g, ' ')
  const names = plain.match(NAME)?.length ?? 0
  const words = plain.replace(NAME, '').match(/\p{L}{2,}/gu)?.length ?? 0
  return words === 0 || (words === 1 && names > 1)
}
