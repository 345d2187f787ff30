import { isFastifys } from '../node/fastify-request-id.ts'
import { readOwn } from '../../guard/own.ts'

/**
 * Takes an id of Fastify's own off Node's request, where @fastify/middie has put it for middleware: it is no id to
 * tell. On Express, `hostname` is no own property, and such an id the app's.
 */
export function dropFastifysId(request: object): void {
  if (!isFastifys(readOwn(request, 'id')) || !Object.hasOwn(request, 'hostname')) return
  ;(request as { id?: unknown }).id = undefined
}
