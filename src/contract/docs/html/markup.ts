import { isRightToLeft } from '../../../answer/direction.ts'
import { escapeHtml } from '../../../guard/html.ts'
import { piecesOf, type Told } from '../texts.ts'

/** HTML, as told apart from text by its type alone. */
export type Html = string

/** Says the language of an element where it is not that of what is around it. */
export function langOf(locale: string, around: string): Html {
  return locale === around ? '' : ` lang="${escapeHtml(locale)}" dir="${directionOf(locale)}"`
}

export function directionOf(locale: string): 'rtl' | 'ltr' {
  return isRightToLeft(locale) ? 'rtl' : 'ltr'
}

/** A text with its placeholders marked by their names. */
export function filledHtml(text: string): Html {
  if (!text.includes('{{')) return escapeHtml(text)
  return piecesOf(text)
    .map((piece) => ('text' in piece ? escapeHtml(piece.text) : `<var>${escapeHtml(piece.param)}</var>`))
    .join('')
}

/** A text in an element of its own where its language is another than the page's. */
export function toldHtml({ text, locale }: Told, around: string): Html {
  const lang = langOf(locale, around)
  return lang === '' ? filledHtml(text) : `<span${lang}>${filledHtml(text)}</span>`
}
