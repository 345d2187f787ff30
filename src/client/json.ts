import type { Code } from '../catalog/code.ts'

/** Data with members. */
export type Members = Readonly<Record<string, unknown>>

/** What is in an array: nothing, where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value if it is a text that says something. */
export function text(value: unknown): string | undefined {
  return (typeof value === 'string' && value) || undefined
}

/** The value if it can be the code of an error. */
export function code(value: unknown): Code | undefined {
  return Number.isSafeInteger(value) ? (value as number) : text(value)
}
