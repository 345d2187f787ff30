import { toJson } from '../guard/plain.ts'
import type { Logger } from './logger.ts'

/** The default logger: one line of JSON to stderr for what a person should look at. */
export const stderrLogger: Logger = {
  error: (record, message) => writeLine('error', record, message),
  warn: (record, message) => writeLine('warn', record, message),
}

interface Host {
  readonly process?: { readonly stderr?: NodeJS.WriteStream }
}

const MAX_WAITING_BYTES = 1_048_576

/**
 * Writes a line by the stream, which does not block where nobody drains a pipe: what waits there is bounded, and
 * further lines are left out. A host without streams has a console.
 */
function writeLine(level: string, record: object, message: string): void {
  const stderr = (globalThis as Host).process?.stderr
  if ((stderr?.writableLength ?? 0) > MAX_WAITING_BYTES) return
  const line = toJson({ level, time: new Date().toISOString(), msg: message, ...record })
  if (typeof stderr?.write !== 'function') {
    // oxlint-disable-next-line no-console -- What Workers and browsers have in its place.
    console.error(line)
    return
  }
  stderr.write(`${line}\n`, (error) => {
    if (error) ignoreNextError(stderr)
  })
}

/**
 * A write that fails (EPIPE: nobody reads any more) emits `error`, after its callback, and would end the process. Only
 * that one is ours: an app that writes to stderr itself hears of its own, as with `console.error`.
 */
function ignoreNextError(stderr: NodeJS.WriteStream): void {
  stderr.once('error', ignore)
  setImmediate(() => stderr.off('error', ignore))
}

function ignore(): void {}
