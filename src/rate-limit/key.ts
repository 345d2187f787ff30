import { createHash } from 'node:crypto'

// Printable, so that it can be logged and stored as it is.
const SHORT = /^[\x20-\x7e]{1,128}$/

/**
 * Returns what a store counts under: a short text as it is, any other as its SHA-256, so that no client chooses how
 * much is kept of it. Undefined for what is no key: `''` and NaN would be one bucket for many clients.
 */
export function storeKey(key: unknown): string | undefined {
  if (typeof key === 'number') return Number.isFinite(key) ? String(key) : undefined
  if (typeof key !== 'string' || key === '') return undefined
  return SHORT.test(key) ? key : createHash('sha256').update(key).digest('hex')
}
