import type { Code } from '../../catalog/code.ts'
import { TEXT_FIELDS } from '../../catalog/entry.ts'
import { isObject } from '../../guard/options.ts'
import { readOwn } from '../../guard/own.ts'

/** A text of a translators' file, as it is written there, and the names that lead to it. */
export interface Place {
  readonly path: readonly string[]
  readonly raw: string
}

/** The text that is looked for, among those of one namespace in one language. */
export interface Wanted {
  readonly key: Code
  readonly field: string
  /** Whether a name is that of an entry, whose texts are no other's. */
  readonly isKey: (name: string) => boolean
  /** Whether a text in the place of the fields is this one. */
  readonly isWhole: boolean
}

/**
 * Finds a text where translators and their tools write it: `{ key: { field } }`, `{ key: "the message" }`, and both
 * with the dots of a name nested or flat: `{ cart: { empty: … } }`, `{ "cart.empty.message": … }`.
 *
 * @param suffix - of a plural form, such as `_one`
 * @param separators - of the names of a nested text
 */
export function lookUp(
  texts: unknown,
  { key, field, isKey, isWhole }: Wanted,
  suffix: string,
  separators: Iterable<string>,
): Place | undefined {
  const name = String(key)
  const member = field + suffix
  const message = isWhole && !(suffix !== '' && isKey(name + suffix)) ? name + suffix : undefined
  const exact = textAt(texts, [name, member]) ?? (message && textAt(texts, [message]))
  if (exact) return exact
  for (const separator of separators) {
    const whole = `${name}${separator}${member}`
    const found = search(texts, whole, separator)
    // { "cart.title": … } is the message of an entry cart.title, where there is one.
    if (found && (found.path.at(-1) === member || !isKey(whole))) return found
    const text = message && search(texts, message, separator)
    // { cart: { title: … } } is the title of an entry cart, where there is one.
    if (text && !isField(text.path, message, separator, isKey)) return text
  }
  return undefined
}

function isField(path: readonly string[], name: string, separator: string, isKey: Wanted['isKey']): boolean {
  const field = TEXT_FIELDS.find((each) => each === path.at(-1))
  return field !== undefined && path.length > 1 && isKey(name.slice(0, -(separator + field).length))
}

/** Goes down the names of a path, of which any may hold separators itself. */
function search(texts: unknown, path: string, separator: string): Place | undefined {
  const flat = textAt(texts, [path])
  if (flat) return flat
  for (let end = path.indexOf(separator); end !== -1; end = path.indexOf(separator, end + 1)) {
    const name = path.slice(0, end)
    const inner = readOwn(texts, name)
    const found = isObject(inner) && search(inner, path.slice(end + separator.length), separator)
    if (found) return { path: [name, ...found.path], raw: found.raw }
  }
  return undefined
}

function textAt(texts: unknown, path: readonly string[]): Place | undefined {
  const raw = path.reduce<unknown>(
    (inner, name) => (isObject(inner) ? readOwn(inner, name) : undefined),
    texts,
  )
  return typeof raw === 'string' && raw.trim() !== '' ? { path, raw } : undefined
}
