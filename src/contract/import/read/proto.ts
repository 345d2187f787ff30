import { remark, type Cell, type Document, type Remark, type Role } from '../table.ts'
import {
  closing,
  commentAbove,
  commentBehind,
  isMark,
  isWord,
  splitArguments,
  tokensOf,
  type Token,
} from './lexer.ts'
import { memberRole } from './members.ts'
import { literalOf, tableOfConstants, type Constant } from './source.ts'

interface Enum {
  readonly name: string
  readonly line: number
  readonly constants: Constant[]
  /** Whether the names are the codes, and numbers stand only on the wire of gRPC. */
  readonly isByName: boolean
}

/** Reads the enums of a Protocol Buffers file, with what comments and options say of their values. */
export function readProto(source: string): Document {
  const tokens = tokensOf(source)
  const remarks: Omit<Remark, 'file'>[] = []
  const enums: Enum[] = []
  for (let at = 0; at < tokens.length; at++) {
    if (!isWord(tokens[at], 'enum') || !isWord(tokens[at + 1]) || !isMark(tokens[at + 2], '{')) continue
    const end = closing(tokens, at + 2)
    enums.push(readEnum(tokens, at + 1, at + 3, end, remarks))
    at = end
  }
  const isNamed = ({ name }: Enum): boolean => /err|code|status|reason|fault/i.test(name)
  const chosen = (enums.some(isNamed) ? enums.filter(isNamed) : enums).filter(
    ({ constants }) => constants.length > 0,
  )
  for (const { name, line } of enums.filter((each) => !chosen.includes(each))) {
    remarks.push(
      remark('enum-left-out', line, `The enum ${name} says nothing of errors and is left out.`, 'note'),
    )
  }
  for (const { name, line } of chosen.filter(({ isByName }) => isByName)) {
    remarks.push(
      remark(
        'proto-names',
        line,
        `The codes of ${name} are its names, since an option gives them a status.`,
        'note',
      ),
    )
  }
  return {
    tables: chosen.map(({ name, line, constants }) =>
      tableOfConstants(constants, chosen.length > 1 ? [{ title: name, line }] : []),
    ),
    remarks,
  }
}

function readEnum(
  tokens: readonly Token[],
  nameAt: number,
  from: number,
  end: number,
  remarks: Omit<Remark, 'file'>[],
): Enum {
  const { text: name, line } = tokens[nameAt]!
  const constants: Constant[] = []
  let common: string | undefined
  let isByName = false
  let at = from
  while (at < end) {
    const token = tokens[at]!
    if (token.kind !== 'word') {
      at += 1
      continue
    }
    const stop = endOfStatement(tokens, at, end)
    if (token.text === 'option') {
      for (const [option, literal] of optionsOf([tokens.slice(at + 1, stop)])) {
        if (/default_code|default_status|http/.test(option) && literal.kind !== 'text') {
          common = literal.text
          isByName = true
        }
      }
    } else if (token.text !== 'reserved' && isMark(tokens[at + 1], '=')) {
      const sign = isMark(tokens[at + 2], '-') ? 1 : 0
      const number = literalOf(tokens.slice(at + 2, at + 3 + sign))
      if (number?.kind === 'number') {
        const open = at + 3 + sign
        const cells = new Map<Role, Cell>([['code', { text: number.text, line: token.line }]])
        const comment = commentAbove(tokens, at) ?? commentBehind(tokens, stop)
        if (comment !== undefined) readComment(comment, cells)
        const options = isMark(tokens[open], '[')
          ? splitArguments(tokens.slice(open + 1, closing(tokens, open)))
          : []
        for (const [option, literal] of optionsOf(options)) {
          const role = roleOfOption(option, literal.kind)
          if (role === 'status') isByName ||= /(?:^|\.)code$/.test(option)
          if (role !== undefined) cells.set(role, { text: literal.text, line: token.line })
        }
        if (
          number.text === '0' &&
          /_(?:UNSPECIFIED|UNKNOWN_UNSPECIFIED|INVALID_UNSPECIFIED)$|^UNSPECIFIED$/.test(token.text)
        ) {
          remarks.push(
            remark(
              'proto-unspecified',
              token.line,
              `${token.text} = 0 stands for no value and is left out.`,
              'note',
            ),
          )
        } else constants.push({ key: token.text, line: token.line, cells })
      }
    }
    at = stop + 1
  }
  for (const { cells, line: own } of constants) {
    if (common !== undefined && !cells.has('status')) cells.set('status', { text: common, line: own })
    if (isByName) cells.delete('code')
  }
  return { name, line, constants, isByName }
}

function endOfStatement(tokens: readonly Token[], from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (isMark(tokens[at], ';')) return at
    if (isMark(tokens[at], '[') || isMark(tokens[at], '{')) at = closing(tokens, at)
  }
  return end
}

/** `(errors.code) = 404` */
function optionsOf(
  options: readonly (readonly Token[])[],
): readonly (readonly [string, NonNullable<ReturnType<typeof literalOf>>])[] {
  return options.flatMap((option) => {
    const equals = option.findIndex((token) => isMark(token, '='))
    const name = option
      .slice(0, equals)
      .map(({ text }) => text)
      .join('')
      .replaceAll(/[()]/g, '')
    const literal = literalOf(
      option.slice(equals + 1).filter(({ kind }) => kind !== 'newline' && kind !== 'comment'),
    )
    return equals === -1 || literal === undefined ? [] : [[name, literal] as const]
  })
}

function roleOfOption(option: string, kind: string): Role | undefined {
  const role = memberRole(option.replace(/^.*\./, ''))
  // The code of a number is its status: that of the error is the name, or the number of the enum.
  return kind === 'number' && role === 'code' ? 'status' : role
}

/** The first paragraph is the text, what follows explains it. `HTTP Mapping: 404 Not Found` is the status. */
function readComment({ text, line }: Token, cells: Map<Role, Cell>): void {
  const [, status] = /^HTTP (?:Mapping|status)\s*:\s*(\d{3})\b/im.exec(text) ?? []
  if (status !== undefined) cells.set('status', { text: status, line })
  const paragraphs = text
    .replaceAll(/^HTTP (?:Mapping|status)\s*:.*$/gim, '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
  const [first, ...rest] = paragraphs
  if (first !== undefined) cells.set('message', { text: first, line })
  if (rest.length > 0) cells.set('description', { text: rest.join(' '), line })
}
