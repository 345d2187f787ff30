import { assetsOf } from './assets/files.ts'
import type { Alternate, Links } from './links.ts'
import type { Page, Site } from './site.ts'

export type Format = 'html' | 'md' | 'json'

/** The form in which a client gets a page: what it has named goes along from page to page. */
export interface Form {
  readonly format: Format
  readonly locale: string
  readonly isFormatNamed: boolean
  readonly isLocaleNamed: boolean
}

/** Tells a form from others. */
export function formId({ format, locale, isFormatNamed, isLocaleNamed }: Form): string {
  return `${format}${isFormatNamed ? '!' : ''} ${locale}${isLocaleNamed ? '!' : ''}`
}

/** All errors, as a dump. */
export const CATALOG_FILE = '_/catalog.json'

const OTHERS = [
  { format: 'md', name: 'Markdown', type: 'text/markdown' },
  { format: 'json', name: 'JSON', type: 'application/json' },
] as const

/** The addresses on a page that is served. All are relative: nobody knows what is before them, proxies included. */
export function servedLinks({ dump }: Site, page: Page | undefined, form: Form): Links {
  const { style, script } = assetsOf()
  const named = {
    ...(form.isLocaleNamed && { lang: form.locale }),
    ...(form.isFormatNamed && { format: form.format }),
  }
  const here = page?.name ?? './'
  return {
    files: { style, script },
    catalog: CATALOG_FILE,
    index: withQuery('./', named),
    page: ({ name }) => withQuery(name, named),
    languages: dump.locales.map((name): Alternate => ({
      name,
      href: withQuery(here, { ...named, lang: name }),
    })),
    formats: OTHERS.map(({ format, name, type }) => ({
      name,
      type,
      href: withQuery(here, { ...named, format }),
    })),
    search: { action: './', fields: named },
  }
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return text === '' ? path : `${path}?${text}`
}
