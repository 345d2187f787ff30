// What else a Worker may import.
import { BizError, describeError } from 'bizerror'
import { createResponder, factsOf } from 'bizerror/adapter'
import { catalog } from 'bizerror/catalogs/secrets'
import { toResponse } from 'bizerror/web'

const respond = createResponder({ catalog }, ({ method }) => ({ method, route: undefined }))

export const described = describeError(new BizError(1006)).message

export function fetch(request) {
  const header = (name) => request.headers.get(name) ?? undefined
  return toResponse(respond(catalog.errors.secret_not_found(), factsOf({ header }), request), request)
}
