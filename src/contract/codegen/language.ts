import type { Client } from './client.ts'

/** A language that clients are generated for. */
export interface Language {
  /** How people call it. */
  readonly title: string
  /** What its files end in. */
  readonly extension: string
  /** The name of a file, without its folder. */
  readonly fileName: (catalog: string) => string
  /** Whether files say which package they belong to. */
  readonly hasPackages: boolean
  /** Writes the file. */
  readonly generate: (client: Client, target: Target) => string
}

/** Where a generated file goes. */
export interface Target {
  /** Its path, with slashes, where it has one. */
  readonly path: string | undefined
  /** The package that it shall belong to. */
  readonly package: string | undefined
}
