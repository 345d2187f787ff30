import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve, sep } from 'node:path'
import { parseDump } from '../dump/parse.ts'
import { UsageError } from './command.ts'
import type { Config } from './config.ts'
import type { Loader } from './load/loader.ts'
import type { Loaded, Named } from './load/messages.ts'
import type { LoadedCatalog } from './surroundings.ts'

/**
 * Reads the catalogs that were named: dumps here, modules in a thread of their own.
 *
 * @param given - files, or packages, each with or without an export: `./src/errors.ts#shop`
 * @param asWritten - whether translations that cannot be used are left to the command
 * @throws UsageError - when there is none, or one cannot be read
 */
export async function findCatalogs(
  given: readonly string[],
  cwd: string,
  config: Config,
  loader: Loader,
  note: (text: string) => void,
  asWritten: boolean,
): Promise<readonly LoadedCatalog[]> {
  if (given.length === 0) {
    throw new UsageError(
      'No catalog is named. Give --catalog FILE, or { "catalogs": ["./src/errors.ts"] } in bizerror.config.json.',
    )
  }
  const named = given.map((each) => namedBy(each, cwd, 'The catalog'))
  const modules = named.filter(({ file }) => !isDumpFile(file))
  const loaded = modules.length === 0 ? [] : await load(modules, cwd, config, loader, note, asWritten)
  return checkNames(
    named.flatMap((each) =>
      modules.includes(each)
        ? loaded.filter((one) => one.given === each.given).map((one) => loadedFrom(one, each, cwd))
        : [{ dump: dumpIn(each), file: pathFrom(cwd, each.file), locales: [], texts: [] }],
    ),
  )
}

async function load(
  catalogs: readonly Named[],
  cwd: string,
  config: Config,
  loader: Loader,
  note: (text: string) => void,
  asWritten: boolean,
): Promise<readonly Loaded[]> {
  const handler = config.handler === undefined ? undefined : namedBy(config.handler, cwd, 'The handler')
  const locales = config.locales === undefined ? undefined : join(cwd, config.locales)
  const { value, faults } = await loader.ask({
    ask: 'catalogs',
    catalogs,
    handler,
    locales,
    api: config.api,
    asWritten,
  })
  // Nothing of them is needed any more, and a large catalog takes much.
  loader.close()
  if (!asWritten) faults.forEach(note)
  return value as readonly Loaded[]
}

function loadedFrom({ dump, locales, texts }: Loaded, { file }: Named, cwd: string): LoadedCatalog {
  return { dump, file: pathFrom(cwd, file), locales, texts }
}

/** Where a file is, relative to the working folder, with slashes. */
export function pathFrom(cwd: string, file: string): string {
  return relative(cwd, file).split(sep).join('/')
}

/** Splits `./src/errors.ts#shop`, and finds the file. */
function namedBy(given: string, cwd: string, what: string): Named {
  const hash = given.lastIndexOf('#')
  const path = hash <= 0 ? given : given.slice(0, hash)
  const name = hash <= 0 ? undefined : given.slice(hash + 1)
  const file = resolve(cwd, path)
  if (existsSync(file) && statSync(file).isFile()) return { given, file, export: name }
  // A package of a workspace, or one that is installed.
  const installed = path.startsWith('.') ? undefined : packageFile(path, cwd)
  if (installed !== undefined) return { given, file: installed, export: name }
  throw new UsageError(
    `${what} ${path} is not there; paths start at ${cwd}. Give the path of a module or a dump.`,
  )
}

function packageFile(name: string, cwd: string): string | undefined {
  try {
    return createRequire(join(cwd, 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}

function isDumpFile(file: string): boolean {
  return file.endsWith('.json')
}

function dumpIn({ given, file }: Named): LoadedCatalog['dump'] {
  return parseDump(readFileSync(file, 'utf8'), given)
}

/** What is told of a catalog is told by its name. */
function checkNames(catalogs: readonly LoadedCatalog[]): readonly LoadedCatalog[] {
  const files = new Map<string, string>()
  for (const { dump, file } of catalogs) {
    const other = files.get(dump.catalog)
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${file} both have a catalog ${dump.catalog}. Name one of them with --catalog.`,
      )
    }
    files.set(dump.catalog, file)
  }
  return catalogs
}
