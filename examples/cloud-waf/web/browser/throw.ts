// Any code of the catalog, thrown: what the route says, what goes over the wire, what a user of the app sees.
import { createApi } from './api.ts'
import { countDown, inSeconds } from './countdown.ts'
import { el, find, findA } from './dom.ts'
import { inLanguage, reader, speak } from './reader.ts'
import { shownIn } from './wire.ts'

/** What the card needs of the dump that the pages of the errors serve. */
interface Dump {
  readonly modules: readonly { readonly name: string; readonly description: string }[]
  readonly entries: readonly Entry[]
}

interface Entry {
  readonly code: number
  readonly status: number
  readonly module?: string
  readonly texts: Readonly<Record<string, { readonly message?: string }>>
}

/** Tells whoever asks of the code that is chosen. */
const listeners = new Set<(code: number) => void>()
let chosen = 1006

export function watchCode(listener: (code: number) => void): void {
  listeners.add(listener)
  listener(chosen)
}

export async function showThrow(): Promise<void> {
  const card = find('#throw')
  const { modules, entries } = (await (await fetch('/errors/_/catalog.json')).json()) as Dump
  const list = find('[data-codes]', card)
  const common = { name: undefined, description: 'Common HTTP errors' }
  list.replaceChildren(
    ...[common, ...modules].map(({ name, description }) =>
      groupOf(
        description,
        entries.filter((entry) => entry.module === name),
      ),
    ),
  )
  list.addEventListener('change', (event) => choose(Number((event.target as HTMLInputElement).value)))
  filterBy(findA(HTMLInputElement, '#search', card), list, find('[data-found]', card))
  reader.watch(() => translate(list, entries))
  list.scrollTop = find(`[data-code="${chosen}"]`, list).offsetTop - list.clientHeight / 2
  throwIn(card)
}

function choose(code: number): void {
  chosen = code
  for (const listener of listeners) listener(code)
}

function groupOf(title: string, entries: readonly Entry[]): HTMLElement {
  return el(
    'div',
    { role: 'group', 'aria-label': title, class: 'module' },
    el('p', { 'aria-hidden': 'true' }, title),
    ...entries.map(({ code, status }) => {
      const radio = el('input', { type: 'radio', name: 'code', value: String(code) })
      radio.checked = code === chosen
      const mark = el('small', { class: `s${Math.floor(status / 100)}` }, String(status))
      return el('label', { 'data-code': String(code) }, radio, el('code', {}, String(code)), el('span'), mark)
    }),
  )
}

function translate(list: HTMLElement, entries: readonly Entry[]): void {
  for (const { code, texts } of entries) {
    const locale = texts[reader.locale]?.message === undefined ? 'en' : reader.locale
    const place = find(`[data-code="${code}"] > span`, list)
    Object.assign(place, inLanguage(locale))
    place.textContent = texts[locale]?.message ?? ''
  }
}

function filterBy(search: HTMLInputElement, list: HTMLElement, found: HTMLElement): void {
  const filter = (): void => {
    const words = search.value.toLocaleLowerCase(reader.locale).split(/\s+/)
    const labels = [...list.querySelectorAll('label')]
    for (const label of labels) {
      const text = label.textContent.toLocaleLowerCase(reader.locale)
      label.hidden = !words.every((word) => text.includes(word))
    }
    for (const group of list.querySelectorAll<HTMLElement>('.module')) {
      group.hidden = group.querySelector('label:not([hidden])') === null
    }
    const matches = labels.filter(({ hidden }) => !hidden).length
    found.textContent = search.value === '' ? `${matches} codes` : `${matches} of ${labels.length}`
  }
  search.addEventListener('input', filter)
  search.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter' && key !== 'ArrowDown') return
    list.querySelector<HTMLInputElement>('label:not([hidden]) input')?.click()
    list.querySelector<HTMLInputElement>('input:checked')?.focus()
  })
  filter()
}

function throwIn(card: HTMLElement): void {
  const app = find('.app', card)
  speak(app)
  let answered = ''
  const shown = shownIn(find('.wire', card))
  const api = createApi(async (input, init) => {
    const response = await shown(input, init)
    answered = `${response.status} ${response.statusText}`
    return response
  })
  let running = new AbortController()

  const run = async (): Promise<void> => {
    running.abort()
    running = new AbortController()
    const { signal } = running
    try {
      await api.fetch(`/try/errors/${chosen}`, { signal })
    } catch (error) {
      if (signal.aborted) return
      if (!api.is(error)) throw error
      for (const place of document.querySelectorAll('[data-thrown]')) place.textContent = String(error.code)
      const status = find('[data-status]')
      status.textContent = answered
      status.className = `s${Math.floor(error.status / 100)}`
      for (const place of [find('[data-said]'), find('[data-message]', app)]) {
        Object.assign(place, inLanguage(error.locale ?? 'en'))
        place.textContent = error.message
      }
      findA(HTMLAnchorElement, '[data-more]', app).href = `/errors/${error.code}?lang=${reader.locale}`
      find('[data-id]', app).textContent = error.requestId ?? ''
      const wait = find('[data-wait]', app)
      wait.hidden = error.retryAfter === undefined
      if (error.retryAfter !== undefined) {
        countDown(error.retryAfter, (left) => (wait.textContent = inSeconds(left)), signal)
      }
    }
  }
  listeners.add(() => void run())
  reader.watch(() => void run())
}
