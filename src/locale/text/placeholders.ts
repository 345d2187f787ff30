import type { i18n as I18n } from 'i18next'
import { unknownPlaceholders } from '../../catalog/template.ts'
import { boundedMemo } from '../../guard/memo.ts'
import { read } from '../../guard/read.ts'

/** The placeholders of one text. */
export interface Placeholders {
  readonly names: readonly string[]
  /** Without those of plural forms for a few numbers alone, where a name may be left out. */
  readonly always: readonly string[]
  /** Returns a placeholder as it is written. */
  readonly write: (name: string) => string
}

/** The text of the catalog that a translation stands for. */
export interface Original {
  /** The names that params can have. */
  readonly params: readonly string[]
  /** Undefined where translators alone have written such a text. */
  readonly sourceText: string | undefined
  readonly sourceLocale: string
}

/** A placeholder of i18next's: the param that it shows, and the format that it names first, if any. */
export interface Interpolation {
  readonly name: string
  readonly format: string | undefined
}

const PLACEHOLDER = /\{\{(.+?)\}\}/

/** An instance has one. */
const globally = boundedMemo(10, (source) => new RegExp(source, 'g'))

/**
 * Returns what i18next finds in a text of an instance, which may write placeholders otherwise than `{{name}}`. Its
 * interpolator has the app's options as an expression, once it is initialized.
 */
export function interpolationsIn({ services }: I18n, text: string): readonly Interpolation[] {
  const interpolator = read(services, 'interpolator')
  const regexp = read(interpolator, 'regexp')
  const separator = read(interpolator, 'formatSeparator')
  const { source } = regexp instanceof RegExp ? regexp : PLACEHOLDER
  return Array.from(text.matchAll(globally(source)), ([, inner = '']) => {
    const [name = '', format] = inner.split(typeof separator === 'string' ? separator : ',')
    return { name: name.replace(/^\s*-/, '').trim(), format }
  })
}

export function placeholdersOf(i18n: I18n, text: string): Placeholders {
  const { prefix = '{{', suffix = '}}' } = i18n.options.interpolation ?? {}
  const names = interpolationsIn(i18n, text).map(({ name }) => name)
  return { names, always: names, write: (name) => prefix + name + suffix }
}

/** The names that a translation has and may not have, and those that it should have. Each once. */
export interface NamesThatDiffer {
  readonly strange: readonly string[]
  readonly lost: readonly string[]
}

/**
 * Says which placeholders of a translation differ from those of the catalog's text: a name that no throw fills is a
 * mistake, and so is one that was lost on the way into another language.
 *
 * @param known - names that the app's i18next fills in all of its texts
 */
export function namesThatDiffer(
  { names, always }: Pick<Placeholders, 'names' | 'always'>,
  { params, sourceText, sourceLocale }: Original,
  locale: string,
  known: readonly string[] = [],
): NamesThatDiffer {
  // { brand: { name } } is written {{brand.name}}.
  const strange = names.filter((name) => !params.includes(name) && !known.includes(name.split('.')[0]!))
  // Not every form of a plural shows the count, nor every wording.
  const lost =
    locale === sourceLocale
      ? []
      : unknownPlaceholders(sourceText ?? '', []).filter((name) => name !== 'count' && !always.includes(name))
  return { strange: [...new Set(strange)], lost }
}

/** Says how placeholders differ, or returns undefined. */
export function differenceOf(
  placeholders: Placeholders,
  original: Original,
  locale: string,
  known: readonly string[],
): string | undefined {
  const { strange, lost } = namesThatDiffer(placeholders, original, locale, known)
  if (strange.length === 0 && lost.length === 0) return undefined
  const source = unknownPlaceholders(original.sourceText ?? '', [])
  const list = (some: readonly string[]): string => some.map(placeholders.write).join(', ')
  const has = strange.length === 0 ? [] : [`has ${list(strange)}`]
  const lacks = lost.length === 0 ? [] : [`lacks ${list(lost)}`]
  const right = source.length > 0 ? source : original.params
  const advice =
    right.length > 0 ? `those of the catalog's text: ${list(right)}` : "none: the catalog's text has none"
  return `${[...has, ...lacks].join(' and ')}, and was not used. Write ${advice}.`
}
