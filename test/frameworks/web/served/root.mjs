// What else a Worker may import.
import { BizError, describeError } from 'bizerror'
import { createResponder, factsOf } from 'bizerror/adapter'
import { catalog } from 'bizerror/catalogs/secrets'
import { createLimiter } from 'bizerror/rate-limit'
import { toResponse } from 'bizerror/web'

const respond = createResponder({ catalog }, ({ method }) => ({ method, route: undefined }))

export const described = describeError(new BizError(1006)).message

export function limit() {
  return createLimiter({ policies: [{ name: 'minute', limit: 60, window: '1m' }] })
}

export function fetch(request) {
  const header = (name) => request.headers.get(name) ?? undefined
  return toResponse(respond(catalog.errors.secret_not_found(), factsOf({ header }), request), request)
}
