import type { Command, OptionDefinitions } from './command.ts'
import type { CommandName } from './commands.ts'

export const COMMON_OPTIONS = {
  catalog: {
    type: 'string',
    short: 'c',
    multiple: true,
    value: 'FILE[#export]',
    help: 'a module that exports catalogs, or a dump',
  },
  config: { type: 'string', value: 'FILE', help: 'instead of bizerror.config.{ts,js,mjs,json}' },
  cwd: { type: 'string', value: 'DIR', help: 'the folder to work in' },
  format: {
    type: 'string',
    short: 'f',
    value: 'FORMAT',
    choices: ['human', 'json', 'github', 'sarif', 'markdown'],
    help: 'of what is printed',
  },
  quiet: { type: 'boolean', short: 'q', help: 'print no notes and no progress' },
  'no-color': { type: 'boolean', help: 'print no colors' },
  help: { type: 'boolean', short: 'h', help: 'print this' },
} as const satisfies OptionDefinitions

/** Where what an option does begins, behind two blanks. */
const INDENT = 34
const WIDTH = 100

/** What `bizerror --help` prints. */
export function helpOfAll(summaries: Readonly<Record<CommandName, string>>, version: string): string {
  const width = Math.max(...Object.keys(summaries).map(({ length }) => length)) + 2
  const commands = Object.entries(summaries).map(([name, summary]) => `  ${name.padEnd(width)}${summary}`)
  return `bizerror ${version}: what follows from a catalog of error codes

Usage
  bizerror <command> [options]

Commands
${commands.join('\n')}

  bizerror <command> --help says more.

Options of all commands
${optionLines(COMMON_OPTIONS)}

Exit codes
  0  nothing found
  1  something found, or a file is not what it would be
  2  it could not be done: the message says what to do
`
}

/** What `bizerror <command> --help` prints. */
export function helpOf({ name, summary, operands, options, examples }: Command): string {
  const own = Object.keys(options).length === 0 ? '' : `\nOptions\n${optionLines(options)}\n`
  const common = Object.fromEntries(
    Object.entries(COMMON_OPTIONS).filter(([each]) => !Object.hasOwn(options, each)),
  )
  const lines = examples.map(([line, does]) => `  ${line}\n      ${does}`)
  return `${summary}

Usage
  bizerror ${[name, operands, '[options]'].filter((part) => part !== undefined).join(' ')}
${own}
Options of all commands
${optionLines(common)}

Examples
${lines.join('\n')}
`
}

function optionLines(options: OptionDefinitions): string {
  return Object.entries(options)
    .map(([name, { short, value, help, choices, type }]) => {
      const names = `${short === undefined ? '    ' : `-${short}, `}--${name}${type === 'string' ? ` ${value ?? 'VALUE'}` : ''}`
      const said = wrapped(choices === undefined ? help : `${help}: ${choices.join(', ')}`)
      return names.length < INDENT
        ? `  ${names.padEnd(INDENT)}${said}`
        : `  ${names}\n  ${''.padEnd(INDENT)}${said}`
    })
    .join('\n')
}

/** Goes on below where a line is full. */
function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && INDENT + line.length + word.length + 3 > WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join(`\n${''.padEnd(INDENT + 2)}`)
}
