import type { i18n as I18n } from 'i18next'
import { MISSING, type Params } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'
import { dateText } from '../../guard/text.ts'
import { interpolationsIn } from './placeholders.ts'

/** A placeholder of a text: which param it shows, and how. */
interface Placeholder {
  readonly name: string
  readonly use: Use
}

/** Values that i18next fills in: numbers and dates where a format asks for them. */
export type FormatValues = Readonly<Record<string, Usable>>

type Usable = string | number | bigint | Date

// https://www.i18next.com/translation-function/formatting#built-in-formats
type Format = 'number' | 'currency' | 'relativetime' | 'datetime' | 'list'

type Use = (value: string | number) => Usable | undefined

/** Each returns what its formats can show, and undefined for what would come out as NaN, or letter by letter. */
const USES: ReadonlyMap<string, Use> = new Map<Format, Use>([
  ['number', numeric],
  ['currency', numeric],
  ['relativetime', numeric],
  ['datetime', instant],
  // A param is one value and no list.
  ['list', () => undefined],
])

/** Prepares the params of one text. Those that a format cannot show are left out, and shown as missing. */
export function prepareFormats(i18n: I18n, text: string): (params: Params) => FormatValues {
  const { alwaysFormat = false } = i18n.options?.interpolation ?? {}
  const placeholders = interpolationsIn(i18n, text).map(({ name, format }): Placeholder => ({
    name,
    use: format === undefined && !alwaysFormat ? asItIs : useOf(format ?? ''),
  }))
  return (params) =>
    Object.fromEntries(
      Object.entries(params).flatMap(([name, value]): [string, Usable][] => {
        const uses = placeholders.filter((placeholder) => placeholder.name === name)
        const shown = uses.map(({ use }) => use(value))
        if (shown.includes(undefined)) return []
        return [[name, shown.find((each) => each !== value) ?? value]]
      }),
    )
}

function useOf(format: string): Use {
  const name = format.split('(')[0]!.trim().toLowerCase()
  return USES.get(name) ?? forOwnFormat
}

function asItIs(value: string | number): string | number {
  return value
}

/** A format of the app's: what it can show is not known, but it takes a time as a Date. */
function forOwnFormat(value: string | number): string | number | Date | undefined {
  return value === MISSING ? undefined : (dateOf(value) ?? value)
}

const DECIMAL = /^-?\d{1,100}(?:\.\d{1,100})?$/

export function numeric(value: string | number): number | bigint | undefined {
  if (typeof value === 'number') return value
  if (!DECIMAL.test(value)) return undefined
  const number = Number(value)
  // paramText makes text of a BigInt, which has more digits than a number can hold.
  return Number.isInteger(number) && !Number.isSafeInteger(number) && !value.includes('.')
    ? BigInt(value)
    : number
}

// paramText makes such a text of a Date.
const ISO_DATE = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A Date that reads as ISO text wherever no format shows it. */
class IsoDate extends Date {
  override toString(): string {
    return this.toISOString()
  }
}

/** Returns the Date that a param was made of, for what formats times. As text it is the param again. */
export function dateOf(value: string | number): Date | undefined {
  if (typeof value !== 'string' || !ISO_DATE.test(value)) return undefined
  const date = new IsoDate(value)
  // One of a day that no month has is shown as it was written.
  return dateText(date) === value ? date : undefined
}

// ECMA-262, section 21.4.1.1: milliseconds to both sides of the epoch.
const MAX_TIME = 8.64e15

export function instant(value: string | number): number | Date | undefined {
  if (typeof value === 'number') return Math.abs(value) <= MAX_TIME ? value : undefined
  return dateOf(value)
}

const LISTS = new Map<string, Intl.ListFormat>()

/** Joins names in the words of a language: `a, b or c`. */
export function alternatives(locale: string, names: readonly string[]): string {
  // English for a language that Intl does not know, as for plural forms; that of Britain, which has no comma before or.
  const list = getOrMake(
    LISTS,
    locale,
    () => new Intl.ListFormat([locale === 'en' ? 'en-GB' : locale, 'en-GB'], { type: 'disjunction' }),
  )
  return list.format(names)
}
