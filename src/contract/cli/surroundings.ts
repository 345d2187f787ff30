import type { Finding } from '../findings/finding.ts'
import type { Report } from '../findings/report.ts'
import type { Dump } from '../dump/dump.ts'
import type { Config } from './config.ts'
import type { LocalesInCode, LocalesPlace } from './load/messages.ts'

/** A catalog that the command line named, and where it came from. */
export interface LoadedCatalog {
  readonly dump: Dump
  /** The file that it was read from, relative to the working folder, with slashes. */
  readonly file: string
  /** Where translators' files are, in the order in which the app asks them. None of a dump. */
  readonly locales: readonly LocalesPlace[]
  /** The same of texts that stand in code. None unless they are wanted as they are written. */
  readonly texts: readonly LocalesInCode[]
}

/** What the commands have in common: where they run, what was asked of all of them, and where they print. */
export interface Surroundings {
  /** The working folder, absolute. */
  readonly cwd: string
  readonly format: Format
  /** Whether output may have colors: a terminal that wants them. */
  readonly colors: boolean
  readonly quiet: boolean
  /** The config file, checked. */
  readonly config: Config
  /**
   * The catalogs that were named by `--catalog`, else by the config. At least one.
   *
   * With `asWritten`, the command looks at translations itself: those that cannot be used are no fault, and not told.
   */
  readonly catalogs: (options?: { readonly asWritten?: boolean }) => Promise<readonly LoadedCatalog[]>
  /** Prints findings in the format that was asked for, and returns the exit code. */
  readonly report: (findings: readonly Finding[], said: Omit<Report, 'command' | 'findings'>) => 0 | 1
  /** Prints to stdout. */
  readonly print: (text: string) => void
  /** Says something to the person, on stderr: not with `--quiet`. */
  readonly note: (text: string) => void
  /** Shows how far long work is, on stderr, on a terminal alone. */
  readonly progress: (done: number, all: number, what: string) => void
  /**
   * Writes files, or with `check` compares them, and says which differ. A file is whole or as it was.
   *
   * @param files - contents by path, relative to the working folder. `-` is stdout
   * @returns 1 with `check`, when one differs
   */
  readonly write: (files: ReadonlyMap<string, string>, options: WriteOptions) => 0 | 1
}

export const FORMATS = ['human', 'json', 'github', 'sarif', 'markdown'] as const

export type Format = (typeof FORMATS)[number]

export interface WriteOptions {
  /** Whether to compare and not to write. */
  readonly check: boolean
  /** Says how a file differs from what would be written: nothing where they say the same. @default by their bytes */
  readonly differences?: (written: string, made: string) => readonly string[]
  /** What to do where they differ: `Run bizerror dump.` */
  readonly remedy: string
}
