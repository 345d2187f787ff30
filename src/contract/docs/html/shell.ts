import { escapeHtml } from '../../../guard/html.ts'
import type { Params } from '../../../catalog/template.ts'
import type { ReferenceWord } from '../../../locale/reference-words.ts'
import { SCRIPT } from '../assets/script.ts'
import { STYLE } from '../assets/style.ts'
import type { View } from '../view.ts'
import { languageName } from '../wording.ts'
import { directionOf, type Html } from './markup.ts'

/** What a page puts into the frame that all pages have. */
export interface Content {
  /** The title of the document, before that of the site. */
  readonly title: string
  readonly query?: string | undefined
  /** Whether the search filters what the page itself shows. */
  readonly isIndex: boolean
  readonly main: Html
}

/** The script fills them in: a value is never taken for a placeholder here. */
const FOR_SCRIPT = { number: '%number%', query: '%query%' }

/** Writes a whole document. Nothing of it is inline that a strict policy would refuse. */
export function writeDocument({ site, words, links, locale }: View, content: Content): Html {
  const brand = escapeHtml(site.title ?? site.dump.catalog)
  const say = (word: ReferenceWord, params?: Params): Html => escapeHtml(words.say(word, params))
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(words.locale)}" dir="${directionOf(words.locale)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(content.title)} · ${brand}</title>`,
    ...assets(links.files),
    ...(links.languages.length < 2 ? [] : links.languages).map(
      ({ name, href }) => `<link rel="alternate" hreflang="${escapeHtml(name)}" href="${escapeHtml(href)}">`,
    ),
    ...links.formats.map(
      ({ type, href }) => `<link rel="alternate" type="${type}" href="${escapeHtml(href)}">`,
    ),
    '</head>',
    '<body>',
    `<a class="skip" href="#main">${say('skip_to_content')}</a>`,
    '<header class="top"><div class="bar">',
    `<a class="brand" href="${escapeHtml(links.index)}">${brand}</a>`,
    searchForm(),
    languageMenu(),
    '</div></header>',
    `<main id="main" tabindex="-1">${content.main}</main>`,
    `<footer class="end"><div>${footer()}</div></footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')

  function searchForm(): Html {
    const { search } = links
    // Without a server, the script alone can search, on the page that has all errors.
    if (search === undefined && !content.isIndex) return '<span class="gap"></span>'
    const hidden = Object.entries(search?.fields ?? {}).map(
      ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    )
    const told = content.isIndex
      ? `${content.query ? ' data-filtered' : ''} data-many="${say('matching_errors', FOR_SCRIPT)}" data-one="${say('only_match')}" data-none="${say('no_match', FOR_SCRIPT)}"`
      : ''
    return [
      `<form role="search" action="${escapeHtml(search?.action ?? '')}"${search === undefined ? ' hidden' : ''}${told}>`,
      ...hidden,
      `<input type="search" name="q" aria-label="${say('search_errors')}" placeholder="${say('search_hint')}" value="${escapeHtml(content.query ?? '')}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" aria-keyshortcuts="/" maxlength="200">`,
      '<kbd aria-hidden="true">/</kbd>',
      `<button>${say('search_submit')}</button>`,
      '</form>',
    ].join('')
  }

  function languageMenu(): Html {
    if (links.languages.length < 2) return ''
    const items = links.languages.map(({ name, href }) => {
      const current = name === locale ? ' aria-current="true"' : ''
      return `<li><a href="${escapeHtml(href)}" lang="${escapeHtml(name)}" hreflang="${escapeHtml(name)}"${current}>${escapeHtml(languageName(name))}</a>`
    })
    return `<details class="languages"><summary><span class="sr">${say('language')}: </span><span lang="${escapeHtml(locale)}">${escapeHtml(languageName(locale))}</span></summary><ul>${items.join('')}</ul></details>`
  }

  function footer(): Html {
    const { version } = site.dump.api ?? {}
    const others = links.formats.map(
      ({ name, type, href }) =>
        `<a href="${escapeHtml(href)}" rel="alternate" type="${type}">${escapeHtml(name)}</a>`,
    )
    return [
      ...(version === undefined ? [] : [`<span>${escapeHtml(words.say('version', { version }))}</span>`]),
      ...(others.length === 0 ? [] : [`<span>${say('other_formats')}: ${others.join(', ')}</span>`]),
      ...(links.catalog === undefined
        ? []
        : [`<a href="${escapeHtml(links.catalog)}">${say('all_errors_as_json')}</a>`]),
    ].join('')
  }
}

/** A page that is alone has both in itself: no policy forbids it in a file. */
function assets(files: View['links']['files']): readonly Html[] {
  return files === undefined
    ? [`<style>${STYLE}</style>`, `<script type="module">${SCRIPT}</script>`]
    : [
        `<link rel="stylesheet" href="${escapeHtml(files.style)}">`,
        `<script src="${escapeHtml(files.script)}" defer></script>`,
      ]
}
