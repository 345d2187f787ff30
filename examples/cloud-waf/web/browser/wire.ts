// The panel that shows an exchange as it went over the wire.
import { el, find } from './dom.ts'
import { coloredJson } from './json.ts'

/** In the order in which they are worth reading. What follows them is the platform's. */
const TELLING = [
  'content-type',
  'content-language',
  'vary',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'www-authenticate',
  'link',
  'cache-control',
  'x-request-id',
]

const SENT = ['accept-language', 'content-type', 'idempotency-key']

const SPELLINGS: Readonly<Record<string, string>> = {
  'www-authenticate': 'WWW-Authenticate',
  ratelimit: 'RateLimit',
  'ratelimit-policy': 'RateLimit-Policy',
  'x-ratelimit-limit': 'X-RateLimit-Limit',
  'x-ratelimit-remaining': 'X-RateLimit-Remaining',
  'x-ratelimit-reset': 'X-RateLimit-Reset',
  etag: 'ETag',
}

/** A `fetch` that shows in the panel what it sends and gets. */
export function shownIn(panel: HTMLElement): typeof fetch {
  const request = find('[data-request]', panel)
  const response = find('[data-response]', panel)
  const marked = (panel.dataset['mark'] ?? '').split(' ')
  const isBrief = panel.dataset['brief'] !== undefined

  return async (input, init) => {
    const sent = new Request(input, init)
    const body = await sent.clone().text()
    const answer = await fetch(sent)
    const text = await answer.clone().text()
    request.replaceChildren(...requestLines(sent, body))
    response.replaceChildren(...responseLines(answer, text, { marked, isBrief }))
    panel.hidden = false
    return answer
  }
}

function requestLines({ method, url, headers }: Request, body: string): readonly Node[] {
  const { pathname, search } = new URL(url)
  return [
    line(el('strong', {}, `${method} ${pathname}${search}`), ' HTTP/1.1'),
    ...SENT.filter((name) => headers.has(name)).map((name) => headerLine(name, headers.get(name)!)),
    ...(body === '' ? [] : bodyLines(body)),
  ]
}

interface Look {
  /** The header fields that the card is about. */
  readonly marked: readonly string[]
  /** Whether only those are shown, and what a body cannot be read without. */
  readonly isBrief: boolean
}

function responseLines(answer: Response, body: string, { marked, isBrief }: Look): readonly Node[] {
  const { status, statusText, headers } = answer
  const all = [...TELLING, ...headers.keys()].filter((name, index, names) => names.indexOf(name) === index)
  const sent = all.filter((name) => headers.has(name))
  const shown = isBrief ? sent.filter((name) => marked.includes(name) || name === 'content-type') : sent
  return [
    line('HTTP/1.1 ', el('strong', { class: `s${Math.floor(status / 100)}` }, `${status} ${statusText}`)),
    ...shown.map((name) => headerLine(name, headers.get(name)!, kindOf(name, marked))),
    ...(isBrief ? [line(el('small', {}, `and ${sent.length - shown.length} more header fields`))] : []),
    ...bodyLines(body),
  ]
}

function kindOf(name: string, marked: readonly string[]): string {
  if (marked.includes(name)) return 'marked'
  return TELLING.includes(name) ? '' : 'platform'
}

function bodyLines(body: string): readonly Node[] {
  return ['\n', coloredJson(body)].map((part) => el('span', {}, part))
}

function headerLine(name: string, value: string, kind = ''): Node {
  const spelled = SPELLINGS[name] ?? name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
  const whole = line(el('b', {}, spelled), ': ', ...linked(value))
  if (kind !== '') whole.classList.add(kind)
  return whole
}

/** The address in a Link header leads there. */
function linked(value: string): readonly (Node | string)[] {
  const [, path, rest] = /^<(\/(?!\/)[^>]*)>(.*)$/.exec(value) ?? []
  if (path === undefined) return [value]
  return ['<', el('a', { href: path }, path), '>', rest ?? '']
}

function line(...content: readonly (Node | string)[]): HTMLElement {
  return el('span', { class: 'line' }, ...content, '\n')
}
