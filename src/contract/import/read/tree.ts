import { bareToken, looksLikeCode } from '../codes.ts'
import {
  remark,
  type Cell,
  type Column,
  type Document,
  type Remark,
  type Role,
  type Section,
  type Table,
} from '../table.ts'
import { plainHeading, WORDS } from '../words.ts'

/** JSON and YAML, with the lines that their values stand in. Members are pairs: names are only data. */
export type Node =
  | {
      readonly kind: 'scalar'
      readonly value: string
      readonly isString: boolean | undefined
      readonly line: number
    }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly line: number }
  | { readonly kind: 'map'; readonly members: readonly Member[]; readonly line: number }

export interface Member {
  readonly name: string
  readonly line: number
  readonly value: Node
}

type MapNode = Node & { readonly kind: 'map' }

/** Files are nested less than this, however they are made. */
export const MAX_DEPTH = 64

/** Finds the tables in a tree: lists of objects, objects by code, texts by code. What is around them are sections. */
export function readTree(root: Node): Document {
  const tables: Table[] = []
  const remarks: Omit<Remark, 'file'>[] = []
  visit(root, [], tables, remarks, 0)
  remarks.push(...listsOfCodes(root, tables))
  return { tables, remarks }
}

function visit(
  node: Node,
  sections: readonly Section[],
  tables: Table[],
  remarks: Omit<Remark, 'file'>[],
  depth: number,
): void {
  if (node.kind === 'scalar' || depth > MAX_DEPTH) return
  if (node.kind === 'list') {
    const objects = node.items.filter((item): item is MapNode => item.kind === 'map')
    if (objects.some(isEntry)) tables.push(tableOfList(objects, sections, node.line))
    else if (node.items.length > 1 && node.items.every(isTuple)) tables.push(tableOfTuples(node, sections))
    else for (const item of node.items) visit(item, sections, tables, remarks, depth + 1)
    return
  }
  const { members } = node
  const repeated = repeatedName(members)
  if (repeated !== undefined) {
    remarks.push(
      remark(
        'name-repeated',
        repeated.line,
        `The name ${JSON.stringify(repeated.name)} is given twice. Remove one.`,
      ),
    )
  }
  const entries = members.filter(({ value }) => value.kind === 'map' && isEntry(value))
  if (entries.length > 0 && entries.length >= members.length / 2) {
    tables.push(tableOfMap(entries as (Member & { value: MapNode })[], sections, node.line))
    for (const member of members)
      if (!entries.includes(member)) visitMember(member, sections, tables, remarks, depth)
    return
  }
  const texts = members.filter(
    ({ name, value }) => value.kind === 'scalar' && value.isString && looksLikeCode(name),
  )
  if (texts.length >= 2 && texts.length === members.length && isTextsByCode(texts)) {
    tables.push(tableOfTexts(texts, sections, node.line))
    return
  }
  for (const member of members) visitMember(member, sections, tables, remarks, depth)
}

/** A list of codes beside the table says something of them, which a catalog may say elsewhere. */
function listsOfCodes(root: Node, tables: readonly Table[]): readonly Omit<Remark, 'file'>[] {
  if (root.kind !== 'map' || tables.length === 0) return []
  const codes = new Set(tables.flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text))))
  return root.members.flatMap(({ name, line, value }) => {
    if (value.kind !== 'list') return []
    const { length } = value.items.filter((item) => item.kind === 'scalar' && codes.has(item.value))
    if (length === 0 || length < value.items.length) return []
    const message = `${name} lists ${value.items.length} of the codes. If clients must not see them, give errorHandler({ conceal }).`
    return [remark('list-of-codes', line, message, 'note')]
  })
}

function visitMember(
  { name, line, value }: Member,
  sections: readonly Section[],
  tables: Table[],
  remarks: Omit<Remark, 'file'>[],
  depth: number,
): void {
  visit(value, [...sections, { title: name, line }], tables, remarks, depth + 1)
}

function repeatedName(members: readonly Member[]): Member | undefined {
  const names = new Set<string>()
  return members.find(({ name }) => names.size === names.add(name).size)
}

const ROLE_OF: ReadonlyMap<string, ReadonlySet<Role>> = rolesByWord()

function rolesByWord(): Map<string, Set<Role>> {
  const roles = new Map<string, Set<Role>>()
  for (const words of Object.values(WORDS)) {
    for (const [role, list] of Object.entries(words)) {
      for (const word of list) roles.set(word, (roles.get(word) ?? new Set()).add(role as Role))
    }
  }
  return roles
}

function hasRole(name: string, ...wanted: readonly Role[]): boolean {
  const roles = ROLE_OF.get(memberName(name))
  return roles !== undefined && wanted.some((role) => roles.has(role))
}

/** `httpStatusCode` → `http status code` */
export function memberName(name: string): string {
  return plainHeading(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('-', ' '))
}

/** An object that says something of an error: a text, and what else errors have. */
function isEntry(node: Node): boolean {
  if (node.kind !== 'map') return false
  const own = node.members.filter(({ value }) => value.kind === 'scalar' || isByLanguage(value))
  return (
    own.some(({ name }) => hasRole(name, 'message', 'description', 'title') || isLanguageName(name)) ||
    (own.some(({ name }) => hasRole(name, 'code', 'status')) &&
      own.some(({ name }) => hasRole(name, 'key', 'action')))
  )
}

const TAG = /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/

function isLanguageName(name: string): boolean {
  return (
    TAG.test(name) &&
    new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(name.replace('_', '-')) !==
      undefined
  )
}

/** `message: { en: 'Not found', de: 'Nicht gefunden' }` */
function isByLanguage(node: Node): node is MapNode {
  return (
    node.kind === 'map' &&
    node.members.length > 0 &&
    node.members.every(({ name, value }) => value.kind === 'scalar' && isLanguageName(name))
  )
}

function isTuple(node: Node): boolean {
  if (node.kind !== 'list' || node.items.length < 2) return false
  const [first] = node.items
  return (
    node.items.every(({ kind }) => kind === 'scalar') &&
    first?.kind === 'scalar' &&
    looksLikeCode(first.value)
  )
}

/** Names of options and environments have texts as well: here, most names are numbers or written like constants. */
function isTextsByCode(members: readonly Member[]): boolean {
  const codes = members.filter(({ name }) =>
    /^-?\d+$|[A-Z]\d{2,}|_|^[A-Z][A-Z0-9]+$|[a-z][A-Z]|\./.test(name),
  ).length
  const texts = members.filter(
    ({ value }) => value.kind === 'scalar' && /\s|\p{Script=Han}/u.test(value.value),
  ).length
  return codes >= members.length * 0.6 && texts >= members.length * 0.3
}

function cellOf(node: Node): Cell {
  if (node.kind !== 'scalar') return { text: '', line: node.line }
  return {
    text: node.value,
    line: node.line,
    ...(node.isString === undefined ? {} : { isText: node.isString }),
  }
}

/** The members of an object as cells, one that has a text per language as several. */
function flat({ members }: MapNode): readonly (readonly [name: string, cell: Cell])[] {
  return members.flatMap(({ name, value }): (readonly [string, Cell])[] => {
    if (isByLanguage(value)) {
      return value.members.map((each) => [`${name} (${each.name})`, cellOf(each.value)])
    }
    if (isLanguageName(name) && value.kind === 'scalar') return [[`message (${name})`, cellOf(value)]]
    if (value.kind === 'list' && value.items.every(({ kind }) => kind === 'scalar')) {
      return [[name, { text: value.items.map((item) => cellOf(item).text).join(', '), line: value.line }]]
    }
    return [[name, cellOf(value)]]
  })
}

function tableOfList(objects: readonly MapNode[], sections: readonly Section[], line: number): Table {
  return tableOfRows(
    objects.map((object) => ({ line: object.line, cells: flat(object) })),
    [],
    sections,
    line,
  )
}

/** Objects that stand under their code or their name. */
function tableOfMap(
  members: readonly (Member & { readonly value: MapNode })[],
  sections: readonly Section[],
  line: number,
): Table {
  const hasCode = members.some(({ value }) => value.members.some(({ name }) => hasCodeName(name)))
  const role: Role = hasCode ? 'key' : 'code'
  const rows = members.map(({ name, line: at, value }) => ({
    line: at,
    cells: [[`:${role}`, { text: name, line: at }] as const, ...flat(value)],
  }))
  return tableOfRows(rows, [[`:${role}`, role]], sections, line)
}

function hasCodeName(name: string): boolean {
  return (
    WORDS['en']!.code!.slice(0, -8).includes(memberName(name)) ||
    WORDS['zh']!.code!.includes(memberName(name))
  )
}

function tableOfRows(
  rows: readonly {
    readonly line: number
    readonly cells: readonly (readonly [name: string, cell: Cell])[]
  }[],
  roles: readonly (readonly [name: string, role: Role])[],
  sections: readonly Section[],
  line: number,
): Table {
  const names = new Map<string, number>()
  for (const { cells } of rows) for (const [name] of cells) if (!names.has(name)) names.set(name, names.size)
  const known = new Map(roles)
  const columns = [...names.keys()].map((name): Column => {
    const role = known.get(name)
    return role === undefined ? { heading: name } : { heading: role, role }
  })
  return {
    sections,
    columns,
    rows: rows.map(({ line: at, cells }) => {
      const row: Cell[] = columns.map(() => ({ text: '', line: at }))
      for (const [name, cell] of cells) row[names.get(name)!] = cell
      return row
    }),
    line,
  }
}

function tableOfTexts(members: readonly Member[], sections: readonly Section[], line: number): Table {
  return {
    sections,
    columns: [
      { heading: 'code', role: 'code' },
      { heading: 'message', role: 'message' },
    ],
    rows: members.map(({ name, line: at, value }) => [{ text: bareToken(name), line: at }, cellOf(value)]),
    line,
  }
}

function tableOfTuples(node: Node & { readonly kind: 'list' }, sections: readonly Section[]): Table {
  const rows = node.items.map((item) => (item.kind === 'list' ? item.items.map(cellOf) : []))
  const width = Math.max(...rows.map((row) => row.length))
  return { sections, columns: Array.from({ length: width }, () => ({ heading: '' })), rows, line: node.line }
}
