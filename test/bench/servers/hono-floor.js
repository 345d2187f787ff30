import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { limitHeaders } from './hono-app.js'
import { CONSTANT_HEADERS, CONSTANT_TEXT } from './job.js'

// Hono's error handler gets none but errors.
const thrown = new Error('Username already exists')

// Hono takes texts, or lists of them.
const headers = { ...CONSTANT_HEADERS, 'Content-Length': String(CONSTANT_HEADERS['Content-Length']) }

/** The least that a throw costs in Hono, behind headers that a limiter has set. */
export function create() {
  const app = new Hono()
  app.use(limitHeaders)
  app.get('/', () => {
    throw thrown
  })
  app.onError((_error, context) => context.body(CONSTANT_TEXT, 409, headers))
  return createAdaptorServer({ fetch: app.fetch })
}
