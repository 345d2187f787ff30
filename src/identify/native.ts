import { builtin } from '../guard/host.ts'

/** Knows values by what the engine made them, whatever realm they are of, and whatever stands on them. */
interface Types {
  readonly isDate: (value: unknown) => boolean
  readonly isMap: (value: unknown) => boolean
  readonly isNativeError: (value: unknown) => boolean
  readonly isUint8Array: (value: unknown) => boolean
}

/** https://nodejs.org/api/util.html#utiltypes; elsewhere, what is of another realm is not known. */
export const types: Types = (builtin('node:util') as { readonly types?: Types } | undefined)?.types ?? {
  isDate: (value) => value instanceof Date,
  isMap: (value) => value instanceof Map,
  isNativeError: (value) => value instanceof Error,
  isUint8Array: (value) => value instanceof Uint8Array,
}
