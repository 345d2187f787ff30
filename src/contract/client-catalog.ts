import type { Catalog } from '../catalog/catalog.ts'
import type { ClientCatalog } from '../catalog/client-catalog.ts'
import type { Code } from '../catalog/code.ts'
import { clientOf, type Client } from './codegen/client.ts'
import { createDump, type DumpOptions } from './dump/create.ts'
import type { Dump } from './dump/dump.ts'
import { isDump } from './dump/parse.ts'

/** What a catalog does not say itself. */
export interface ClientCatalogOptions {
  /** The options of the app's handler: what they change of the answers. @default what the catalog says */
  readonly handler?: DumpOptions['handler']
}

/**
 * Says what `bizerror/client` has to know of a catalog: which codes may succeed later, and what a success is where all
 * answers have the status 200. Plain data, to be sent to a front end as JSON.
 *
 * @param source - a catalog, or its dump, which knows the handler already
 * @throws SetupError - when the catalog's translations cannot be read
 * @example
 * writeFileSync('web/shop.json', JSON.stringify(clientCatalog(shop, { handler: options })))
 */
export function clientCatalog(source: Catalog | Dump, options: ClientCatalogOptions = {}): ClientCatalog {
  const dump = isDump(source) ? (source as Dump) : createDump(source as Catalog, options)
  const client = clientOf(dump)
  const envelopes = client.bodies.map(({ envelope }) => envelope)
  const envelope = envelopes.includes('composite') ? 'composite' : envelopes[0]
  const codes = [...new Set(client.errors.map(({ code }) => code))]
  const retryable = codes.filter((code) => errorsOf(client, code).every((error) => error.retryable))
  const final = codes.filter((code) =>
    errorsOf(client, code).every((error) => !error.retryable && isPassing(error.status)),
  )
  return {
    ...(envelope === undefined ? {} : { envelope }),
    ...(mayBe200(client) ? { success: client.successCode } : {}),
    ...(retryable.length === 0 ? {} : { retryable }),
    ...(final.length === 0 ? {} : { final }),
  }
}

function errorsOf({ errors }: Client, code: Code): Client['errors'] {
  return errors.filter((error) => error.code === code)
}

/** Whether a client may repeat a request that was answered so, unless the catalog says otherwise. */
function isPassing(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status)
}

function mayBe200({ isAlways200, errors }: Client): boolean {
  return isAlways200 || errors.some(({ status }) => status === 200)
}
