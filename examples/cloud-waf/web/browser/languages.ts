// The chosen code, answered to every reader at once: eleven requests that differ in one header.
import { createClient } from 'bizerror/client'
import { el, find } from './dom.ts'
import { inLanguage, LANGUAGES, nameOf, reader } from './reader.ts'
import { watchCode } from './throw.ts'

export function showLanguages(): void {
  const places = LANGUAGES.map((locale) => {
    const message = el('span', { class: 'said' })
    const button = el(
      'button',
      { type: 'button', dir: inLanguage(locale).dir },
      el('span', { class: 'name', lang: locale }, nameOf(locale)),
      message,
    )
    button.addEventListener('click', () => reader.choose(locale))
    return { locale, button, message, api: createClient({ locale, retry: false }) }
  })
  find('#languages [data-languages]').prepend(...places.map(({ button }) => el('li', {}, button)))

  reader.watch(() => {
    for (const { locale, button } of places) {
      button.setAttribute('aria-pressed', String(locale === reader.locale))
    }
  })
  let running = new AbortController()
  watchCode((code) => {
    running.abort()
    running = new AbortController()
    const { signal } = running
    for (const { message, api } of places) {
      api.fetch(`/try/errors/${code}`, { signal }).catch((error: unknown) => {
        if (signal.aborted) return
        if (!api.is(error)) throw error
        Object.assign(message, inLanguage(error.locale ?? 'en'))
        message.textContent = error.message
      })
    }
  })
}
