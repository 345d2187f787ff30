import { readdirSync, readFileSync } from 'node:fs'

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>

export const folder = new URL('../../locales/', import.meta.url)

/** The languages that have a folder. */
export const locales = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

export function readRaw(locale: string, file: string): string {
  return readFileSync(new URL(`${locale}/${file}`, folder), 'utf8')
}

export function readTexts(locale: string, file: string): Texts {
  return JSON.parse(readRaw(locale, file)) as Texts
}

/** All texts of a locale under `<file>/<code>/<field>`. */
function readLocale(locale: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const file of readdirSync(new URL(locale, folder)).sort()) {
    for (const [code, fields] of Object.entries(readTexts(locale, file))) {
      for (const [field, text] of Object.entries(fields)) texts.set(`${file}/${code}/${field}`, text)
    }
  }
  return texts
}

export const byLocale: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  locales.map((locale) => [locale, readLocale(locale)]),
)
export const english = byLocale.get('en')!

/** Whether a text is one of the vendor's own Chinese ones, which are kept word for word, whatever our style. */
export function isVendorText(locale: string, key: string): boolean {
  return locale === 'zh-CN' && key.startsWith('cdn.json/')
}
