import { createHash } from './host.ts'

// A printable text can be logged and stored as it is. One that looks like a hash is hashed, too.
const SHORT = /^(?!sha256:)[\x20-\x7e]{1,128}$/

/**
 * Returns the key that a store counts under: a short text as it is, any other as its SHA-256, so that no client chooses
 * how much is kept of it. Two texts never have the same key; the number 1 and the text `'1'` do. Anything else has no
 * key, nor have `''` and NaN, which would count many clients as one.
 */
export function storeKey(key: unknown): string | undefined {
  if (typeof key === 'number') return Number.isFinite(key) ? String(key) : undefined
  if (typeof key !== 'string' || key === '') return undefined
  // UTF-8 has no lone surrogates: all would be U+FFFD.
  return SHORT.test(key) ? key : `sha256:${createHash('sha256', key, 'utf16le').digest('hex')}`
}
