import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { read } from '../../guard/read.ts'
import { UsageError } from './command.ts'

/**
 * Writes files: each is whole, or as it was.
 *
 * @param files - contents by path, relative to the working folder
 * @throws UsageError - when one cannot be written: then none is
 */
export function writeFiles(cwd: string, files: ReadonlyMap<string, string>): void {
  const written: { readonly given: string; readonly temporary: string; readonly path: string }[] = []
  try {
    for (const [given, text] of files) {
      attempt(given, () => {
        const asked = resolve(cwd, given)
        const there = statSync(asked, { throwIfNoEntry: false })
        // A folder says so before any file is replaced. A device or a pipe, such as /dev/null, stays what it is.
        if (there !== undefined && !there.isFile()) return writeFileSync(asked, text)
        // A link stays one.
        const path = there === undefined ? asked : realpathSync(asked)
        const temporary = `${path}.${process.pid}.tmp`
        mkdirSync(dirname(path), { recursive: true })
        written.push({ given, temporary, path })
        writeFileSync(temporary, text, { flush: true, mode: there?.mode ?? 0o666 })
      })
    }
    for (const { given, temporary, path } of written) attempt(given, () => renameSync(temporary, path))
  } finally {
    for (const { temporary } of written) rmSync(temporary, { force: true })
  }
}

function attempt(given: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const code = read(error, 'code')
    throw new UsageError(
      `${given} was not written: ${typeof code === 'string' ? (REASONS[code] ?? code) : String(error)}.`,
    )
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the folder can only be read',
  // What Node says of a folder that cannot be made where nothing can be.
  ENOENT: 'its folder cannot be made',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
}

/** Returns what a file holds, or undefined when there is none. */
export function readFile(cwd: string, given: string): string | undefined {
  try {
    return readFileSync(resolve(cwd, given), 'utf8')
  } catch (error) {
    if (read(error, 'code') === 'ENOENT') return undefined
    throw new UsageError(`${given} cannot be read: ${String(read(error, 'message'))}`)
  }
}
