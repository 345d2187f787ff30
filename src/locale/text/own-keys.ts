import type { i18n as I18n } from 'i18next'
import type { Catalog } from '../../catalog/catalog.ts'
import { TEXT_FIELDS, type Entry, type TextField } from '../../catalog/entry.ts'
import { MAX_TEXT_LENGTH } from '../../catalog/template.ts'
import { getOrMake } from '../../guard/memo.ts'
import { isArray, ignoreRejection, read } from '../../guard/read.ts'
import { show } from '../../guard/setup-error.ts'
import { createWarnOnce } from '../../guard/warn-once.ts'

/** Returns the app's own key of a text. */
export type I18nKey = (entry: Entry, field: TextField) => string | undefined

/** Where an app that has keys of its own may have a text. */
export interface OwnKey {
  /** The likeliest first. */
  readonly places: readonly { readonly namespace: string; readonly name: string }[]
  /** Whether a text in the place of the fields is this one: the message, unless each field has a key of its own. */
  readonly isWhole: boolean
}

export interface OwnKeys {
  /**
   * Undefined leaves a text to the usual place.
   *
   * @param namespace - of the catalog, for keys that name none
   */
  readonly of: (entry: Entry, field: TextField, namespace: string) => OwnKey | undefined
  /** The namespaces that keys of a catalog's errors name. */
  readonly namespacesOf: (catalog: Catalog) => readonly string[]
}

type Keys = ReadonlyMap<TextField, string | undefined>

/** Asks the app for its keys, for each error once: what it returns may be anything, and it may throw. */
export function createOwnKeys(
  i18nKey: I18nKey,
  i18n: I18n | undefined,
  warn: (message: string, error?: unknown) => void,
): OwnKeys {
  const known = new WeakMap<Entry, Keys>()
  const warnOnce = createWarnOnce(warn)

  function tell(what: 'returned' | 'threw', value: unknown, entry: Entry, field: TextField): void {
    const fault = what === 'threw' ? what : `${what} ${show(value)}`
    warnOnce(
      `Option i18nKey ${fault} for the ${field} of error ${entry.key}. Return a key such as 'errors:not_found', or undefined`,
      what,
      what === 'threw' ? value : undefined,
    )
  }

  function ask(entry: Entry, field: TextField): string | undefined {
    try {
      const key: unknown = i18nKey(entry, field)
      ignoreRejection(key)
      if (key === undefined || isKey(key)) return key
      tell('returned', key, entry, field)
    } catch (error) {
      tell('threw', error, entry, field)
    }
    return undefined
  }

  function keysOf(entry: Entry): Keys {
    return getOrMake(known, entry, () => new Map(TEXT_FIELDS.map((field) => [field, ask(entry, field)])))
  }

  /** https://www.i18next.com/principles/namespaces: `errors:not_found`. The instance may be initialized later. */
  function placesOf(key: string, own: readonly string[]): OwnKey['places'] {
    const options: unknown = i18n?.options
    const separator = read(options, 'nsSeparator') ?? ':'
    const usual = [...namesIn(read(options, 'defaultNS')), ...namesIn(read(options, 'fallbackNS')), ...own]
    const places = usual.map((namespace) => ({ namespace, name: key }))
    if (typeof separator !== 'string' || separator === '') return places
    const end = key.indexOf(separator)
    if (end < 1) return places
    // A key may also be a sentence with a colon.
    return [{ namespace: key.slice(0, end), name: key.slice(end + separator.length) }, ...places]
  }

  return {
    of(entry, field, namespace) {
      const keys = keysOf(entry)
      const key = keys.get(field)
      return key === undefined
        ? undefined
        : { places: placesOf(key, [namespace]), isWhole: field === 'message' || key !== keys.get('message') }
    },
    namespacesOf(catalog) {
      const namespaces = new Set<string>()
      for (const entry of catalog) {
        for (const key of keysOf(entry).values()) {
          if (key === undefined) continue
          for (const { namespace } of placesOf(key, [])) namespaces.add(namespace)
        }
      }
      return [...namespaces]
    },
  }
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT_LENGTH
}

/** i18next takes one name, or several. */
function namesIn(value: unknown): readonly string[] {
  return (isArray(value) ? value : [value]).filter((name) => typeof name === 'string')
}
