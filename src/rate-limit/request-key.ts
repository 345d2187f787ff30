import { read } from '../guard/read.ts'
import type { Asked } from './asked.ts'
import { keyOfAddress } from './client-address.ts'
import { storeKey } from './key.ts'
import type { Warn } from './warn.ts'

/** Tells where a framework finds the addresses of a request's client. */
export interface AddressSource<TRequest> {
  /** The client's address with the app's trust in proxies applied, then the socket's, which no client can write. */
  readonly addresses: (request: TRequest) => readonly unknown[]
  /** Tells whether the app believes any X-Forwarded-For, so that clients can choose their address. */
  readonly trustsAnyone: (request: TRequest) => boolean
}

/** The part of a raw request that is used. */
export interface RawRequest {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly socket?: { readonly destroyed: boolean } | null | undefined
}

/** Requests whose client has left share one key. They have no address any more, and nobody is refused wrongly. */
const GONE_KEY = '\0gone'

/** Makes the default key: the client's address, or the socket's where the app's trust leads to no address. */
export function createAddressKey<TRequest>(
  { addresses, trustsAnyone }: AddressSource<TRequest>,
  prefix: number,
  warn: Warn,
): (request: TRequest) => string | undefined {
  let checked = false
  return (request) => {
    if (!checked && trustsAnyone(request)) {
      warn(
        'The app believes every X-Forwarded-For, so that clients can choose the address they are counted by: name its proxies',
      )
    }
    checked = true
    const [believed, socket] = addresses(request)
    return keyOfAddress(believed, prefix) ?? keyOfAddress(socket, prefix)
  }
}

/** Returns the key of a request. One without a key is warned of, unless its client has left. */
export function keyOf(asked: Asked, raw: RawRequest, warn: Warn): string | undefined {
  const key = asked.failed ? undefined : storeKey(asked.value)
  if (key !== undefined) return key
  if (read(read(raw, 'socket'), 'destroyed') === true) return GONE_KEY
  warn(
    'A request without a key was let through: give key a function that returns a text or a number',
    asked.failed ? asked.error : undefined,
  )
  return undefined
}
