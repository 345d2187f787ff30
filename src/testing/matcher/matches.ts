import { isArray, read } from '../../guard/read.ts'
import type { ValueMatcher } from './expected.ts'

/** Whether a value is what a test expects: the same in its members that are named, in all items of an array. */
export function matches(value: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(value)
  if (isRegExp(expected)) return typeof value === 'string' && value.search(expected) !== -1
  if (isArray(expected)) {
    return (
      isArray(value) &&
      value.length === expected.length &&
      expected.every((each, index) => matches(value[index], each))
    )
  }
  if (isData(expected)) {
    return isData(value) && Object.keys(expected).every((name) => matches(value[name], expected[name]))
  }
  return Object.is(value, expected)
}

export function isAsymmetric(value: unknown): value is ValueMatcher {
  return typeof read(value, 'asymmetricMatch') === 'function'
}

// By their marks: each of jest's test files has classes of its own.
function isRegExp(value: unknown): value is RegExp {
  return markOf(value) === '[object RegExp]'
}

/** A Map or a Date has no members, and would be the same as any other. */
export function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return markOf(value) === '[object Object]'
}

function markOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}
