import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { limitHeaders, tellId } from './hono-app.js'
import { CONSTANT_HEADERS, CONSTANT_HEADERS_AFTER_ID, CONSTANT_TEXT } from './job.js'

// Hono's error handler gets none but errors.
const thrown = new Error('Username already exists')

/**
 * The least that a throw costs in Hono, behind headers that a limiter has set.
 *
 * @param plain - throws an error of its own, and tells an id of its own, for each request
 */
export function create({ plain = false }) {
  const app = new Hono()
  if (plain) app.use(tellId)
  app.use(limitHeaders)
  app.get('/', () => {
    throw plain ? new Error('Username already exists') : thrown
  })
  const headers = texts(plain ? CONSTANT_HEADERS_AFTER_ID : CONSTANT_HEADERS)
  app.onError((_error, context) => context.body(CONSTANT_TEXT, 409, headers))
  return createAdaptorServer({ fetch: app.fetch })
}

/** Hono takes texts, or lists of them. */
function texts(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
