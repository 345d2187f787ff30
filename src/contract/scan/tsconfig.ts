import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { readOwn } from '../../guard/own.ts'
import { readItems } from '../../guard/read.ts'
import { fileAt, readText, upwards } from './disk.ts'

/** Specifiers that a project means something of its own by: `@/*` → `src/*`. */
export interface Mapping {
  readonly pattern: string
  /** Absolute. */
  readonly targets: readonly string[]
}

const MAX_CHAIN = 16
const MAX_MAPPINGS = 1000

/**
 * Reads `paths` and `baseUrl` of the nearest tsconfig.json or jsconfig.json, with what it extends and refers to:
 * https://www.typescriptlang.org/tsconfig/#paths.
 *
 * @param parse - of JSON in which comments and commas at the end may stand
 */
export function createMappings(parse: (text: string) => unknown): (folder: string) => readonly Mapping[] {
  const known = new Map<string, readonly Mapping[]>()

  function mappingsIn(file: string, chain: readonly string[] = []): readonly Mapping[] {
    if (chain.includes(file) || chain.length > MAX_CHAIN) return []
    const text = readText(file)
    const config = text === undefined ? undefined : parse(text)
    const folder = dirname(file)
    const options = readOwn(config, 'compilerOptions')
    const base = readOwn(options, 'baseUrl')
    const root = typeof base === 'string' ? resolve(folder, base) : folder
    const paths = readOwn(options, 'paths')
    const further = [...chain, file]
    const inherited = listOf(readOwn(config, 'extends')).flatMap((each) => {
      const found = configAt(folder, each)
      return found === undefined ? [] : mappingsIn(found, further)
    })
    // A file that only refers to others has none of its own: they divide the project among them.
    const referred = readItems(readOwn(config, 'references'), MAX_MAPPINGS).flatMap((each) => {
      const path = readOwn(each, 'path')
      if (typeof path !== 'string') return []
      const found = fileAt(resolve(folder, path)) ?? fileAt(resolve(folder, path, 'tsconfig.json'))
      return found === undefined ? [] : mappingsIn(found, further)
    })
    return [
      ...(typeof paths === 'object' && paths !== null ? mappingsOf(paths, root) : inherited),
      ...referred,
      ...(typeof base === 'string' ? [{ pattern: '*', targets: [join(root, '*')] }] : []),
    ]
  }

  function find(folder: string): readonly Mapping[] {
    for (const above of upwards(folder)) {
      const file = fileAt(join(above, 'tsconfig.json')) ?? fileAt(join(above, 'jsconfig.json'))
      if (file !== undefined) return mappingsIn(file)
    }
    return []
  }

  return (folder) => {
    let mappings = known.get(folder)
    if (mappings === undefined) known.set(folder, (mappings = find(folder)))
    return mappings
  }
}

function mappingsOf(paths: object, root: string): readonly Mapping[] {
  return (
    Object.entries(paths)
      .slice(0, MAX_MAPPINGS)
      .map(([pattern, targets]) => ({
        pattern,
        targets: listOf(targets).map((target) => resolve(root, target)),
      }))
      // The longest start wins, and a name without a star before all.
      .toSorted((one, other) => weightOf(other.pattern) - weightOf(one.pattern))
  )
}

function weightOf(pattern: string): number {
  const star = pattern.indexOf('*')
  return star === -1 ? Infinity : star
}

function configAt(folder: string, name: string): string | undefined {
  if (/^\.{0,2}[/\\]|^[A-Za-z]:/.test(name)) {
    const path = resolve(folder, name)
    return fileAt(path) ?? fileAt(`${path}.json`) ?? fileAt(join(path, 'tsconfig.json'))
  }
  const { resolve: find } = createRequire(join(folder, 'tsconfig.json'))
  for (const each of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      return find(each)
    } catch {
      // The next way of writing it.
    }
  }
  return undefined
}

/** One text, or a list of them. */
function listOf(value: unknown): readonly string[] {
  const items = typeof value === 'string' ? [value] : readItems(value, MAX_MAPPINGS)
  return items.filter((each) => typeof each === 'string')
}
