// A limit that the app sees coming, and a refusal that says when to come back.
import { createApi } from './api.ts'
import { countDown, inSeconds } from './countdown.ts'
import { el, find, findA } from './dom.ts'
import { inLanguage, reader, speak } from './reader.ts'
import { shownIn } from './wire.ts'

export function showLimit(): void {
  const card = find('#limit')
  const button = findA(HTMLButtonElement, 'button', card)
  const left = find('[data-left]', card)
  const refusal = find('[data-refusal]', card)
  const status = find('[role=status]', card)
  const app = find('.app', card)
  speak(app)

  const shown = shownIn(find('.wire', card))
  const api = createApi(async (input, init) => {
    const response = await shown(input, init)
    void showChart(response.clone())
    showLeft(
      Number(response.headers.get('X-RateLimit-Limit')),
      Number(response.headers.get('X-RateLimit-Remaining')),
    )
    return response
  })

  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') void load()
  })

  async function load(): Promise<void> {
    status.textContent = ''
    try {
      await api.fetch('/try/charts/7')
    } catch (error) {
      if (!api.is(error, 4005)) throw error
      refuse(error.message, error.locale ?? 'en', error.retryAfter ?? 0)
    }
  }

  function showLeft(limit: number, remaining: number): void {
    left.setAttribute('aria-label', `${remaining} of ${limit} requests left`)
    left.replaceChildren(
      ...Array.from({ length: limit }, (_, index) => el('i', { class: index < remaining ? 'left' : 'used' })),
    )
  }

  async function showChart(response: Response): Promise<void> {
    const { data } = (await response.json()) as { readonly data?: { readonly points: readonly number[] } }
    if (data === undefined) return
    const bars = data.points.map((point) => {
      const bar = el('i')
      bar.style.setProperty('--height', `${point}%`)
      return bar
    })
    find('[data-chart]', card).replaceChildren(...bars)
  }

  function refuse(message: string, locale: string, seconds: number): void {
    const place = find('[data-message]', refusal)
    Object.assign(place, inLanguage(locale))
    place.textContent = message
    refusal.hidden = false
    button.ariaDisabled = 'true'
    refusal.style.setProperty('--seconds', `${seconds}s`)
    countDown(seconds, tick, new AbortController().signal)
  }

  function tick(seconds: number): void {
    find('[data-seconds]', refusal).textContent = String(seconds)
    find('[data-wait]', refusal).textContent = inSeconds(seconds)
    if (seconds > 0) return
    refusal.hidden = true
    button.ariaDisabled = null
    status.textContent = reader.words.tryAgain
    showLeft(left.childElementCount, left.childElementCount)
  }

  showLeft(4, 4)
}
