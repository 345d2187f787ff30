import { readOwn } from '../../guard/own.ts'

/** Fastify's own are unique in one process alone. Others are made by the app's `genReqId`. */
const FASTIFYS = /^req-[\da-z]+$/

/**
 * Takes an id of Fastify's own off a raw request, where @fastify/middie has put it. On Express, `hostname` is no own
 * property.
 */
export function dropFastifysId(request: object): void {
  const id = readOwn(request, 'id')
  if (typeof id === 'string' && FASTIFYS.test(id) && Object.hasOwn(request, 'hostname')) {
    ;(request as { id?: unknown }).id = undefined
  }
}
