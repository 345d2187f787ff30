import { createAdaptorServer } from '@hono/node-server'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { withErrors } from '#bizerror/web'
import { THROWS } from './throws.js'

/** This package with default options. */
export function create() {
  return createAdaptorServer({ fetch: withErrors(handle, { catalog }) })
}

function handle(_request) {
  throw THROWS.constant()
}
