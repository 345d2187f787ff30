// One error in the shapes that APIs have, and what the client makes of each: the same.
import { createApi } from './api.ts'
import { find, findA } from './dom.ts'
import { coloredJson } from './json.ts'
import { reader } from './reader.ts'
import { watchCode } from './throw.ts'
import { shownIn } from './wire.ts'

export function showShapes(): void {
  const card = find('#shapes')
  const api = createApi(shownIn(find('.wire', card)))
  const held = find('[data-held]', card)
  let code = 0
  let running = new AbortController()

  const run = async (): Promise<void> => {
    running.abort()
    running = new AbortController()
    const { signal } = running
    const shape = findA(HTMLInputElement, 'input:checked', card).value
    try {
      await api.fetch(`/try/${shape}/${code}`, { signal })
    } catch (error) {
      if (signal.aborted) return
      if (!api.is(error)) throw error
      const { status, message, locale } = error
      const lines = { code: error.code, message, status, locale }
      held.replaceChildren(
        ...Object.entries(lines).flatMap(([name, value]) => {
          const key = document.createElement('b')
          key.textContent = `error.${name}`.padEnd(15)
          return [key, coloredJson(JSON.stringify(value) ?? 'undefined'), '\n']
        }),
      )
    }
  }
  card.addEventListener('change', () => void run())
  watchCode((next) => {
    code = next
    void run()
  })
  reader.watch(() => void run())
}
