import { readItems } from '../guard/read.ts'

export const MAX_SEGMENTS = 32
const MAX_SEGMENT_LENGTH = 64
export const MAX_PATH_LENGTH = 256

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u
// Controls, formatting (UAX #9 and more), lone surrogates, line ends: keys may be the client's.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Writes a path as JavaScript does: `items[0].name`, and `["a.b"]` for a key that is not an identifier. */
export function fieldPath(segments: unknown, ...more: readonly unknown[]): string {
  let path = ''
  for (const segment of [...readItems(segments, MAX_SEGMENTS), ...more]) {
    path += segmentText(segment, path === '')
  }
  return writtenPath(path)
}

/** Makes a path that is written already safe to show. */
export function writtenPath(path: string): string {
  return shown(path, MAX_PATH_LENGTH)
}

function segmentText(segment: unknown, first: boolean): string {
  if (typeof segment === 'number') return `[${segment}]`
  if (typeof segment !== 'string') return '[…]'
  const key = shown(segment, MAX_SEGMENT_LENGTH)
  if (!IDENTIFIER.test(key)) return `[${JSON.stringify(key)}]`
  return first ? key : `.${key}`
}

function shown(text: string, max: number): string {
  const isCut = text.length > max
  return text.slice(0, isCut ? max - 1 : undefined).replace(UNSEEN, '') + (isCut ? '…' : '')
}
