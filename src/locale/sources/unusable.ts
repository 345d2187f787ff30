import { TEXT_FIELDS, type TextField } from '../../catalog/entry.ts'
import { isArray } from '../../guard/read.ts'
import { nearest, show } from '../../guard/setup-error.ts'
import type { Keys } from './keys.ts'

const MAX_TOLD = 10

const FIELDS = TEXT_FIELDS.join(', ')

/**
 * Says what stands under the keys of a namespace and is no text that can be found. What is empty is not translated yet,
 * and what stands under other keys is not looked for.
 *
 * @param where - names the texts: their file, or the member of an option
 */
export function unusableIn(texts: object, where: string, keys: Keys): readonly string[] {
  const told: string[] = []
  for (const fault of faultsIn(texts, '', keys, new Set())) {
    if (told.length === MAX_TOLD) return [...told, `${where} holds more that cannot be used.`]
    told.push(`${where}, ${fault}`)
  }
  return told
}

/** @param seen - what was looked at: YAML may have one object in several places */
function* faultsIn(group: object, prefix: string, keys: Keys, seen: Set<object>): Generator<string> {
  if (seen.has(group)) return
  seen.add(group)
  for (const [name, value] of Object.entries(group)) {
    if (isText(value) || isEntryOfTexts(value)) continue
    const path = prefix + name
    const isKey = keys.isKey(path)
    if (isGroup(value) && (isKey || keys.isGroup(path))) {
      if (isKey) yield* faultsOfEntry(value, path, keys)
      yield* faultsIn(value, `${path}.`, keys, seen)
    } else if (isFieldOf(path, keys)) {
      yield `${path} is ${show(value)}. ${textInsteadOf(value, path)}`
    } else if (isKey) {
      yield `${path} is ${show(value)}. Write a text, or { message: … }.`
    }
  }
}

/** A text, or none yet. */
function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null || value === undefined
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** Whether all is as it should be, which most entries are. */
function isEntryOfTexts(value: unknown): boolean {
  return (
    isGroup(value) &&
    Object.entries(value).every(([name, text]) => fieldNamed(name) !== undefined && isText(text))
  )
}

/** The field that a member is, or a plural form or context of: message, message_one. */
function fieldNamed(name: string): TextField | undefined {
  return TEXT_FIELDS.find((field) => name === field || name.startsWith(`${field}_`))
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
  const forms = isGroup(value) ? Object.keys(value).filter((form) => PLURAL_FORMS.has(form)) : []
  return forms.length === 0
    ? undefined
    : `Write its plural forms as ${forms.map((form) => `${name}_${form}`).join(', ')}.`
}

/** Says which members of an entry were meant as another, or that none of them is a text of its. */
function* faultsOfEntry(entry: object, path: string, keys: Keys): Generator<string> {
  const members = Object.keys(entry)
  const fields = new Set(members.map(fieldNamed))
  const others = members.filter(
    (name) =>
      fieldNamed(name) === undefined &&
      !keys.isKey(`${path}.${name}`) &&
      !keys.isGroup(`${path}.${name}`) &&
      !name.includes('.'),
  )
  const [other] = others
  let isTold = false
  for (const name of others) {
    const meant = meantBy(name)
    if (meant === undefined || fields.has(meant)) continue
    fields.add(meant)
    isTold = true
    yield `${path} holds ${show(name)}. Did you mean ${meant}?`
  }
  if (isTold || other === undefined || others.length < members.length) return
  const remedy = pluralsInsteadOf(entry, 'message') ?? 'Write { message: … }.'
  yield `${path} holds ${show(other)}, and none of ${FIELDS}. ${remedy}`
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
