import { TEXT_FIELDS, type TextField } from '../../catalog/entry.ts'
import { readOwn } from '../../guard/own.ts'
import { isRecord } from '../../guard/read.ts'
import { nearest, show } from '../../guard/setup-error.ts'
import { NO_KEYS, type Keys } from './keys.ts'

const MAX_TOLD = 10

const FIELDS = TEXT_FIELDS.join(', ')

/** What cannot be used among texts, and where it stands. */
export interface Unusable {
  /** Whether a member has a name that no text has, or is itself no text. */
  readonly kind: 'name' | 'value'
  /** The object that has the member. */
  readonly holder: object
  readonly name: string
  /** What it is, and what to do, in words that follow `path`. */
  readonly fault: string
  /** The names that lead to it. */
  readonly path: string
}

/**
 * Says what stands under the keys of a namespace and is no text that can be found. What is empty is not translated yet,
 * and what stands under other keys is not looked for, unless all do.
 *
 * @param where - names the texts: their file, or the member of an option
 */
export function unusableIn(texts: object, where: string, keys: Keys): readonly string[] {
  const others = otherTexts(texts, keys)
  if (others !== undefined) return [`${where} ${others}`]
  const told: string[] = []
  for (const { path, fault } of unusableMembers(texts, keys)) {
    if (told.length === MAX_TOLD) return [...told, `${where} holds more that cannot be used.`]
    told.push(`${where}, ${path} ${fault}`)
  }
  return told
}

/** Says that texts are of no entry at all. Returns undefined where one is, and where there are none. */
export function otherTexts(texts: object, keys: Keys): string | undefined {
  const names = Object.keys(texts)
  if (keys === NO_KEYS || names.length === 0 || names.some((name) => isOfEntry(name, keys))) return undefined
  return `has no key of an error: ${otherNames(texts, names, keys)}`
}

/** Finds the members that cannot be used. */
export function unusableMembers(texts: object, keys: Keys): Iterable<Unusable> {
  return faultsIn(texts, '', keys, new Set())
}

/** Whether texts of an entry stand under a name. */
function isOfEntry(name: string, keys: Keys): boolean {
  return keys.isKey(name) || keys.isGroup(name) || isFieldOf(name, keys) || isFormOf(name, keys)
}

/** Whether a name is that of a plural form or context, such as GONE_one. */
function isFormOf(name: string, { isKey }: Keys): boolean {
  for (let end = name.indexOf('_', 1); end !== -1; end = name.indexOf('_', end + 1)) {
    if (isKey(name.slice(0, end))) return true
  }
  return false
}

/** Other tools write the language or the namespace around all texts. */
function otherNames(texts: object, names: readonly string[], keys: Keys): string {
  const around = names.find((name) => {
    const inner = readOwn(texts, name)
    return isRecord(inner) && Object.keys(inner).some((each) => isOfEntry(each, keys))
  })
  return around === undefined
    ? `it has ${names.slice(0, 3).map(show).join(', ')}. Write { <key>: { message: … } }.`
    : `they stand in ${show(around)}. Write what it holds in its place.`
}

/** @param seen - what was looked at: YAML may have one object in several places */
function* faultsIn(group: object, prefix: string, keys: Keys, seen: Set<object>): Generator<Unusable> {
  if (seen.has(group)) return
  seen.add(group)
  for (const [name, value] of Object.entries(group)) {
    const path = prefix + name
    const at = { holder: group, name, path }
    if (OLD_FORM.test(name) && isOldForm(path, keys)) yield { ...at, kind: 'name', fault: OF_OLD_PLURALS }
    if (isText(value) || isEntryOfTexts(value)) continue
    const isKey = keys.isKey(path)
    if (isRecord(value) && (isKey || keys.isGroup(path))) {
      if (isKey) yield* faultsOfEntry(value, path, keys)
      yield* faultsIn(value, `${path}.`, keys, seen)
    } else if (isFieldOf(path, keys)) {
      yield { ...at, kind: 'value', fault: `is ${show(value)}. ${textInsteadOf(value, path)}` }
    } else if (isKey) {
      yield { ...at, kind: 'value', fault: `is ${show(value)}. Write a text, or { message: … }.` }
    }
  }
}

/** A text, or none yet. */
export function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

/** Whether all is as it should be, which most entries are. */
function isEntryOfTexts(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([name, text]) => fieldNamed(name) !== undefined && isText(text) && !OLD_FORM.test(name),
    )
  )
}

/** The field that a member is, or a plural form or context of: message, message_one. */
export function fieldNamed(name: string): TextField | undefined {
  return TEXT_FIELDS.find((field) => name === field || name.startsWith(`${field}_`))
}

// https://www.i18next.com/misc/json-format#i18next-json-v3
const OLD_FORM = /_(?:plural|\d+)$/
const OF_OLD_PLURALS =
  "is a plural form of i18next's JSON v3, and not read. Write those of v4, such as _one and _other."

function isOldForm(path: string, keys: Keys): boolean {
  const stem = path.replace(OLD_FORM, '')
  return !keys.isKey(path) && (keys.isKey(stem) || isFieldOf(stem, keys))
}

function isFieldOf(path: string, { isKey }: Keys): boolean {
  const dot = path.lastIndexOf('.')
  return dot !== -1 && fieldNamed(path.slice(dot + 1)) !== undefined && isKey(path.slice(0, dot))
}

const PLURAL_FORMS = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

function textInsteadOf(value: unknown, path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return pluralsInsteadOf(value, name) ?? 'Write a text.'
}

/** Other tools nest the forms of a text. */
function pluralsInsteadOf(value: unknown, name: string): string | undefined {
  const forms = isRecord(value) ? Object.keys(value).filter((form) => PLURAL_FORMS.has(form)) : []
  return forms.length === 0
    ? undefined
    : `Write its plural forms as ${forms.map((form) => `${name}_${form}`).join(', ')}.`
}

/** Says which members of an entry were meant as another, or that none of them is a text of its. */
function* faultsOfEntry(entry: object, path: string, keys: Keys): Generator<Unusable> {
  const members = Object.keys(entry)
  const fields = new Set(members.map(fieldNamed))
  const others = members.filter(
    (name) => fieldNamed(name) === undefined && !isOfEntry(`${path}.${name}`, keys) && !name.includes('.'),
  )
  const [other] = others
  let isTold = false
  for (const name of others) {
    const meant = meantBy(name)
    if (meant === undefined || fields.has(meant)) continue
    fields.add(meant)
    isTold = true
    const fault = `holds ${show(name)}. Did you mean ${meant}?`
    yield { kind: 'name', holder: entry, name, path, fault }
  }
  if (isTold || other === undefined || others.length < members.length) return
  const remedy = pluralsInsteadOf(entry, 'message') ?? 'Write { message: … }.'
  const fault = `holds ${show(other)}, and none of ${FIELDS}. ${remedy}`
  yield { kind: 'name', holder: entry, name: other, path, fault }
}

/** The field that a member was meant to be: message for mesage, msg and errorMessage. */
function meantBy(name: string): TextField | undefined {
  const words = name.split(/[_-]|(?=[A-Z])/).map((word) => word.toLowerCase())
  return (
    TEXT_FIELDS.find((field) => words.includes(field) || isShortFor(name, field)) ??
    TEXT_FIELDS.find((field) => field === nearest(name, TEXT_FIELDS))
  )
}

/** Whether a name has letters of a field in their order. */
function isShortFor(name: string, field: string): boolean {
  if (name.length < 3) return false
  let at = -1
  for (const letter of name.toLowerCase()) {
    at = field.indexOf(letter, at + 1)
    if (at === -1) return false
  }
  return true
}
