import { createHash } from 'node:crypto'
import type { Code } from '../../catalog/code.ts'

/** How grave a finding is. Those of `diff` are `breaking`, `risky`, `safe` and `docs`; those of all other commands the first three. */
export type Level = 'error' | 'warning' | 'info' | 'breaking' | 'risky' | 'safe' | 'docs'

/** Something that a command found, as data. How it looks is decided where it is printed. */
export interface Finding {
  /** Its id, such as `code-removed`. Ids are open: later versions have more. */
  readonly rule: string
  /** How grave it is. */
  readonly level: Level
  /** What is wrong, and what to do. One line. */
  readonly message: string
  /** The name of the catalog that it is about. */
  readonly catalog?: string | undefined
  /** Of the error that it is about. */
  readonly key?: Code | undefined
  /** Of that error. */
  readonly code?: Code | undefined
  /** Relative to the folder that the command runs in, with slashes. */
  readonly file?: string | undefined
  /** From 1. */
  readonly line?: number | undefined
  /** From 1. */
  readonly column?: number | undefined
  /** The same for the same finding in every run, wherever it stands: see `fingerprintOf`. */
  readonly fingerprint: string
}

/** The first 12 hexadecimal digits of the SHA-256 of what makes a finding the one that it is. */
export function fingerprintOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
