import type { Code } from '../../catalog/code.ts'
import { getOrMake } from '../../guard/memo.ts'
import type { Dump, DumpEntry, DumpModule } from '../dump/dump.ts'
import { hiddenBy } from './hidden.ts'

/** An error as the pages show it. */
export interface Item {
  readonly code: Code
  /** What it is, as a status. */
  readonly status: number
  /** The HTTP status of its answer. */
  readonly httpStatus: number
  /** Undefined of a general error, which is that of a status and in no catalog. */
  readonly entry: DumpEntry | undefined
  readonly isSuccess: boolean
}

/** All errors of one code. */
export interface Page {
  readonly code: Code
  /** As it stands in addresses. */
  readonly name: string
  readonly items: readonly Item[]
  readonly section: Section
}

/** A part of the index. */
export interface Section {
  readonly kind: 'module' | 'others' | 'general'
  /** Names it in addresses. */
  readonly id: string
  readonly module: DumpModule | undefined
  readonly items: readonly Item[]
}

/** What the pages of one catalog show, whatever the language. */
export interface Site {
  readonly dump: Dump
  /** What its people call it. */
  readonly title: string | undefined
  readonly sections: readonly Section[]
  /** By name, in the order of the index. */
  readonly pages: ReadonlyMap<string, Page>
  /** Errors by key, those that are not hidden. */
  readonly byKey: ReadonlyMap<Code, Item>
  /** The errors that name another one as their parent, by its key. */
  readonly children: ReadonlyMap<Code, readonly Item[]>
}

export interface SiteOptions {
  readonly title?: string | undefined
  /** Codes or keys that are not shown. */
  readonly hide?: readonly Code[] | undefined
}

/** Puts together what is shown. What the handler conceals is not. */
export function createSite(dump: Dump, { title = dump.api?.title, hide = [] }: SiteOptions): Site {
  const isHidden = hiddenBy(dump, hide)
  const always = dump.handler?.httpStatus ?? dump.httpStatus
  const shown = dump.entries.filter((entry) => !isHidden(entry))
  const items = shown.map((entry): Item => ({
    code: entry.code,
    status: entry.status,
    httpStatus: entry.httpStatus ?? always ?? entry.status,
    entry,
    isSuccess: entry.code === dump.success.code,
  }))
  const byKey = new Map(items.map((item) => [item.entry!.key, item]))
  const children = new Map<Code, Item[]>()
  for (const item of items) {
    const { parent } = item.entry!
    if (parent !== undefined) getOrMake(children, parent, newItems).push(item)
  }
  const sections = sectionsOf(dump, items, generalItems(dump, isHidden))
  return { dump, title, sections, pages: pagesOf(sections), byKey, children }
}

const newItems = (): Item[] => []

function sectionsOf({ modules }: Dump, items: readonly Item[], general: readonly Item[]): readonly Section[] {
  const byModule = new Map<string | undefined, Item[]>()
  for (const item of items) getOrMake(byModule, item.entry?.module, newItems).push(item)
  const sections = modules.map((module): Section => ({
    kind: 'module',
    id: idOf(module.name),
    module,
    items: byModule.get(module.name) ?? [],
  }))
  const others: Section = {
    kind: 'others',
    id: 'other',
    module: undefined,
    items: byModule.get(undefined) ?? [],
  }
  return [...sections, others, { ...others, kind: 'general' as const, id: 'general', items: general }].filter(
    ({ items }) => items.length > 0,
  )
}

/** A module is called otherwise than the other sections. */
function idOf(module: string): string {
  return `m-${encodeURIComponent(module)}`
}

/** The errors that foreign ones are answered with, and that stand in no catalog: one for each code. */
function generalItems(dump: Dump, isHidden: ReturnType<typeof hiddenBy>): readonly Item[] {
  const known = new Set<Code>(dump.entries.map(({ code }) => code))
  const items: Item[] = []
  for (const { key, code, status } of Object.values(dump.foreign.byStatus)) {
    if (key !== undefined || known.has(code) || isHidden({ key: code, code, status })) continue
    known.add(code)
    items.push({
      code,
      status,
      httpStatus: dump.handler?.httpStatus ?? dump.httpStatus ?? status,
      entry: undefined,
      isSuccess: false,
    })
  }
  return items
}

function pagesOf(sections: readonly Section[]): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page & { readonly items: Item[] }>()
  for (const section of sections) {
    for (const item of section.items) {
      const name = nameOf(item.code)
      getOrMake(pages, name, () => ({ code: item.code, name, items: [], section })).items.push(item)
    }
  }
  return pages
}

/** A code as docsUrl appends it. */
export function nameOf(code: Code): string {
  return encodeURIComponent(String(code).toWellFormed())
}
