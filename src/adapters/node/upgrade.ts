import type { ServerResponse } from 'node:http'
import type { Reply } from '../../answer/facts.ts'
import { isHttp2 } from './http2.ts'

/**
 * Returns the headers of a reply as its connection carries them. Upgrade has to be named in Connection (RFC 9110,
 * section 7.8); HTTP/2 has neither (RFC 9113, section 8.2.2).
 */
export function headersFor(response: ServerResponse, { status, headers }: Reply): Reply['headers'] {
  if (status !== 426 || !Object.hasOwn(headers, 'Upgrade')) return headers
  if (!isHttp2(response)) {
    // Node leaves the rest of the field to whoever sets it.
    return { ...headers, Connection: `Upgrade, ${response.shouldKeepAlive ? 'keep-alive' : 'close'}` }
  }
  const { Upgrade: _, ...others } = headers
  return others
}
