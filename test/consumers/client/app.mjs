import { createRequire } from 'node:module'
import { createClient } from 'bizerror/client'
import { serve, tell } from './server.cjs'

const other = createRequire(import.meta.url)('bizerror/client').createReader()

await serve(async (baseUrl) => {
  const api = createClient({ baseUrl, locale: 'fr' })
  const error = await api.fetch('/users', { method: 'POST' }).catch((reason) => reason)
  tell(error, [api.is(error, 1006), other.is(error, 1006)])
})
