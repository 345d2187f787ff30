import { isErrorStatus } from '../../catalog/http-status.ts'
import { read } from '../../guard/read.ts'
import { canBegin } from '../node/delivery.ts'
import type { KoaContext } from './context.ts'

/** Koa starts at 404; a router sets 405 or 501. Any status that is not an error's is the app's own. */
export function isUnanswered(context: KoaContext): boolean {
  const { res } = context
  return isErrorStatus(res.statusCode) && hasNoBody(context) && context.respond !== false && canBegin(res)
}

/** Koa notes whether an app chose an empty body by `ctx.body = null`. */
function hasNoBody({ body, response }: KoaContext): boolean {
  return (body === undefined || body === null) && read(response, '_explicitNullBody') !== true
}
