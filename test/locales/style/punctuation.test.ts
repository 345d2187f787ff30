import { WRITTEN_OTHERWISE } from './punctuation.ts'
import { prose, rule } from './rule.ts'

rule('no text asks or exclaims', {
  faults: ({ text }) => prose(text).match(/[!?¡¿！？؟՞‽]/g) ?? [],
  finds: [
    ['es', '¡Valor no válido!'],
    ['ja', '値が正しくありません！'],
    ['ar', 'هل القيمة صحيحة؟'],
  ],
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

rule('a text quotes nothing that its source does not', {
  faults: ({ text, source }) => (/["“]/.test(source) ? [] : quotesIn(text)),
  finds: [['de', 'Die Bestellung hat nicht den Status „Ausstehend“.', 'Order is not in pending state.']],
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
