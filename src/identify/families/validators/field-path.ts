import { readItems } from '../../../guard/read.ts'

const MAX_SEGMENTS = 32
const MAX_SEGMENT_LENGTH = 64
const MAX_PATH_LENGTH = 256

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u
// Controls, formatting (UAX #9 and more), lone surrogates, line ends: keys may be the client's.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Writes a path as JavaScript does: `items[0].name`, and `["a.b"]` for a key that is not an identifier. */
export function fieldPath(segments: unknown, ...more: readonly unknown[]): string {
  let path = ''
  for (const segment of [...readItems(segments, MAX_SEGMENTS), ...more]) {
    path += segmentText(segment, path === '')
  }
  return path.length > MAX_PATH_LENGTH ? `${path.slice(0, MAX_PATH_LENGTH - 1).toWellFormed()}…` : path
}

function segmentText(segment: unknown, first: boolean): string {
  if (typeof segment === 'number') return `[${segment}]`
  if (typeof segment !== 'string') return '[…]'
  const cut = segment.length > MAX_SEGMENT_LENGTH
  const key =
    segment.slice(0, cut ? MAX_SEGMENT_LENGTH - 1 : undefined).replace(UNSEEN, '') + (cut ? '…' : '')
  if (!IDENTIFIER.test(key)) return `[${JSON.stringify(key)}]`
  return first ? key : `.${key}`
}

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
