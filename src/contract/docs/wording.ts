import { boundedMemo } from '../../guard/memo.ts'
import type { Section } from './site.ts'
import type { View } from './view.ts'

/** How many errors a query has found. */
export function foundText({ words }: View, found: number, query: string): string {
  return found === 0
    ? words.say('no_match', { query })
    : words.say('matching_errors', { number: new Intl.NumberFormat(words.locale).format(found) })
}

/** What a section is called. Modules are called by their author, in one language. */
export function sectionName({ words }: View, { kind, module }: Section): string {
  if (kind === 'module') return module!.title ?? module!.name
  return words.say(kind === 'others' ? 'other_errors' : 'general_errors')
}

/** A status, and what it says. */
export function statusText({ words }: View, status: number): string {
  return `${status} ${words.status(status)}`
}

/** The name of a language in itself, as it stands alone. Each page names them all, and Intl takes its time. */
export const languageName = boundedMemo(500, (locale) => {
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
    const [first = ''] = name
    return first.toLocaleUpperCase(locale) + name.slice(first.length)
  } catch {
    return locale
  }
})

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Seconds in words of a language, in the largest unit of which they are a whole number. */
export function durationIn(locale: string, seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0) ?? ['second', 1]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size)
}
