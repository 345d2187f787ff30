import type { TextField } from '../../catalog/entry.ts'
import { compileTemplate } from '../../catalog/template.ts'
import type { Dump, DumpEntry } from '../dump/dump.ts'

/** Returns a text of an entry with `…` for its placeholders: of a plural, the form for any number. */
export function textOf({ texts }: DumpEntry, locale: string, field: TextField): string | undefined {
  const own = Object.hasOwn(texts, locale) ? texts[locale]! : {}
  const name =
    [field, `${field}_other`].find((each) => Object.hasOwn(own, each)) ??
    Object.keys(own).find((each) => each.startsWith(`${field}_`))
  return name === undefined ? undefined : compileTemplate(own[name]!)({})
}

/** What an error is called in documents, in the catalog's own language. */
export function nameOf(entry: DumpEntry, { sourceLocale }: Dump): string {
  return textOf(entry, sourceLocale, 'title') ?? textOf(entry, sourceLocale, 'message') ?? String(entry.code)
}

/** What an error means and what to do about it, in the catalog's own language. */
export function meaningOf(entry: DumpEntry, { sourceLocale }: Dump): string {
  return (['message', 'description', 'action'] as const)
    .flatMap((field) => textOf(entry, sourceLocale, field) ?? [])
    .map(markdown)
    .join('\n\n')
}

/** Keeps the texts of a catalog from being read as HTML, which CommonMark may hold. */
export function markdown(text: string): string {
  return text.replaceAll(/<(?=[A-Za-z/!?])/g, String.raw`\<`)
}
