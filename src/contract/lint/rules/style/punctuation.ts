import { OFF, type Rule, type TranslatedText } from '../../rule.ts'
import { prose, styleOf, told } from './locale-style.ts'

/** How a language quotes: the pairs of quotation marks that may stand in its texts, opening and closing mark in one string. */
export const QUOTES: Readonly<Record<string, readonly string[]>> = {
  ar: ['«»', '“”'],
  cs: ['„“', '‚‘'],
  da: ['»«', '”“', '””', '„“'],
  de: ['„“', '‚‘'],
  el: ['«»', '“”'],
  es: ['«»', '“”'],
  fi: ['””', '’’'],
  fr: ['«»', '“”'],
  he: ['””', '“”', '״״'],
  hi: ['“”', '‘’'],
  hu: ['„”', '»«'],
  id: ['“”', '‘’'],
  it: ['«»', '“”'],
  ja: ['「」', '『』'],
  ko: ['‘’', '“”'],
  nb: ['«»', '‘’'],
  nl: ['‘’', '“”'],
  pl: ['„”', '«»'],
  'pt-BR': ['“”', '‘’'],
  'pt-PT': ['«»', '“”'],
  ro: ['„”', '«»'],
  ru: ['«»', '„“'],
  sv: ['””', '’’'],
  th: ['“”', '‘’'],
  tr: ['“”', '‘’'],
  uk: ['«»', '„“'],
  vi: ['“”', '‘’'],
  'zh-CN': ['“”', '‘’'],
  'zh-TW': ['「」', '『』'],
}

/** What ends a sentence where it is not a full stop. Thai ends it by a blank. */
const FULL_STOP: Readonly<Record<string, string>> = {
  hi: '।',
  ja: '。',
  th: '',
  'zh-CN': '。',
  'zh-TW': '。',
}

/** Japanese ends a sentence with 。 also where the source does not; a title is a noun. */
function endsAsSentence({ locale, field, source, subject }: TranslatedText): boolean {
  // The title of a field's code stands in for its message; the words of pages are no sentences.
  if (locale === 'ja' && subject.name !== 'reference') return field !== 'title' || subject.name === 'fields'
  return /[.。।]$/.test(source)
}

const END = /[^\p{L}\p{M}\p{N}\p{Pe}\p{Pf}\p{Pi}…%״׳`]$/u

const ANY_QUOTE = /["„“”‟‚‘’‛«»‹›「」『』《》〈〉〝〞〟״׳′″´＂＇]/g
// Within a word it is an apostrophe; in Hebrew these two shorten words.
const APOSTROPHE = /(?<=[\p{L}\p{N}])[’](?=[\p{L}\p{N}])|(?<=\p{sc=Hebrew})[״׳]/gu

const HAS_QUOTE = new RegExp(`${ANY_QUOTE.source}|'`)

function quotesIn(text: string): readonly string[] {
  if (!HAS_QUOTE.test(text)) return []
  return prose(text).replaceAll(APOSTROPHE, '').replaceAll("'", '"').match(ANY_QUOTE) ?? []
}

export const PUNCTUATION_RULES: readonly Rule[] = [
  {
    id: 'style-end-punctuation',
    family: 'locales',
    levels: OFF,
    what: 'A translation ends in a full stop where its text in the catalog does not, or the reverse.',
    why: 'Texts that stand beside each other look alike in one language and not in the next. Japanese ends every sentence with 。.',
    of: 'translated',
    check(text) {
      const stop = styleOf(FULL_STOP, text.locale) ?? '.'
      const expected = endsAsSentence(text) ? stop : ''
      const end = END.exec(text.text)?.[0] ?? ''
      if (end === expected) return undefined
      const found = end === '' ? 'no full stop' : JSON.stringify(end)
      const wanted = expected === '' ? 'a letter, as in the catalog' : JSON.stringify(expected)
      return `ends with ${found}. Let it end with ${wanted}.`
    },
  },
  {
    id: 'style-quotes',
    family: 'locales',
    levels: OFF,
    what: 'A translation has quotation marks of another language, straight ones, or one of a pair.',
    why: 'Each language has its own: „…“ in German, «…» in Russian, 「…」 in Japanese.',
    of: 'translated',
    check({ locale, text }) {
      const quotes = styleOf(QUOTES, locale)
      if (quotes === undefined) return undefined
      let rest = quotesIn(text).join('')
      for (const pair of quotes) while (rest.includes(pair)) rest = rest.replace(pair, '')
      return told(Array.from(rest), `Write ${quotes.join(' or ')}, or ’ for an apostrophe.`)
    },
  },
]
