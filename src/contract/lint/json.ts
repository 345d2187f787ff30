import { getOrMake } from '../../guard/memo.ts'
import { setMember } from '../../guard/own.ts'

/** A name that an object has twice. */
export interface Duplicate {
  readonly name: string
  /** Of its name, in the text. */
  readonly offset: number
}

/** What a text in JSON holds, and where. */
export interface JsonDocument {
  readonly value: unknown
  /** Finds where an object has a member. Of two of the same name, the last, whose value is read. */
  readonly offsetOf: (holder: object, name: string) => number | undefined
  /** Members whose name stood in their object before. */
  readonly duplicates: readonly Duplicate[]
}

/** A text that is no JSON: what to do, and where. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Objects and arrays within each other. Texts are written two or three deep. */
const MAX_DEPTH = 64

const BLANKS = /[\t\n\r ]*/y
// All but quotes, the backslash and control characters (RFC 8259, section 7).
const CHARACTERS = /[ !#-[\]-\uFFFF]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_$][\w$-]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

const LITERALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * Reads JSON as JSON.parse does (RFC 8259), and says where members stand and which stand twice.
 *
 * @throws JsonError - says what to do, where JSON.parse says what it met
 */
export function parseJson(text: string): JsonDocument {
  // Where members stand is looked up when somebody asks: hardly ever, in files of 10,000.
  const starts = new Map<object, number>()
  const placesOf = new WeakMap<object, ReadonlyMap<string, number>>()
  const duplicates: Duplicate[] = []
  let at = 0

  function fail(message: string, offset = at): never {
    throw new JsonError(message, offset)
  }

  /** What a pattern matches here. */
  function take(pattern: RegExp): string {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? ['']
    at += found.length
    return found
  }

  /** The next character that is no blank. Empty at the end. */
  function next(): string {
    const code = text.charCodeAt(at)
    // Most are followed by none.
    if (code <= 0x20) take(BLANKS)
    return text.charAt(at)
  }

  function valueAt(depth: number): unknown {
    const character = next()
    if (character === '"') return string()
    if (character === '{' || character === '[') {
      if (depth === MAX_DEPTH) fail(`More than ${MAX_DEPTH} objects stand in each other. Take some away`)
      return character === '{' ? object(depth + 1) : array(depth + 1)
    }
    const number = take(NUMBER)
    if (number !== '') {
      if (/[\w.+-]/.test(text.charAt(at))) fail('This is no number. Write a text in double quotes')
      return Number(number)
    }
    const start = at
    const word = take(WORD)
    if (LITERALS.has(word)) return LITERALS.get(word)
    return fail(word === '' ? insteadOfValue(character) : 'Write a text in double quotes', start)
  }

  function object(depth: number, places?: Map<string, number>): object {
    const value: Record<string, unknown> = {}
    starts.set(value, at)
    at += 1
    if (next() === '}') {
      at += 1
      return value
    }
    for (;;) {
      if (next() !== '"') fail(insteadOfName(text.charAt(at)))
      const offset = at
      const name = string()
      if (Object.hasOwn(value, name)) duplicates.push({ name, offset })
      places?.set(name, offset)
      if (next() !== ':') fail(`Write a colon after ${JSON.stringify(name)}`)
      at += 1
      setMember(value, name, valueAt(depth))
      if (!isFollowed('}')) return value
    }
  }

  function array(depth: number): readonly unknown[] {
    const value: unknown[] = []
    at += 1
    if (next() === ']') {
      at += 1
      return value
    }
    for (;;) {
      value.push(valueAt(depth))
      if (!isFollowed(']')) return value
    }
  }

  /** Whether another member follows. */
  function isFollowed(end: '}' | ']'): boolean {
    // A comma that is missing belongs here, before the blanks.
    const behind = at
    const character = next()
    if (character === end) {
      at += 1
      return false
    }
    if (character !== ',') {
      fail(isMember(character) ? 'Write a comma here' : insteadOfComma(character, end), behind)
    }
    const comma = at
    at += 1
    if (next() === end) fail(`Take away the comma before ${end}`, comma)
    return true
  }

  function string(): string {
    const start = at
    at += 1
    const plain = take(CHARACTERS)
    if (text.charAt(at) === '"') {
      at += 1
      return plain
    }
    for (;;) {
      const character = text.charAt(at)
      if (character === '"') {
        at += 1
        return JSON.parse(text.slice(start, at)) as string
      }
      if (character === '') fail('Close the quotes of this text', start)
      if (character !== '\\') fail(insteadOfControl(character))
      if (take(ESCAPE) === '') fail('Write \\\\ for a backslash')
      take(CHARACTERS)
    }
  }

  /** Reads an object once more. */
  function find(holder: object): ReadonlyMap<string, number> {
    const places = new Map<string, number>()
    const start = starts.get(holder)
    if (start !== undefined) {
      at = start
      object(0, places)
    }
    return places
  }

  const value = valueAt(0)
  if (next() !== '') fail('Take away what follows the end')
  return {
    value,
    duplicates: [...duplicates],
    offsetOf: (holder, name) => getOrMake(placesOf, holder, find).get(name),
  }
}

function isMember(character: string): boolean {
  return /["{[\w-]/.test(character)
}

function insteadOfValue(character: string): string {
  if (character === '') return 'The file ends too early. Write what is missing'
  if (character === "'") return 'Write a text in double quotes'
  if (character === '/') return 'Take away the comment'
  return `Write a text in double quotes before ${character}`
}

function insteadOfName(character: string): string {
  if (character === '') return 'The file ends too early. Write what is missing'
  if (character === '/') return 'Take away the comment'
  if (character === ',') return 'Take away one comma'
  return 'Write a name in double quotes'
}

function insteadOfComma(character: string, end: string): string {
  if (character === '') return `The file ends too early. Write the ${end} that is missing`
  if (character === '/') return 'Take away the comment'
  return `Write a comma or ${end} here`
}

function insteadOfControl(character: string): string {
  if (character === '\n' || character === '\r') return 'Close the quotes, or write \\n for a line break'
  if (character === '\t') return 'Write \\t for a tab'
  return `Write \\u${character.charCodeAt(0).toString(16).padStart(4, '0')} for this character`
}
