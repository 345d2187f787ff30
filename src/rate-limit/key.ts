import { createHash } from 'node:crypto'

// Printable, so that it can be logged and stored as it is. What could be taken for a hash is hashed, too.
const SHORT = /^(?!sha256:)[\x20-\x7e]{1,128}$/

/**
 * Returns what a store counts under: a short text as it is, any other as its SHA-256, so that no client chooses how
 * much is kept of it. Two texts never have the same; the number 1 and the text `'1'` do. Undefined for what is no key:
 * `''` and NaN would be one bucket for many clients.
 */
export function storeKey(key: unknown): string | undefined {
  if (typeof key === 'number') return Number.isFinite(key) ? String(key) : undefined
  if (typeof key !== 'string' || key === '') return undefined
  // UTF-8 has no lone surrogates: all would be U+FFFD.
  return SHORT.test(key) ? key : `sha256:${createHash('sha256').update(key, 'utf16le').digest('hex')}`
}
