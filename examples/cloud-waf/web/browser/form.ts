// A form that shows what the server says of it: each fault at its field, in the reader's language.
import type { FieldError } from 'bizerror/client'
import { createApi, post } from './api.ts'
import { find, findA } from './dom.ts'
import { inLanguage, reader, speak } from './reader.ts'
import { shownIn } from './wire.ts'

type Fault = Pick<FieldError, 'path' | 'message'>

export function showForm(): void {
  const card = find('#form')
  const form = findA(HTMLFormElement, 'form', card)
  const status = find('[role=status]', form)
  const api = createApi(shownIn(find('.wire', card)))
  speak(find('.app', card))

  const send = async (): Promise<readonly Fault[]> => {
    try {
      await api.fetch('/try/users', post(Object.fromEntries(new FormData(form))))
      return []
    } catch (error) {
      if (api.is(error, 1006)) return [{ path: 'username', message: error.message }]
      if (api.is(error)) return error.fields
      throw error
    }
  }

  let latest: Promise<readonly Fault[]>
  const submit = async (): Promise<void> => {
    const sent = send()
    latest = sent
    const faults = await sent
    if (sent !== latest) return
    showFaults(form, faults)
    Object.assign(status, inLanguage(reader.locale))
    status.textContent = faults.length === 0 ? reader.words.signedUp : ''
  }

  let isSent = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    isSent = true
    void submit().then(() => form.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus())
  })
  // What a reader has seen is said again in the language of the next.
  reader.watch(() => {
    if (isSent) void submit()
  })
}

function showFaults(form: HTMLFormElement, faults: readonly Fault[]): void {
  for (const input of form.querySelectorAll('input')) {
    const fault = faults.find(({ path }) => path === input.name)
    input.setAttribute('aria-invalid', String(fault !== undefined))
    find(`#${input.getAttribute('aria-describedby')}`).textContent = fault?.message ?? ''
  }
}
