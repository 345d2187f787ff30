import type { Code } from './code.ts'
import { isErrorStatus } from './http-status.ts'
import { checkPlain, ownOptions, SetupError, show } from '../guard/setup-error.ts'

/** A module as a catalog's author writes it. */
export interface ModuleDefinition {
  /** The codes it may use: `'1000-1999'`, several with commas. Ranges of modules may overlap and have gaps. */
  readonly range?: string
  /** The HTTP status of its errors that have none of their own. */
  readonly status?: number
  /** The name for people. */
  readonly title?: string
  /** The subject of its codes. */
  readonly description?: string
}

/** A part of the API with codes of its own. */
export interface Module {
  /** As `modules` of the definition calls it. */
  readonly name: string
  /** The name for people. */
  readonly title: string | undefined
  /** The subject of its codes. */
  readonly description: string | undefined
  /** The HTTP status of its errors that have none of their own. */
  readonly status: number | undefined
  /** First and last code of each range. Empty when any code may belong to it. */
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

/** Reads the `modules` of a definition. Throws a SetupError for a range that cannot be read. */
export function parseModules(
  where: string,
  modules: Readonly<Record<string, string | ModuleDefinition>>,
): ReadonlyMap<string, Module> {
  if (typeof modules !== 'object' || modules === null || Array.isArray(modules)) {
    throw new SetupError(`${where} has modules ${show(modules)}. Give an object of name: range.`)
  }
  checkPlain(`${where}, modules`, modules)
  return new Map(
    Object.entries(modules).map(([name, given]) => {
      const { range, status, title, description } = definitionOf(`${where}, module ${name}`, given)
      const ranges = range === undefined ? [] : parseRanges(where, name, range)
      return [name, { name, title, description, status, ranges }]
    }),
  )
}

function definitionOf(where: string, given: string | ModuleDefinition): ModuleDefinition {
  const definition = typeof given === 'string' ? { range: given } : given
  const own =
    typeof definition === 'object' && definition !== null
      ? ownOptions(where, definition, ['range', 'status', 'title', 'description'])
      : undefined
  if (own?.status !== undefined) checkInheritedStatus(where, own.status)
  if (own === undefined || !isText(own.range)) {
    throw new SetupError(
      `${where} is ${show(given)}. Give a range such as '1000-1999', or { range, status, title, description }.`,
    )
  }
  return own
}

/** Refuses a status that no error can have, where errors may inherit it. */
export function checkInheritedStatus(where: string, status: unknown): void {
  if (status === 200 || isErrorStatus(status)) return
  throw new SetupError(
    `${where} has status ${show(status)}. Give an integer from 400 to 599, or 200 for errors that are answered with it.`,
  )
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function parseRanges(where: string, name: string, text: string): readonly (readonly [number, number])[] {
  return text.split(',').map((range) => {
    const [, first, last = first] = /^\s*(-?\d+)(?:\s*-\s*(-?\d+))?\s*$/.exec(range) ?? []
    if (first === undefined || Number(last) < Number(first)) {
      throw new SetupError(
        `${where}, module ${name} has the range ${show(text)}. Write ranges like '1000-1999' or '40001-40111, 50011'.`,
      )
    }
    return [Number(first), Number(last)] as const
  })
}

/** Returns the status that a module gives to an error: the one it names, else the only one whose range holds its code. */
export function moduleStatus(
  code: Code,
  named: string | undefined,
  modules: ReadonlyMap<string, Module>,
): number | undefined {
  // Which names are wrong, and which codes lie in two ranges, is told where the entry is checked.
  return named === undefined ? holdersOf(code, modules)[0]?.status : modules.get(named)?.status
}

function holdersOf(code: Code, modules: ReadonlyMap<string, Module>): readonly Module[] {
  return [...modules.values()].filter((module) => module.ranges.length > 0 && holds(module, code))
}

/**
 * Returns the module of a code: the one its entry names, else the only one whose range holds it.
 *
 * @param where - catalog and code, for what a SetupError says
 */
export function moduleOf(
  where: string,
  code: Code,
  named: string | undefined,
  modules: ReadonlyMap<string, Module>,
): string | undefined {
  if (named === undefined) {
    const holders = holdersOf(code, modules)
    if (holders.length > 1) {
      const names = holders.map((module) => module.name).join(' and ')
      throw new SetupError(`${where} lies in the ranges of ${names}. Name its module.`)
    }
    return holders[0]?.name
  }
  const module = modules.get(named)
  if (module === undefined) {
    throw new SetupError(
      `${where} has module ${show(named)}. Known are: ${[...modules.keys()].join(', ') || 'none'}.`,
    )
  }
  if (!holds(module, code)) {
    const ranges = module.ranges.map(([first, last]) => `${first}-${last}`).join(', ')
    throw new SetupError(
      `${where} is outside the range of its module ${module.name} (${ranges}). Change the code or the range.`,
    )
  }
  return module.name
}

function holds(module: Module, code: Code): boolean {
  return (
    module.ranges.length === 0 ||
    module.ranges.some(([first, last]) => typeof code === 'number' && code >= first && code <= last)
  )
}
