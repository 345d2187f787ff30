import { escapeHtml } from '../../../guard/html.ts'
import { createSearch, searchedText } from '../search.ts'
import { nameOf, type Item, type Section } from '../site.ts'
import { headOf, moreOf, textsOf, type Told } from '../texts.ts'
import type { View } from '../view.ts'
import { foundText, sectionName } from '../wording.ts'
import { markBadges, statusBadge } from './badges.ts'
import { toldHtml, type Html } from './markup.ts'
import { writeDocument } from './shell.ts'

interface Row {
  readonly html: Html
  /** What a query looks in, made for the first one. */
  readonly searched: () => string
}

/**
 * Makes what writes the index, or what of it a query finds. Its rows are made once.
 *
 * @returns a function of the query, and of what stands behind the list
 */
export function createIndexPage(view: View): (query?: string, behind?: Html) => Html {
  const { site, words, links } = view
  const sections = site.sections.map((section) => ({
    section,
    name: sectionName(view, section),
    rows: section.items.map((item) => rowOf(view, section, item)),
  }))
  const isFlat = site.sections.length < 2
  const head = `<thead><tr><th scope="col">${escapeHtml(words.say('code'))}<th scope="col">${escapeHtml(words.say('http_status'))}<th scope="col">${escapeHtml(words.say('meaning'))}</thead>`

  return (query = '', behind = '') => {
    const isFound = createSearch(query)
    let found = 0
    const parts = sections.flatMap(({ section, name, rows }) => {
      const shown = query === '' ? rows : rows.filter(({ searched }) => isFound(searched()))
      if (shown.length === 0) return []
      found += shown.length
      const label = isFlat && section.kind === 'others' ? undefined : name
      return [
        `<section id="${escapeHtml(section.id)}">`,
        ...(label === undefined ? [] : [`<h2><bdi>${escapeHtml(label)}</bdi>${ranges(section)}</h2>`]),
        ...(section.module?.description === undefined
          ? []
          : [`<p><bdi>${escapeHtml(section.module.description)}</bdi></p>`]),
        ...(section.kind === 'general' && !isFlat
          ? [`<p>${escapeHtml(words.say('general_errors_note'))}</p>`]
          : []),
        `<table aria-label="${escapeHtml(name)}">${head}<tbody>`,
        shown.map(({ html }) => html).join('\n'),
        '</table></section>',
      ].join('\n')
    })
    const all = `<a class="all" href="${escapeHtml(links.index)}"${query === '' ? ' hidden' : ''}>${escapeHtml(words.say('show_all_errors'))}</a>`
    const main = [
      '<div class="index">',
      `<div class="head"><h1>${escapeHtml(words.say('error_codes'))}</h1>`,
      `<div class="found"><span role="status">${query === '' ? '' : escapeHtml(foundText(view, found, query))}</span> ${all}</div></div>`,
      isFlat || query !== '' ? '' : contents(),
      `<div class="list">${parts.join('\n')}</div>`,
      '</div>',
      behind,
    ].join('\n')
    return writeDocument(view, { title: words.say('error_codes'), query, isIndex: true, main })
  }

  function contents(): Html {
    const items = sections.map(
      ({ section, name, rows }) =>
        `<li><a href="#${escapeHtml(encodeURIComponent(section.id))}"><bdi>${escapeHtml(name)}</bdi> <span>${rows.length}</span></a>`,
    )
    return `<nav class="contents" aria-label="${escapeHtml(words.say('on_this_page'))}"><p>${escapeHtml(words.say('on_this_page'))}</p><ul>${items.join('')}</ul></nav>`
  }
}

function ranges({ module }: Section): Html {
  if (module === undefined || module.ranges.length === 0) return ''
  const texts = module.ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
  return ` <span class="range" dir="ltr">${texts.join(', ')}</span>`
}

function rowOf(view: View, section: Section, item: Item): Row {
  const { site, words, locale, links } = view
  const texts = textsOf(site, item, locale, words)
  const head = headOf(texts)
  const more = moreOf(texts)
  const code = String(item.code)
  const page = site.pages.get(nameOf(item.code))!
  const told = (text: Told): Html => toldHtml(text, words.locale)
  const meaning = more === undefined ? told(head) : `<b>${told(head)}</b> ${told(more)}`
  const marks = markBadges(item, words)
  const html = `<tr><th scope=row><a href="${escapeHtml(links.page(page))}">${escapeHtml(code)}</a><td>${statusBadge(item.httpStatus)}<td>${meaning}${marks}`
  let searched: string | undefined
  return { html, searched: () => (searched ??= searchedText(view, section, item)) }
}
