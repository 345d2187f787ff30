import { escapeHtml } from '../../../guard/html.ts'
import { MISSING } from '../../../catalog/template.ts'
import { nameOf, type Item, type Page } from '../site.ts'
import { answerOf, factsOf, insteadOf } from '../facts.ts'
import { headLines, readableBody } from '../sample.ts'
import { headOf, textsOf, type Told } from '../texts.ts'
import type { View } from '../view.ts'
import { sectionName, statusText } from '../wording.ts'
import type { ReferenceWord } from '../../../locale/reference-words.ts'
import { markBadges, statusBadge } from './badges.ts'
import { toldHtml, type Html } from './markup.ts'
import { coloredJson } from './json.ts'
import { writeDocument } from './shell.ts'

/** Writes the page of a code. */
export function writeEntryPage(view: View, page: Page): Html {
  const { title, crumbs, article, pager } = createEntry(view, page)
  return writeDocument(view, { title, isIndex: false, main: [crumbs(), article(1), pager()].join('\n') })
}

/** Makes what writes the parts of a page of a code. */
export function createEntry(view: View, page: Page): Entry {
  const { site, words, links, locale } = view
  const say = (word: ReferenceWord): Html => escapeHtml(words.say(word))
  const told = (text: Told): Html => toldHtml(text, words.locale)
  const textsFor = (item: Item): ReturnType<typeof textsOf> => textsOf(site, item, locale, words)
  const isOne = page.items.length === 1
  const code = escapeHtml(String(page.code))
  const head = headOf(textsFor(page.items[0]!))

  return {
    title: isOne ? `${page.code} ${head.text.replaceAll(/\{\{|\}\}/g, '')}` : String(page.code),
    crumbs,
    article,
    pager,
  }

  function crumbs(): Html {
    const { section } = page
    const steps = [
      `<a href="${escapeHtml(links.index)}">${say('error_codes')}</a>`,
      ...(section.kind === 'others'
        ? []
        : [
            `<a href="${escapeHtml(`${links.index}#${encodeURIComponent(section.id)}`)}">${escapeHtml(sectionName(view, section))}</a>`,
          ]),
      `<span aria-current="page" dir="ltr">${code}</span>`,
    ]
    return `<nav class="crumbs" aria-label="${say('you_are_here')}"><ol><li>${steps.join('<li>')}</ol></nav>`
  }

  function article(level: Level): Html {
    const heading = isOne
      ? `<h${level}><code dir="ltr">${code}</code> <span>${told(head)}</span></h${level}>`
      : `<h${level}><code dir="ltr">${code}</code></h${level}><p class="lead">${say('shared_code_note')}</p>`
    const parts = page.items.map((item) =>
      isOne ? partsOf(item, below(level)) : severalOf(item, below(level)),
    )
    return `<article>${heading}\n${parts.join('\n')}</article>`
  }

  function severalOf(item: Item, level: Level): Html {
    return `<section class="one"><h${level}>${told(headOf(textsFor(item)))}</h${level}>${partsOf(item, below(level))}</section>`
  }

  function partsOf(item: Item, level: Level): Html {
    const { message, title, description, action } = textsFor(item)
    const part = (word: ReferenceWord, html: Html, name: string): Html =>
      `<section class="${name}"><h${level}>${say(word)}</h${level}>${html}</section>`
    const text = [
      item.entry === undefined ? `<p class="lead">${say('general_error_note')}</p>` : '',
      deprecation(item),
      description === undefined ? '' : part('meaning', `<p>${told(description)}</p>`, 'meaning'),
      action === undefined ? '' : part('what_to_do', `<p>${told(action)}</p>`, 'action'),
      title === undefined ? '' : part('error_message', `<p>${told(message)}</p>`, 'message'),
      facts(item),
    ]
    return [
      `<p class="badges">${statusBadge(item.httpStatus, statusText(view, item.httpStatus))}${markBadges(item, words)}</p>`,
      `<div class="cols"><div class="text">${text.join('\n')}</div>`,
      sample(item, level),
      '</div>',
    ].join('\n')
  }

  function deprecation(item: Item): Html {
    if (!item.entry?.deprecated) return ''
    const use = insteadOf(view, item)
    const instead = use === undefined ? '' : `<p>${say('use_instead')}: ${linkTo(use)}</p>`
    return `<div class="note"><p><strong>${say('deprecated')}.</strong> ${say('deprecated_note')}</p>${instead}</div>`
  }

  function linkTo(item: Item): Html {
    const target = site.pages.get(nameOf(item.code))!
    return `<a href="${escapeHtml(links.page(target))}"><code dir="ltr">${escapeHtml(String(item.code))}</code></a> ${told(headOf(textsFor(item)))}`
  }

  function facts(item: Item): Html {
    const rows = factsOf(view, page, item).map(
      ({ word, value }) =>
        `<dt>${say(word)}<dd>${typeof value === 'string' ? escapeHtml(value) : listOf(value)}`,
    )
    return `<dl>${rows.join('')}</dl>`
  }

  function listOf(items: readonly Item[]): Html {
    return items.length === 1
      ? linkTo(items[0]!)
      : `<ul>${items.map((each) => `<li>${linkTo(each)}`).join('')}</ul>`
  }

  function sample(item: Item, level: Level): Html {
    const answer = answerOf(view, item)
    if (answer === undefined) return ''
    const lines = headLines(answer).map((line, index) =>
      index === 0 ? `<b>${escapeHtml(line)}</b>` : escapeHtml(line),
    )
    const body = answer.body === undefined ? undefined : readableBody(answer.body)
    const shown = body === undefined ? '' : body.isJson ? coloredJson(body.text) : escapeHtml(body.text)
    const note = body?.text.includes(MISSING) ? `<p>${say('example_note')}</p>` : ''
    return [
      `<div class="sample"><div class="caption"><h${level}>${say('example_response')}</h${level}><button hidden data-done="${say('copied_to_clipboard')}">${say('copy_to_clipboard')}</button></div>`,
      `<pre dir="ltr" tabindex="0" role="group" aria-label="${say('example_response')}"><code>${lines.join('\n')}\n\n${shown}</code></pre>${note}</div>`,
    ].join('\n')
  }

  function pager(): Html {
    const pages = [...site.pages.values()]
    const at = pages.indexOf(page)
    return `<div class="pager">${neighbor(pages[at - 1], 'previous_error', 'prev')}${neighbor(pages[at + 1], 'next_error', 'next')}</div>`
  }

  function neighbor(to: Page | undefined, word: ReferenceWord, rel: 'prev' | 'next'): Html {
    if (to === undefined) return ''
    const name = `<code dir="ltr">${escapeHtml(String(to.code))}</code> ${told(headOf(textsFor(to.items[0]!)))}`
    return `<a rel="${rel}" href="${escapeHtml(links.page(to))}"><small>${say(word)}</small><span>${name}</span></a>`
  }
}

type Level = 1 | 2 | 3 | 4

function below(level: Level): Level {
  return Math.min(level + 1, 4) as Level
}

/** The parts of a page of a code. */
interface Entry {
  readonly title: string
  /** Where it is among the others. */
  readonly crumbs: () => Html
  /** @param level - of its heading */
  readonly article: (level: Level) => Html
  readonly pager: () => Html
}
