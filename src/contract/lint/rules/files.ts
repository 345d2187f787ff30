import { SetupError } from '../../../guard/setup-error.ts'
import { checkTag, countryFault } from '../../../locale/language/tags.ts'
import { levels, type Found, type Rule } from '../rule.ts'
import type { Stray, Translation } from '../subject.ts'

export const FILE_RULES: readonly Rule[] = [
  {
    id: 'locale-syntax',
    family: 'locales',
    levels: levels('error'),
    what: 'A file of texts is no JSON, YAML or JSON5, or not in UTF-8.',
    why: 'Nothing in it is used.',
    of: 'translation',
    *check({ fault }) {
      if (fault?.kind === 'syntax') yield { message: fault.fault, position: fault.position }
    },
  },
  {
    id: 'locale-shape',
    family: 'locales',
    levels: levels('error'),
    what: 'Something stands where a text belongs: a number, a list, texts within another object.',
    why: 'It is not used.',
    of: 'translation',
    *check(translation) {
      const { fault } = translation
      if (fault?.kind === 'shape') yield { message: fault.fault, position: fault.position }
      yield* strays(translation, 'value')
    },
  },
  {
    id: 'locale-duplicate',
    family: 'locales',
    levels: levels('error'),
    what: 'A name stands twice in an object, a text twice in a file, or a language has two files.',
    why: 'Only one of the two is used, and whoever changes the other one wonders.',
    of: 'translation',
    *check({ duplicates }) {
      for (const { fault, position, key } of duplicates) yield { message: fault, position, key }
    },
  },
  {
    id: 'locale-tag',
    family: 'locales',
    levels: levels('error'),
    what: 'A file or folder is not named by the tag of its language.',
    why: 'No client asks for a language of that name: jp is no language, and zh_CN is written zh-CN (BCP 47).',
    of: 'translation',
    *check({ locale }) {
      const fault = tagFault(locale)
      if (fault !== undefined) yield { message: fault }
    },
  },
  {
    id: 'locale-unknown-code',
    family: 'locales',
    levels: levels('error'),
    what: 'A file has texts of an error that its catalog has not.',
    why: 'The key is mistyped, and its texts are not used; or the error is gone, and they are left over.',
    of: 'translation',
    check: (translation) => strays(translation, 'key'),
  },
  {
    id: 'locale-unknown-field',
    family: 'locales',
    levels: levels('error'),
    what: 'An error in a file has a member that is none of message, title, description, action and their plural forms.',
    why: 'It is not used: mesage is mistyped, or the plural forms are of an older format.',
    of: 'translation',
    check: (translation) => strays(translation, 'field'),
  },
]

function* strays({ strays, positionOf }: Translation, kind: Stray['kind']): Iterable<Found> {
  for (const stray of strays) {
    if (stray.kind !== kind) continue
    yield { message: stray.fault, key: stray.key, position: positionOf(stray.holder, stray.name) }
  }
}

/** Says how a language is misnamed, or returns undefined. */
export function tagFault(locale: string): string | undefined {
  try {
    checkTag(locale, 'the name')
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  return countryFault(locale, 'the name')
}
