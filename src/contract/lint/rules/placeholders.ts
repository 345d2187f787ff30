import { createI18n } from '../../../locale/sources/text-source.ts'
import { namesThatDiffer, placeholdersOf, type NamesThatDiffer } from '../../../locale/text/placeholders.ts'
import { levels, type Rule, type TranslatedText } from '../rule.ts'

let i18n: ReturnType<typeof createI18n> | undefined

const NONE: readonly string[] = []

/** The names that are filled in a translation, as the handler finds them. */
function namesIn(text: string): readonly string[] {
  return text.includes('{{') ? placeholdersOf((i18n ??= createI18n()), text).names : NONE
}

let last: { readonly of: TranslatedText; readonly difference: NamesThatDiffer } | undefined

/** Two rules ask it of each text. */
function differenceIn(text: TranslatedText): NamesThatDiffer {
  if (last?.of !== text) last = { of: text, difference: findDifference(text) }
  return last.difference
}

function findDifference({ text, ending, entry, source, locale, subject }: TranslatedText): NamesThatDiffer {
  const names = namesIn(text)
  // A form for a few numbers alone may leave any out.
  const always = ending === '' || ending === 'other' ? names : [...names, ...entry.params]
  const { sourceLocale } = subject
  return namesThatDiffer(
    { names, always },
    { params: entry.params, sourceText: source, sourceLocale },
    locale,
  )
}

function written(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(', ')
}

export const PLACEHOLDER_RULES: readonly Rule[] = [
  {
    id: 'placeholder-unknown',
    family: 'locales',
    levels: levels('error'),
    what: 'A translation has a placeholder that the message of the catalog has not.',
    why: 'Nothing fills it, so the translation is not used.',
    of: 'translated',
    check(text) {
      if (text.entry.status === 401 || !text.text.includes('{{')) return undefined
      const { strange } = differenceIn(text)
      if (strange.length === 0) return undefined
      const { params } = text.entry
      const advice = params.length === 0 ? 'The catalog has none.' : `The catalog has ${written(params)}.`
      return `has ${written(strange)}, which nothing fills. ${advice}`
    },
  },
  {
    id: 'placeholder-missing',
    family: 'locales',
    levels: levels('error'),
    what: 'A translation lacks a placeholder of the text that it translates.',
    why: 'What the text is about is lost, so the translation is not used. {{count}} may be left out, and any in a plural form for a few numbers.',
    of: 'translated',
    check(text) {
      if (!text.source.includes('{{') || text.text === '') return undefined
      const { lost } = differenceIn(text)
      return lost.length === 0 ? undefined : `lacks ${written(lost)}. Write it where its value belongs.`
    },
  },
  {
    id: 'placeholder-401',
    family: 'locales',
    levels: levels('error'),
    what: 'A translation of an error of status 401 has a placeholder.',
    why: 'A 401 tells nothing of its cause, whatever the language: the translation is not used.',
    of: 'translated',
    check({ text, entry }) {
      const names = entry.status === 401 ? namesIn(text) : NONE
      return names.length === 0
        ? undefined
        : `has ${written(names)}, but a 401 tells nothing of its cause. Write a constant text.`
    },
  },
]
