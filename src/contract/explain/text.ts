import { styleText } from 'node:util'
import { plain, withoutControls } from '../findings/plain.ts'
import type { FoundError } from './find.ts'
import type { Explanation } from './explanation.ts'

type Style = Parameters<typeof styleText>[0]

const WIDTH = 84
const LABEL = 12

/** An explanation for a terminal. */
export function explanationText(given: Explanation, colors: boolean): string {
  const explanation = shown(given)
  const paint = (style: Style, text: string): string =>
    colors ? styleText(style, text, { validateStream: false }) : text
  const { catalog, status, reason, message, title, locale, headers, body, places } = explanation
  const facts = factsOf(explanation).map(
    ([label, text]) => `${paint('dim', label.padEnd(LABEL))}${wrapped(text, LABEL)}`,
  )
  const answer = [
    `HTTP/1.1 ${status} ${reason}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${plain(value)}`),
    ...(body === undefined ? ['', '(the body is made by the app)'] : ['', body]),
  ]
  const said = [title, message].filter(
    (text, index, all) => text !== undefined && all.indexOf(text) === index,
  )
  return `${[
    `${paint('bold', nameOf(explanation))}  ${status} ${reason}  ${paint('dim', catalog)}`,
    ...(said.length === 0 ? [] : [said.map((text) => wrapped(text!, 0)).join('\n')]),
    ...(facts.length === 0 ? [] : [facts.join('\n')]),
    `${paint('underline', `Answer in ${locale}`)}\n${answer.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}`,
    ...(places === undefined ? [] : [placesText(places, paint)]),
  ].join('\n\n')}\n`
}

/** Texts as a terminal may show them. */
function shown(explanation: Explanation): Explanation {
  return Object.fromEntries(
    Object.entries(explanation).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutControls(value) : value,
    ]),
  ) as unknown as Explanation
}

/** Several errors that were found, one on a line. */
export function foundText(found: readonly FoundError[]): string {
  const names = found.map(({ entry }) => nameOf(entry))
  const width = Math.max(...names.map(({ length }) => length)) + 2
  return found
    .map(({ dump, entry }, index) => {
      const { message = '' } = entry.texts[dump.sourceLocale] ?? {}
      return `  ${names[index]!.padEnd(width)}${entry.status}  ${shortened(plain(message), WIDTH - width - 7)}\n`
    })
    .join('')
}

function factsOf(explanation: Explanation): readonly (readonly [label: string, text: string])[] {
  const { description, action, params, module, parent, deprecated, answersForeign } = explanation
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Meaning', description],
    ['What to do', action],
    ['Retry', retryOf(explanation)],
    ['Params', params.length === 0 ? undefined : params.join(', ')],
    ['Module', module],
    ['Refines', parent === undefined ? undefined : String(parent)],
    ['Stands for', answersForeign.length === 0 ? undefined : `foreign errors: ${answersForeign.join(', ')}`],
    ['Deprecated', deprecationOf(deprecated)],
  ]
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]))
}

function retryOf({ retryable, retryAfter }: Explanation): string | undefined {
  if (retryAfter !== undefined) return `after ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}`
  if (retryable === undefined) return undefined
  return retryable ? 'the same request may succeed later' : 'not without a change of the request'
}

function deprecationOf(deprecated: Explanation['deprecated']): string | undefined {
  if (deprecated === undefined) return undefined
  return deprecated === true ? 'kept for old clients alone' : `use ${deprecated.use}`
}

function placesText(
  places: NonNullable<Explanation['places']>,
  paint: (style: Style, text: string) => string,
): string {
  const lines = places.map(({ file, line, column }) => `  ${file}:${line}:${column}`)
  return [
    paint('underline', 'Made at'),
    ...(lines.length === 0 ? ['  no place that was found'] : lines),
  ].join('\n')
}

function nameOf({ key, code }: Pick<Explanation, 'key' | 'code'>): string {
  return key === code ? String(key) : `${key} (${code})`
}

function shortened(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text
}

/** Breaks a text at blanks, with further lines under the first. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`)
}
