import { answerOf, insteadOf } from './facts.ts'
import { createSearch, searchedText } from './search.ts'
import { nameOf, type Item, type Page } from './site.ts'
import { textsOf } from './texts.ts'
import type { View } from './view.ts'
import { sectionName } from './wording.ts'

/** Writes the index, or what of it a query finds, for programs. */
export function writeJsonIndex(view: View, query = ''): string {
  const { site, links } = view
  const isFound = createSearch(query)
  const items = site.sections.flatMap((section) =>
    section.items.filter((item) => isFound(searchedText(view, section, item))),
  )
  return write(view, {
    errors: items.map((item) => told(view, item, { url: links.page(site.pages.get(nameOf(item.code))!) })),
    all: links.catalog,
  })
}

/** Writes the page of a code for programs. */
export function writeJsonPage(view: View, page: Page): string {
  const { site } = view
  return write(view, {
    code: page.code,
    errors: page.items.map((item) => {
      const { entry } = item
      const children = entry === undefined ? [] : (site.children.get(entry.key) ?? [])
      return told(view, item, {
        parent: entry?.parent === undefined ? undefined : site.byKey.get(entry.parent)?.code,
        children: children.length === 0 ? undefined : children.map(({ code }) => code),
        example: answerOf(view, item),
      })
    }),
  })
}

function told(view: View, item: Item, more: object): object {
  const { site, words, locale } = view
  const { entry, code, httpStatus } = item
  const { message, title, description, action } = textsOf(site, item, locale, words)
  const section = site.pages.get(nameOf(code))!.section
  return {
    code,
    status: httpStatus,
    message: message.text,
    title: title?.text,
    description: description?.text,
    action: action?.text,
    module: section.kind === 'module' ? sectionName(view, section) : undefined,
    retryable: entry?.retryable,
    retryAfter: entry?.retryAfter,
    deprecated: entry?.deprecated === undefined ? undefined : true,
    useInstead: insteadOf(view, item)?.code,
    ...more,
  }
}

function write({ site, locale }: View, members: object): string {
  return `${JSON.stringify({ catalog: site.dump.catalog, locale, ...members }, null, 2)}\n`
}
