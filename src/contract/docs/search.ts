import type { Item, Section } from './site.ts'
import { headOf, moreOf, textsOf } from './texts.ts'
import type { View } from './view.ts'
import { marksOf } from './facts.ts'
import { sectionName } from './wording.ts'

/** Letters alike in a search: without accents, and in lower case. The script of the pages does the same. */
export function searched(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

const MAX_QUERY = 200

/** Makes what tells whether a text has all words of a query. */
export function createSearch(query: string): (text: string) => boolean {
  const words = searched(query.slice(0, MAX_QUERY)).split(/\s+/u).filter(Boolean)
  return (text) => words.every((word) => text.includes(word))
}

/** What of an error is searched: all that the index shows of it. */
export function searchedText(view: View, section: Section, item: Item): string {
  const { site, locale, words } = view
  const texts = textsOf(site, item, locale, words)
  const said = [
    String(item.code),
    String(item.httpStatus),
    headOf(texts).text,
    moreOf(texts)?.text ?? '',
    ...marksOf(item).map((mark) => words.say(mark)),
    sectionName(view, section),
  ]
  return searched(said.join(' '))
}
