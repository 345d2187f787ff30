import type { Code } from '../../catalog/code.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import type { Client, ClientError } from './client.ts'
import { onOneLine } from './comment.ts'
import type { Target } from './language.ts'
import { constantNames } from './names.ts'
import { capitals, wordsOf } from './words.ts'

/** The constant of codes that are not listed. */
export const UNRECOGNIZED = 'UNRECOGNIZED'

/** An initializer of a class has at most 64 KiB (JVMS, section 4.7.3): so many constants go into it. */
export const MAX_CONSTANTS = 2000

/**
 * Names the constants of an enum.
 *
 * @throws SetupError - when two keys would have the same name, and for more of them than an enum can have
 */
export function enumNames(client: Client, language: string): ReadonlyMap<Code, string> {
  if (client.errors.length > MAX_CONSTANTS) {
    throw new SetupError(
      `Catalog ${client.catalog} has ${client.errors.length} errors, and an enum of ${language} has room for ${MAX_CONSTANTS}. Make catalogs of its parts, which one that extends them joins, and generate from these.`,
    )
  }
  return constantNames(client, {
    language,
    name: (key) => capitals(wordsOf(key)),
    isFree: (name) => !/^\d/.test(name) && name !== UNRECOGNIZED,
  })
}

// Java Language Specification, section 3.9
const KEYWORDS = new Set(
  '_ abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for goto if implements import instanceof int interface long native new null package private protected public return short static strictfp super switch synchronized this throw throws transient true try void volatile while'.split(
    ' ',
  ),
)
// https://kotlinlang.org/docs/keyword-reference.html#hard-keywords
const KOTLIN_KEYWORDS = ['as', 'fun', 'in', 'is', 'object', 'typealias', 'typeof', 'val', 'var', 'when']

/**
 * The package of a file: what was asked for, else the one that its folder stands for, if it stands for one.
 *
 * @throws SetupError - for what cannot be one
 */
export function packageOf(
  { path = '', package: asked }: Target,
  language: 'java' | 'kotlin',
): string | undefined {
  const folder = /(?:^|\/)src\/\w+\/(?:java|kotlin)\/(.+)\/[^/]*$/.exec(path)?.[1]?.replaceAll('/', '.')
  const name = asked ?? folder
  if (name === undefined) return undefined
  const reserved = language === 'java' ? KEYWORDS : new Set([...KEYWORDS, ...KOTLIN_KEYWORDS])
  if (name.split('.').every((part) => /^[a-z_]\w*$/i.test(part) && !reserved.has(part))) return name
  const problem =
    asked === undefined
      ? `--output is ${show(path)}, whose folder is no package`
      : `--package is ${show(asked)}`
  throw new SetupError(
    `${problem}. Give --package a name such as com.example.shop: no part of it is a keyword.`,
  )
}

/** What is said of an error in a comment, or to do instead of using it. */
export function adviceOf({ deprecated }: ClientError, names: ReadonlyMap<Code, string>): string | undefined {
  if (deprecated === undefined) return undefined
  if (typeof deprecated !== 'object') return 'It is kept for old clients.'
  return `Use ${names.get(deprecated.use) ?? onOneLine(String(deprecated.use))}.`
}

/** Names that a class cannot have. */
export function isKeyword(name: string): boolean {
  return KEYWORDS.has(name) || KOTLIN_KEYWORDS.includes(name)
}
