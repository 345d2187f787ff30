import type * as NodeCrypto from 'node:crypto'
import type * as NodeNet from 'node:net'
import { builtin } from '../guard/host.ts'
import { SetupError } from '../guard/setup-error.ts'

// Undefined on hosts without them, where limits are refused at set-up.
const crypto = builtin('node:crypto') as typeof NodeCrypto | undefined
const net = builtin('node:net') as typeof NodeNet | undefined

/**
 * Refuses to limit where a client's key cannot be hashed.
 *
 * @throws SetupError - on a host without node:crypto and node:net
 */
export function checkHost(): void {
  if (crypto !== undefined && net !== undefined) return
  throw new SetupError(
    'Rate limits need node:crypto and node:net, which this host does not have. On Cloudflare Workers, set the compatibility flag nodejs_compat; elsewhere, limit in front of the app',
  )
}

/** @param encoding - of the text */
export function createHash(
  algorithm: 'sha1' | 'sha256',
  text: string,
  encoding: 'utf8' | 'utf16le' = 'utf8',
): NodeCrypto.Hash {
  return crypto!.createHash(algorithm).update(text, encoding)
}

export function isIPv4(address: string): boolean {
  return net?.isIPv4(address) ?? false
}

export function isIPv6(address: string): boolean {
  return net?.isIPv6(address) ?? false
}
