import { remark, type Cell, type Document, type Remark, type Role, type Section } from '../table.ts'
import {
  closing,
  commentAbove,
  commentBehind,
  isMark,
  isWord,
  nextMark,
  splitArguments,
  tokensOf,
  type Token,
} from './lexer.ts'
import { memberRole } from './members.ts'
import { literalOf, rolesByKind, tableOfConstants, type Constant } from './source.ts'

/** Reads Java and Kotlin: enums with the arguments of their constructor, and constants. */
export function readJava(source: string): Document {
  const tokens = tokensOf(source)
  const remarks: Omit<Remark, 'file'>[] = []
  const enums: { section: Section; constants: readonly Constant[] }[] = []
  for (let at = 0; at < tokens.length; at++) {
    if (!isWord(tokens[at], 'enum')) continue
    const name = tokens.slice(at + 1, at + 5).find((token) => isWord(token) && token.text !== 'class')
    const open = nextMark(tokens, at + 1, '{')
    if (name === undefined || open === -1) continue
    const end = closing(tokens, open)
    const constants = readEnum(tokens, at, open, end, name.text, remarks)
    if (constants.length > 0) enums.push({ section: { title: name.text, line: tokens[at]!.line }, constants })
    at = end
  }
  const isCoded = ({ constants }: (typeof enums)[number]): boolean =>
    constants.some(({ cells }) => cells.size > 0)
  const isNamed = ({ section }: (typeof enums)[number]): boolean =>
    /err|code|status|fault|result|exception/i.test(section.title)
  const coded = enums.filter(isCoded)
  const chosen = coded.some(isNamed) ? coded.filter(isNamed) : coded
  for (const { section } of enums.filter((each) => !chosen.includes(each))) {
    remarks.push(
      remark(
        'enum-left-out',
        section.line,
        `The enum ${section.title} says nothing of errors and is left out.`,
        'note',
      ),
    )
  }
  const constants = chosen.length === 0 ? readConstants(tokens) : []
  return {
    tables: [
      ...chosen.map((each) => tableOfConstants(each.constants, chosen.length > 1 ? [each.section] : [])),
      ...(constants.length > 0 ? [tableOfConstants(constants, [])] : []),
    ],
    remarks,
  }
}

function readEnum(
  tokens: readonly Token[],
  at: number,
  open: number,
  end: number,
  name: string,
  remarks: Omit<Remark, 'file'>[],
): readonly Constant[] {
  const constants: {
    key: string
    line: number
    args: readonly (readonly Token[])[]
    comment: Token | undefined
  }[] = []
  let index = open + 1
  while (index < end) {
    const token = tokens[index]!
    if (isMark(token, ';')) break
    if (token.kind !== 'word') {
      index += 1
      continue
    }
    if (token.text.startsWith('@')) {
      index += 1
      if (isMark(tokens[index], '(')) index = closing(tokens, index) + 1
      continue
    }
    let behind = index + 1
    let args: readonly (readonly Token[])[] = []
    if (isMark(tokens[behind], '(')) {
      const close = closing(tokens, behind)
      args = splitArguments(tokens.slice(behind + 1, close))
      behind = close + 1
    } else if (isMark(tokens[behind], '=')) {
      const stop = tokens.findIndex(
        (each, position) => position > behind && (isMark(each, ',') || isMark(each, '}')),
      )
      args = splitArguments(tokens.slice(behind + 1, stop))
      behind = stop
    }
    if (isMark(tokens[behind], '{')) behind = closing(tokens, behind) + 1
    const comment = commentAbove(tokens, index) ?? commentBehind(tokens, behind)
    constants.push({ key: token.text, line: token.line, args, comment })
    while (behind < end && !isMark(tokens[behind], ',') && !isMark(tokens[behind], ';')) behind += 1
    index = isMark(tokens[behind], ',') ? behind + 1 : behind
  }
  const width = Math.max(0, ...constants.map(({ args }) => args.length))
  const names = parametersOf(tokens, at, open, index, end, name, width)
  if (width > 1 && names === undefined) {
    const message = `The constructor of ${name} was not found: what its arguments are is read from their kind.`
    remarks.push(remark('constructor', tokens[at]!.line, message, 'note'))
  }
  const left = new Set<string>()
  const found = constants.map(({ key, line, args, comment }) => {
    const literals = args.map((arg) => literalOf(arg))
    const kinds = rolesByKind(literals)
    const named = names !== undefined && names.length === args.length
    const cells = new Map<Role, Cell>()
    for (const [position, literal] of literals.entries()) {
      if (named && literal?.kind === 'text' && memberRole(names[position]!) === undefined)
        left.add(names[position]!)
      const role = named ? roleOf(names[position]!, literal?.kind) : kinds[position]
      if (role === undefined || literal === undefined || cells.has(role)) continue
      const where = args[position]![0]!.line
      cells.set(role, {
        text: literal.text,
        line: where,
        ...(literal.kind === 'text' ? { isText: true } : {}),
      })
    }
    if (comment !== undefined && comment.text !== '') {
      const role: Role = cells.has('message') ? 'description' : 'message'
      const text = comment.text
        .replaceAll(/<[^<>]*>|\{@\w+ ([^{}]*)\}/g, '$1')
        .replaceAll(/\s+/g, ' ')
        .trim()
      if (!cells.has(role) && text !== cells.get('message')?.text && !text.startsWith('@'))
        cells.set(role, { text, line: comment.line })
    }
    return { key, line, cells }
  })
  if (left.size > 0) {
    const message = `What the constructor of ${name} calls ${[...left].join(', ')} is left out.`
    remarks.push(remark('arguments-left-out', tokens[at]!.line, message, 'note'))
  }
  return found
}

/** A number that is called `status` is one; a text that is, may be a code. */
function roleOf(name: string, kind: string | undefined): Role | undefined {
  const role = memberRole(name)
  return kind === 'status' ? 'status' : role
}

/** The names of what the constructor takes: of the constructor, of Kotlin's class, else the fields that Lombok takes. */
function parametersOf(
  tokens: readonly Token[],
  at: number,
  open: number,
  from: number,
  end: number,
  name: string,
  width: number,
): readonly string[] | undefined {
  const kotlin = tokens.findIndex((token, index) => index > at && index < open && isMark(token, '('))
  if (kotlin !== -1) {
    const parts = splitArguments(tokens.slice(kotlin + 1, closing(tokens, kotlin)))
    return parts.map((part) => part[part.findIndex((token) => isMark(token, ':')) - 1]?.text ?? '')
  }
  for (let index = from; index < end; index++) {
    if (!isWord(tokens[index], name) || !isMark(tokens[index + 1], '(')) continue
    const parts = splitArguments(tokens.slice(index + 2, closing(tokens, index + 1)))
    if (parts.length === width) return parts.map((part) => part.at(-1)!.text)
  }
  const fields: string[] = []
  for (let index = from; index < end; index++) {
    if (isMark(tokens[index], '{')) index = closing(tokens, index)
    else if (isMark(tokens[index], ';') && isWord(tokens[index - 1]) && isWord(tokens[index - 2]))
      fields.push(tokens[index - 1]!.text)
  }
  return fields.length === width ? fields : undefined
}

/** `public static final int USER_NOT_FOUND = 1001; // text`, `new ErrorCode(1001, "text")` */
function readConstants(tokens: readonly Token[]): readonly Constant[] {
  const constants: Constant[] = []
  for (let at = 1; at < tokens.length; at++) {
    const key = tokens[at - 1]!
    if (!isMark(tokens[at], '=') || !isWord(key) || (!isWord(tokens[at - 2]) && !isMark(tokens[at - 2], '>')))
      continue
    if (!/^[A-Z][A-Z0-9_]*$/.test(key.text)) continue
    const end = tokens.findIndex(
      (token, index) => index > at && (isMark(token, ';') || token.kind === 'newline'),
    )
    const value = tokens.slice(at + 1, end === -1 ? tokens.length : end)
    const open = value.findIndex((token) => isMark(token, '('))
    const args = open === -1 ? [value] : splitArguments(value.slice(open + 1, closing(value, open)))
    const literals = args.map((arg) => literalOf(arg))
    const roles = args.length === 1 ? (['code'] as const) : rolesByKind(literals)
    const cells = new Map<Role, Cell>()
    for (const [index, literal] of literals.entries()) {
      const role = roles[index]
      if (role !== undefined && literal !== undefined) {
        cells.set(role, {
          text: literal.text,
          line: key.line,
          ...(literal.kind === 'text' ? { isText: true } : {}),
        })
      }
    }
    if (!cells.has('code')) continue
    let start = at - 1
    while (start > 0 && tokens[start - 1]!.line === key.line && tokens[start - 1]!.kind !== 'newline')
      start -= 1
    const comment = commentAbove(tokens, start) ?? commentBehind(tokens, end === -1 ? at : end)
    if (comment !== undefined && !cells.has('message')) {
      cells.set('message', { text: comment.text.replaceAll(/\s+/g, ' ').trim(), line: comment.line })
    }
    constants.push({ key: key.text, line: key.line, cells })
  }
  return constants
}
