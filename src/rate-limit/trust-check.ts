import { read } from '../guard/read.ts'
import type { AddressSource, RawRequest, Trust } from './address-source.ts'
import { keyOfAddress } from './client-address.ts'
import type { Warn } from './warn.ts'

/**
 * Makes what tells once of a trust in proxies that makes limits useless. An app that trusts everyone lets clients choose
 * the address they are counted by. One that trusts nobody, and is behind a proxy, counts all clients as that proxy: the
 * first request shows it that says it was forwarded. A client can make that up, and has written one line then.
 */
export function createTrustCheck<TRequest>(
  { believed, raw, trust, nameProxy, app: appOf = appIn }: AddressSource<TRequest>,
  warn: Warn,
): (request: TRequest) => void {
  let found: Trust | undefined
  let isForwardedSeen = false

  function tell(request: TRequest, message: string): void {
    // What is no app is told each time.
    const app = Object(appOf(request)) as object
    if (toldApps.has(app)) return
    toldApps.add(app)
    warn(message)
  }

  return (request) => {
    if (found === undefined) {
      found = trust(appOf(request), request)
      if (found === 'everyone') tell(request, BELIEVES_EVERYONE)
    }
    if (found !== 'no one' || isForwardedSeen) return
    const { headers, socket } = raw(request)
    const header = forwardedBy(headers)
    // What all objects have was not sent.
    if (header === undefined || !Object.hasOwn(headers, header.toLowerCase())) return
    isForwardedSeen = true
    // An app may have found out the address in a way of its own.
    const counted = keyOfAddress(believed(request), WHOLE)
    if (counted !== undefined && counted !== keyOfAddress(read(socket, 'remoteAddress'), WHOLE)) return
    const remedy =
      header === READ ? nameProxy : `${nameProxy}, and let it send ${READ}, which is what is read`
    tell(
      request,
      `A request came with ${header}, but the app trusts no proxy. Behind a proxy, all clients share one limit, that of its address: name it by ${remedy}`,
    )
  }
}

function appIn(request: unknown): unknown {
  return read(request, 'app')
}

/** The limiters of an app see the same trust: one of them tells. */
const toldApps = new WeakSet<object>()

/** The prefix with which two addresses are one only when they are the same. */
const WHOLE = 128

const BELIEVES_EVERYONE =
  'The app believes every X-Forwarded-For, so that clients can choose the address they are counted by: name its proxies'

/** Express and Koa read this header, and not the one of RFC 7239. */
const READ = 'X-Forwarded-For'

function forwardedBy(headers: RawRequest['headers']): string | undefined {
  if (headers['x-forwarded-for']) return READ
  return headers['forwarded'] ? 'Forwarded' : undefined
}
