import type { Code } from '../../catalog/code.ts'

/** A place in a source file. */
export interface Place {
  /** Relative to the working folder, with slashes. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** A place where an error is made, or asked for. */
export interface Use extends Place {
  /** `made`: an error. `given`: what makes it, to somebody who may. `asked`: whether it is that error. */
  readonly how: 'made' | 'given' | 'asked'
  /** The name of the catalog. Undefined where it cannot be followed. */
  readonly catalog: string | undefined
  /** Undefined where it is only known when the program runs. */
  readonly key: Code | undefined
  /** The names of the params. Undefined where they cannot be read. */
  readonly params: readonly string[] | undefined
  /** The key of the error that is answered instead. */
  readonly as: Code | undefined
  /** How it is written, in one line. */
  readonly text: string
}

/** A code that an option names: a rule of identify, a policy, what is concealed. */
export interface Mention {
  /** Undefined where any catalog may be meant. */
  readonly catalog: string | undefined
  /** Undefined where all may be meant. */
  readonly key: Code | undefined
}

/** Where a catalog says what an error is. */
export interface Definition extends Place {
  readonly catalog: string
  readonly key: Code
}

/** A file that could not be read. */
export interface Unreadable extends Place {
  readonly problem: string
}

/** What the source files do with the errors of catalogs, in the order of files and lines. */
export interface Scan {
  /** How many source files there are. */
  readonly files: number
  readonly uses: readonly Use[]
  readonly mentions: readonly Mention[]
  readonly definitions: readonly Definition[]
  /** The catalogs that a catalog extends: their uses are its own, too. */
  readonly bases: ReadonlyMap<string, readonly string[]>
  readonly unreadable: readonly Unreadable[]
}
