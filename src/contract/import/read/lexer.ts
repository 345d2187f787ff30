/** A word of source code. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'mark' | 'comment' | 'newline'
  /** Of a text what it stands for, of a comment what it says: its lines, without marks. */
  readonly text: string
  readonly line: number
  /** The line that a comment ends in. */
  readonly end: number
  /** Of a comment whether it is one of several lines. */
  readonly isBlock?: boolean
}

const WORD = /[\p{L}_$@][\p{L}\p{N}_$]*/uy
const NUMBER = /(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)[lLuU]*/y
const BLANKS = /[ \t\r\f\v]+/y

/** Takes source code of the C family apart: Go, Java, Kotlin, Protocol Buffers. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  const push = (kind: Token['kind'], text: string, end = line): void => {
    tokens.push({ kind, text, line, end })
  }
  const pushBlock = (text: string, end: number): void => {
    tokens.push({ kind: 'comment', text, line, end, isBlock: true })
  }
  while (at < source.length) {
    const letter = source[at]!
    const skipped = match(BLANKS, source, at)
    if (skipped !== '') at += skipped.length
    else if (letter === '\n') {
      push('newline', letter)
      line += 1
      at += 1
    } else if (source.startsWith('//', at)) {
      const end = indexOr(source, '\n', at)
      push('comment', commentText(source.slice(at, end)))
      at = end
    } else if (source.startsWith('/*', at)) {
      const end = indexOr(source, '*/', at + 2)
      const comment = source.slice(at, end)
      const last = line + comment.split('\n').length - 1
      pushBlock(commentText(comment), last)
      line = last
      at = end + 2
    } else if (source.startsWith('"""', at)) {
      const end = indexOr(source, '"""', at + 3)
      const text = source.slice(at + 3, end)
      push('string', unescape(textBlock(text)))
      line += text.split('\n').length - 1
      at = end + 3
    } else if (letter === '`') {
      const end = indexOr(source, '`', at + 1)
      const text = source.slice(at + 1, end)
      push('string', text)
      line += text.split('\n').length - 1
      at = end + 1
    } else if (letter === '"' || letter === "'") {
      const end = endOfString(source, at + 1, letter)
      push('string', unescape(source.slice(at + 1, end)))
      at = end + 1
    } else {
      const number = match(NUMBER, source, at)
      const word = number === '' ? match(WORD, source, at) : ''
      if (number !== '') push('number', number.replaceAll(/_|[lLuU]+$/g, ''))
      else push(word === '' ? 'mark' : 'word', word || letter)
      at += (number || word || letter).length
    }
  }
  return tokens
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function indexOr(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from)
  return found === -1 ? text.length : found
}

function endOfString(source: string, from: number, quote: string): number {
  let at = from
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  return Math.min(at, source.length)
}

function commentText(comment: string): string {
  return comment
    .replace(/^\/\*+|^\/\/+!?/, '')
    .split('\n')
    .map((each) => each.replace(/^\s*(?:\*(?!\/)|\/\/+)/, '').trim())
    .join('\n')
    .trim()
}

/** The lines of a text block of Java, as one text. */
function textBlock(text: string): string {
  return text
    .split('\n')
    .map((each) => each.trim())
    .join(' ')
    .trim()
}

const LETTERS: Readonly<Record<string, string>> = {
  n: ' ',
  t: ' ',
  r: ' ',
  b: '',
  f: ' ',
  a: '',
  v: ' ',
  0: '',
}

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:u\{?([0-9a-fA-F]{1,6})\}?|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))/gs,
    (_, short?: string, long?: string, byte?: string, letter?: string) => {
      const hex = short ?? long ?? byte
      if (hex === undefined) return LETTERS[letter!] ?? letter!
      const point = Number.parseInt(hex, 16)
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : ''
    },
  )
}

/** Joins the comments directly above a token, or none where a blank line is between. */
export function commentAbove(tokens: readonly Token[], index: number): Token | undefined {
  const found: Token[] = []
  let below = tokens[index]!.line
  for (let at = index - 1; at >= 0; at--) {
    const token = tokens[at]!
    if (token.kind === 'newline') continue
    if (token.kind !== 'comment' || token.end < below - 1 || isTrailing(tokens, at)) break
    // What stands above a comment of several lines is of more than this.
    if (found.length > 0 && token.isBlock !== found[0]!.isBlock) break
    found.unshift(token)
    below = token.line
  }
  if (found.length === 0) return undefined
  return {
    ...found[0]!,
    text: found
      .map(({ text }) => text)
      .join('\n')
      .trim(),
  }
}

/** Whether a comment stands behind something on its line. */
function isTrailing(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  return (
    before !== undefined &&
    before.kind !== 'newline' &&
    before.kind !== 'comment' &&
    before.end === tokens[at]!.line
  )
}

/** The comment behind a token, on its line. */
export function commentBehind(tokens: readonly Token[], from: number): Token | undefined {
  for (let at = from; at < tokens.length && tokens[at]!.kind !== 'newline'; at++) {
    if (tokens[at]!.kind === 'comment') return tokens[at]
  }
  return undefined
}

/** The index of the bracket that closes the one at `open`. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!
    if (kind !== 'mark') continue
    if ('([{'.includes(text)) depth += 1
    else if (')]}'.includes(text) && --depth === 0) return at
  }
  return tokens.length
}

/** Splits tokens at commas that stand in no brackets. Comments and line breaks are dropped. */
export function splitArguments(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'comment' || token.kind === 'newline') continue
    if (token.kind === 'mark') {
      if ('([{'.includes(token.text)) depth += 1
      if (')]}'.includes(token.text)) depth -= 1
      if (token.text === ',' && depth === 0) {
        parts.push([])
        continue
      }
    }
    parts.at(-1)!.push(token)
  }
  return parts.filter((part) => part.length > 0)
}

export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text
}

export function isWord(token: Token | undefined, text?: string): boolean {
  return token?.kind === 'word' && (text === undefined || token.text === text)
}

/** The index of the next mark, within so many tokens. -1: there is none. */
export function nextMark(tokens: readonly Token[], from: number, text: string, most = 200): number {
  for (let at = from; at < Math.min(tokens.length, from + most); at++) if (isMark(tokens[at], text)) return at
  return -1
}
