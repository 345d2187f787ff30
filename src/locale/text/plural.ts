import type { Fillings } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'

/** Which form of a text shows a number. i18next has one for none in every language. */
export type PluralForm = Intl.LDMLPluralRule | 'none'

/** The number that chooses the plural form; untyped code may give it as digits. */
export function countOf({ count }: Fillings): number | undefined {
  return typeof count === 'string' && /^\d{1,15}$/.test(count)
    ? Number(count)
    : typeof count === 'number'
      ? count
      : undefined
}

export function pluralForm(locale: string, count: number): PluralForm {
  return count === 0 ? 'none' : rulesOf(locale).select(count)
}

const WITHOUT_COUNT = ['', 'other']

/**
 * The endings that a text can have, the best first. A form that a file has not is shown by that of all other numbers.
 *
 * @param form - undefined where no number is told
 */
export function endingsOf(locale: string, form: PluralForm | undefined): readonly string[] {
  if (form === undefined) return WITHOUT_COUNT
  return form === 'none' ? ['zero', rulesOf(locale).select(0), 'other', ''] : [form, 'other', '']
}

/** The forms that a language tells numbers apart by. */
export function pluralForms(locale: string): readonly Intl.LDMLPluralRule[] {
  return rulesOf(locale).resolvedOptions().pluralCategories
}

const rules = new Map<string, Intl.PluralRules>()

function rulesOf(locale: string): Intl.PluralRules {
  return getOrMake(rules, locale, newRules)
}

function newRules(locale: string): Intl.PluralRules {
  // English for a language that Intl does not know: its default would be that of the server's surroundings.
  return new Intl.PluralRules([locale, 'en'])
}
