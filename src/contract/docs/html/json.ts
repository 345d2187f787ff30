import { escapeHtml } from '../../../guard/html.ts'
import type { Html } from './markup.ts'

// A text, with what says that it is a name; a number or a word.
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g

/** Colors JSON, of which every character stays. */
export function coloredJson(json: string): Html {
  let html = ''
  let end = 0
  for (const { 0: token, 1: colon, index } of json.matchAll(TOKEN)) {
    html += escapeHtml(json.slice(end, index))
    end = index + token.length
    if (colon !== undefined) html += `<u>${escapeHtml(token.slice(0, -colon.length))}</u>${colon}`
    else if (token.startsWith('"')) html += `<s>${escapeHtml(token)}</s>`
    else html += `<em>${escapeHtml(token)}</em>`
  }
  return html + escapeHtml(json.slice(end))
}
