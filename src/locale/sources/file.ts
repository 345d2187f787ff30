import { SetupError } from '../../guard/setup-error.ts'
import { fs, isUtf8 } from './host-files.ts'
import { MAX_BYTES, parserOf } from './parsers.ts'

/** Whether there is something of this name, be it only a link that leads nowhere. */
export function isThere(file: string): boolean {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code !== 'ENOENT' && code !== 'ENOTDIR'
  }
}

export const NO_FOLDER = 'is no folder'

/** Says what is wrong with a path that is to lead to a folder, or returns undefined. */
export function folderFault(path: string): string | undefined {
  try {
    return fs.statSync(path).isDirectory() ? undefined : NO_FOLDER
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // Deno has no code for what a program may not read, and says in the message what it needs.
    return code === 'ENOENT' || code === 'ENOTDIR' ? NO_FOLDER : `cannot be read: ${message}`
  }
}

/**
 * Lists the names in a folder.
 *
 * @throws SetupError - when it cannot be read
 */
export function listFolder(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder)
  } catch (error) {
    throw notRead(folder, error)
  }
}

/**
 * Reads what a file holds, which its extension says how to parse.
 *
 * @throws SetupError - names the file and says what to do
 */
export function readParsed(file: string): unknown {
  const { maxBytes, load } = parserOf(file)
  const text = readUtf8(file, maxBytes)
    .toString()
    .replace(/^\uFEFF/, '')
  const parse = load(file)
  try {
    return parse(text)
  } catch (error) {
    throw notRead(file, error)
  }
}

/**
 * Looks whether a file can be read, without parsing it.
 *
 * @throws SetupError - as `readUtf8` does, and when nothing is there that parses it
 */
export function checkFile(file: string): void {
  const { maxBytes, load } = parserOf(file)
  readUtf8(file, maxBytes)
  load(file)
}

/**
 * Reads a file as it is, without taking it apart.
 *
 * @throws SetupError - when the file is not a regular one, is too large, cannot be read, or is not in UTF-8
 */
export function readUtf8(file: string, maxBytes = MAX_BYTES): Buffer {
  const bytes = readBytes(file, maxBytes)
  const fault = encodingFault(bytes)
  if (fault === undefined) return bytes
  throw new SetupError(`${file} ${fault}`)
}

/** Says that bytes are not in UTF-8, or returns undefined. */
export function encodingFault(bytes: Buffer): string | undefined {
  if (isUtf8(bytes) && !isUtf16(bytes)) return undefined
  return `is in ${isUtf16(bytes) ? 'UTF-16' : 'another encoding'}. Save it in UTF-8.`
}

/**
 * Reads the bytes of a file. Asks everything of the open one: another may stand under its name meanwhile.
 *
 * @throws SetupError - when it is not a regular one, is too large or cannot be read
 */
export function readBytes(file: string, maxBytes: number): Buffer {
  let descriptor: number | undefined
  try {
    descriptor = fs.openSync(file, readOnly())
    const stats = fs.fstatSync(descriptor)
    if (!stats.isFile()) throw new SetupError(`${file} is no regular file. Put a file of texts in its place.`)
    if (stats.size > maxBytes) {
      throw new SetupError(`${file} has ${stats.size} bytes. Give at most ${maxBytes}.`)
    }
    return readAll(descriptor, stats.size)
  } catch (error) {
    throw error instanceof SetupError ? error : notRead(file, error)
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor)
  }
}

/**
 * Opening a FIFO that nobody writes to would wait for ever, and a terminal could become the process's own. Windows has
 * none of these flags.
 */
function readOnly(): number {
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = fs.constants
  return O_RDONLY | O_NONBLOCK | O_NOCTTY
}

function readAll(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let length = 0
  while (length < size) {
    const read = fs.readSync(descriptor, bytes, length, size - length, null)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

/** Knows UTF-16 by its byte order mark, or by a NUL beside the first character, which is ASCII (RFC 4627, section 3). */
function isUtf16([first = 0, second = first]: Buffer): boolean {
  return (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (first < 0x80 && second < 0x80 && (first === 0) !== (second === 0))
  )
}

function notRead(file: string, error: unknown): SetupError {
  return new SetupError(`${file} was not read: ${error instanceof Error ? error.message : String(error)}`)
}
