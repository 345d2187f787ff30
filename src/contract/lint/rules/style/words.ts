import { getOrMake } from '../../../../guard/memo.ts'
import { OFF, type FoundText, type Rule, type TranslatedText } from '../../rule.ts'
import { prose, styleOf, told } from './locale-style.ts'
import { WRITTEN_ELSEWHERE } from './regional-words.ts'

/** Languages that write without blanks between words. */
const WITHOUT_BLANKS: ReadonlySet<string> = new Set(['ja', 'th', 'zh'])

interface RegionalWords {
  readonly any: RegExp
  readonly each: readonly (readonly [word: RegExp, here: string])[]
}

const compiled = new Map<Readonly<Record<string, string>>, RegionalWords>()

function compile(words: Readonly<Record<string, string>>, locale: string): RegionalWords {
  const isWhole = !WITHOUT_BLANKS.has(locale.split('-', 1)[0]!)
  const pattern = (word: string): RegExp =>
    new RegExp(isWhole ? String.raw`(?<![\p{L}\p{M}])(?:${word})(?![\p{L}\p{M}])` : word, 'iu')
  const each = Object.entries(words).map(([word, here]) => [pattern(word), here] as const)
  return { any: pattern(Object.keys(words).join('|')), each }
}

export const WORD_RULES: readonly Rule[] = [
  {
    id: 'style-regional-words',
    family: 'locales',
    levels: OFF,
    what: 'A text has a word of the neighbor who writes the same language: 用戶 in zh-TW, arquivo in pt-PT.',
    why: 'Readers see at once that the text was not written for them.',
    of: 'translated',
    check({ locale, text }) {
      const words = styleOf(WRITTEN_ELSEWHERE, locale)
      if (words === undefined) return undefined
      const { any, each } = getOrMake(compiled, words, () => compile(words, locale))
      const read = prose(text)
      if (!any.test(read)) return undefined
      const [word, here] = each.find(([pattern]) => pattern.test(read))!
      return told(word.exec(read), `Write ${here}.`)
    },
  },
  {
    id: 'style-terms',
    family: 'locales',
    levels: OFF,
    what: 'A text translates a term of lint.terms otherwise than the list says, or uses its translation for another.',
    why: 'Readers who meet two words look for two things.',
    of: 'translated',
    check({ locale, text, source }, { terms }) {
      for (const { name, source: word, isOnly, translations } of terms) {
        const translation = translations.get(locale)
        if (translation === undefined) continue
        const isMeant = word.test(source)
        if (isMeant === translation.test(text)) continue
        if (isMeant) return `says ${name} otherwise than lint.terms has it: ${translation.source}.`
        if (isOnly) return `says ${name} (${translation.source}), which the catalog does not say here.`
      }
      return undefined
    },
  },
  {
    id: 'style-same-translation',
    family: 'locales',
    levels: OFF,
    what: 'Two texts of the catalogs are the same, and their translations are not.',
    why: 'Readers who meet two texts look for two things. Titles may differ from sentences.',
    of: 'locale',
    check: divergent,
  },
]

function* divergent(texts: readonly TranslatedText[]): Iterable<FoundText> {
  const first = new Map<string, TranslatedText>()
  for (const text of texts) {
    const { source, field, subject, ending } = text
    const isTitle = field === 'title' && subject.name !== 'fields'
    const known = getOrMake(first, [source.toLowerCase(), isTitle, ending].join('\0'), () => text)
    if (known.text === text.text) continue
    yield {
      text,
      message: `is not as at ${known.subject.name} ${known.key}, which has ${JSON.stringify(known.text)} for the same text. Write one of the two in both.`,
    }
  }
}
