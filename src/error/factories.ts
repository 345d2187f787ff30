import { isCatalog, type Catalog } from '../catalog/catalog.ts'
import { isCode, type Code } from '../catalog/code.ts'
import type { Entry } from '../catalog/entry.ts'
import { bare } from '../guard/own.ts'
import { read } from '../guard/read.ts'
import type { BizError } from './biz-error.ts'
import { STATE_VERSION } from './state.ts'

type Factory = (options?: unknown) => BizError

/** What a factory makes errors of. */
export interface MadeOf {
  readonly catalog: Catalog
  readonly entry: Entry
}

// Global, so that a factory of another copy of this package is known as well.
const madeOf = Symbol.for('bizerror.factory')

/** Returns what a factory makes errors of. Undefined for any other value. */
export function factoryOf(value: unknown): MadeOf | undefined {
  if (typeof value !== 'function') return undefined
  const told = read(value, madeOf)
  const catalog = read(told, 'catalog')
  const key = read(read(told, 'entry'), 'key')
  const entry = isCatalog(catalog) && isCode(key) ? catalog.get(key) : undefined
  return entry && { catalog: catalog as Catalog, entry }
}

/** Returns how a factory is called, in code: `errors.GONE()`. Undefined for any other value. */
export function callOf(value: unknown): string | undefined {
  const made = factoryOf(value)
  return made && `${nameOf(made)}()`
}

/** Returns what a factory is in code: `errors.GONE`, `errors[1006]`. */
export function nameOf({ entry: { key } }: MadeOf): string {
  return /^[A-Za-z]\w*$/.test(String(key)) ? `errors.${key}` : `errors[${JSON.stringify(key)}]`
}

/** Makes a function for each error of a catalog, by its key. */
export function factoriesOf(
  catalog: Catalog,
  BizErrorOfCatalog: new (key: Code, options?: unknown) => BizError,
): Readonly<Record<Code, Factory>> {
  const factories = [...catalog]
    .filter(({ isSuccess }) => !isSuccess)
    .map((entry) => [entry.key, createFactory(entry, catalog, BizErrorOfCatalog)] as const)
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(factories)))
}

function createFactory(
  entry: Entry,
  catalog: Catalog,
  BizErrorOfCatalog: new (key: Code, options?: unknown) => BizError,
): Factory {
  const { key } = entry
  const { framesFrom } = catalog
  const factories: Readonly<Record<Code, Factory>> = {
    [key](options?: unknown) {
      const error = new BizErrorOfCatalog(key, options)
      // The stack starts at who asked for the error, as that of `new BizError` does.
      if (error.status >= framesFrom) Error.captureStackTrace?.(error, factories[key])
      return error
    },
  }
  const value = bare({ version: STATE_VERSION, catalog, entry })
  return Object.defineProperty(factories[key]!, madeOf, bare({ value }))
}
