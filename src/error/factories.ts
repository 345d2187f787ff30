import type { Catalog } from '../catalog/catalog.ts'
import type { Code } from '../catalog/code.ts'
import type { BizError } from './biz-error.ts'

type Factory = (options?: unknown) => BizError

const calls = new WeakMap<object, string>()

/** Returns how a factory is called, in code: `errors.GONE()`. Undefined for any other value. */
export function callOf(value: unknown): string | undefined {
  return typeof value === 'function' ? calls.get(value) : undefined
}

/** Makes a function for each error of a catalog, by its key. */
export function factoriesOf(
  catalog: Catalog,
  BizErrorOfCatalog: new (key: Code, options?: unknown) => BizError,
): Readonly<Record<Code, Factory>> {
  const factories = [...catalog]
    .filter(({ isSuccess }) => !isSuccess)
    .map(({ key }) => [key, factoryOf(key, catalog, BizErrorOfCatalog)] as const)
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(factories)))
}

function factoryOf(
  key: Code,
  { framesFrom }: Catalog,
  BizErrorOfCatalog: new (key: Code, options?: unknown) => BizError,
): Factory {
  const factories: Readonly<Record<Code, Factory>> = {
    [key](options?: unknown) {
      const error = new BizErrorOfCatalog(key, options)
      // The stack starts at who asked for the error, as that of `new BizError` does.
      if (error.status >= framesFrom) Error.captureStackTrace?.(error, factories[key])
      return error
    },
  }
  const factory = factories[key]!
  calls.set(
    factory,
    /^[A-Za-z]\w*$/.test(String(key)) ? `errors.${key}()` : `errors[${JSON.stringify(key)}]()`,
  )
  return factory
}
