import { createLocalize } from '../../locale/localize.ts'
import { createAnswers } from '../answers/create.ts'
import { catalogOf } from '../dump/catalog.ts'
import type { Dump } from '../dump/dump.ts'
import { writeDump } from '../dump/write.ts'
import { assetsOf } from './assets/files.ts'
import { SCRIPT } from './assets/script.ts'
import { STYLE } from './assets/style.ts'
import { createEntry, writeEntryPage } from './html/entry-page.ts'
import { createIndexPage } from './html/index-page.ts'
import { writeMarkdownIndex, writeMarkdownPage } from './markdown/markdown.ts'
import { createFileNames, fileLinks, singleLinks, type FileForm, type Place } from './file-links.ts'
import { publicDump } from './public-dump.ts'
import { CATALOG_FILE } from './served-links.ts'
import { createSite, type Page, type SiteOptions } from './site.ts'
import type { View } from './view.ts'
import { createWords } from './words.ts'

export interface FilesOptions extends SiteOptions, FileForm {
  /** Whether each language is one file. */
  readonly isSingle: boolean
}

/**
 * Writes the pages of a dump as files.
 *
 * @returns contents by path
 * @throws SetupError - for what no catalog can be, such as a dump that somebody has edited
 */
export function writeDocs(dump: Dump, options: FilesOptions): ReadonlyMap<string, string> {
  const site = createSite(dump, options)
  const catalog = catalogOf(dump)
  const answers = createAnswers(dump)
  const wordsIn = createWords(createLocalize({ catalog }), catalog)
  const nameOf = createFileNames(site)
  const files = new Map<string, string>()
  const { format, languages, isSingle } = options

  const viewOf = (place: Place): View => {
    const { locale, page } = place
    const make = isSingle ? singleLinks : fileLinks
    return { site, answers, locale, words: wordsIn(locale), links: make(options, { locale, page }, nameOf) }
  }
  const add = (place: Place, text: string): void => {
    files.set(nameOf.path(options, place), text)
  }

  for (const locale of languages) {
    const index = { locale, page: undefined }
    const view = viewOf(index)
    const pages = [...site.pages.values()]
    if (isSingle) {
      add(index, format === 'html' ? singleHtml(view, pages) : singleMarkdown(view, pages))
      continue
    }
    add(index, format === 'html' ? createIndexPage(view)() : writeMarkdownIndex(view))
    for (const page of pages) {
      const place = { locale, page }
      const write = format === 'html' ? writeEntryPage : writeMarkdownPage
      add(place, write(viewOf(place), page))
    }
  }
  if (format === 'html' && !isSingle) {
    const { style, script } = assetsOf()
    files.set(style, STYLE)
    files.set(script, SCRIPT)
    files.set(CATALOG_FILE, writeDump(publicDump(site)))
  }
  return files
}

function singleHtml(view: View, pages: readonly Page[]): string {
  const articles = pages.map((page) => {
    const { article } = createEntry(view, page)
    return `<div class="each" id="${view.links.page(page).slice(1)}">${article(2)}</div>`
  })
  return createIndexPage(view)('', articles.join('\n'))
}

function singleMarkdown(view: View, pages: readonly Page[]): string {
  const parts = pages.map(
    (page) => `<a id="${view.links.page(page).slice(1)}"></a>\n\n${writeMarkdownPage(view, page, 2)}`,
  )
  return [writeMarkdownIndex(view), ...parts].join('\n')
}
