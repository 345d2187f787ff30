import { isEverybodys } from './own.ts'

/**
 * Reads one property of a value that may be hostile, its own or its class's: a throwing getter or Proxy trap counts as
 * absent, and so does what all objects have.
 */
export function read(value: unknown, key: PropertyKey): unknown {
  try {
    const found = (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
    return found === undefined || !isEverybodys(value, key) ? found : undefined
  } catch {
    return undefined
  }
}

/** Does as Array.isArray, which throws for a revoked Proxy. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}

/** Whether a value is an object with names, which an array has not. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** Reads the first items of an array that may be hostile. Of any other value, there are no items. */
export function readItems(value: unknown, max: number): readonly unknown[] {
  if (!isArray(value)) return []
  // A Proxy of an array may say anything of its length.
  const given = read(value, 'length')
  const length = typeof given === 'number' ? Math.min(given, max) : 0
  return Array.from({ length }, (_, index) => read(value, index))
}

/** Takes note of a promise that nobody else will look at, so that its rejection does not end the process. */
export function ignoreRejection(value: unknown): void {
  if (typeof read(value, 'then') !== 'function') return
  try {
    void Promise.prototype.then.call(value, undefined, () => {})
  } catch {
    // It was not a promise.
  }
}
