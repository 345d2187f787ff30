import { read } from '../guard/read.ts'
import type { AddressSource, RawRequest } from './address-source.ts'
import type { Asked } from './asked.ts'
import { keyOfAddress } from './client-address.ts'
import { storeKey } from './key.ts'
import { createTrustCheck } from './trust-check.ts'
import type { Warn } from './warn.ts'

/** Requests whose client has left share one key. They have no address any more, and nobody is refused wrongly. */
const GONE_KEY = '\0gone'

/** Makes the default key: the client's address, or the socket's where the app's trust leads to no address. */
export function createAddressKey<TRequest>(
  source: AddressSource<TRequest>,
  prefix: number,
  warn: Warn,
): (request: TRequest) => string | undefined {
  const { believed, raw } = source
  const checkTrust = createTrustCheck(source, warn)
  return (request) => {
    checkTrust(request)
    return (
      keyOfAddress(believed(request), prefix) ??
      keyOfAddress(read(read(raw(request), 'socket'), 'remoteAddress'), prefix)
    )
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
