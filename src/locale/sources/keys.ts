import type { Catalog } from '../../catalog/catalog.ts'
import { textKeyOf } from '../../catalog/entry.ts'
import { FIELDS_NAMESPACE, isFieldCode } from '../../catalog/field.ts'
import { isReferenceWord, REFERENCE_NAMESPACE } from '../reference-words.ts'

/** The names under which the entries of a namespace stand in translators' files. */
export interface Keys {
  /** Whether a name is that of an entry. */
  readonly isKey: (name: string) => boolean
  /** Whether the names of entries begin with this one and a dot: cart, of cart.empty. */
  readonly isGroup: (name: string) => boolean
}

/** Names of which nothing is known: an app that has keys of its own may have any. */
export const NO_KEYS: Keys = { isKey: () => false, isGroup: () => false }

/** @param namespace - of the catalog itself, or one of the generic texts */
export function keysOf(catalog: Catalog, namespace: string): Keys {
  if (namespace === FIELDS_NAMESPACE) return { isKey: isFieldCode, isGroup: () => false }
  if (namespace === REFERENCE_NAMESPACE) return { isKey: isReferenceWord, isGroup: () => false }
  if (namespace === 'http') return { isKey: (name) => STATUS.test(name), isGroup: () => false }
  let groups: ReadonlySet<string> | undefined
  return {
    isKey: (name) => hasKey(catalog, name),
    isGroup: (name) => (groups ??= groupsOf(catalog)).has(name),
  }
}

const STATUS = /^[1-5]\d\d$/

/** Whether a name in a file, where all names are texts, is that of an entry. */
export function hasKey(catalog: Catalog, name: string): boolean {
  const number = Number(name)
  return catalog.get(name) !== undefined || (String(number) === name && catalog.get(number) !== undefined)
}

function groupsOf(catalog: Catalog): ReadonlySet<string> {
  const groups = new Set<string>()
  for (const entry of catalog) {
    const key = String(textKeyOf(entry))
    for (let end = key.indexOf('.'); end !== -1; end = key.indexOf('.', end + 1))
      groups.add(key.slice(0, end))
  }
  return groups
}
