import { relative, resolve, sep } from 'node:path'
import type { Code } from '../../catalog/code.ts'
import { fileAt, folderAt, sourceFilesIn } from './disk.ts'
import { Evaluator } from './evaluate.ts'
import { Project } from './project.ts'
import type { Place, Scan } from './scan.ts'
import type { Parser } from './syntax.ts'
import { Reader } from './reader.ts'

/** A catalog whose uses are looked for. */
export interface ScannedCatalog {
  readonly name: string
  readonly keys: ReadonlySet<Code>
  /** The file that it is loaded from, relative to the working folder or absolute. */
  readonly file: string
}

export interface ScanOptions {
  /** The working folder, absolute. */
  readonly cwd: string
  /** Folders and files, relative to it. Each has to be there. */
  readonly sources: readonly string[]
  readonly catalogs: readonly ScannedCatalog[]
  /** `oxc-parser` */
  readonly parser: Parser
  /** Texts of which a file has to hold one to be read, or what such a file imports. @default any file is read */
  readonly about?: readonly string[] | undefined
  readonly progress?: (done: number, all: number) => void
}

/**
 * Reads source files and says where they make errors of catalogs: by `errors.KEY()` and `new BizError(key)`, however
 * those came there. Nothing is run. What cannot be followed is told: an error of a catalog that is not known, or a key
 * that is computed.
 */
export function scanSources({ cwd, sources, catalogs, parser, about, progress }: ScanOptions): Scan {
  const files = [...new Set(sources.flatMap((source) => filesOf(resolve(cwd, source))))]
  const project = new Project(parser, namesByFile(cwd, catalogs))
  const keys = new Set(catalogs.flatMap(({ keys }) => [...keys].map(String)))
  const reader = new Reader(project, new Evaluator(project), keys)
  const relevant = about === undefined ? filesThatKnowUs(files, project) : filesAbout(about, files, project)
  for (const [done, file] of relevant.entries()) {
    progress?.(done, relevant.length)
    reader.read(file)
  }
  reader.finish()
  const placeOf = createPlaces(cwd, project)
  const placed = <TFound extends { readonly file: string; readonly offset: number }>({
    file,
    offset,
    ...rest
  }: TFound): Omit<TFound, 'file' | 'offset'> & Place => ({ ...rest, ...placeOf(file, offset) })
  return {
    files: files.length,
    uses: inOrder(reader.uses.map(placed)),
    mentions: reader.mentions,
    definitions: reader.definitions.map(placed),
    bases: reader.bases,
    unreadable: Array.from(project.faults, ([file, fault]) => placed({ file, ...fault })),
  }
}

function filesOf(path: string): readonly string[] {
  const folder = folderAt(path)
  if (folder !== undefined) return sourceFilesIn(folder)
  const file = fileAt(path)
  return file === undefined ? [] : [file]
}

/** Files that export several catalogs do not say which one by themselves. */
function namesByFile(cwd: string, catalogs: readonly ScannedCatalog[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { file, name } of catalogs) {
    const path = fileAt(resolve(cwd, file))
    if (path === undefined) continue
    if (names.has(path)) names.delete(path)
    else names.set(path, name)
  }
  return names
}

/** Only what imports us, or what imports such a file, can throw an error of ours. All others need no parsing. */
function filesThatKnowUs(files: readonly string[], project: Project): readonly string[] {
  const importers = new Map<string, string[]>()
  const known = new Set<string>()
  const reached = new Set(files)
  // Grows while it is walked.
  for (const file of reached) {
    if (project.text(file)?.includes('bizerror') === true) known.add(file)
    for (const imported of project.importsOf(file)) {
      reached.add(imported)
      const others = importers.get(imported)
      if (others === undefined) importers.set(imported, [file])
      else others.push(file)
    }
  }
  for (const file of known) for (const importer of importers.get(file) ?? []) known.add(importer)
  return files.filter((file) => known.has(file))
}

/** The files that hold one of some texts, and those that they import: a function may make what it is given. */
function filesAbout(texts: readonly string[], files: readonly string[], project: Project): readonly string[] {
  const about = files.filter((file) => texts.some((text) => project.text(file)?.includes(text)))
  const known = new Set(files)
  const imported = about.flatMap((file) => project.importsOf(file)).filter((file) => known.has(file))
  return [...new Set([...about, ...imported])]
}

function createPlaces(cwd: string, project: Project): (file: string, offset: number) => Place {
  const starts = new Map<string, readonly number[]>()
  return (file, offset) => {
    let lines = starts.get(file)
    if (lines === undefined) starts.set(file, (lines = lineStartsOf(project.text(file) ?? '')))
    let line = 0
    let end = lines.length
    while (end - line > 1) {
      const middle = (line + end) >> 1
      if (lines[middle]! <= offset) line = middle
      else end = middle
    }
    return {
      file: relative(cwd, file).replaceAll(sep, '/'),
      line: line + 1,
      column: offset - lines[line]! + 1,
    }
  }
}

function lineStartsOf(text: string): readonly number[] {
  return [
    0,
    ...Array.from(text.matchAll(/\r\n|[\n\r\u2028\u2029]/g), ({ index, 0: end }) => index + end.length),
  ]
}

function inOrder<TPlace extends Place>(places: readonly TPlace[]): readonly TPlace[] {
  const weigh = (one: TPlace, other: TPlace): number =>
    one.file === other.file
      ? one.line - other.line || one.column - other.column
      : one.file < other.file
        ? -1
        : 1
  return places.toSorted(weigh)
}
