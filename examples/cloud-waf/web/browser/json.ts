import { el } from './dom.ts'

// A text, with what says that it is a name; a number or a word; what opens, parts and closes.
const TOKEN = /"(?:[^"\\]|\\.)*"(:)?|-?\d[\d.eE+-]*|true|false|null|[{}[\],]/g

/** An object, or a list of objects, that is longer has a line for each of its members. */
const LONG = 108

/** Colors JSON and breaks its lines for the eye alone: the text of the nodes is what was sent, to the letter. */
export function coloredJson(json: string): Node {
  const top = el('span')
  const around: HTMLElement[] = []
  let line: HTMLElement = top
  let end = 0
  for (const { 0: token, 1: colon, index } of json.matchAll(TOKEN)) {
    line.append(json.slice(end, index))
    end = index + token.length
    if (token === '{' || token === '[') {
      line.append(token)
      around.push(line)
      if (isLong(json, index)) line = lineIn(line)
    } else if (token === '}' || token === ']') {
      line = around.pop() ?? top
      line.append(token)
    } else if (token === ',') {
      line.append(token)
      const outer = around.at(-1) ?? top
      if (line !== outer) line = lineIn(outer)
    } else if (colon !== undefined) {
      line.append(el('b', {}, token.slice(0, -1)), ':')
    } else {
      line.append(el(token.startsWith('"') ? 'q' : 'i', {}, token))
    }
  }
  top.append(json.slice(end))
  return top
}

function lineIn(outer: HTMLElement): HTMLElement {
  const line = el('span', { class: 'member' })
  outer.append(line)
  return line
}

function isLong(json: string, from: number): boolean {
  if (/^\[[^{]/.test(json.slice(from, from + 2))) return false
  let depth = 0
  for (const { 0: token, index } of json.slice(from).matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++
    if (token === '}' || token === ']') depth--
    if (depth === 0) return index > LONG
  }
  return false
}
