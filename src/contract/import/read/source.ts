import { statusNamed } from '../statuses.ts'
import type { Cell, Column, Role, Section, Table } from '../table.ts'
import { isMark, isWord, type Token } from './lexer.ts'

/** What source code says of one error. */
export interface Constant {
  readonly key: string
  readonly line: number
  readonly cells: Map<Role, Cell>
}

const ROLES = ['code', 'key', 'status', 'message', 'title', 'description', 'action'] as const

/** Makes a table of what constants say. */
export function tableOfConstants(constants: readonly Constant[], sections: readonly Section[]): Table {
  const roles = ROLES.filter((role) => role === 'key' || constants.some(({ cells }) => cells.has(role)))
  const hasCode = roles.includes('code')
  const columns = roles.map((role): Column => ({
    heading: role,
    role: role === 'key' && !hasCode ? 'code' : role,
  }))
  return {
    sections,
    columns,
    rows: constants.map(({ key, line, cells }) =>
      roles.map((role) => (role === 'key' ? { text: key, line } : (cells.get(role) ?? { text: '', line }))),
    ),
    line: constants[0]?.line ?? 1,
    hasModules: false,
  }
}

/** A value that is written out: a text, a number, or the constant of a status. */
export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'status'; readonly text: string }

/** Reads `"a" + "b"`, `-1003`, `0x1F`, `HttpStatus.NOT_FOUND`, `http.StatusNotFound`, `HttpStatus.NOT_FOUND.value()`. */
export function literalOf(tokens: readonly Token[]): Literal | undefined {
  const [first, second] = tokens
  if (first === undefined) return undefined
  if (first.kind === 'string') {
    const isJoined = tokens.every((token, index) =>
      index % 2 === 0 ? token.kind === 'string' : isMark(token, '+'),
    )
    return isJoined
      ? {
          kind: 'text',
          text: tokens
            .filter(({ kind }) => kind === 'string')
            .map(({ text }) => text)
            .join(''),
        }
      : undefined
  }
  if (first.kind === 'number' && tokens.length === 1) return { kind: 'number', text: decimal(first.text) }
  if (isMark(first, '-') && second?.kind === 'number' && tokens.length === 2) {
    return { kind: 'number', text: `-${decimal(second.text)}` }
  }
  if (
    isWord(first) &&
    /^(?:https?|HttpStatus(?:Code)?|HttpURLConnection|Status|Response|HTTP)$/i.test(first.text) &&
    isMark(second, '.')
  ) {
    const names = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text)
    const name = names.find((each, index) => index > 0 && statusNamed(each) !== undefined)
    return name === undefined ? undefined : { kind: 'status', text: String(statusNamed(name)) }
  }
  if (isWord(first) && tokens.length === 1 && /^(?:SC_|HTTP_|Status)/.test(first.text)) {
    const status = statusNamed(first.text)
    return status === undefined ? undefined : { kind: 'status', text: String(status) }
  }
  return undefined
}

function decimal(text: string): string {
  return /^0[xX]/.test(text) ? String(Number(text)) : text
}

/** Which role each argument has, where only its kind tells: a status, a code, texts in the order they are read. */
export function rolesByKind(literals: readonly (Literal | undefined)[]): readonly (Role | undefined)[] {
  const numbers = literals.filter((each) => each?.kind === 'number').map((each) => Number(each.text))
  const hasStatus = literals.some((each) => each?.kind === 'status')
  // Of two numbers one may be a status, where the other cannot.
  const statuses = numbers.filter((each) => each >= 100 && each <= 599)
  const status = !hasStatus && numbers.length === 2 && statuses.length === 1 ? statuses[0] : undefined
  const texts = literals.filter((each) => each?.kind === 'text').map((each) => each.text)
  const isCoded = numbers.length > (status === undefined ? 0 : 1)
  const codeText =
    !isCoded && texts.length > 1 ? texts.find((each) => /^[\w.:/-]{1,64}$/.test(each)) : undefined
  const left: Role[] = ['message', 'description', 'action']
  return literals.map((literal): Role | undefined => {
    if (literal?.kind === 'status') return 'status'
    if (literal?.kind === 'number') return Number(literal.text) === status ? 'status' : 'code'
    if (literal?.kind !== 'text') return undefined
    return literal.text === codeText ? 'code' : left.shift()
  })
}
