import { MISSING, type Params } from '../../catalog/template.ts'
import { boundedMemo } from '../../guard/memo.ts'
import { readOwn } from '../../guard/own.ts'
import { FSI, PDI } from './isolate.ts'
import { instant, numeric } from './formats.ts'

/*
 * ICU messages, by the class of the app's own plugin (i18next-icu). It throws for a value that is missing, or shows
 * NaN: so that each place of a message has a value of its own here, and one without a value is written out before.
 * https://unicode-org.github.io/icu/userguide/format_parse/messages/
 */

/** An element of a message, as https://formatjs.github.io/docs/icu-messageformat-parser gives it. */
interface Element {
  readonly type: number
  /** The text of a literal, else the name of an argument. */
  readonly value: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>
}

const LITERAL = 0
const SELECT = 5
const PLURAL = 6
const POUND = 7

/** What holds a message for each case. */
const FORMED: ReadonlySet<number> = new Set([SELECT, PLURAL])

/** Makes of a param what an element shows. Undefined for what it cannot show. */
type Use = (value: string | number) => unknown

const asItIs: Use = (value) => value

const USES: ReadonlyMap<number, Use> = new Map<number, Use>([
  [1, asItIs], // argument
  [2, numeric], // number
  [3, instant], // date
  [4, instant], // time
  [SELECT, asItIs],
  [PLURAL, numeric],
])

/** A message has a part for each set of params that a throw may leave out. */
const MAX_PARTS = 8

/** The class IntlMessageFormat. */
export type MessageFormat = new (
  message: string | readonly Element[],
  locale: string,
  formats: unknown,
  options: { readonly ignoreTag: boolean },
) => { readonly getAst: () => readonly Element[]; readonly format: (values: object) => unknown }

export interface IcuMessage {
  readonly names: readonly string[]
  /** Without those of plural forms for a few numbers alone. */
  readonly always: readonly string[]
  readonly fill: (params: Params) => string
}

/** A place of a message at which a param is shown. */
interface Slot {
  readonly name: string
  readonly use: Use
}

/**
 * Compiles a message.
 *
 * @throws an error of the class - for what is no message
 */
export function compileIcu(
  text: string,
  locale: string,
  { Format, formats, rightToLeft }: { Format: MessageFormat; formats: unknown; rightToLeft: boolean },
): IcuMessage {
  const create = (message: string | readonly Element[]): InstanceType<MessageFormat> =>
    new Format(message, locale, formats, { ignoreTag: true })
  const ast = create(text).getAst()
  const slots: Slot[] = []
  const bound = bind(ast, slots, rightToLeft)
  const whole = create(bound)
  // Compiling takes a millisecond.
  const partOf = boundedMemo(MAX_PARTS, (missing) =>
    create(without(bound, new Set(missing.split(' ')), false)),
  )
  const format = (values: readonly unknown[]): string => {
    const missing = values.flatMap((value, index) => (value === undefined ? [index] : [])).join(' ')
    const message = missing === '' ? whole : partOf(missing)
    return String(message.format(Object.fromEntries(values.entries())))
  }
  return {
    names: namesOf(ast, () => true),
    always: namesOf(ast, (form) => form === 'other'),
    fill(params) {
      const values = slots.map(({ name, use }) => use((readOwn(params, name) ?? MISSING) as string | number))
      try {
        return format(values)
      } catch {
        // A style that does not go with the value.
        return format(values.map((value, index) => (slots[index]!.use === asItIs ? value : undefined)))
      }
    },
  }
}

/** Gives each place a value of its own, by number: `{when}` shows a text where `{when, date}` shows a date. */
function bind(elements: readonly Element[], slots: Slot[], rightToLeft: boolean): readonly Element[] {
  return elements.flatMap((element) => {
    if (element.type === POUND) return shown(element, rightToLeft)
    const use = USES.get(element.type)
    if (use === undefined) return [element]
    const value = String(slots.push({ name: element.value, use }) - 1)
    if (!FORMED.has(element.type)) return shown({ ...element, value }, rightToLeft)
    return [mapForms({ ...element, value }, (form) => bind(form, slots, rightToLeft))]
  })
}

function shown(element: Element, rightToLeft: boolean): readonly Element[] {
  return rightToLeft ? [literal(FSI), element, literal(PDI)] : [element]
}

/**
 * Writes out what has no value.
 *
 * @param isLost - whether the number that `#` stands for is missing
 */
function without(
  elements: readonly Element[],
  missing: ReadonlySet<string>,
  isLost: boolean,
): readonly Element[] {
  return elements.flatMap((element) => {
    if (element.type === POUND) return [isLost ? literal(MISSING) : element]
    if (element.type === LITERAL) return [element]
    const isMissing = missing.has(element.value)
    if (!FORMED.has(element.type)) return [isMissing ? literal(MISSING) : element]
    if (isMissing) return without(element.options!['other']?.value ?? [], missing, element.type === PLURAL)
    const isLostInside = element.type === PLURAL ? false : isLost
    return [mapForms(element, (form) => without(form, missing, isLostInside))]
  })
}

function literal(value: string): Element {
  return { type: LITERAL, value }
}

function mapForms(element: Element, map: (form: readonly Element[]) => readonly Element[]): Element {
  const forms = Object.entries(element.options!)
  return {
    ...element,
    options: Object.fromEntries(forms.map(([form, { value }]) => [form, { value: map(value) }])),
  }
}

function namesOf(elements: readonly Element[], isWanted: (form: string) => boolean): readonly string[] {
  return elements.flatMap(({ type, value, options = {} }) => [
    ...(USES.has(type) ? [value] : []),
    ...(FORMED.has(type) ? Object.entries(options) : []).flatMap(([form, inner]) =>
      isWanted(form) ? namesOf(inner.value, isWanted) : [],
    ),
  ])
}
