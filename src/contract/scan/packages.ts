import { join } from 'node:path'
import { readOwn } from '../../guard/own.ts'
import { readItems } from '../../guard/read.ts'
import { folderAt, foldersIn, readText, upwards } from './disk.ts'
import { sourceAt } from './source-at.ts'
import { fillStar, matchStar } from './star.ts'

/** What became of the name of a package: a file of it, or why there is none. */
export type PackageTarget = { readonly file: string } | 'foreign' | 'unknown'

interface Package {
  readonly root: string
  readonly manifest: unknown
}

const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
const MAX_WORKSPACES = 1000

/** Finds files of packages: those linked into node_modules, and those of the workspace that are not linked yet. */
export class Packages {
  readonly #manifests = new Map<string, unknown>()
  readonly #parse: (text: string) => unknown
  readonly #workspaces = new Map<string, ReadonlyMap<string, Package>>()

  constructor(parse: (text: string) => unknown) {
    this.#parse = parse
  }

  /** `#errors`, by `imports` of the nearest package.json. */
  ownImport(folder: string, specifier: string): PackageTarget {
    for (const root of upwards(folder)) {
      const manifest = this.#manifest(root)
      if (manifest === undefined) continue
      const file = exported(root, readOwn(manifest, 'imports'), specifier)
      return file === undefined ? 'unknown' : { file }
    }
    return 'unknown'
  }

  /** A package by name, or a file in it. One that does not know us holds nothing of ours. */
  find(folder: string, specifier: string): PackageTarget {
    const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? []
    const found = this.#installed(folder, name) ?? this.#ofWorkspace(folder, name)
    if (found === undefined) return 'unknown'
    const { root, manifest } = found
    if (DEPENDENCIES.every((kind) => readOwn(readOwn(manifest, kind), 'bizerror') === undefined)) {
      return 'foreign'
    }
    const file =
      exported(root, readOwn(manifest, 'exports'), `.${rest}`) ??
      (rest === '' ? mainOf(root, manifest) : sourceAt(join(root, rest)))
    return file === undefined ? 'unknown' : { file }
  }

  #installed(folder: string, name: string): Package | undefined {
    for (const above of upwards(folder)) {
      const root = folderAt(join(above, 'node_modules', name))
      const manifest = root === undefined ? undefined : this.#manifest(root)
      if (root !== undefined && manifest !== undefined) return { root, manifest }
    }
    return undefined
  }

  #ofWorkspace(folder: string, name: string): Package | undefined {
    for (const above of upwards(folder)) {
      const found = this.#workspaceAt(above).get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The packages of a workspace whose root is this folder. */
  #workspaceAt(folder: string): ReadonlyMap<string, Package> {
    const known = this.#workspaces.get(folder)
    if (known !== undefined) return known
    const packages = new Map<string, Package>()
    for (const pattern of this.#patternsAt(folder)) {
      for (const root of foldersLike(folder, pattern)) {
        const manifest = this.#manifest(root)
        const name = readOwn(manifest, 'name')
        if (typeof name === 'string') packages.set(name, { root, manifest })
      }
    }
    this.#workspaces.set(folder, packages)
    return packages
  }

  /** `workspaces` of package.json, or `packages` of pnpm-workspace.yaml. */
  #patternsAt(folder: string): readonly string[] {
    const given = readOwn(this.#manifest(folder), 'workspaces')
    const listed = readItems(Array.isArray(given) ? given : readOwn(given, 'packages'), MAX_WORKSPACES)
    const yaml = readText(join(folder, 'pnpm-workspace.yaml'))?.split(/^packages:/m)[1] ?? ''
    const inYaml = [...yaml.split(/^\w/m)[0]!.matchAll(/^\s*-\s*(['"]?)(.+?)\1\s*$/gm)].map(
      ([, , each]) => each,
    )
    return [...listed, ...inYaml].filter((each) => typeof each === 'string')
  }

  #manifest(folder: string): unknown {
    if (this.#manifests.has(folder)) return this.#manifests.get(folder)
    const text = readText(join(folder, 'package.json'))
    const manifest = text === undefined ? undefined : this.#parse(text)
    this.#manifests.set(folder, manifest)
    return manifest
  }
}

function mainOf(root: string, manifest: unknown): string | undefined {
  for (const name of ['source', 'module', 'main']) {
    const main = readOwn(manifest, name)
    const file = typeof main === 'string' ? sourceAt(join(root, main)) : undefined
    if (file !== undefined) return file
  }
  // What is published is compiled first, and may not be yet.
  return sourceAt(join(root, 'src')) ?? sourceAt(root)
}

/** Finds a subpath in `exports` or `imports`: https://nodejs.org/api/packages.html#subpath-patterns. */
function exported(root: string, table: unknown, subpath: string): string | undefined {
  if (table === undefined || table === null) return undefined
  const isTable = typeof table === 'object' && Object.keys(table).some((key) => /^[.#]/.test(key))
  const entries = isTable ? Object.entries(table) : [['.', table] as const]
  for (const [pattern, target] of entries) {
    const star = matchStar(pattern, subpath)
    if (star === undefined) continue
    for (const each of targetsIn(target)) {
      const file = sourceAt(join(root, fillStar(each, star))) ?? sourceOf(root, fillStar(each, star))
      if (file !== undefined) return file
    }
  }
  return undefined
}

/** `src/index.ts`, for a `dist/index.js` that has not been made yet. */
function sourceOf(root: string, target: string): string | undefined {
  const [, inside] = /^\.\/(?:dist|lib|build|out)\/(?:(?:esm|cjs)\/)?(.+)$/.exec(target) ?? []
  return inside === undefined ? undefined : sourceAt(join(root, 'src', inside))
}

/** Conditions are many, and types hold no values: the first file that is there is taken. */
function targetsIn(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target]
  if (typeof target !== 'object' || target === null) return []
  return Object.entries(target).flatMap(([condition, each]) => (condition === 'types' ? [] : targetsIn(each)))
}

/** `packages/*`, `apps/**`: as deep as workspaces are. */
function foldersLike(root: string, pattern: string): readonly string[] {
  if (pattern.startsWith('!')) return []
  return pattern
    .replace(/\/+$/, '')
    .split('/')
    .reduce<readonly string[]>(
      (folders, part) =>
        folders
          .flatMap((folder) => {
            if (!part.includes('*')) return [join(folder, part)]
            const inside = foldersIn(folder).filter(
              (name) => matchStar(part.replace('**', '*'), name) !== undefined,
            )
            return inside.map((name) => join(folder, name))
          })
          .slice(0, MAX_WORKSPACES),
      [root],
    )
}
