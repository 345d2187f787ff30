const { createClient } = require('bizerror/client')
const { serve, tell } = require('./server.cjs')

void serve(async (baseUrl) => {
  const other = (await import('bizerror/client')).createReader()
  const api = createClient({ baseUrl, locale: 'fr' })
  const error = await api.fetch('/users', { method: 'POST' }).catch((reason) => reason)
  tell(error, [api.is(error, 1006), other.is(error, 1006)])
})
