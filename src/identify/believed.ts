import { read } from '../guard/read.ts'
import type { Recognize } from './identify.ts'
import { isServing, libraryOf } from './library.ts'

/** Names are whatever was thrown. */
const MAX_NAMES = 100
const MAX_NAME_LENGTH = 64
/** Looking at a stack takes longer than answering: errors of a name that the app itself throws are left in peace. */
const MAX_LOOKS = 20

/**
 * Tells, once for each name of an error, that its 4xx was believed although a library made it and nothing else is known
 * of it: it may be what another server answered to us, and then our fault is a quiet 4xx.
 */
export function tellingOfLibraries(recognize: Recognize, warn: (message: string) => void): Recognize {
  const looks = new Map<string, number>()

  function tell(error: object, status: number): void {
    const name = nameOf(error)
    const looked = looks.get(name) ?? 0
    if (looked === MAX_LOOKS || (looked === 0 && looks.size === MAX_NAMES)) return
    const library = isShown(error) ? undefined : libraryOf(error)
    if (library === undefined || isServing(library)) {
      looks.set(name, looked + 1)
    } else {
      looks.set(name, MAX_LOOKS)
      warn(
        `Status ${status} was taken from ${JSON.stringify(name)}, an error of ${library.slice(0, MAX_NAME_LENGTH)}. ` +
          `If another server answered it, say so: identify: [{ when: ${testFor(error, name, library)}, condition: 'upstream-failed' }]`,
      )
    }
  }

  return (value, facts) => {
    const recognized = recognize(value, facts)
    if (recognized?.condition === undefined && recognized?.isForClient !== true) {
      const status = recognized?.status
      if (status !== undefined && status < 500) tell(value as object, status)
    }
    return recognized
  }
}

/** Whether an error says of itself that it was made to be shown. */
function isShown(error: object): boolean {
  return (
    typeof read(error, 'expose') === 'boolean' ||
    read(error, 'isBoom') === true ||
    // NestJS
    typeof read(error, 'getStatus') === 'function'
  )
}

/** Many classes leave `name` as it is. */
function nameOf(error: object): string {
  const name = textOf(error, 'name')
  return (name === 'Error' ? textOf(read(error, 'constructor'), 'name') || name : name).slice(
    0,
    MAX_NAME_LENGTH,
  )
}

function textOf(value: unknown, key: string): string {
  const text = read(value, key)
  return typeof text === 'string' ? text : ''
}

function testFor(error: object, name: string, library: string): string {
  if (read(error, 'name') === name && name !== 'Error') return `(e) => e.name === ${quoted(name)}`
  if (name !== 'Error' && name !== '') return `(e) => e.constructor.name === ${quoted(name)}`
  return `(e) => e.stack.includes(${quoted(library)})`
}

function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll("'", String.raw`\'`)}'`
}
