import type { BriefDescription } from '../catalog/envelope.ts'
import { escapeHtml as escape } from '../guard/html.ts'
import { isRightToLeft } from './direction.ts'

export const PAGE_TYPE = 'text/html; charset=utf-8'

const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}' +
  'body{margin:0;min-height:100vh;display:grid;place-items:center}' +
  'main{box-sizing:border-box;max-width:40rem;padding:2rem;overflow-wrap:anywhere}' +
  'h1{font-size:1.5rem}footer{opacity:.7;font-size:.875rem}'

/** Nothing may be loaded, run, framed or sent from the page: its style alone is let in, by the hash of it. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'sha256-uWZF3TMsrF8sv+R5V5l8FXke1dMWghATC4dFuTXdHK4='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Writes the page of an error for people: text alone, which cannot become anything else. */
export function writePage({
  status,
  code,
  title,
  message,
  action,
  errors = [],
  locale,
  requestId,
  docs,
}: BriefDescription): string {
  const head = title ?? message
  const ids = [String(code), ...(requestId === undefined ? [] : [requestId])]
  return [
    '<!doctype html>',
    `<html lang="${escape(locale)}" dir="${isRightToLeft(locale) ? 'rtl' : 'ltr'}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<title>${status >= 400 ? `${status} ` : ''}${escape(head)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escape(head)}</h1>`,
    ...[message, action].filter((text) => text !== undefined && text !== head).map(paragraph),
    ...errors.map(({ message }) => paragraph(message)),
    `<footer dir="ltr">${ids.map((id) => `<code>${escape(id)}</code>`).join(' ')}${linkTo(docs)}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function paragraph(text: string | undefined): string {
  return `<p>${escape(text ?? '')}</p>`
}

function linkTo(docs: string | undefined): string {
  return docs === undefined ? '' : ` <a rel="help" href="${escape(docs)}">${escape(docs)}</a>`
}
