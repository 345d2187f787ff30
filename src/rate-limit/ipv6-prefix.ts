import type { Check } from '../guard/options.ts'

/** Homes are given more than a /64 (RFC 6177, section 2), often a /56: counted by /64, it is 256 clients. */
export const DEFAULT_PREFIX = 56

const MIN = 32
const MAX = 128

/** Messages describe a prefix like this. */
export const PREFIXES = `a whole number from ${MIN} to ${MAX}, such as ${DEFAULT_PREFIX}`

export function isPrefix(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= MIN && (value as number) <= MAX
}

export const PREFIX_CHECK: Check = [isPrefix, PREFIXES]
