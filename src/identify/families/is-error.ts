import { read } from '../../guard/read.ts'

/** Whether a value was made as an Error, of whichever realm. What a client sends can have a `stack`, and no class. */
export function isError(error: object): boolean {
  return typeof read(error, 'stack') === 'string' && hasClass(error)
}

/** Every class inherits from Object at least. */
function hasClass(value: object): boolean {
  try {
    const prototype = Object.getPrototypeOf(value) as object | null
    return prototype !== null && Object.getPrototypeOf(prototype) !== null
  } catch {
    // A Proxy that shows nothing.
    return false
  }
}
