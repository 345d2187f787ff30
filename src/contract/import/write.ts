import type { Code } from '../../catalog/code.ts'
import { FIELDS, type Field } from './draft.ts'
import { isTodo, type Imported, type ImportedEntry, type Todo } from './model.ts'
import { moduleOfCode } from './modules.ts'

/** The first line of a file that was imported: one that has it may be written over. */
export const MARK = '// Made by bizerror import of '

/** A line this long is broken by Prettier as this project sets it. An object that is longer than the default is too. */
const WIDTH = 110
const SHORT = 80

/** Writes the source of a catalog. */
export function writeCatalog(imported: Imported): string {
  const { name, files, sourceLocale, status, success, modules, entries, translations } = imported
  const hasTodo = entries.some(({ code, status: own, texts }) =>
    [code, own, ...Object.values(texts)].some(isTodo),
  )
  return [
    `${MARK}${files.map((file) => file.replace(/^.*[/\\]/, '')).join(', ')}`,
    ...(hasTodo ? ['// Each TODO has to be decided: it does not compile before.'] : []),
    "import { defineCatalog } from 'bizerror/catalog'",
    '',
    `export const ${variable(name)} = defineCatalog({`,
    `  name: ${text(name)},`,
    ...(sourceLocale === 'en' ? [] : [`  sourceLocale: ${text(sourceLocale)},`]),
    ...(translations.size === 0 ? [] : ["  locales: new URL('./locales/', import.meta.url),"]),
    ...(success === undefined
      ? []
      : [
          ...property(
            2,
            'success',
            object(2, 'success', [
              ['code', literal(success.code)],
              ['message', text(success.message)],
            ]),
          ),
        ]),
    ...(status === undefined ? [] : [`  status: ${status},`]),
    ...(modules.length === 0 ? [] : ['  modules: {', ...modules.flatMap(writeModule), '  },']),
    '  errors: {',
    ...entries.flatMap((entry, index) =>
      headingOf(entry, entries[index - 1]).concat(writeEntry(entry, imported)),
    ),
    '  },',
    '})',
    `export const { errors } = ${variable(name)}`,
    '',
  ].join('\n')
}

/** Writes the texts of one language, as translators get them. */
export function writeLocale(texts: ReadonlyMap<Code, Readonly<Partial<Record<Field, string>>>>): string {
  return `{\n${[...texts]
    .map(([key, own]) => {
      const members = FIELDS.flatMap((field) =>
        own[field] === undefined ? [] : [`    ${JSON.stringify(field)}: ${JSON.stringify(own[field])}`],
      )
      return `  ${JSON.stringify(String(key))}: {\n${members.join(',\n')}\n  }`
    })
    .join(',\n')}\n}\n`
}

function headingOf({ heading }: ImportedEntry, before: ImportedEntry | undefined): readonly string[] {
  if (heading === (before?.heading ?? '')) return []
  const line = comment(heading)
  return [...(before === undefined ? [] : ['']), ...(line === '' ? [] : [`    // ${line}`])]
}

function writeModule({ name, title, description, ranges }: Imported['modules'][number]): readonly string[] {
  const range = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
  const members: Member[] = []
  if (range !== '') members.push(['range', text(range)])
  if (title !== undefined) members.push(['title', text(title)])
  if (description !== undefined) members.push(['description', text(description)])
  const key = propertyName(name)
  return property(4, key, members.length === 1 && range !== '' ? text(range) : object(4, key, members))
}

type Member = readonly [name: string, value: string | readonly string[] | Comment]

/** A value that has to be looked at, and why. */
interface Comment {
  readonly value: string
  readonly why: string
}

function writeEntry(entry: ImportedEntry, { modules }: Imported): readonly string[] {
  const { key, code, status, texts, module, isRetryable, retryAfter, isDeprecated, notes } = entry
  const members: Member[] = []
  if (isTodo(code)) members.push(['code', todo(code)])
  else if (code !== key) members.push(['code', literal(code)])
  if (status !== undefined) members.push(['status', isTodo(status) ? todo(status) : String(status)])
  const implied = isTodo(code) ? undefined : moduleOfCode(modules, code)
  if (module !== undefined && module !== implied) members.push(['module', text(module)])
  for (const field of ['title', 'message', 'description', 'action'] as const) {
    const own = texts[field]
    if (own !== undefined) members.push([field, isTodo(own) ? todo(own) : text(own)])
  }
  if (isRetryable) members.push(['retryable', 'true'])
  if (retryAfter !== undefined) members.push(['retryAfter', String(retryAfter)])
  if (isDeprecated) members.push(['deprecated', 'true'])
  const noted = Object.entries(notes)
  if (noted.length > 0) {
    members.push([
      'notes',
      object(
        6,
        'notes',
        noted.map(([name, value]): Member => [propertyName(name), text(value)]),
      ),
    ])
  }
  const name = propertyName(String(key))
  return property(4, name, object(4, name, members))
}

function todo({ proposal, why }: Todo): Comment {
  return { value: proposal === undefined ? 'TODO' : `TODO(${text(proposal)})`, why }
}

/** An object that stands behind a name: on one line where it is short. */
function object(indent: number, name: string, members: readonly Member[]): string | readonly string[] {
  if (members.length === 0) return '{}'
  if (members.every(([, value]) => typeof value === 'string')) {
    const line = `{ ${members.map(([name, value]) => `${name}: ${value as string}`).join(', ')} }`
    if (lengthOf(`${' '.repeat(indent)}${name}: ${line},`) <= SHORT) return line
  }
  return [
    '{',
    ...members.flatMap(([name, value]) => property(indent + 2, name, value)),
    `${' '.repeat(indent)}}`,
  ]
}

/** A member, as Prettier breaks it. */
function property(indent: number, name: string, value: Member[1]): readonly string[] {
  const blanks = ' '.repeat(indent)
  if (typeof value === 'string' || 'why' in value) {
    const plain = typeof value === 'string' ? value : value.value
    const behind = typeof value === 'string' ? '' : ` // ${value.why}`
    const line = `${blanks}${name}: ${plain},`
    if (lengthOf(line) <= WIDTH || !/^['"]/.test(plain)) return brokenCall(indent, name, plain, behind, line)
    return [`${blanks}${name}:`, `${blanks}  ${plain},${behind}`]
  }
  return [`${blanks}${name}: ${value[0]}`, ...value.slice(1, -1), `${value.at(-1)},`]
}

/** `TODO('…')` that is too long has its argument on a line of its own. */
function brokenCall(
  indent: number,
  name: string,
  plain: string,
  behind: string,
  line: string,
): readonly string[] {
  const blanks = ' '.repeat(indent)
  if (!plain.startsWith('TODO(') || lengthOf(line) <= WIDTH) return [`${line}${behind}`]
  return [`${blanks}${name}: TODO(`, `${blanks}  ${plain.slice(5, -1)},`, `${blanks}),${behind}`]
}

/** East Asian letters are as wide as two. */
function lengthOf(line: string): number {
  let width = 0
  for (const letter of line)
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        letter,
      )
        ? 2
        : 1
  return width
}

function literal(code: Code): string {
  return typeof code === 'number' ? String(code) : text(code)
}

/** A text in the quotes that need fewer escapes: single ones where it makes no difference. */
function text(value: string): string {
  const singles = value.split("'").length
  const doubles = value.split('"').length
  const quote = singles > doubles ? '"' : "'"
  const escaped = value.toWellFormed().replaceAll(/[\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOf)
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`
}

/** What cannot be seen is written by its number. */
function escapeOf(letter: string): string {
  if (letter === '\\') return '\\\\'
  if (letter === '\n') return '\\n'
  const hex = letter.codePointAt(0)!.toString(16)
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

function propertyName(name: string): string {
  return /^(?:[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]*|0|[1-9]\d{0,14})$/u.test(name)
    ? name
    : text(name)
}

function comment(heading: string): string {
  return heading
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)
}

const RESERVED =
  /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|errors|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await|eval|arguments|define-?catalog)$/i

/** `cloud-waf` → `cloudWaf` */
function variable(name: string): string {
  const camel = name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return RESERVED.test(camel) ? `${camel}Catalog` : camel
}
