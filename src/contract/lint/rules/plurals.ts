import { pluralForms } from '../../../locale/text/plural.ts'
import { levels, type Forms, type Rule } from '../rule.ts'

/** Undefined where a text has no plural forms. */
function endingsOf(forms: Forms): readonly string[] | undefined {
  const endings = forms.map(({ ending }) => ending)
  return endings.some((ending) => ending !== '') ? endings : undefined
}

const memberOf = (forms: Forms, ending: string): string => `${forms[0].field}_${ending}`

export const PLURAL_RULES: readonly Rule[] = [
  {
    id: 'plural-missing',
    family: 'locales',
    levels: levels('error'),
    what: 'A text has plural forms, but not all that its language tells apart.',
    why: 'Numbers of the missing form are shown with another one, which is wrong in that language.',
    of: 'forms',
    *check(forms) {
      const endings = endingsOf(forms)
      if (endings === undefined) return
      const [text] = forms
      const missing = pluralForms(text.locale).filter(
        (form) => !endings.includes(form) && !(form === 'other' && endings.includes('')),
      )
      if (missing.length === 0) return
      yield {
        text,
        message: `lacks plural forms. Write ${missing.map((form) => memberOf(forms, form)).join(', ')}.`,
      }
    },
  },
  {
    id: 'plural-without-count',
    family: 'locales',
    levels: levels('error'),
    what: 'A text has plural forms, but the message of the catalog has no {{count}}.',
    why: 'The number that chooses among them is never known, so they are never shown.',
    of: 'forms',
    *check(forms) {
      const form = forms.find(({ ending }) => ending !== '')
      if (form?.entry === undefined || form.entry.params.includes('count')) return
      yield {
        text: form,
        message: `has plural forms, but no {{count}} chooses among them. Name {{count}} in the message of the catalog, or write one text.`,
      }
    },
  },
  {
    id: 'plural-extra',
    family: 'locales',
    levels: levels('warning'),
    what: 'A text has a plural form that its language does not tell apart.',
    why: 'It is never shown. zero may stand in every language.',
    of: 'forms',
    *check(forms) {
      if (endingsOf(forms) === undefined) return
      const known: readonly string[] = pluralForms(forms[0].locale)
      for (const text of forms) {
        const { ending, locale } = text
        if (ending === '' || ending === 'zero' || known.includes(ending)) continue
        yield { text, message: `is never shown: ${locale} has the forms ${known.join(', ')}. Take it away.` }
      }
    },
  },
]
