import type { ParseArgsConfig } from 'node:util'
import type { Surroundings } from './surroundings.ts'

/** An option of a command line. */
export interface OptionDefinition {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** Whether it may be given several times. */
  readonly multiple?: boolean
  /** Stands for its value in the help: FILE. */
  readonly value?: string
  /** One line of the help. */
  readonly help: string
  /** Of a text that is one of a few. */
  readonly choices?: readonly string[]
}

/** The options of commands that write files. */
export const OUTPUT_OPTIONS = {
  output: { type: 'string', short: 'o', value: 'PATH', help: 'where to write. - is stdout' },
  check: { type: 'boolean', help: 'compare with what is there, and write nothing' },
} as const satisfies OptionDefinitions

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>

type ValueOf<TOption extends OptionDefinition> = TOption extends { readonly type: 'boolean' }
  ? boolean
  : TOption extends { readonly choices: readonly (infer TChoice)[] }
    ? TOption extends { readonly multiple: true }
      ? readonly TChoice[]
      : TChoice
    : TOption extends { readonly multiple: true }
      ? readonly string[]
      : string

/** The values that were given. */
export type Options<TOptions extends OptionDefinitions> = {
  readonly [TName in keyof TOptions]?: ValueOf<TOptions[TName]>
}

/** A command of the command line: what it is called, takes and does. */
export interface Command<TOptions extends OptionDefinitions = OptionDefinitions> {
  readonly name: string
  /** One line of `bizerror --help`. */
  readonly summary: string
  /** What stands behind its name: `[OLD] [NEW]`. */
  readonly operands?: string
  /** How many operands it takes at most. @default 0 */
  readonly maxOperands?: number
  readonly options: TOptions
  /** Whole command lines, and what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /**
   * Does it.
   *
   * @returns the exit code: 1 where something was found
   * @throws UsageError - for what has to be mended before it can be done: exit code 2
   */
  // A method, so that a list may hold commands of all options.
  run(
    options: Options<TOptions>,
    operands: readonly string[],
    surroundings: Surroundings,
  ): Promise<ExitCode> | ExitCode
}

/** 0: nothing at or above `--fail-on`. 1: findings, or a file that is not what it would be. 2: it could not be done. */
export type ExitCode = 0 | 1 | 2

/** Keeps the types of a command's options. */
export function defineCommand<const TOptions extends OptionDefinitions>(
  command: Command<TOptions>,
): Command<TOptions> {
  return command
}

/** What a person has to mend: one line that says what, and what to do. The command exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options as `util.parseArgs` takes them. */
export function parseOptions(options: OptionDefinitions): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple = false }]) => [
      name,
      { type, multiple, ...(short === undefined ? {} : { short }) },
    ]),
  )
}
