// A report that fails twice. The client tries again by itself where that is safe, and only there.
import { createApi } from './api.ts'
import { el, find, findA } from './dom.ts'
import { reader, speak } from './reader.ts'

export function showRetry(): void {
  const card = find('#retry')
  const button = findA(HTMLButtonElement, 'button', card)
  const withKey = findA(HTMLInputElement, 'input', card)
  const attempts = find('[data-attempts]', card)
  const outcome = find('[role=status]', card)
  speak(find('.app', card))

  let begin = 0
  const since = (): string => `${((performance.now() - begin) / 1000).toFixed(2)} s`

  const api = createApi(
    async (input, init) => {
      const at = since()
      const response = await fetch(input, init)
      attempts.append(attempt(at, response))
      return response
    },
    { retry: true },
  )

  const order = async (): Promise<void> => {
    begin = performance.now()
    attempts.replaceChildren()
    outcome.textContent = ''
    outcome.className = ''
    // One that is disabled loses the focus, and with it the place of who uses the keyboard.
    button.ariaDisabled = 'true'
    const headers: HeadersInit = withKey.checked ? { 'Idempotency-Key': crypto.randomUUID() } : {}
    try {
      await api.fetch('/try/reports', { method: 'POST', headers })
      outcome.textContent = reader.words.reportReady
    } catch (error) {
      if (!api.is(error)) throw error
      outcome.textContent = error.message
      outcome.className = 's5'
    } finally {
      button.ariaDisabled = null
    }
  }
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') void order()
  })
}

function attempt(at: string, { ok, status, statusText, headers }: Response): HTMLElement {
  const wait = headers.get('Retry-After')
  return el(
    'li',
    { class: ok ? 'done' : 'failed' },
    el('time', {}, at),
    el('strong', { class: `s${Math.floor(status / 100)}` }, `${status} ${statusText}`),
    ...(wait === null ? [] : [el('span', {}, `Retry-After: ${wait}`)]),
  )
}
