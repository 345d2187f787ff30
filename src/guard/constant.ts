import { setMember } from './own.ts'
import { isArray } from './read.ts'

/** Plain JSON data that nobody can change. */
export type Constant =
  null | boolean | number | string | readonly Constant[] | { readonly [key: string]: Constant }

/**
 * Copies and freezes what an author wrote as constant data. Returns undefined for what JSON would change or leave out,
 * and for more than `maxChars` characters of JSON.
 */
export function toConstant(value: unknown, maxChars: number): Constant | undefined {
  try {
    return JSON.stringify(value).length > maxChars ? undefined : constantOf(value)
  } catch {
    return undefined
  }
}

function constantOf(value: unknown): Constant {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (isArray(value)) return Object.freeze(Array.from(value, constantOf))
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('No plain data')
  const copied: Record<string, Constant> = {}
  for (const [key, member] of Object.entries(value as object)) setMember(copied, key, constantOf(member))
  return Object.freeze(copied)
}
