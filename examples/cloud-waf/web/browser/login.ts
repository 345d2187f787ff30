// Three logins that fail for three causes: the client is told one, the log all.
import { createApi, post } from './api.ts'
import { el, find } from './dom.ts'
import { coloredJson } from './json.ts'
import { reader } from './reader.ts'

const ATTEMPTS = [
  { username: 'nobody', password: 'let me in' },
  { username: 'mallory', password: 'let me in' },
  { username: 'admin', password: 'let me in' },
] as const

interface Line {
  readonly code: number
  readonly message: string
}

export function showLogin(): void {
  const body = find('#login tbody')
  let latest: Promise<readonly HTMLElement[]>

  const show = async (): Promise<void> => {
    const attempts = Promise.all(ATTEMPTS.map(attempt))
    latest = attempts
    const rows = await attempts
    if (attempts === latest) body.replaceChildren(...rows)
  }
  reader.watch(() => void show())
}

async function attempt(credentials: (typeof ATTEMPTS)[number]): Promise<HTMLElement> {
  let body = ''
  const api = createApi(async (input, init) => {
    const response = await fetch(input, init)
    body = await response.clone().text()
    return response
  })
  try {
    await api.fetch('/try/login', post(credentials))
    return el('tr')
  } catch (error) {
    if (!api.is(error)) throw error
    const { code, message } = (await (await fetch(`/try/log/${error.requestId}`)).json()) as Line
    return el(
      'tr',
      {},
      el('th', { scope: 'row' }, credentials.username),
      el(
        'td',
        { 'data-column': 'On the wire' },
        el('code', {}, el('strong', { class: 's4' }, String(error.status)), ' ', coloredJson(body)),
      ),
      el('td', { 'data-column': 'In your log' }, el('code', {}, el('i', {}, String(code)), ` ${message}`)),
    )
  }
}
