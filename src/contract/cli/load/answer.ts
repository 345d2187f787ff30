import { extname, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readFileSync } from 'node:fs'
import { isCatalog, withExtended, type Catalog } from '../../../catalog/catalog.ts'
import { isRecord, read } from '../../../guard/read.ts'
import { nearest } from '../../../guard/setup-error.ts'
import { HANDLER_CHECKS, type HandlerOptions } from '../../../handler/options.ts'
import { createDump } from '../../dump/create.ts'
import { UsageError } from '../command.ts'
import { peer } from '../peer.ts'
import { textOf } from './text-of.ts'
import type { Loaded, LocalesInCode, LocalesPlace, Named, Question, Reply } from './messages.ts'

/** Answers a question about modules of the project. What goes wrong in them is an answer, too. */
export async function answer(question: Question, cwd: string): Promise<Reply> {
  const faults: string[] = []
  try {
    const value =
      question.ask === 'config'
        ? plainOf(await exportOf({ given: question.file, file: question.file, export: 'default' }, cwd))
        : await loadCatalogs(question, cwd, (fault) => faults.push(fault))
    return { ok: true, value, faults }
  } catch (error) {
    return { ok: false, message: withAdvice(oneLine(error).replaceAll(cwd + sep, '')) }
  }
}

/** A config holds data alone: functions would be lost on the way. */
function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

async function loadCatalogs(
  { catalogs, handler, locales, api, asWritten = false }: Extract<Question, { ask: 'catalogs' }>,
  cwd: string,
  onFault: (fault: string) => void,
): Promise<readonly Loaded[]> {
  // First: what fails in a catalog would be told of the handler, whose module imports it.
  const found = await Promise.all(
    catalogs.map(async (named) => (await catalogsOf(named, cwd)).map((catalog) => ({ named, catalog }))),
  )
  const options = handler === undefined ? undefined : await handlerOf(handler, cwd)
  // Of an app that has keys of its own, nobody sees which text is whose.
  const own = locales ?? (options?.i18nKey === undefined ? options?.locales : undefined)
  const onBroken = asWritten ? onFault : undefined
  return found.flat().map(({ named, catalog }) => ({
    dump: createDump(catalog, { handler: options, locales, api, onFault, onBroken }),
    given: named.given,
    locales: placesOf(catalog, own),
    texts: asWritten ? textsInCode(catalog, own) : [],
  }))
}

async function catalogsOf(named: Named, cwd: string): Promise<readonly Catalog[]> {
  if (named.export !== undefined) {
    const value = await exportOf(named, cwd)
    if (isCatalog(value)) return [value]
    throw new UsageError(`${named.given} is no catalog. Name an export that defineCatalog returned.`)
  }
  const exported = await moduleOf(named, cwd)
  const found = new Set(Object.values(exported).filter(isCatalog))
  // A CommonJS module exports an object.
  if (found.size === 0)
    for (const value of Object.values(read(exported, 'default') ?? {})) if (isCatalog(value)) found.add(value)
  if (found.size > 0) return [...found]
  const others = Object.keys(exported).length === 0 ? '' : `, but ${listed(exported)}`
  throw new UsageError(`${named.given} exports no catalog${others}. Export what defineCatalog returned.`)
}

async function handlerOf(named: Named, cwd: string): Promise<HandlerOptions<Catalog, never>> {
  const value = await exportOf(named, cwd)
  // An object of others would leave translations and envelopes out without a word.
  if (
    isRecord(value) &&
    !isCatalog(value) &&
    Object.keys(HANDLER_CHECKS).some((name) => Object.hasOwn(value, name))
  )
    return value
  throw new UsageError(
    `${named.given} holds no option of errorHandler. Name the object that the app gives its errorHandler.`,
  )
}

async function exportOf(named: Named, cwd: string): Promise<unknown> {
  const exported = await moduleOf(named, cwd)
  const name = named.export ?? 'default'
  const value = Object.hasOwn(exported, name) ? exported[name] : read(read(exported, 'default'), name)
  if (value !== undefined) return value
  const names = Object.keys(exported).filter((each) => each !== name)
  const meant = nearest(name, names)
  const [path = ''] = named.given.split('#')
  if (named.export === undefined && names[0] !== undefined) {
    throw new UsageError(`${path} has no default export. Name one: ${path}#${names[0]}.`)
  }
  const advice = meant === undefined ? `It exports ${listed(exported)}.` : `Did you mean ${meant}?`
  throw new UsageError(`${path} exports no ${name}. ${advice}`)
}

function listed(exported: object): string {
  return Object.keys(exported).slice(0, 10).join(', ') || 'nothing'
}

type Exports = Readonly<Record<string, unknown>>

const TYPESCRIPT = new Set(['.ts', '.mts', '.cts', '.tsx'])

async function moduleOf({ given, file }: Named, cwd: string): Promise<Exports> {
  const extension = extname(file)
  if (extension === '.json')
    return { default: JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as unknown }
  try {
    return TYPESCRIPT.has(extension) ? await typescriptModule(given, file, cwd) : await nativeModule(file)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${given} cannot be loaded: ${oneLine(error)}`)
  }
}

async function nativeModule(file: string): Promise<Exports> {
  return (await import(pathToFileURL(file).href)) as Exports
}

interface Jiti {
  readonly createJiti: (
    from: string,
    options: object,
  ) => { readonly import: (file: string) => Promise<Exports> }
}

/** With jiti where it is installed, since it takes what Node does not: enums, paths without an extension. */
async function typescriptModule(given: string, file: string, cwd: string): Promise<Exports> {
  let missing: unknown
  try {
    const { createJiti } = await peer<Jiti>('jiti', cwd, `to read ${given}`)
    // Its cache is written into folders that are not ours.
    return await createJiti(file, { fsCache: false, interopDefault: false }).import(file)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    missing = error
  }
  if (read(process.features, 'typescript') === undefined || read(process.features, 'typescript') === false)
    throw missing
  try {
    return await nativeModule(file)
  } catch (error) {
    throw new UsageError(
      `${given} cannot be loaded by Node alone: ${oneLine(error)}. Run npm install --save-dev jiti, which reads more of TypeScript.`,
    )
  }
}

/** Where translators' files are, for what looks at these themselves. */
function placesOf(catalog: Catalog, own: unknown): readonly LocalesPlace[] {
  const line = withExtended(catalog)
  return [
    ...line.map(({ name }) => ({ catalog: name, path: own })),
    ...line.map(({ name, locales }) => ({ catalog: name, path: locales })),
  ].flatMap(({ catalog, path }) => {
    if (typeof path === 'string') return [{ catalog, path }]
    return path instanceof URL && path.protocol === 'file:' ? [{ catalog, path: fileURLToPath(path) }] : []
  })
}

/** Translations that stand in code, for what looks at these themselves. */
function textsInCode(catalog: Catalog, own: unknown): readonly LocalesInCode[] {
  return [own, catalog.locales].flatMap((locales) =>
    isRecord(locales) && !(locales instanceof URL)
      ? [{ catalog: catalog.name, resources: plainOf(locales) as LocalesInCode['resources'] }]
      : [],
  )
}

/** Of a translators' file that cannot be parsed, another command says where and what to do. */
function withAdvice(message: string): string {
  return message.includes(' was not read: ') && message.includes('JSON')
    ? `${message.replace(/\.?$/, '.')} bizerror lint says where, and what to do.`
    : message
}

/** What was thrown may be anything, and its message of many lines. */
function oneLine(error: unknown): string {
  const message = read(error, 'message')
  const [line = ''] = textOf(typeof message === 'string' ? message : error)
    .trim()
    .split(/\s*[\r\n]+\s*/)
  return line.slice(0, 500)
}
