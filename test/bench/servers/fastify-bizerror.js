import { catalog } from '#bizerror/catalogs/cloud-waf'
import { bizErrors } from '#bizerror/fastify'
import { createApp, fastifyServer } from './fastify-server.js'
import { THROWS } from './throws.js'

/** This package with default options. */
export async function create() {
  const app = createApp()
  await app.register(bizErrors, { catalog })
  app.get('/', () => {
    throw THROWS.constant()
  })
  return fastifyServer(app)
}
