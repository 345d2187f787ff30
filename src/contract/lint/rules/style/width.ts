import { OFF, type Rule } from '../../rule.ts'
import { prose, styleOf, told } from './locale-style.ts'

/** Languages that are written with full-width punctuation. */
const FULL_WIDTH: Readonly<Record<string, true>> = { ja: true, 'zh-CN': true, 'zh-TW': true }

// Half-width punctuation, letters and digits of full width, katakana of half width, and blanks around what has its own.
const OF_WRONG_WIDTH =
  /[!,:;?()]|(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー])\.|[０-９Ａ-Ｚａ-ｚ\uFF65-\uFF9F]/gu
const BLANK_AROUND = / [\u3000-\u303F\uFF00-\uFFEF]|[\u3000-\u303F\uFF00-\uFFEF] /g
const OF_FULL_WIDTH = /[\u3000-\u303F\uFF00-\uFFEF]/g

/** Languages that part their own letters from Latin ones and from digits by a blank, and those that do not. */
const PARTED_FROM_LATIN: Readonly<Record<string, { readonly joints: RegExp; readonly isParted: boolean }>> = {
  ja: joints(String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー`, false),
  th: joints(String.raw`\p{sc=Thai}`, true),
  'zh-CN': joints(String.raw`\p{sc=Han}`, true),
  'zh-TW': joints(String.raw`\p{sc=Han}`, true),
}

function joints(script: string, isParted: boolean): { readonly joints: RegExp; readonly isParted: boolean } {
  const latin = '[`A-Za-z0-9{}]'
  const gap = isParted ? '' : ' '
  const own = isParted ? '' : `|[${script}] [${script}]`
  return { joints: new RegExp(`[${script}]${gap}${latin}|${latin}${gap}[${script}]${own}`, 'gu'), isParted }
}

// https://www.unicode.org/cldr, delimiters and spacing of fr: the no-break space is due there, and nowhere else.
const FRENCH = /(?<!\u00A0)[;:!?»]|«(?!\u00A0)|\d (?=\p{L})/gu
const DUE_IN_FRENCH = /\u00A0(?=[;:!?»])|(?<=[«\d])\u00A0/g
const OTHER_BLANK = /[^\S \n]/g

export const WIDTH_RULES: readonly Rule[] = [
  {
    id: 'style-full-width',
    family: 'locales',
    levels: OFF,
    what: 'A Chinese or Japanese text has punctuation of half width, or another language some of full width.',
    why: 'Chinese and Japanese are set in squares: ，：（） fill one, and have their blank within.',
    of: 'translated',
    check({ locale, text }) {
      if (styleOf(FULL_WIDTH, locale) === undefined) {
        return told(text.match(OF_FULL_WIDTH), 'Write the mark of the language.')
      }
      const wrong = prose(text).match(OF_WRONG_WIDTH)
      return (
        told(wrong, 'Write punctuation in full width: ，：；？！（）; letters and digits in half width.') ??
        told(text.match(BLANK_AROUND), 'Take away the blank beside it.')
      )
    },
  },
  {
    id: 'style-script-blanks',
    family: 'locales',
    levels: OFF,
    what: 'A Chinese or Thai text has no blank between its own letters and Latin ones or digits; or a Japanese one has.',
    why: 'Chinese and Thai are easier to read with a blank there; Japanese is written without.',
    of: 'translated',
    check({ locale, text }) {
      const style = styleOf(PARTED_FROM_LATIN, locale)
      if (style === undefined) return undefined
      return told(
        text.match(style.joints),
        style.isParted ? 'Write a blank between.' : 'Take away the blank.',
      )
    },
  },
  {
    id: 'style-no-break-spaces',
    family: 'locales',
    levels: OFF,
    what: 'A French text lacks the no-break space before ; : ! ? », after « or between a number and what it counts; or a text has one elsewhere.',
    why: 'A mark alone at the start of a line is hard to read; blanks that nobody sees break searching.',
    of: 'translated',
    check({ locale, text }) {
      const isFrench = locale.split('-', 1)[0] === 'fr'
      const missing = isFrench ? text.replaceAll(/`[^`]*`/g, '').match(FRENCH) : null
      const other = (isFrench ? text.replaceAll(DUE_IN_FRENCH, '') : text).match(OTHER_BLANK)
      return told(missing, 'Write a no-break space (U+00A0) there.') ?? told(other, 'Write a common blank.')
    },
  },
]
