import { MAX_PATH_LENGTH } from '../../../catalog/field-path.ts'

// a.b, [0], ["a.b"], ['a.b']
const PART = /\[(?<index>\d+)\]|\[(?<quote>["'])(?<quoted>.*?)\k<quote>\]|(?<key>[^.[\]]+)/g

/** Takes a path apart that a library has written: `items[0].name`. */
export function parsePath(path: unknown): readonly (string | number)[] {
  if (typeof path !== 'string') return []
  // The rest would not be shown.
  const parts = path.slice(0, 4 * MAX_PATH_LENGTH).matchAll(PART)
  return Array.from(parts, ({ groups: { index, quoted, key } = {} }) =>
    index === undefined ? (quoted ?? key ?? '') : Number(index),
  )
}

/** Takes a JSON Pointer (RFC 6901, section 4) apart. A number is taken for the index of an array. */
export function parsePointer(pointer: unknown): readonly (string | number)[] {
  if (typeof pointer !== 'string') return []
  const tokens = pointer
    .slice(0, 4 * MAX_PATH_LENGTH)
    .split('/')
    .slice(1)
  return tokens.map((token) => indexOrKey(token.replaceAll('~1', '/').replaceAll('~0', '~')))
}

/** Makes a number of an index, which some libraries tell as text. */
export function indexOrKey(segment: string): string | number {
  return /^(?:0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : segment
}
