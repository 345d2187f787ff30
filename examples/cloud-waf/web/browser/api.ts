import { createClient, type Client } from 'bizerror/client'
import type { catalog } from 'bizerror/catalogs/cloud-waf'
import clientCatalog from './catalog.json' with { type: 'json' }
import { reader } from './reader.ts'

export type Api = Client<typeof catalog>

/** The client of the API, for the reader of the page. */
export function createApi(send: typeof fetch, options: { readonly retry: boolean } = { retry: false }): Api {
  return createClient<typeof catalog>({
    // Made by `bizerror client-catalog`. Some routes answer an error with HTTP 200: what a success is tells them apart.
    catalog: { ...clientCatalog, success: 0 },
    locale: () => reader.locale,
    fetch: send,
    ...(options.retry ? {} : { retry: false }),
  })
}

/** Sends what a form holds. */
export function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}
