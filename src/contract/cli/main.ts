import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { read } from '../../guard/read.ts'
import { nearest, SetupError, show } from '../../guard/setup-error.ts'
import {
  parseOptions,
  UsageError,
  type Command,
  type ExitCode,
  type OptionDefinitions,
  type Options,
} from './command.ts'
import { COMMANDS, SUMMARIES, type CommandName } from './commands.ts'
import type { Config } from './config.ts'
import { checkConfig, findConfig, readJson } from './config-file.ts'
import { COMMON_OPTIONS, helpOf, helpOfAll } from './help.ts'
import { createLoader, type Loader } from './load/loader.ts'
import { createSurroundings } from './create-surroundings.ts'
import { FORMATS, type Format } from './surroundings.ts'
import type { Terminal } from './terminal.ts'

/**
 * Runs a command line.
 *
 * @param line - what stands behind `bizerror`
 * @returns the exit code
 */
export async function main(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(line, terminal)
  } catch (error) {
    // What is wrong with a catalog, or with a file, is said by who reads it.
    const isExpected = error instanceof UsageError || error instanceof SetupError
    terminal.err(`${isExpected ? error.message : String(read(error, 'stack') ?? error)}\n`)
    return 2
  }
}

async function run(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = line
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    terminal.out(helpOfAll(SUMMARIES, version()))
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${version()}\n`)
    return 0
  }
  const command = await commandNamed(name === 'help' ? rest[0]! : name)
  const { values, operands } = parse(command, name === 'help' ? rest.slice(1) : rest)
  if (name === 'help' || values['help'] === true) {
    terminal.out(helpOf(command))
    return 0
  }
  const cwd = workingFolder(values['cwd'])
  const loader = createLoader(cwd)
  try {
    const config = await readConfig(cwd, textOf(values['config']), loader)
    const surroundings = createSurroundings({
      command: command.name,
      version: version(),
      cwd,
      config,
      loader,
      terminal,
      format: formatOf(values['format']),
      quiet: values['quiet'] === true,
      noColor: values['no-color'] === true,
      catalogs: (values['catalog'] as readonly string[] | undefined) ?? config.catalogs ?? [],
    })
    return await command.run(values as Options<OptionDefinitions>, operands, surroundings)
  } finally {
    terminal.clearProgress()
    loader.close()
  }
}

function version(): string {
  const manifest: unknown = createRequire(import.meta.url)('bizerror/package.json')
  return String(read(manifest, 'version'))
}

async function commandNamed(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as CommandName] : undefined
  if (load !== undefined) return (await load()).command
  const meant = nearest(name, Object.keys(COMMANDS))
  const advice = meant === undefined ? 'See bizerror --help.' : `Did you mean ${meant}?`
  throw new UsageError(`bizerror has no command ${show(name)}. ${advice}`)
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

function parse(
  command: Command,
  args: readonly string[],
): { readonly values: Values; readonly operands: readonly string[] } {
  const definitions: OptionDefinitions = { ...COMMON_OPTIONS, ...command.options }
  const { values, positionals } = parsed(command.name, args, definitions)
  for (const [name, { choices }] of Object.entries(definitions)) {
    for (const value of [values[name] ?? []].flat()) {
      if (choices !== undefined && !choices.includes(value as string)) {
        throw new UsageError(`--${name} is ${show(value)}. Give one of ${choices.join(', ')}.`)
      }
    }
  }
  const max = command.maxOperands ?? 0
  if (positionals.length > max && values['help'] !== true) {
    throw new UsageError(
      `bizerror ${command.name} was given ${show(positionals[max])}, and takes ${max === 0 ? 'options alone' : `at most ${max} beside options`}. See bizerror ${command.name} --help.`,
    )
  }
  return { values, operands: positionals }
}

function parsed(
  name: string,
  args: readonly string[],
  definitions: OptionDefinitions,
): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    return parseArgs({
      args: [...args],
      options: parseOptions(definitions),
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    const unknown = /Unknown option '(-{0,2}[^']+)'/.exec(String(read(error, 'message')))?.[1]
    const where = `See bizerror ${name} --help.`
    if (unknown === undefined) throw new UsageError(`${firstSentence(error)} ${where}`)
    const meant = nearest(unknown.replace(/^-+/, ''), Object.keys(definitions))
    throw new UsageError(
      `bizerror ${name} has no option ${unknown}. ${meant === undefined ? where : `Did you mean --${meant}?`}`,
    )
  }
}

function firstSentence(error: unknown): string {
  const [line = ''] = String(read(error, 'message')).split(/\n|(?<=\.)\s/)
  return line.endsWith('.') ? line : `${line}.`
}

function workingFolder(given: Values[string]): string {
  const cwd = resolve(textOf(given) ?? '.')
  if (!existsSync(cwd) || !statSync(cwd).isDirectory()) {
    throw new UsageError(`--cwd is ${show(given)}, which is no folder. Give one that is there.`)
  }
  // Catalogs name their translations by relative paths.
  process.chdir(cwd)
  return cwd
}

async function readConfig(cwd: string, given: string | undefined, loader: Loader): Promise<Config> {
  const file = findConfig(cwd, given)
  if (file === undefined) return {}
  const where = relative(cwd, file)
  if (where === 'package.json') {
    return checkConfig(read(readJson(file, cwd), 'bizerror'), 'bizerror in package.json')
  }
  const value = file.endsWith('.json')
    ? readJson(file, cwd)
    : (await loader.ask({ ask: 'config', file })).value
  return checkConfig(value, where)
}

function textOf(value: Values[string]): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function formatOf(value: Values[string]): Format {
  return FORMATS.find((format) => format === value) ?? 'human'
}
