import { posix } from 'node:path'
import { assetsOf } from './assets/files.ts'
import type { Links } from './links.ts'
import { CATALOG_FILE } from './served-links.ts'
import type { Page, Site } from './site.ts'

/** How pages are written as files. */
export interface FileForm {
  readonly format: 'html' | 'md'
  /** The first is that of the folder itself. */
  readonly languages: readonly string[]
  /** The path that they are served under: `/errors/`. Undefined: pages name each other relatively. */
  readonly base: string | undefined
}

/** Which page, in which language. */
export interface Place {
  readonly locale: string
  /** Undefined: the index. */
  readonly page: Page | undefined
}

/** Says which file a page is. */
export interface FileNames {
  /** The path of a page's file, in the folder that is written. */
  readonly path: (form: FileForm, place: Place) => string
}

/** Names files as every system can: a code may hold any character, and differ from another one by its case alone. */
export function createFileNames({ pages }: Site): FileNames {
  const names = new Map<Page, string>()
  // What Windows has as devices, and what the folder has itself.
  const taken = new Set(['index', '_', 'con', 'prn', 'aux', 'nul'])
  for (const page of pages.values()) {
    const plain = page.name.replaceAll(/%|[!'()*~]/g, (char) =>
      char === '%' ? '~' : `~${char.charCodeAt(0).toString(16)}`,
    )
    const stem = /^\.|\.$/.test(plain) ? `~${plain}~` : plain
    let name = stem
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${stem}~~${count}`
    taken.add(name.toLowerCase())
    names.set(page, name)
  }
  return {
    path({ format, languages }, { locale, page }) {
      const folder = locale === languages[0] ? '' : format === 'html' ? `_/${locale}/` : `${locale}/`
      if (page === undefined) return `${folder}index.${format}`
      const name = names.get(page)!
      return format === 'html' ? `${folder}${name}/index.html` : `${folder}${name}.md`
    },
  }
}

/** The addresses on a page that is a file. */
export function fileLinks(form: FileForm, here: Place, { path }: FileNames): Links {
  const { format, languages, base } = form
  const from = posix.dirname(path(form, here))

  function to(file: string): string {
    if (base === undefined) return posix.relative(from, file)
    return (
      base +
      (format === 'html'
        ? file.replace(/(?:^|(?<=\/))index\.html$/, '')
        : file.replace(/(?:(?:^|(?<=\/))index)?\.md$/, ''))
    )
  }
  const { locale, page } = here
  const { style, script } = assetsOf()
  return {
    files: { style: to(style), script: to(script) },
    catalog: format === 'html' ? to(CATALOG_FILE) : undefined,
    index: to(path(form, { locale, page: undefined })),
    page: (page) => to(path(form, { locale, page })),
    languages: languages.map((name) => ({ name, href: to(path(form, { locale: name, page })) })),
    formats: [],
    search: undefined,
  }
}

/** The addresses on the one page that has all errors of a language. */
export function singleLinks(form: FileForm, here: Place, names: FileNames): Links {
  const { languages } = fileLinks(form, here, names)
  return {
    files: undefined,
    catalog: undefined,
    index: '#main',
    page: ({ name }) => `#e-${encodeURIComponent(name)}`,
    languages,
    formats: [],
    search: undefined,
  }
}
