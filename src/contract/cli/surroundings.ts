import type { Finding, Level } from '../findings/finding.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import type { Dump } from '../dump/dump.ts'
import type { Config } from './config.ts'

/** A catalog that the command line named, and where it came from. */
export interface LoadedCatalog {
  /** Undefined of a dump. */
  readonly catalog: Catalog | undefined
  readonly dump: Dump
  /** The file that it was read from, relative to the working folder, with slashes. */
  readonly file: string
  /** The options of the app's handler, where the config names them. */
  readonly handler: HandlerOptions | undefined
}

/** What the commands have in common: where they run, what was asked of all of them, and where they print. */
export interface Surroundings {
  /** The working folder, absolute. */
  readonly cwd: string
  readonly format: Format
  /** Whether output may have colors, and moves: a terminal. */
  readonly colors: boolean
  readonly quiet: boolean
  /** The config file, checked. Read once. */
  readonly config: () => Promise<Config>
  /** The catalogs that were named by `--catalog`, else by the config. At least one. */
  readonly catalogs: () => Promise<readonly LoadedCatalog[]>
  /** Prints findings in the format that was asked for, and says what the exit code is. */
  readonly report: (findings: readonly Finding[], report: FindingsReport) => 0 | 1
  /** Prints to stdout. */
  readonly print: (text: string) => void
  /** Says something to the person, on stderr: not with `--quiet`. */
  readonly note: (text: string) => void
  /** Shows how far long work is, on stderr, on a terminal alone. */
  readonly progress: (done: number, all: number, what: string) => void
  /**
   * Writes the files, or with `--check` compares them, and says which differ. A file is whole or as it was.
   *
   * @param files - contents by path, relative to the working folder
   * @returns 1 with `--check`, when one differs
   */
  readonly write: (files: ReadonlyMap<string, string>, options?: WriteOptions) => Promise<0 | 1>
}

export type Format = 'human' | 'json' | 'github' | 'sarif' | 'markdown'

export interface FindingsReport {
  /** Above the findings, for people. */
  readonly heading?: string
  /** Below them, for people: how many there are, and what to do. */
  readonly summary: string
  /** The levels, from the gravest, that end with exit code 1. */
  readonly failOn: readonly Level[]
}

export interface WriteOptions {
  /** Whether a file says the same as it did, where more than its bytes decide. */
  readonly isSame?: (written: string, made: string) => boolean
  /** Says how they differ. */
  readonly differences?: (written: string, made: string) => readonly string[]
}
