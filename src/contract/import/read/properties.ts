import { remark, type Cell, type Column, type Document, type Remark, type Role } from '../table.ts'
import { memberName } from './tree.ts'

interface Property {
  readonly name: string
  readonly value: string
  readonly line: number
}

/** What the last word of a name says, where several properties tell of one error: `1001.status`. */
const FIELDS: Readonly<Record<string, Role>> = {
  code: 'code',
  message: 'message',
  msg: 'message',
  text: 'message',
  status: 'status',
  http: 'status',
  httpstatus: 'status',
  title: 'title',
  description: 'description',
  detail: 'description',
  details: 'description',
  action: 'action',
  solution: 'action',
  resolution: 'action',
}

/** Reads a Java properties file: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader) */
export function readProperties(text: string): Document {
  const remarks: Omit<Remark, 'file'>[] = []
  const properties = readPairs(text, remarks)
  const isSplit = properties.some(
    ({ name }) => fieldOf(name) !== undefined && fieldOf(name)!.role !== 'message',
  )
  const rows = new Map<string, Map<Role, Cell>>()
  for (const { name, value, line } of properties) {
    const field = isSplit ? fieldOf(name) : undefined
    const key = field?.base ?? name
    const row = rows.get(key) ?? new Map<Role, Cell>([['key', { text: key, line }]])
    const role = field?.role ?? 'message'
    if (row.has(role))
      remarks.push(remark('name-repeated', line, `${name} is given twice. Remove one of the two.`))
    else row.set(role, { text: value, line })
    rows.set(key, row)
  }
  const prefix = commonPrefix([...rows.keys()])
  if (prefix !== '') {
    const message = `The codes are what stands behind ${JSON.stringify(prefix)}.`
    remarks.push(remark('properties-prefix', properties[0]!.line, message, 'note'))
  }
  const roles = [...new Set([...rows.values()].flatMap((row) => Array.from(row.keys())))]
  const first: Role = roles.includes('code') ? 'key' : 'code'
  const columns = roles.map((role): Column => ({ heading: role, role: role === 'key' ? first : role }))
  const cells: Cell[][] = []
  for (const [key, row] of rows) {
    const { line } = row.get('key')!
    row.set('key', { text: key.slice(prefix.length), line })
    cells.push(roles.map((role) => row.get(role) ?? { text: '', line }))
  }
  return {
    tables: [{ sections: [], columns, rows: cells, line: 1 }],
    remarks,
  }
}

function fieldOf(name: string): { readonly base: string; readonly role: Role } | undefined {
  const at = name.lastIndexOf('.')
  const last = memberName(name.slice(at + 1)).replaceAll(' ', '')
  const role = Object.hasOwn(FIELDS, last) ? FIELDS[last] : undefined
  return at <= 0 || role === undefined ? undefined : { base: name.slice(0, at), role }
}

/** `error.` where all that follows are numbers. */
function commonPrefix(names: readonly string[]): string {
  const [first = ''] = names
  const [, prefix] = /^(\D+[._-])\d+$/.exec(first) ?? []
  if (prefix === undefined) return ''
  return names.every((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    ? prefix
    : ''
}

function readPairs(text: string, remarks: Omit<Remark, 'file'>[]): readonly Property[] {
  const properties: Property[] = []
  const lines = text.split(/\r\n|\r|\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1
    const first = lines[at]!.trimStart()
    if (first === '' || first.startsWith('#') || first.startsWith('!')) continue
    const parts = [first]
    while (/(?<!\\)(?:\\\\)*\\$/.test(parts.at(-1)!) && at + 1 < lines.length) {
      parts[parts.length - 1] = parts.at(-1)!.slice(0, -1)
      at += 1
      parts.push(lines[at]!.trimStart())
    }
    const whole = parts.join('')
    const [, name = '', value = ''] = /^((?:\\.|[^\\\s=:])*)\s*[=:]?\s*(.*)$/s.exec(whole) ?? []
    if (name === '') remarks.push(remark('property-name', line, 'The line has no name.', 'note'))
    else properties.push({ name: unescape(name), value: unescape(value), line })
  }
  return properties
}

const ESCAPES: Readonly<Record<string, string>> = { n: ' ', t: ' ', r: ' ', f: ' ' }

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|(.))/gs,
    (_, hex: string | undefined, letter: string | undefined) =>
      hex === undefined ? (ESCAPES[letter!] ?? letter!) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
