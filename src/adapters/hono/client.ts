import type { IncomingMessage } from 'node:http'
import { isObject } from '../../guard/options.ts'
import { read } from '../../guard/read.ts'
import type { AddressSource, RawRequest } from '../../rate-limit/address-source.ts'
import type { AnyContext } from './context.ts'

/** Where hosts tell the address of a client, which no client can write. Hono itself reads none. */
export const hono: AddressSource<AnyContext> = {
  believed: addressOf,
  raw: rawRequest,
  trust: () => 'no one',
  nameProxy: 'a key that reads it: key: (c) => addressKey(…)',
}

function addressOf({ env, req: { raw } }: AnyContext): unknown {
  // https://developers.cloudflare.com/workers/runtime-apis/request/#incomingrequestcfproperties
  if (isObject(read(raw, 'cf'))) return raw.headers.get('cf-connecting-ip') ?? undefined
  return read(read(env, 'remoteAddr'), 'hostname') ?? read(bunAddress(env, raw), 'address')
}

// https://bun.com/docs/runtime/http/server#server-requestip-request
function bunAddress(env: unknown, raw: Request): unknown {
  const server = read(env, 'server') ?? env
  if (typeof read(server, 'requestIP') !== 'function') return undefined
  return (server as { requestIP: (request: Request) => unknown }).requestIP(raw)
}

/** Returns the request of Node where there is one, whose socket has an address. */
export function rawRequest({ env, req }: AnyContext): RawRequest {
  const incoming = read(env, 'incoming')
  return isObject(read(incoming, 'headers')) ? (incoming as IncomingMessage) : new BareRequest(req.raw)
}

/** A request of the host as limiters see one of Node. They look at headers seldom. */
class BareRequest implements RawRequest {
  readonly method: string
  readonly #headers: Headers

  constructor({ method, headers }: Request) {
    this.method = method
    this.#headers = headers
  }

  get headers(): RawRequest['headers'] {
    return Object.fromEntries(this.#headers)
  }
}
