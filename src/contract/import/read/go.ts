import {
  remark,
  type Cell,
  type Document,
  type Remark,
  type Role,
  type Section,
  type Table,
} from '../table.ts'
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
import { literalOf, rolesByKind, tableOfConstants, type Constant } from './source.ts'
import { memberRole } from './members.ts'

type Value = number | string

interface Spec {
  readonly names: readonly string[]
  readonly type: string | undefined
  readonly expression: readonly Token[]
  readonly line: number
  readonly comment: Token | undefined
}

interface Block {
  readonly section: Section | undefined
  readonly constants: Constant[]
  readonly isOfErrors: boolean
}

/** Reads Go: blocks of constants with what their comments say, maps of texts, and errors that are made by a call. */
export function readGo(source: string): Document {
  const tokens = tokensOf(source)
  const remarks: Omit<Remark, 'file'>[] = []
  const values = new Map<string, Value>()
  const blocks: Block[] = []
  const names = new Set(tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text))
  for (let at = 0; at < tokens.length; at++) {
    if (!isWord(tokens[at], 'const') && !isWord(tokens[at], 'var')) continue
    const isConstant = tokens[at]!.text === 'const'
    const open = at + 1
    const end = isMark(tokens[open], '(') ? closing(tokens, open) : endOfLine(tokens, open)
    const specs = specsOf(tokens, isMark(tokens[open], '(') ? open + 1 : open, end)
    const above = commentAbove(tokens, at)
    const section =
      above && isMark(tokens[open], '(') ? { title: above.text.split('\n')[0]!, line: above.line } : undefined
    const found = isConstant ? readConstants(specs, values, names, remarks) : readVariables(specs, values)
    if (found.length > 0) {
      const isOfErrors = specs.some(
        ({ type = '', names: own }) => /err|code|status|reason/i.test(type) || own.some(isErrorName),
      )
      blocks.push({ section, constants: found, isOfErrors })
    }
    at = Math.max(at, end)
  }
  addTexts(
    tokens,
    blocks.flatMap(({ constants }) => constants),
    values,
  )
  const chosen = blocks.some(isOfErrors)
    ? blocks.filter(isOfErrors)
    : blocks.filter(({ constants }) => constants.some(({ cells }) => cells.has('message')))
  const left = blocks.filter((block) => !chosen.includes(block)).flatMap(({ constants }) => constants)
  if (left.length > 0) {
    const shown = left
      .slice(0, 3)
      .map(({ key }) => key)
      .join(', ')
    remarks.push(
      remark(
        'constants-left-out',
        left[0]!.line,
        `${left.length === 1 ? 'A constant that names no error is' : `${left.length} constants that name no error are`} left out: ${shown}${left.length > 3 ? ', …' : ''}.`,
        'note',
      ),
    )
  }
  return { tables: joined(chosen), remarks }
}

function isOfErrors({ isOfErrors: isNamed, constants }: Block): boolean {
  return isNamed || constants.some(({ cells }) => cells.has('status'))
}

function isErrorName(name: string): boolean {
  return /^(?:Err|E[A-Z]|Code|err[A-Z]|Status|ERR)/.test(name)
}

function joined(blocks: readonly Block[]): readonly Table[] {
  return blocks.map(({ section, constants }) =>
    tableOfConstants(constants, section === undefined ? [] : [section]),
  )
}

function endOfLine(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!
    if (kind === 'newline' && depth <= 0) return at
    if (kind === 'mark' && '([{'.includes(text)) depth += 1
    if (kind === 'mark' && ')]}'.includes(text)) depth -= 1
  }
  return tokens.length
}

function specsOf(tokens: readonly Token[], from: number, end: number): readonly Spec[] {
  const specs: Spec[] = []
  let at = from
  while (at < end) {
    const token = tokens[at]!
    if (token.kind !== 'word') {
      at += 1
      continue
    }
    const stop = Math.min(endOfLine(tokens, at), end)
    const own = tokens.slice(at, stop).filter(({ kind }) => kind !== 'comment' && kind !== 'newline')
    const equals = own.findIndex((each) => isMark(each, '='))
    const head = equals === -1 ? own : own.slice(0, equals)
    const names = splitArguments(head).map((part) => part[0]!.text)
    const type = splitArguments(head)
      .at(-1)
      ?.slice(1)
      .map(({ text }) => text)
      .join('')
    const behind = commentBehind(tokens, Math.max(at, stop - 1))
    specs.push({
      names,
      type: type === '' ? undefined : type,
      expression: equals === -1 ? [] : own.slice(equals + 1),
      line: token.line,
      comment: commentAbove(tokens, at) ?? behind,
    })
    at = stop + 1
  }
  return specs
}

function readConstants(
  specs: readonly Spec[],
  values: Map<string, Value>,
  known: ReadonlySet<string>,
  remarks: Omit<Remark, 'file'>[],
): Constant[] {
  const constants: Constant[] = []
  let repeated: readonly Token[] = []
  for (const [iota, spec] of specs.entries()) {
    if (spec.expression.length > 0) repeated = spec.expression
    const expressions = splitArguments(repeated)
    for (const [index, name] of spec.names.entries()) {
      const value = evaluate(expressions[index] ?? [], iota, values)
      if (name.startsWith('_')) continue
      if (value === undefined) {
        if (isErrorName(name))
          remarks.push(
            remark(
              'constant-value',
              spec.line,
              `The value of ${name} cannot be read. Write it as a number or a text.`,
            ),
          )
        continue
      }
      values.set(name, value)
      const code: Cell = {
        text: String(value),
        line: spec.line,
        ...(typeof value === 'string' ? { isText: true } : {}),
      }
      const cells = new Map<Role, Cell>([['code', code]])
      if (spec.comment !== undefined) readComment(name, spec.comment, cells, known, remarks)
      constants.push({ key: name, line: spec.line, cells })
    }
  }
  return constants
}

// `ErrBind - 400: Error occurred while binding.`
const TOLD = /^([A-Za-z_]\w*)\s*[-–—:]\s*(?:(\d{3})\s*[:：-]\s*)?(\S.*)$/s

function readComment(
  name: string,
  { text, line }: Token,
  cells: Map<Role, Cell>,
  known: ReadonlySet<string>,
  remarks: Omit<Remark, 'file'>[],
): void {
  const [paragraph = '', ...further] = text.split(/\n\s*\n/)
  const plain = paragraph.replaceAll(/\s*\n\s*/g, ' ').trim()
  if (plain === '' || /^(?:nolint|go:|TODO|Deprecated$)/.test(plain)) return
  const [, named, status, told] = TOLD.exec(plain) ?? []
  const isTold = named !== undefined && (status !== undefined || named === name)
  if (isTold && named !== name) {
    const other = known.has(named) && cells.has('code')
    const message = `The comment of ${name} names ${named}. Its text is taken for ${name}.`
    remarks.push(remark('comment-names-another', line, message, other ? 'doubt' : 'note'))
  }
  const [, code, rest] = isTold ? [] : (/^(\d{3})\s*[:：-]\s*(\S.*)$/s.exec(plain) ?? [])
  const found = status ?? code
  if (found !== undefined) cells.set('status', { text: found, line })
  const message = isTold
    ? told!
    : (rest ?? plain.replace(new RegExp(`^${name.replaceAll('$', '')}\\s*[:：-]\\s*`), ''))
  const explained = further.join(' ').replaceAll(/\s+/g, ' ').trim()
  if (explained !== '') cells.set('description', { text: explained, line })
  // A comment of Go ends with a period, whatever it says.
  cells.set('message', { text: found === undefined ? message : message.replace(/(?<!\.)\.$/, ''), line })
}

/** Reads what is constant: numbers, texts, iota, other constants, and sums of them. */
function evaluate(
  tokens: readonly Token[],
  iota: number,
  values: ReadonlyMap<string, Value>,
): Value | undefined {
  const text = literalOf(tokens)
  if (text?.kind === 'text') return text.text
  let at = 0
  let depth = 0

  function primary(): number | undefined {
    const token = tokens[at++]
    if (token === undefined || depth > 50) return undefined
    if (token.kind === 'number') return Number(token.text)
    if (isMark(token, '-')) {
      const value = primary()
      return value === undefined ? undefined : -value
    }
    if (isMark(token, '(')) return inBrackets()
    if (token.kind !== 'word') return undefined
    if (token.text === 'iota') return iota
    // A conversion: Code(1001).
    if (isMark(tokens[at], '(')) {
      at += 1
      return inBrackets()
    }
    const value = values.get(token.text)
    return typeof value === 'number' ? value : undefined
  }
  function inBrackets(): number | undefined {
    depth += 1
    const value = sum()
    depth -= 1
    return isMark(tokens[at++], ')') ? value : undefined
  }
  function product(): number | undefined {
    let value = primary()
    for (;;) {
      const token = tokens[at]
      if (!isMark(token, '*') && !isMark(token, '/') && !isMark(token, '<')) return value
      at += token!.text === '<' ? 2 : 1
      const other = primary()
      if (value === undefined || other === undefined) return undefined
      value =
        token!.text === '*'
          ? value * other
          : token!.text === '/'
            ? Math.trunc(value / other)
            : value * 2 ** other
    }
  }
  function sum(): number | undefined {
    let value = product()
    for (;;) {
      const token = tokens[at]
      if (!isMark(token, '+') && !isMark(token, '-') && !isMark(token, '|')) return value
      at += 1
      const other = product()
      if (value === undefined || other === undefined) return undefined
      value = token!.text === '-' ? value - other : value + other
    }
  }

  const value = sum()
  return at >= tokens.length && value !== undefined && Number.isSafeInteger(value) ? value : undefined
}

/** `ErrX = New(10001, "text")`, `ErrX = &Errno{Code: 10001, Message: "text"}` */
function readVariables(specs: readonly Spec[], values: ReadonlyMap<string, Value>): Constant[] {
  return specs.flatMap(({ names, expression, line, comment }) => {
    const open = expression.findIndex((token) => isMark(token, '(') || isMark(token, '{'))
    if (open === -1 || names.length !== 1 || expression.some((token) => isWord(token, 'map'))) return []
    const args = splitArguments(expression.slice(open + 1, closing(expression, open)))
    const cells = new Map<Role, Cell>()
    if (isMark(expression[open], '{') && args.every((arg) => isMark(arg[1], ':'))) {
      for (const arg of args) {
        const role = memberRole(arg[0]!.text)
        const literal = literalOf(arg.slice(2)) ?? constantOf(arg.slice(2), values)
        if (role !== undefined && literal !== undefined) cells.set(role, cellOf(literal, line))
      }
    } else {
      const literals = args.map((arg) => literalOf(arg) ?? constantOf(arg, values))
      for (const [index, role] of rolesByKind(literals).entries()) {
        const literal = literals[index]
        if (role !== undefined && literal !== undefined && !cells.has(role))
          cells.set(role, cellOf(literal, line))
      }
    }
    if (!cells.has('code')) return []
    if (comment !== undefined && !cells.has('message'))
      cells.set('message', { text: comment.text.replaceAll(/\s+/g, ' '), line: comment.line })
    return [{ key: names[0]!, line, cells }]
  })
}

function constantOf(
  tokens: readonly Token[],
  values: ReadonlyMap<string, Value>,
): ReturnType<typeof literalOf> {
  const value = tokens.length === 1 ? values.get(tokens[0]!.text) : undefined
  return value === undefined
    ? undefined
    : { kind: typeof value === 'number' ? 'number' : 'text', text: String(value) }
}

function cellOf(literal: NonNullable<ReturnType<typeof literalOf>>, line: number): Cell {
  return { text: literal.text, line, ...(literal.kind === 'text' ? { isText: true } : {}) }
}

function addText(constant: Constant | undefined, parts: readonly (readonly Token[])[], line: number): void {
  for (const part of parts) {
    const literal = literalOf(part)
    if (constant === undefined || literal === undefined) continue
    const role: Role = literal.kind === 'text' ? 'message' : 'status'
    if (role === 'status' && !/^[2-5]\d\d$/.test(literal.text)) continue
    // What the program says goes before what a comment says of it.
    constant.cells.set(role, { text: literal.text, line })
  }
}

/** `map[int]string{ ErrX: "text" }`, `register(ErrX, 404, "text")`, `case ErrX: return "text"` */
function addTexts(
  tokens: readonly Token[],
  constants: readonly Constant[],
  values: ReadonlyMap<string, Value>,
): void {
  const byName = new Map(constants.map((constant) => [constant.key, constant]))
  const byValue = new Map(constants.map((constant) => [String(values.get(constant.key)), constant]))
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (isWord(token, 'map') && isMark(tokens[at + 1], '[')) {
      const open = nextMark(tokens, at + 1, '{', 12)
      if (open === -1) continue
      const end = closing(tokens, open)
      for (const pair of splitArguments(tokens.slice(open + 1, end))) {
        const colon = pair.findIndex((each) => isMark(each, ':'))
        if (colon === -1) continue
        const name = pair
          .slice(0, colon)
          .map(({ text }) => text)
          .join('')
        addText(
          byName.get(name.replace(/^.*\./, '')) ?? byValue.get(name),
          [pair.slice(colon + 1)],
          pair[0]!.line,
        )
      }
      at = end
    } else if (isWord(token) && isMark(tokens[at + 1], '(') && /regist|^add|^new|^must/i.test(token.text)) {
      const [first, ...rest] = splitArguments(tokens.slice(at + 2, closing(tokens, at + 1)))
      if (first?.length === 1) addText(byName.get(first[0]!.text), rest, first[0]!.line)
    } else if (isWord(token, 'case')) {
      const colon = nextMark(tokens, at + 1, ':', 40)
      if (colon === -1) continue
      const next = tokens
        .slice(colon + 1, colon + 6)
        .filter(({ kind }) => kind !== 'newline' && kind !== 'comment')
      if (!isWord(next[0], 'return') || next[1]?.kind !== 'string') continue
      for (const part of splitArguments(tokens.slice(at + 1, colon)))
        addText(byName.get(part.at(-1)!.text), [[next[1]]], part[0]!.line)
    }
  }
}
