import { MISSING } from '../../../catalog/template.ts'
import type { ReferenceWord } from '../../../locale/reference-words.ts'
import { answerOf, factsOf, insteadOf, marksOf } from '../facts.ts'
import { headLines, readableBody } from '../sample.ts'
import { createSearch, searchedText } from '../search.ts'
import { nameOf, type Item, type Page } from '../site.ts'
import { headOf, textsOf, type ItemTexts } from '../texts.ts'
import type { View } from '../view.ts'
import { foundText, languageName, sectionName } from '../wording.ts'
import { codeBlock, codeSpan, escapeMarkdown, target } from './escape.ts'

/** Writes the index, or what of it a query finds. */
export function writeMarkdownIndex(view: View, query = ''): string {
  const { site, words, links } = view
  const isFound = createSearch(query)
  const sections = site.sections
    .map((section) => ({
      section,
      items: section.items.filter((item) => isFound(searchedText(view, section, item))),
    }))
    .filter(({ items }) => items.length > 0)
  const heading = site.title === undefined ? `${site.dump.catalog}: ${words.say('error_codes')}` : site.title
  const version = site.dump.api?.version
  const found = sections.reduce((sum, { items }) => sum + items.length, 0)
  return document([
    `# ${escapeMarkdown(heading)}`,
    version === undefined ? '' : escapeMarkdown(words.say('version', { version })),
    query === '' ? '' : escapeMarkdown(foundText(view, found, query)),
    ...sections.flatMap(({ section, items }) => [
      site.sections.length < 2 ? '' : `## ${escapeMarkdown(sectionName(view, section))}`,
      escapeMarkdown(section.module?.description ?? ''),
      section.kind === 'general' && site.sections.length > 1
        ? escapeMarkdown(words.say('general_errors_note'))
        : '',
      table(items.map((item) => [link(view, item), String(item.httpStatus), meaning(view, item)])),
    ]),
    languages(view),
  ])

  function table(rows: readonly (readonly string[])[]): string {
    const head = (['code', 'http_status', 'meaning'] as const).map((word) => escapeMarkdown(words.say(word)))
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  }

  function link({ links: { page } }: View, { code }: Item): string {
    return `[${codeSpan(String(code))}](${target(page(site.pages.get(nameOf(code))!))})`
  }

  function meaning(view: View, item: Item): string {
    const texts = textsOf(site, item, view.locale, words)
    const marks = marksOf(item).map((mark) => `*${escapeMarkdown(words.say(mark))}*`)
    return [escapeMarkdown(headOf(texts).text), ...marks].join(' ')
  }

  function languages({ locale }: View): string {
    if (links.languages.length < 2) return ''
    return links.languages
      .map(({ name, href }) =>
        name === locale ? languageName(name) : `[${escapeMarkdown(languageName(name))}](${target(href)})`,
      )
      .join(' · ')
  }
}

/** Writes the page of a code. */
export function writeMarkdownPage(view: View, page: Page, level = 1): string {
  const { site, words, links, locale } = view
  const isOne = page.items.length === 1
  const sub = (text: string, below: number): string => `${'#'.repeat(level + below)} ${text}`
  const first = textsOf(site, page.items[0]!, locale, words)
  const title = isOne
    ? `${codeSpan(String(page.code))} ${escapeMarkdown(headOf(first).text)}`
    : codeSpan(String(page.code))
  return document([
    sub(title, 0),
    isOne ? '' : escapeMarkdown(words.say('shared_code_note')),
    ...page.items.flatMap((item) => {
      const texts = textsOf(site, item, locale, words)
      return [isOne ? '' : sub(escapeMarkdown(headOf(texts).text), 1), ...partsOf(item, texts, isOne ? 1 : 2)]
    }),
    level === 1 ? `[${escapeMarkdown(words.say('error_codes'))}](${target(links.index)})` : '',
  ])

  function partsOf(item: Item, texts: ItemTexts, below: number): readonly string[] {
    const part = (word: ReferenceWord, text: string | undefined): readonly string[] =>
      text === undefined ? [] : [sub(escapeMarkdown(words.say(word)), below), escapeMarkdown(text)]
    return [
      item.entry === undefined ? escapeMarkdown(words.say('general_error_note')) : '',
      ...deprecation(item),
      ...part('meaning', texts.description?.text),
      ...part('what_to_do', texts.action?.text),
      ...part('error_message', texts.title === undefined ? undefined : texts.message.text),
      facts(item),
      ...sample(item, below),
    ]
  }

  function deprecation(item: Item): readonly string[] {
    if (!item.entry?.deprecated) return []
    const use = insteadOf(view, item)
    const instead = use === undefined ? '' : ` ${escapeMarkdown(words.say('use_instead'))}: ${linkTo(use)}`
    return [
      `> **${escapeMarkdown(words.say('deprecated'))}.** ${escapeMarkdown(words.say('deprecated_note'))}${instead}`,
    ]
  }

  function linkTo(item: Item): string {
    const href = links.page(site.pages.get(nameOf(item.code))!)
    return `[${codeSpan(String(item.code))}](${target(href)}) ${escapeMarkdown(headOf(textsOf(site, item, locale, words)).text)}`
  }

  function facts(item: Item): string {
    return factsOf(view, page, item)
      .map(({ word, value }) => {
        const text = typeof value === 'string' ? escapeMarkdown(value) : value.map(linkTo).join('; ')
        return `- ${escapeMarkdown(words.say(word))}: ${text}`
      })
      .join('\n')
  }

  function sample(item: Item, below: number): readonly string[] {
    const answer = answerOf(view, item)
    if (answer === undefined) return []
    const body = answer.body === undefined ? '' : `\n\n${readableBody(answer.body).text}`
    return [
      sub(escapeMarkdown(words.say('example_response')), below),
      codeBlock('http', headLines(answer).join('\n') + body),
      body.includes(MISSING) ? escapeMarkdown(words.say('example_note')) : '',
    ]
  }
}

/** Blocks with an empty line between them, but for those that are empty. */
function document(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
