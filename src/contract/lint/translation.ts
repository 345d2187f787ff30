import { TEXT_FIELDS, type TextField } from '../../catalog/entry.ts'
import { getOrMake } from '../../guard/memo.ts'
import { readOwn } from '../../guard/own.ts'
import { isRecord } from '../../guard/read.ts'
import { nearest, show } from '../../guard/setup-error.ts'
import { fieldNamed, isText, otherTexts, unusableMembers } from '../../locale/sources/unusable.ts'
import type {
  LintedText,
  Located,
  Position,
  Stray,
  Subject,
  Translation,
  TranslationFault,
} from './subject.ts'

/** What a file holds, or what is wrong with it as a whole. */
export interface Content {
  readonly value: unknown
  readonly fault?: TranslationFault
  readonly duplicates?: readonly Located[]
  readonly positionOf?: Translation['positionOf']
}

export interface TranslationPlace {
  readonly subject: Subject
  readonly locale: string
  readonly file: string | undefined
  readonly isOwn: boolean
}

/** Finds the texts in what a file holds, wherever translators and their tools write them. */
export function createTranslation(place: TranslationPlace, content: Content): Translation {
  const { value, fault, duplicates = [], positionOf = () => undefined } = content
  const { subject } = place
  const texts = isRecord(value) ? value : undefined
  const byKey = new Map<string, LintedText[]>()
  const translation: Translation = {
    ...place,
    fault: fault ?? wholeFault(value, subject),
    texts,
    duplicates: [...duplicates],
    strays: [],
    byKey,
    positionOf,
  }
  if (texts === undefined || translation.fault !== undefined) return translation
  const strays = translation.strays as Stray[]
  const told = new Map<object, Set<string>>()
  for (const { kind, holder, name, path, fault } of unusableMembers(texts, subject.keys)) {
    getOrMake(told, holder, newSet).add(name)
    const key = meaningOf(path, subject)?.key ?? path
    const said = `${memberIn(path, key)}${fault}`
    strays.push({ kind: kind === 'value' ? 'value' : 'field', holder, name, key, fault: said })
  }
  const twice = translation.duplicates as Located[]
  visit(texts, '', {
    subject,
    seen: new Set(),
    onStray(stray) {
      if (!told.get(stray.holder)?.has(stray.name)) strays.push(stray)
    },
    onText({ key, field, ending, text, holder, name }) {
      const known = getOrMake(byKey, key, newTexts)
      if (known.some((other) => other.field === field && other.ending === ending)) {
        const fault = `${show(name)} says again what stands above. Take one away.`
        twice.push({ fault, key, position: positionOf(holder, name) })
      }
      const entry = subject.find(key)
      const { locale } = place
      const source = entry?.[field]
      known.push({ key, field, ending, text, holder, name, entry, locale, source, subject, translation })
    },
  })
  return translation
}

const said = (fault: string | undefined): string | undefined => fault && `the file ${fault}`

function wholeFault(value: unknown, { keys }: Subject): TranslationFault | undefined {
  const fault = isRecord(value)
    ? said(otherTexts(value, keys))
    : `the file holds ${show(value)}. Write { <key>: { message: … } }.`
  return fault === undefined ? undefined : { kind: 'shape', fault, position: undefined }
}

const newTexts = (): LintedText[] => []
const newSet = (): Set<string> => new Set()

type Found = Pick<LintedText, 'key' | 'field' | 'ending' | 'text' | 'holder' | 'name'>

/** Names that begin otherwise are remarks: $schema, _comment, @@locale. */
const NAME = /^[\p{L}\p{N}-]/u

interface Visitor {
  readonly subject: Subject
  readonly onText: (found: Found) => void
  readonly onStray: (stray: Stray) => void
  /** What was looked at: YAML may have one object in several places. */
  readonly seen: Set<object>
}

/** Goes through all members, however they are nested. */
function visit(holder: object, prefix: string, visitor: Visitor, inEntry = false): void {
  const { subject, onText, onStray, seen } = visitor
  if (seen.has(holder)) return
  seen.add(holder)
  const { keys } = subject
  for (const name of Object.keys(holder)) {
    const value = readOwn(holder, name)
    const path = prefix + name
    if (isText(value)) {
      // { cart: { title: … } } is the title of an entry cart, also where there is an entry cart.title.
      const isOwn = inEntry && isField(name)
      const meaning = isOwn ? { key: prefix.slice(0, -1), field: name, ending: '' } : meaningOf(path, subject)
      if (meaning === undefined) {
        if (NAME.test(name)) onStray(strayOf(holder, name, path, subject))
      } else if (meaning.ending !== '' && !ENDINGS.has(meaning.ending)) {
        onStray({ kind: 'field', holder, name, key: meaning.key, fault: wrongEnding(path, meaning) })
      } else {
        onText({ ...meaning, text: textIn(value), holder, name })
      }
    } else if (!isRecord(value)) {
      if (meaningOf(path, subject) === undefined && NAME.test(name))
        onStray(strayOf(holder, name, path, subject))
    } else if (keys.isKey(path)) {
      if (!visitFields(value, path, onText)) visit(value, `${path}.`, visitor, true)
    } else if (keys.isGroup(path)) {
      visit(value, `${path}.`, visitor)
    } else if (meaningOf(path, subject) === undefined && NAME.test(name)) {
      onStray(strayOf(holder, name, path, subject))
    }
  }
}

/** Goes through an entry that is written as most are. Returns false for any other, and then has done nothing. */
function visitFields(holder: object, key: string, onText: Visitor['onText']): boolean {
  const names = Object.keys(holder)
  if (!names.every((name) => isField(name) && isText(readOwn(holder, name)))) return false
  for (const name of names) {
    if (isField(name))
      onText({ key, field: name, ending: '', text: textIn(readOwn(holder, name)), holder, name })
  }
  return true
}

function isField(name: string): name is TextField {
  return TEXT_FIELDS.some((field) => field === name)
}

/** What is no text yet is an empty one. */
function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

type Meaning = Pick<LintedText, 'key' | 'field' | 'ending'>

const ENDINGS: ReadonlySet<string> = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

/** The text that a name in a file stands for, whole or with those around it: `GONE`, `GONE_one`, `GONE.message_one`. */
function meaningOf(path: string, { keys }: Subject): Meaning | undefined {
  if (keys.isKey(path)) return { key: path, field: 'message', ending: '' }
  const dot = path.lastIndexOf('.')
  const member = path.slice(dot + 1)
  const field = dot === -1 ? undefined : fieldNamed(member)
  const key = path.slice(0, dot)
  if (field !== undefined && keys.isKey(key)) return { key, field, ending: member.slice(field.length + 1) }
  for (let end = path.indexOf('_', 1); end !== -1; end = path.indexOf('_', end + 1)) {
    const key = path.slice(0, end)
    if (keys.isKey(key)) return { key, field: 'message', ending: path.slice(end + 1) }
  }
  return undefined
}

/** What a path names of an entry: the member and a blank, or nothing for the entry itself. */
function memberIn(path: string, key: string): string {
  if (path === key) return ''
  return `${path.startsWith(`${key}.`) ? path.slice(key.length + 1) : path} `
}

function wrongEnding(path: string, { key, ending }: Meaning): string {
  const meant = nearest(ending, [...ENDINGS])
  const advice =
    meant === undefined
      ? 'is no plural form, and not read. Write one such as _one or _other, or take it away'
      : `is no plural form. Did you mean _${meant}?`
  return `${memberIn(path, key)}${advice}`
}

function strayOf(holder: object, name: string, path: string, subject: Subject): Stray {
  const dot = path.lastIndexOf('.')
  const key = path.slice(0, Math.max(0, dot))
  if (dot !== -1 && subject.keys.isKey(key)) {
    const field = nearest(name, TEXT_FIELDS) as TextField | undefined
    const advice = field === undefined ? `Texts are ${TEXT_FIELDS.join(', ')}.` : `Did you mean ${field}?`
    return { kind: 'field', holder, name, key, fault: `holds ${show(name)}. ${advice}` }
  }
  return { kind: 'key', holder, name, key: path, fault: unknownKey(path, subject) }
}

/** Comparing with every key takes long where there are many. */
const MAX_COMPARED = 1_000

function unknownKey(path: string, { entries, name, catalog }: Subject): string {
  const keys = entries.slice(0, MAX_COMPARED).map(({ key }) => String(key))
  const [code] = [Number(path), path].flatMap((code) => catalog.byCode(code))
  const meant = code === undefined ? nearest(path, keys) : String(code.key)
  const advice = meant === undefined ? 'Take it away, or define it.' : `Did you mean ${meant}?`
  return `is no error of ${name}. ${advice}`
}

/** Says the line and the column of places in a text. */
export function createPositions(text: string): (offset: number) => Position {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (const { index } of text.matchAll(/\r\n?|\n/g)) {
    starts.push(index + (text.startsWith('\r\n', index) ? 2 : 1))
  }
  return starts
}
