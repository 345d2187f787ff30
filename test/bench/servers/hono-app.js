import { requestIdOf, setLimitHeaders } from './job.js'

/** Hono's middleware that sets limit headers. */
export function limitHeaders(context, next) {
  setLimitHeaders({ setHeader: (name, value) => context.header(name, String(value)) })
  return next()
}

/** Hono's middleware that tells the id of a request. */
export function tellId(context, next) {
  context.header('X-Request-ID', requestIdOf(context.env.incoming))
  return next()
}
