// How names of headers are spelled, and in which order they come, is the framework's own on those in test/frameworks.

let isUniform = false

/** From now on, responses are read with names spelled and ordered as ours, whoever wrote them. */
export function readUniformly(): void {
  isUniform = true
}

/** Responses as tests compare them: byte for byte, or uniformly. */
export function asRead(bytes: string): string {
  return isUniform
    ? bytes
        .split(/(?=HTTP\/1\.1 \d{3} )/)
        .map(uniform)
        .join('')
    : bytes
}

function uniform(response: string): string {
  const end = response.indexOf('\r\n\r\n')
  if (end === -1) return response
  const [statusLine, ...lines] = response.slice(0, end).split('\r\n')
  const spelled = lines.map((line) => line.replace(/^[^:]*/, spell))
  const sorted = spelled.sort((a, b) => rankOf(a) - rankOf(b) || compare(nameOf(a), nameOf(b)))
  return [statusLine, ...sorted].join('\r\n') + response.slice(end)
}

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    'ETag',
    'WWW-Authenticate',
    'X-Request-ID',
    ...['Limit', 'Remaining', 'Reset'].map((each) => `X-RateLimit-${each}`),
  ].map((name) => [name.toLowerCase(), name]),
)

function spell(name: string): string {
  const lower = name.toLowerCase()
  return SPELLINGS.get(lower) ?? lower.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

const FIRST = ['X-Request-ID']
const LAST = [
  'Content-Type',
  'Content-Length',
  'Content-Language',
  'Vary',
  'X-Content-Type-Options',
  'Cache-Control',
  'WWW-Authenticate',
  'Retry-After',
  'Date',
  'Connection',
  'Keep-Alive',
]

/** Others, of which there may be any, stand between the id and what describes the body. */
function rankOf(line: string): number {
  const name = nameOf(line)
  return FIRST.includes(name) ? -1 : LAST.indexOf(name) + 1
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':'))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
