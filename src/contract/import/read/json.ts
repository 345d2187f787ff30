import { UsageError } from '../../cli/command.ts'
import { MAX_DEPTH, type Member, type Node } from './tree.ts'

/** Reads JSON with the lines of its values, and with names that stand twice. */
export function readJson(text: string, file: string): Node {
  const reader = new Reader(text, file)
  const node = reader.value(0)
  reader.end()
  return node
}

const BLANKS = /[ \t\r\n]*/y
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

class Reader {
  private at = 0
  private line = 1
  private readonly text: string
  private readonly file: string

  constructor(text: string, file: string) {
    this.text = text
    this.file = file
  }

  value(depth: number): Node {
    this.skip()
    const { line } = this
    if (depth > MAX_DEPTH) throw this.error(`is nested deeper than ${MAX_DEPTH} levels`)
    if (this.takes('{')) return { kind: 'map', members: this.members(depth), line }
    if (this.takes('[')) return { kind: 'list', items: this.items(depth), line }
    if (this.text[this.at] === '"') return { kind: 'scalar', value: this.string(), isString: true, line }
    SCALAR.lastIndex = this.at
    const [scalar] = SCALAR.exec(this.text) ?? []
    if (scalar === undefined) throw this.error('is no JSON')
    this.at += scalar.length
    return { kind: 'scalar', value: scalar === 'null' ? '' : scalar, isString: false, line }
  }

  end(): void {
    this.skip()
    if (this.at < this.text.length) throw this.error('is no JSON')
  }

  private members(depth: number): readonly Member[] {
    const members: Member[] = []
    if (this.takes('}')) return members
    do {
      this.skip()
      const { line } = this
      if (this.text[this.at] !== '"') throw this.error('is no JSON')
      const name = this.string()
      if (!this.takes(':')) throw this.error('is no JSON')
      members.push({ name, line, value: this.value(depth + 1) })
    } while (this.takes(','))
    if (!this.takes('}')) throw this.error('is no JSON')
    return members
  }

  private items(depth: number): readonly Node[] {
    const items: Node[] = []
    if (this.takes(']')) return items
    do items.push(this.value(depth + 1))
    while (this.takes(','))
    if (!this.takes(']')) throw this.error('is no JSON')
    return items
  }

  private string(): string {
    const start = this.at
    let end = start + 1
    while (end < this.text.length && this.text[end] !== '"' && this.text[end] !== '\n')
      end += this.text[end] === '\\' ? 2 : 1
    this.at = end + 1
    try {
      return JSON.parse(this.text.slice(start, end + 1)) as string
    } catch {
      throw this.error('is no JSON')
    }
  }

  private takes(letter: string): boolean {
    this.skip()
    if (this.text[this.at] !== letter) return false
    this.at += 1
    return true
  }

  private skip(): void {
    BLANKS.lastIndex = this.at
    const [blanks = ''] = BLANKS.exec(this.text) ?? []
    for (const blank of blanks) if (blank === '\n') this.line += 1
    this.at += blanks.length
  }

  private error(problem: string): UsageError {
    const found = JSON.stringify(this.text.slice(this.at, this.at + 20).split(/[\r\n]/)[0])
    return new UsageError(
      `${this.file}:${this.line} ${problem}, at ${found}. Mend the file, or name its format by --from.`,
    )
  }
}
