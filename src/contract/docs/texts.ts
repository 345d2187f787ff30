import { TEXT_FIELDS, type TextField } from '../../catalog/entry.ts'
import { readOwn } from '../../guard/own.ts'
import type { DumpEntry, DumpTexts } from '../dump/dump.ts'
import type { Item, Site } from './site.ts'
import type { Words } from './words.ts'

/** A text, and the language that it is in. */
export interface Told {
  readonly text: string
  readonly locale: string
}

/** The texts of an error, each in the language of the page if it has one there. */
export type ItemTexts = Readonly<Record<'message', Told>> & Readonly<Partial<Record<TextField, Told>>>

/** @param locale - of the page */
export function textsOf({ dump }: Site, { entry, status }: Item, locale: string, words: Words): ItemTexts {
  if (entry === undefined) return { message: { text: words.status(status), locale: words.locale } }
  const texts: Partial<Record<TextField, Told>> = {}
  for (const field of TEXT_FIELDS) {
    const told = toldIn(entry, field, [locale, ...parentsOf(locale), dump.sourceLocale])
    if (told !== undefined) texts[field] = told
  }
  return { ...texts, message: texts.message ?? { text: String(entry.code), locale: dump.sourceLocale } }
}

/** The name of an error: its title, or its message where it has none. */
export function headOf({ title, message }: ItemTexts): Told {
  return title ?? message
}

/** What a list tells of an error beside its name. */
export function moreOf({ title, message }: ItemTexts): Told | undefined {
  return title !== undefined && title.text !== message.text ? message : undefined
}

/** es-MX takes what it lacks from es. */
function parentsOf(locale: string): readonly string[] {
  const parts = locale.split('-')
  return parts.map((_, index) => parts.slice(0, index + 1).join('-')).toReversed()
}

function toldIn({ texts }: DumpEntry, field: TextField, locales: readonly string[]): Told | undefined {
  for (const locale of locales) {
    const text = textIn(readOwn(texts, locale) as DumpTexts | undefined, field)
    if (text !== undefined) return { text, locale }
  }
  return undefined
}

/** Of a text with plural forms, the one that most numbers have. */
function textIn(texts: DumpTexts | undefined, field: TextField): string | undefined {
  if (texts === undefined) return undefined
  const name = [field, `${field}_other`].find((name) => Object.hasOwn(texts, name))
  const form = name ?? Object.keys(texts).find((name) => name.startsWith(`${field}_`))
  return form === undefined ? undefined : texts[form]
}

/** A text, taken apart at its placeholders. */
export type Piece = { readonly text: string } | { readonly param: string }

// i18next's interpolation, as in catalog/template.ts.
const PLACEHOLDER = /\{\{\s*-?\s*([^{},]*?)\s*(?:,[^{}]*)?\}\}/g

export function piecesOf(text: string): readonly Piece[] {
  return text
    .split(PLACEHOLDER)
    .map((piece, index) => (index % 2 === 0 ? { text: piece } : { param: piece }))
    .filter((piece) => !('text' in piece) || piece.text !== '')
}
