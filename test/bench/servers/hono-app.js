import { setLimitHeaders } from './job.js'

/** Hono's middleware that sets limit headers. */
export function limitHeaders(context, next) {
  setLimitHeaders({ setHeader: (name, value) => context.header(name, String(value)) })
  return next()
}
