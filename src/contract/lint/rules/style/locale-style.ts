import { parseLocale } from '../../../../locale/language/match.ts'

/** Looks up what a language has, by the tag itself, else by the language as it is mostly written: zh-TW for zh-HK. */
export function styleOf<TStyle>(
  styles: Readonly<Record<string, TStyle>>,
  locale: string,
): TStyle | undefined {
  if (Object.hasOwn(styles, locale)) return styles[locale]
  const parsed = parseLocale(locale)
  if (parsed === undefined) return undefined
  const { language, script, likelyRegion = '' } = parsed
  const usual = [`${language}-${OF_SCRIPT[script] ?? likelyRegion}`, language]
  const found = usual.find((tag) => Object.hasOwn(styles, tag))
  return found === undefined ? undefined : styles[found]
}

const OF_SCRIPT: Readonly<Record<string, string>> = { Hans: 'CN', Hant: 'TW' }

/** A text as people read it: without what stands in backticks, and without placeholders. */
export function prose(text: string): string {
  return /[`{]/.test(text) ? text.replaceAll(/`[^`]*`|\{\{[^}]*\}\}/g, '') : text
}

/** Says what of a text is wrong, if anything. */
export function told(found: readonly string[] | null, remedy: string): string | undefined {
  if (found === null || found.length === 0) return undefined
  const shown = [...new Set(found)].slice(0, 3).map((part) => JSON.stringify(part))
  return `has ${shown.join(', ')}. ${remedy}`
}
