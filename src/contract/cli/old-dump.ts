import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Dump } from '../dump/dump.ts'
import { parseDump } from '../dump/parse.ts'
import { show } from '../../guard/setup-error.ts'
import { UsageError } from './command.ts'
import { isRef, readCommitted } from './git.ts'
import { readFile } from './output.ts'

/** A dump that was named, and where it is, for people. */
export interface NamedDump {
  readonly dump: Dump
  /** A path, and the commit that it was read from. */
  readonly path: string
  readonly ref: string | undefined
  /** Whether the working folder's commit has all that the dump's has. Undefined where that cannot be known. */
  readonly isInHead: boolean | undefined
}

/**
 * Reads a dump by what names it: a file, `ref:path`, or a ref alone.
 *
 * @param path - where dumps are, for a ref alone
 * @throws UsageError - when it is not there
 * @throws SetupError - when it is no dump
 */
export function readNamedDump(cwd: string, given: string, path: string): NamedDump {
  if (/\.[cm]?[jt]sx?$/.test(given) && !given.includes(':')) {
    throw new UsageError(`${given} is code, and no dump. Name it with --catalog ${given}.`)
  }
  if (!isFile(cwd, given)) {
    const { ref, file } = splitRef(cwd, given, path)
    const committed = readCommitted(cwd, ref, file)
    const dump = parseDump(committed.text, `${ref}:${file}`)
    return { dump, path: file, ref: committed.ref, isInHead: committed.isInHead }
  }
  const dump = parseDump(readFile(cwd, given) ?? '', given)
  return { dump, path: given, ref: undefined, isInHead: undefined }
}

function isFile(cwd: string, given: string): boolean {
  return statSync(resolve(cwd, given), { throwIfNoEntry: false })?.isFile() ?? false
}

function splitRef(cwd: string, given: string, path: string): { readonly ref: string; readonly file: string } {
  const colon = given.indexOf(':')
  // A drive of Windows.
  if (colon > 0 && !/^[A-Za-z]:[\\/]/.test(given)) {
    const file = given.slice(colon + 1).replaceAll('\\', '/')
    return { ref: given.slice(0, colon), file: file === '' ? path : file }
  }
  if (isRef(cwd, given)) return { ref: given, file: path }
  throw new UsageError(
    `There is no file ${show(given)}, and no branch. Give a dump, or where one is in git: origin/main:${path}.`,
  )
}
