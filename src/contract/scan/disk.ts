import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Endings of files that may throw. */
export const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const

const CODE = /\.[cm]?[jt]sx?$/
const NO_CODE = /\.d\.[cm]?ts$/
/** What is installed, made or hidden, and what only tests throw. */
const LEFT_OUT = /^(?:\..*|node_modules|bower_components|dist|build|out|coverage|__tests__|__mocks__)$/
const TEST = /\.(?:test|spec|test-d|stories)\.[cm]?[jt]sx?$/

/** Larger than what people write. */
const MAX_FILE_BYTES = 2_000_000

/** Returns the source files in a folder, in alphabetical order. Symbolic links are not followed. */
export function sourceFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return LEFT_OUT.test(entry.name) ? [] : sourceFilesIn(path)
      return entry.isFile() && isSource(entry.name) ? [path] : []
    })
}

export function isSource(file: string): boolean {
  return CODE.test(file) && !NO_CODE.test(file) && !TEST.test(file)
}

/** Returns the text of a file. Undefined for one that is not there, or is larger than people write. */
export function readText(file: string): string | undefined {
  try {
    return statSync(file).size > MAX_FILE_BYTES ? undefined : readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Where a file really lies, with all links followed. Undefined where there is none. */
export function fileAt(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}

export function folderAt(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}

/** A folder, and those that it is in, the nearest first. */
export function upwards(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/** The names of the folders in a folder, without those that are hidden or installed. */
export function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !LEFT_OUT.test(entry.name))
      .map(({ name }) => name)
  } catch {
    return []
  }
}
