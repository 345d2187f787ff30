import { SetupError, show } from '../../guard/setup-error.ts'
import { folderFault, NO_FOLDER, isThere, listFolder } from './file.ts'
import { nodePath } from './host-files.ts'
import { EXTENSIONS } from './parsers.ts'
import { checkTag } from '../language/tags.ts'

/** Where the files of texts are. */
export interface Layout {
  /** Finds the files of a namespace, by locale. Throws a SetupError for a language that is misnamed. */
  readonly filesOf: (namespace: string) => ReadonlyMap<string, string>
  /** Finds what stands where they would be, however its language is named, and the files of one language that are several. */
  readonly candidatesOf: (namespace: string) => readonly Candidate[]
  /** The path of a namespace's file, in which `{{lng}}` stands for the language. */
  readonly pathOf: (namespace: string) => string
  /** Says where those of a namespace would be. */
  readonly placeOf: (namespace: string) => string
}

/** A name that stands for the language in the path of files. */
export interface Candidate {
  readonly locale: string
  readonly file: string
  /** Whether there is such a file. A folder may be of a language that has no texts of a namespace. */
  readonly isThere: boolean
}

const LNG = '{{lng}}'
const NS = '{{ns}}'
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/**
 * Finds files in a folder of `<lng>/<namespace>.json`, or where a path has `{{lng}}` and `{{ns}}`, as i18next's loadPath.
 *
 * @param path - of the folder, or with `{{lng}}` in it
 * @param origin - names the option in what a SetupError says
 * @param own - the namespace of the files of a path without `{{ns}}`
 */
export function createLayout(path: string, origin: string, own: string | undefined): Layout {
  return path.includes('{{') ? loadPathLayout(path, origin, own) : folderLayout(path, origin)
}

function folderLayout(folder: string, origin: string): Layout {
  checkFolder(
    folder,
    `${origin} is ${show(folder)}, which`,
    `Give one that holds <lng>/<catalog>.json, or a path such as './locales/${NS}/${LNG}.json'`,
  )
  const path = nodePath.resolve(folder)
  const patterns = EXTENSIONS.map((extension) => nodePath.join(path, LNG, `${NS}${extension}`))
  return {
    filesOf: (namespace) => checkFiles(findFiles(patterns, namespace), `Folder ${show(folder)}`),
    candidatesOf: (namespace) => findFiles(patterns, namespace),
    pathOf: (namespace) => patterns[0]!.replaceAll(NS, () => namespace),
    placeOf: (namespace) => `<lng>/${namespace}.json`,
  }
}

function loadPathLayout(given: string, origin: string, own: string | undefined): Layout {
  const where = `${origin} is ${show(given)}`
  const path = given.replaceAll(PLACEHOLDER, (_, name: string) => {
    if (name === 'lng' || name === 'ns') return `{{${name}}}`
    throw new SetupError(
      `${where}, which holds {{${name}}}. Write ${LNG} for the language and ${NS} for the catalog.`,
    )
  })
  if (!path.includes(LNG)) {
    throw new SetupError(`${where}, which names no language. Write ${LNG} where it stands.`)
  }
  if (!EXTENSIONS.includes(nodePath.extname(path).toLowerCase())) {
    throw new SetupError(`${where}. Let it end in ${EXTENSIONS.join(', ')}.`)
  }
  const pattern = nodePath.resolve(path)
  const root = folderAt(pattern, pattern.indexOf('{{'))
  checkFolder(root, `${where}, and ${show(root)}`, 'Make it')
  const isHeld = (namespace: string): boolean => path.includes(NS) || namespace === own
  return {
    filesOf: (namespace) =>
      isHeld(namespace)
        ? checkFiles(findFiles([pattern], namespace), `Path ${show(given)}`)
        : new Map<string, string>(),
    candidatesOf: (namespace) => (isHeld(namespace) ? findFiles([pattern], namespace) : []),
    pathOf: (namespace) => pattern.replaceAll(NS, () => namespace),
    placeOf: (namespace) => path.replaceAll(NS, namespace).replaceAll(LNG, '<lng>'),
  }
}

/** @throws SetupError - when it is no folder, or the program may not look */
function checkFolder(path: string, where: string, remedy: string): void {
  const fault = folderFault(path)
  if (fault === undefined) return
  const advice = fault === NO_FOLDER ? `${remedy}; ${startsAt()}` : 'Let the program read it'
  throw new SetupError(`${where} ${fault}. ${advice}.`)
}

function startsAt(): string {
  return `a relative path starts at ${show(process.cwd())}`
}

/** The folder in which the part of a path that holds the character at `index` is. */
function folderAt(path: string, index: number): string {
  return path.slice(0, path.lastIndexOf(nodePath.sep, index) + 1)
}

function findFiles(patterns: readonly string[], namespace: string): readonly Candidate[] {
  return patterns.flatMap((pattern) => {
    const path = pattern.replaceAll(NS, () => namespace)
    return languagesAt(path).map((locale) => {
      const file = path.replaceAll(LNG, () => locale)
      return { locale, file, isThere: isThere(file) }
    })
  })
}

function checkFiles(candidates: readonly Candidate[], where: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { locale, file, isThere } of candidates) {
    if (!isThere) continue
    checkTag(locale, where)
    const other = files.get(locale)
    if (other !== undefined) {
      throw new SetupError(`${other} and ${file} are of the same language. Put their texts into one.`)
    }
    files.set(locale, file)
  }
  return files
}

/** Lists what stands for `{{lng}}` in the first part of a path that holds it. */
function languagesAt(path: string): readonly string[] {
  const folder = folderAt(path, path.indexOf(LNG))
  // Of a namespace that has no texts, there may be none.
  if (!isThere(folder)) return []
  const [part = ''] = path.slice(folder.length).split(nodePath.sep)
  const start = part.indexOf(LNG)
  const fixed = part.replaceAll(LNG, '')
  const times = part.split(LNG).length - 1
  return listFolder(folder)
    .map((name) => ({ name, locale: name.slice(start, start + (name.length - fixed.length) / times) }))
    .filter(({ name, locale }) => isVisible(locale) && part.replaceAll(LNG, () => locale) === name)
    .map(({ locale }) => locale)
}

/** Editors and systems hide files of their own beside others. */
function isVisible(name: string): boolean {
  return name !== '' && !name.startsWith('.')
}
