import { show } from '../guard/setup-error.ts'
import { isIPv4, isIPv6 } from './host.ts'
import { groupsOf } from './ipv6-groups.ts'
import { DEFAULT_PREFIX, isPrefix, PREFIXES } from './ipv6-prefix.ts'
import { createWarn } from './warn.ts'

/**
 * Returns the key of a client address, or undefined where the text is no address. One client has one key, however its
 * address is written. An IPv4 client has its address, also where it is IPv4-mapped (RFC 4291, section 2.5.5.2) or
 * comes through NAT64 (RFC 6052, section 2.1). An IPv6 client has its network, `2001:db8:0:0::/56`, in which it chooses
 * its addresses freely. Never throws, so that it can be called in a request.
 *
 * @param address - may have a port (`1.2.3.4:443`, `[::1]:443`) or a zone (`fe80::1%eth0`)
 * @param prefix - the length of an IPv6 client's network: a whole number from 32 to 128. For any other, which is told on
 * stderr once, the default is taken. @default 56: homes are given more than a /64 (RFC 6177, section 2)
 */
export function addressKey(address: unknown, prefix = DEFAULT_PREFIX): string | undefined {
  if (isPrefix(prefix)) return keyOfAddress(address, prefix)
  tellWrongPrefix(prefix)
  return keyOfAddress(address, DEFAULT_PREFIX)
}

let isPrefixTold = false

function tellWrongPrefix(prefix: unknown): void {
  if (isPrefixTold) return
  isPrefixTold = true
  createWarn(undefined)(
    `addressKey was given prefix ${show(prefix)}, and took ${DEFAULT_PREFIX}. Give ${PREFIXES}`,
  )
}

/** Does as `addressKey`, with a prefix that was checked. */
export function keyOfAddress(address: unknown, prefix: number): string | undefined {
  if (typeof address !== 'string' || address.length > MAX_LENGTH) return undefined
  // Most servers listen on IPv6 and see IPv4 clients as mapped addresses.
  const plain = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address
  if (isIPv4(plain)) return plain
  if (isIPv6(address)) return keyOfGroups(groupsOf(address), prefix)
  const bare = withoutPort(address)
  if (isIPv4(bare)) return bare
  return isIPv6(bare) ? keyOfGroups(groupsOf(bare), prefix) : undefined
}

const MAX_LENGTH = 100
const MAPPED = '::ffff:'

// [IPv6]:port | [IPv6] | IPv4:port
const WITH_PORT = /^(?:\[([^[\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/

function withoutPort(address: string): string {
  const [, inBrackets, beforePort] = WITH_PORT.exec(address) ?? []
  return inBrackets ?? beforePort ?? ''
}

function keyOfGroups(groups: readonly number[], prefix: number): string {
  const [a, b, c, d, e, f, g = 0, h = 0] = groups
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff
  // An IPv4 client looks like this behind NAT64: RFC 6052, section 2.1.
  const isTranslated = a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0
  return isMapped || isTranslated ? `${g >> 8}.${g & 0xff}.${h >> 8}.${h & 0xff}` : networkOf(groups, prefix)
}

/** Writes the groups that a prefix reaches into, none of them left out, and its length (RFC 4291, section 2.3). */
function networkOf(groups: readonly number[], prefix: number): string {
  let network = ''
  for (let index = 0; index * 16 < prefix; index++) {
    const group = groups[index]! & (0xffff << Math.max(0, 16 - (prefix - index * 16)))
    network += index === 0 ? group.toString(16) : `:${group.toString(16)}`
  }
  return `${network}${prefix > 112 ? '' : '::'}/${prefix}`
}
