import { isIPv4, isIPv6 } from 'node:net'

/**
 * Returns the key of a client address, or undefined where the text is no address. One IPv4 client has one key, however
 * its address is written (RFC 4291, section 2.5.5.2: IPv4-mapped). IPv6 clients have a /64, whose addresses they can
 * choose freely (RFC 6177).
 *
 * @param address - may have a port (`1.2.3.4:443`, `[::1]:443`) or a zone (`fe80::1%eth0`)
 */
export function addressKey(address: unknown): string | undefined {
  if (typeof address !== 'string' || address.length > MAX_LENGTH) return undefined
  // Most servers listen on IPv6 and see IPv4 clients as mapped addresses.
  const plain = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address
  if (isIPv4(plain)) return plain
  if (isIPv6(address)) return keyOf(groupsOf(address))
  const bare = withoutPort(address)
  if (isIPv4(bare)) return bare
  return isIPv6(bare) ? keyOf(groupsOf(bare)) : undefined
}

const MAX_LENGTH = 100
const MAPPED = '::ffff:'

// [IPv6]:port | [IPv6] | IPv4:port
const WITH_PORT = /^(?:\[([^[\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/

function withoutPort(address: string): string {
  const [, inBrackets, beforePort] = WITH_PORT.exec(address) ?? []
  return inBrackets ?? beforePort ?? ''
}

function keyOf(groups: readonly number[]): string {
  const [a = 0, b = 0, c = 0, d = 0, e, f, g = 0, h = 0] = groups
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff
  // An IPv4 client looks like this behind NAT64: RFC 6052, section 2.1.
  const isTranslated = a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0
  return isMapped || isTranslated
    ? `${g >> 8}.${g & 0xff}.${h >> 8}.${h & 0xff}`
    : `${a.toString(16)}:${b.toString(16)}:${c.toString(16)}:${d.toString(16)}::/64`
}

/** Returns the eight numbers of a valid IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [unzoned = ''] = address.split('%')
  const [head = '', tail] = (unzoned.includes('.') ? undotted(unzoned) : unzoned).split('::')
  const groups = [0, 0, 0, 0, 0, 0, 0, 0]
  const before = head.split(':')
  for (const [index, group] of before.entries()) groups[index] = parseInt(group, 16) || 0
  if (tail === undefined) return groups
  const after = tail.split(':')
  for (const [index, group] of after.entries()) groups[8 - after.length + index] = parseInt(group, 16) || 0
  return groups
}

/** Rewrites the dotted end of an address such as `::ffff:1.2.3.4` as two groups. */
function undotted(address: string): string {
  const start = address.lastIndexOf(':') + 1
  const [a = 0, b = 0, c = 0, d = 0] = address.slice(start).split('.').map(Number)
  return `${address.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}
