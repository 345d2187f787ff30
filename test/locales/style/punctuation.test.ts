import { expect, test } from 'vitest'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from '../languages.ts'
import { FULL_STOP, FULL_WIDTH, PARTED_FROM_LATIN, QUOTES, WRITTEN_OTHERWISE } from './punctuation.ts'
import { prose, rule, type Text } from './rule.ts'

/** Japanese ends a sentence with 。 also where English does not; titles and the labels of a page are nouns. */
function endsAsSentence({ locale, key, source }: Text): boolean {
  // The title of a field's code stands in for its message.
  if (locale === 'ja' && !key.startsWith('reference.json/'))
    return !key.endsWith('/title') || key.startsWith('fields.json/')
  return source.endsWith('.')
}

rule('a text ends as its source does: with a full stop of its language, or without', {
  faults(text) {
    const stop = FULL_STOP[text.locale] ?? '.'
    const expected = endsAsSentence(text) ? stop : ''
    const end = /[^\p{L}\p{M}\p{N}\p{Pe}\p{Pf}\p{Pi}…%״׳`]$/u.exec(text.text)?.[0] ?? ''
    return end === expected ? [] : [end || 'no full stop']
  },
  finds: [
    ['de', 'Ungültiger Wert.', 'Invalid value'],
    ['de', 'Ungültiger Wert', 'Invalid value.'],
    ['zh-TW', '值無效.', 'Invalid value.'],
    ['ja', '値が正しくありません', 'Invalid value'],
    ['hi', 'अमान्य मान.', 'Invalid value.'],
    ['th', 'ค่าไม่ถูกต้อง.', 'Invalid value.'],
    ['fr', 'Valeur non valide:', 'Invalid value'],
  ],
})

rule('no text asks or exclaims', {
  faults: ({ text }) => prose(text).match(/[!?¡¿！？؟՞‽]/g) ?? [],
  finds: [
    ['es', '¡Valor no válido!'],
    ['ja', '値が正しくありません！'],
    ['ar', 'هل القيمة صحيحة؟'],
  ],
})

test('every language but that of the source says how it quotes', () => {
  const translated = [...WITH_CATALOGS, ...WITH_COMMON_TEXTS].filter((locale) => locale !== 'en')
  expect(Object.keys(QUOTES).sort()).toEqual(translated.sort())
})

rule('dots that leave something out are one mark, and a dash is no hyphen', {
  faults: ({ text }) => prose(text).match(/\.{2,}|。{2,}|(?<=\s)-(?=\s)|--/g) ?? [],
  finds: [
    ['de', 'A / AAAA / CNAME ...'],
    ['ru', 'Сервер - чайник'],
  ],
})

const ANY_QUOTE = /["„“”‟‚‘’‛«»‹›「」『』《》〈〉〝〞〟״׳′″´＂＇]/g
// Within a word it is an apostrophe; in Hebrew these two shorten words.
const APOSTROPHE = /(?<=[\p{L}\p{N}])[’](?=[\p{L}\p{N}])|(?<=\p{sc=Hebrew})[״׳]/gu

function quotesIn(text: string): readonly string[] {
  return prose(text).replaceAll(APOSTROPHE, '').replaceAll("'", '"').match(ANY_QUOTE) ?? []
}

rule('quotation marks are those of the language, in pairs, and none is straight', {
  faults({ locale, text }) {
    const found = quotesIn(text)
    const rest = QUOTES[locale]!.reduce((marks, pair) => {
      let paired = marks
      while (paired.includes(pair)) paired = paired.replace(pair, '')
      return paired
    }, found.join(''))
    return Array.from(rest)
  },
  finds: [
    ['de', 'Das Feld "message"'],
    ['de', 'Das Feld “message”'],
    ['de', 'Das Feld „message'],
    ['fr', "L'erreur"],
    ['es', 'El campo "message"'],
    ['zh-TW', '“message”欄位'],
    ['sv', 'Fältet “message”'],
    ['he', 'השדה "message"'],
  ],
})

rule('a text quotes nothing that its source does not', {
  faults: ({ text, source }) => (/["“]/.test(source) ? [] : quotesIn(text)),
  finds: [['de', 'Die Bestellung hat nicht den Status „Ausstehend“.', 'Order is not in pending state.']],
})

rule('French sets a no-break space before ; : ! ? », after «, and between a number and what it counts', {
  locales: ['fr'],
  faults: ({ text }) =>
    text.replaceAll(/`[^`]*`/g, '').match(/(?<!\u00A0)[;:!?»]|«(?!\u00A0)|\d (?=\p{L})/gu) ?? [],
  finds: [
    ['fr', 'Type incorrect; attendu'],
    ['fr', 'Type incorrect ; attendu'],
    ['fr', 'Type incorrect\u202F; attendu'],
    ['fr', 'Le champ « message\u00A0»'],
    ['fr', 'Au moins 6 caractères'],
  ],
})

rule('a language has no other blank than the common one; French has the no-break space, where it is due', {
  faults({ locale, text }) {
    const due = /\u00A0(?=[;:!?»])|(?<=[«\d])\u00A0/g
    return (locale === 'fr' ? text.replaceAll(due, '') : text).match(/[^\S ]/g) ?? []
  },
  finds: [
    ['fr', 'Valeur\u00A0non valide'],
    ['fr', 'Type incorrect\u202F; attendu'],
    ['ja', '値が　正しくありません。'],
    ['ru', 'Значение\u00A0недопустимо'],
  ],
})

rule('blanks are single, and none stands before closing or after opening punctuation', {
  faults: ({ text }) => text.match(/ {2}| [,.;:!?)\]」。，、；：）।،؛](?!\w)|[([（「„«¿¡] /g) ?? [],
  finds: [
    ['de', 'Ungültiger  Wert'],
    ['es', 'Tipo incorrecto ; se esperaba'],
    ['zh-TW', '型別錯誤 ，應為'],
    ['nl', 'Ongeldig ( waarde)'],
  ],
})

rule('Chinese and Japanese punctuation is full-width', {
  locales: FULL_WIDTH,
  faults: ({ text }) =>
    prose(text).match(/[!,:;?()]|(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー])\./gu) ?? [],
  finds: [
    ['zh-CN', '类型错误,应为'],
    ['zh-TW', '型別錯誤:應為'],
    ['ja', 'リクエストが正しくありません(JSON)。'],
    ['ja', '値が正しくありません.'],
  ],
})

rule('no other language has full-width characters', {
  faults: ({ locale, text }) =>
    FULL_WIDTH.includes(locale) ? [] : (text.match(/[\u3000-\u303F\uFF00-\uFFEF]/g) ?? []),
  finds: [
    ['ko', '잘못된 값。'],
    ['de', 'Ungültiger Wert：'],
  ],
})

rule('Latin letters and digits are half-width, and katakana full-width', {
  locales: FULL_WIDTH,
  faults: ({ text }) => text.match(/[０-９Ａ-Ｚａ-ｚ\uFF65-\uFF9F]/g) ?? [],
  finds: [
    ['ja', 'ｻｰﾊﾞｰ内部エラーが発生しました。'],
    ['zh-TW', '必須大於 ３'],
  ],
})

rule('full-width punctuation has no blanks around it', {
  locales: FULL_WIDTH,
  faults: ({ text }) => text.match(/ [\u3000-\u303F\uFF00-\uFFEF]|[\u3000-\u303F\uFF00-\uFFEF] /g) ?? [],
  finds: [['zh-CN', '类型错误， 应为']],
})

rule(
  'letters of the language are parted from Latin ones and digits by a blank: in Chinese and Thai, not in Japanese',
  {
    locales: Object.keys(PARTED_FROM_LATIN),
    faults({ locale, text }) {
      const { script, isParted } = PARTED_FROM_LATIN[locale]!
      const latin = '[`A-Za-z0-9{}]'
      const gap = isParted ? '' : ' '
      const joints = new RegExp(`[${script}]${gap}${latin}|${latin}${gap}[${script}]`, 'gu')
      return text.match(joints) ?? []
    },
    finds: [
      ['zh-CN', 'URL无效'],
      ['zh-TW', '必須大於{{min}}'],
      ['zh-TW', '請使用`data`'],
      ['th', 'URLไม่ถูกต้อง'],
      ['ja', 'URL が正しくありません。'],
      ['ja', '{{min}} より大きい値'],
    ],
  },
)

const CJK = PARTED_FROM_LATIN['ja']!.script

rule('Japanese has no blank between its own letters', {
  locales: ['ja'],
  faults: ({ text }) => text.match(new RegExp(`[${CJK}] [${CJK}]`, 'gu')) ?? [],
  finds: [['ja', '値が 正しくありません。']],
})

rule('a mark that the language writes otherwise does not stand in it', {
  locales: Object.keys(WRITTEN_OTHERWISE),
  faults: ({ locale, text }) =>
    Array.from(prose(text)).filter((character) => character in WRITTEN_OTHERWISE[locale]!),
  finds: [
    ['ar', 'نوع غير صحيح; المتوقع'],
    ['el', 'Λάθος τύπος; αναμενόταν'],
    ['th', 'ชนิดไม่ถูกต้อง; ต้องเป็น'],
  ],
})
