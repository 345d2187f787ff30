import { bareToken } from './codes.ts'
import { textOf, type ReadTable } from './columns.ts'
import type { Draft } from './draft.ts'
import { remark, type Remark } from './table.ts'

export interface ImportedModule {
  readonly name: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

export interface ImportedModules {
  readonly modules: readonly ImportedModule[]
  /** The module of an error that has to name it. */
  readonly of: ReadonlyMap<Draft, string>
}

type Add = (found: Omit<Remark, 'file'>) => void

/** Finds the parts of the API: those of a table of ranges, else of a column, else the sections of the document. */
export function modulesOf(tables: readonly ReadTable[], drafts: readonly Draft[], add: Add): ImportedModules {
  const listed = tables.flatMap((table) => readRanges(table, add))
  if (listed.length > 0) return { modules: listed, of: holders(listed, drafts, add) }
  if (drafts.some(({ moduleName }) => moduleName !== undefined))
    return byTitle(drafts, ({ moduleName }) => moduleName)
  const level = levelOf(drafts)
  return level === undefined
    ? { modules: [], of: new Map() }
    : byTitle(drafts, (draft) => titleAt(draft, level))
}

function readRanges({ table, columns }: ReadTable, add: Add): readonly ImportedModule[] {
  const at = (...roles: readonly string[]): number => columns.findIndex(({ role }) => roles.includes(role))
  const nameAt = at('module') === -1 ? at('key', 'title', 'code') : at('module')
  const about = at('description', 'message') === -1 ? at('note') : at('description', 'message')
  return table.rows.flatMap((row) => {
    const title = bareToken(row[nameAt]?.text ?? '')
    const written = bareToken(row[at('range')]?.text ?? '')
    if (title === '') return []
    const ranges = rangesIn(written)
    if (ranges === undefined) {
      const line = row[nameAt]!.line
      add(
        remark(
          'range-unclear',
          line,
          `The range of ${title} is ${JSON.stringify(written)}. Write ranges like 1000-1999.`,
        ),
      )
    }
    const name = slugOf(title)
    const description = textOf(row[about])
    return [
      {
        name,
        title: title === name ? undefined : title,
        description: about === -1 || description === '' ? undefined : description,
        ranges: ranges ?? [],
      },
    ]
  })
}

/** `1000–1999`, `40001-40111, 50011` */
function rangesIn(text: string): ImportedModule['ranges'] | undefined {
  const ranges = text.split(/[,，、;]/).map((part) => {
    const [, first, last = first] =
      /^\s*(-?\d{1,15})\s*(?:(?:[-–—~～]|to|至|\.\.+)\s*(-?\d{1,15})\s*)?$/i.exec(part) ?? []
    return first === undefined ? undefined : ([Number(first), Number(last)] as const)
  })
  const read = ranges.filter(
    (range) => range !== undefined && range[0] <= range[1],
  ) as ImportedModule['ranges']
  return read.length === ranges.length ? read : undefined
}

/** Where ranges overlap, the table tells: one module holds all of its codes. */
function holders(
  modules: readonly ImportedModule[],
  drafts: readonly Draft[],
  add: Add,
): ReadonlyMap<Draft, string> {
  const named = new Map<Draft, string>()
  for (const table of new Set(drafts.map((draft) => draft.table))) {
    const own = drafts.filter((draft) => draft.table === table)
    const fit = modules.filter((module) => own.every(({ code }) => holds(module, code)))
    for (const draft of own) {
      const possible = modules.filter((module) => holds(module, draft.code))
      if (possible.length < 2) continue
      if (fit.length === 1) named.set(draft, fit[0]!.name)
      else {
        const names = possible.map(({ name }) => name).join(' and ')
        add(
          remark(
            'module-unclear',
            draft.line,
            `${String(draft.code)} lies in the ranges of ${names}. Name its module.`,
          ),
        )
      }
    }
  }
  return named
}

function holds({ ranges }: ImportedModule, code: Draft['code']): boolean {
  return ranges.some(([first, last]) => typeof code === 'number' && code >= first && code <= last)
}

/** The outermost headings that tell errors apart. A title over all of them is none. */
function levelOf(drafts: readonly Draft[]): number | undefined {
  const own = drafts.filter(({ table }) => table.hasModules !== false)
  const depth = Math.max(0, ...own.map(({ sections }) => sections.length))
  for (let level = 0; level < depth; level++) {
    const titles = new Set(own.map((draft) => titleAt(draft, level)))
    if (titles.size >= 2) return level
  }
  return undefined
}

function titleAt({ sections, table }: Draft, level: number): string | undefined {
  return table.hasModules === false ? undefined : sections[level]?.title
}

function byTitle(drafts: readonly Draft[], titleOf: (draft: Draft) => string | undefined): ImportedModules {
  const of = new Map<Draft, string>()
  const modules = new Map<string, ImportedModule>()
  const names = new Set<string>()
  for (const draft of drafts) {
    const written = titleOf(draft)
    if (written === undefined || written === '') continue
    let module = modules.get(written)
    if (module === undefined) {
      const title = plainTitle(written)
      let name = slugOf(title)
      for (let count = 2; names.has(name); count++) name = `${slugOf(title)}-${count}`
      names.add(name)
      module = { name, title: title === name ? undefined : title, description: undefined, ranges: [] }
      modules.set(written, module)
    }
    of.set(draft, module.name)
  }
  return { modules: [...modules.values()], of }
}

/** `2.1 Orders (1030–1033):` → `Orders (1030–1033)` */
function plainTitle(title: string): string {
  return (
    title
      .replace(/^\d{1,2}(?:\.\d{1,2}){0,4}[.)、]?\s+|^[一二三四五六七八九十]+[、.]\s*/, '')
      .replace(/[\s:：]+$/, '') || title
  )
}

/** A name for programs: `Rate limit / quota` → `rate-limit-quota`. One that has no Latin letters stays as it is. */
function slugOf(title: string): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\([^()]*\)|（[^（）]*）/g, ' ')
      .match(/[a-z0-9]+/g) ?? []
  const name = words.join('-').slice(0, 60).replace(/-+$/, '')
  return name.length > 1 ? name : title
}

/** The module that a catalog finds for a code by itself. */
export function moduleOfCode(modules: readonly ImportedModule[], code: Draft['code']): string | undefined {
  const possible = modules.filter((module) => holds(module, code))
  return possible.length === 1 ? possible[0]!.name : undefined
}
