import packageLocales from '../../locales/index.cjs'
import { withExtended, type Catalog } from '../catalog/catalog.ts'
import { FIELDS_NAMESPACE } from '../catalog/field.ts'
import { getOrMake } from '../guard/memo.ts'
import type { NamespaceSource } from './namespace-texts.ts'
import { REFERENCE_NAMESPACE } from './reference-words.ts'
import { keysOf, NO_KEYS } from './sources/keys.ts'
import { createSource, type TextSource } from './sources/source.ts'
import type { OwnKeys } from './text/own-keys.ts'

/** A source that is opened when it is asked for. */
export interface Opener extends Omit<NamespaceSource, 'source'> {
  readonly open: () => TextSource | undefined
}

/**
 * Lists where the texts of a namespace are, in the order in which they are asked. What a catalog extends is asked behind
 * it, by its own name.
 */
export function openersOf(
  catalog: Catalog,
  namespace: string,
  given: TextSource | undefined,
  ownKeys: OwnKeys | undefined,
): readonly Opener[] {
  const openers = withExtended(catalog).flatMap((held): Opener[] => {
    const name = namespace === catalog.name ? held.name : namespace
    const where = {
      namespace: name,
      namespaces: [name],
      catalog: held,
      keys: keysOf(held, name),
      ownKeys: undefined,
    }
    const namespaces = [...new Set([name, ...(ownKeys?.namespacesOf(held) ?? [])])]
    return [
      { ...where, namespaces, ownKeys, keys: ownKeys ? NO_KEYS : where.keys, open: () => given },
      { ...where, open: () => catalogSource(held) },
    ]
  })
  if (isOurs(namespace)) {
    const keys = keysOf(catalog, namespace)
    openers.push({
      namespace,
      namespaces: [namespace],
      catalog,
      keys,
      ownKeys: undefined,
      open: packageSource,
    })
  }
  return openers
}

export function isOurs(namespace: string): boolean {
  return OURS.includes(namespace)
}

/** The namespaces of this package's own texts. */
export const OURS: readonly string[] = ['http', FIELDS_NAMESPACE, REFERENCE_NAMESPACE]

const catalogSources = new WeakMap<Catalog, TextSource>()

/** The catalog's own translations, shared by all handlers. */
function catalogSource(catalog: Catalog): TextSource | undefined {
  if (catalog.locales === undefined) return undefined
  const { locales, name } = catalog
  return getOrMake(catalogSources, catalog, () => createSource(locales, `Catalog ${name}, locales`, name))
}

/** Whether this package's own translations are there. A bundler may have left the files behind. */
export const areOursThere = packageLocales !== undefined

let genericSource: TextSource | undefined

/** This package's own translations, which hold the generic texts. */
function packageSource(): TextSource | undefined {
  if (packageLocales === undefined) return undefined
  return (genericSource ??= createSource(packageLocales, 'The locales folder of bizerror'))
}
