import { expect, test } from 'vitest'
import { WITH_CATALOGS, WITH_COMMON_TEXTS } from '../languages.ts'
import { FAMILIAR, FIRST_PERSON, LETTERS_OF_OTHERS, WITHOUT_A_NOUN } from './words.ts'
import { prose, rule } from './rule.ts'

/** Languages that write without blanks between words, and one that joins its particles to them. */
const WITHOUT_BLANKS = new Set(['ja', 'ko', 'th', 'zh-CN', 'zh-TW'])

/** The words of a list that a text holds. */
function wordsIn(text: string, locale: string, list: readonly string[] | undefined): readonly string[] {
  if (list === undefined) return []
  const words = `(?:${list.join('|')})`
  const whole = WITHOUT_BLANKS.has(locale) ? words : String.raw`(?<![\p{L}\p{M}])${words}(?![\p{L}\p{M}])`
  return prose(text).match(new RegExp(whole, 'giu')) ?? []
}

test('every language but that of the source says what its first person is', () => {
  const translated = [...WITH_CATALOGS, ...WITH_COMMON_TEXTS].filter((locale) => locale !== 'en')
  expect(Object.keys(FIRST_PERSON).sort()).toEqual(translated.sort())
})

rule('no text says "we" or "I"', {
  faults: ({ locale, text }) => wordsIn(text, locale, FIRST_PERSON[locale]),
  finds: [
    ['de', 'Wir konnten die Anfrage nicht verarbeiten'],
    ['es', 'El backend limitó la frecuencia de nuestras solicitudes'],
    ['fr', 'Je suis une théière'],
    ['ja', '私はティーポットです。'],
    ['zh-CN', '我是一个茶壶'],
    ['hi', 'मैं एक चायदानी हूँ'],
    ['tr', 'İsteği işleyemiyoruz'],
    ['th', 'ฉันเป็นกาน้ำชา'],
  ],
})

rule('no text speaks as to a friend', {
  faults: ({ locale, text }) => wordsIn(text, locale, FAMILIAR[locale]),
  finds: [
    ['de', 'Prüfe deine Anfrage'],
    ['es', 'Verifica tus credenciales'],
    ['zh-TW', '你沒有權限'],
    ['ru', 'Проверь запрос'],
  ],
})

rule('a text is written in the letters of its own language', {
  locales: Object.keys(LETTERS_OF_OTHERS),
  faults: ({ locale, text }) => text.match(LETTERS_OF_OTHERS[locale]!) ?? [],
  finds: [
    ['ro', 'Cerere greşită'],
    ['uk', 'Неверный запрос, ошибка сервера: объект'],
    ['ar', 'طلب غیر صالح'],
    ['hu', 'Belsõ hiba'],
  ],
})

// です・ます, and what asks politely; a text in brackets may be a note.
const POLITE = /(?:です|ます|ました|ません|でした|ください)$/

rule('a Japanese sentence is polite: です・ます', {
  locales: ['ja'],
  faults: ({ text }) =>
    text
      .replaceAll(/（[^）]*）/g, '')
      .split('。')
      .filter((sentence, i, { length }) => i < length - 1 && !POLITE.test(sentence)),
  finds: [
    ['ja', '値が正しくない。'],
    ['ja', '値が正しくない。確認してください。'],
    ['ja', 'ユーザーが存在しない（削除済みです）。'],
  ],
})

rule('an adjective about a field has a noun to agree with', {
  locales: Object.keys(WITHOUT_A_NOUN),
  faults: ({ locale, text }) => WITHOUT_A_NOUN[locale]!.exec(text) ?? [],
  finds: [
    ['es', 'Demasiado corto; longitud mínima: {{min}}'],
    ['fr', 'Doit être supérieur à {{min}}'],
    ['ru', 'Слишком короткий; минимум: {{min}}'],
    ['pl', 'Zbyt mały; minimum: {{min}}'],
  ],
})
