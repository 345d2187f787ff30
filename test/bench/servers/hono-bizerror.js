import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { catalog } from '#bizerror/catalogs/cloud-waf'
import { bizErrors } from '#bizerror/hono'
import { limitHeaders } from './hono-app.js'
import { THROWS } from './throws.js'

/** This package with default options. */
export function create() {
  const app = bizErrors(new Hono(), { catalog })
  app.use(limitHeaders)
  app.get('/', () => {
    throw THROWS.constant()
  })
  return createAdaptorServer({ fetch: app.fetch })
}
