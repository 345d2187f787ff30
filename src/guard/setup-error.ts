import { bare } from './own.ts'
import { isArray, read } from './read.ts'

/** A mistake in a catalog or in options. Thrown when they are given, never during a request. */
export class SetupError extends Error {
  /** Its class. */
  override readonly name = 'SetupError'
}

/** Shows a bad value in a message: short, on one line, whatever it is. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (typeof value === 'function') return 'a function'
  if (isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/**
 * Returns the own members of an options object, from which nothing is read that all objects have.
 *
 * @throws SetupError - as `checkKeys` does
 */
export function ownOptions<TOptions extends object>(
  where: string,
  options: TOptions,
  known: readonly string[],
): TOptions {
  checkKeys(where, options, known)
  return bare(options)
}

/**
 * Refuses keys that an object may not have, and names the one that was probably meant. Refuses as well what only its
 * class has, since that would not be read.
 */
export function checkKeys(where: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const meant = nearest(key, known)
    const advice = meant ? `Did you mean ${meant}?` : `Known are: ${known.join(', ')}.`
    throw new SetupError(`${where} has no ${show(key)}. ${advice}`)
  }
  checkPlain(where, value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return
  for (const key of known) {
    if (Object.hasOwn(value, key) || read(value, key) === undefined) continue
    throw new SetupError(`${where} inherits ${key}. Give it as a member of the object itself.`)
  }
}

/**
 * Refuses a value that would count as an object without members.
 *
 * @throws SetupError - for a promise, a Map, an array, and anything that is not an object
 */
export function checkPlain(where: string, value: unknown): void {
  if (typeof read(value, 'then') === 'function') {
    throw new SetupError(`${where} was given a promise. Wait for it, and give what it resolves to.`)
  }
  if (typeof value !== 'object' || value === null || isArray(value)) {
    throw new SetupError(`${where} was given ${show(value)}. Give a plain object.`)
  }
  if (typeof read(value, Symbol.iterator) === 'function') {
    throw new SetupError(`${where} was given a Map, or what can be iterated as well. Give a plain object.`)
  }
}

/** Returns the one of some names that was probably meant by another. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  return allNearest(key, known)[0]
}

/** Returns the names that were probably meant by another, the most alike first. */
export function allNearest(key: string, known: readonly string[]): readonly string[] {
  const max = Math.max(1, key.length / 3)
  return known
    .filter((name) => Math.abs(name.length - key.length) <= max)
    .map((name) => ({ name, distance: editDistance(key.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= max)
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name)
}

/** How many letters were mistyped: one that is another, missing or too many, or two that were swapped. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? before[j - 2]! + 1 : replaced
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, replaced, swapped)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
