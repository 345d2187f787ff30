import { describe, expect, test } from 'vitest'
import { COMMANDS, SUMMARIES } from '../../../src/contract/cli/commands.ts'
import { helpOf } from '../../../src/contract/cli/help.ts'
import { project } from './run.ts'

test('bizerror --help names every command, and fits into 100 columns', async () => {
  const { out, err, code } = await project({}).bizerror(['--help'])
  expect({ err, code }).toEqual({ err: '', code: 0 })
  for (const name of Object.keys(SUMMARIES)) expect(out).toContain(`\n  ${name} `)
  expect(out.split('\n').filter((line) => line.length > 100)).toEqual([])
})

test('bizerror without a command prints its help, and ends with 2', async () => {
  const { bizerror } = project({})
  expect(await bizerror([])).toEqual({ ...(await bizerror(['--help'])), code: 2 })
})

test('bizerror --version prints that of the package', () => {
  expect(project({}).start(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' })
})

test('a command that was mistyped is told with the one that was meant', async () => {
  expect(await project({}).bizerror(['dupm'])).toEqual({
    code: 2,
    out: '',
    err: 'bizerror has no command "dupm". Did you mean dump?\n',
  })
})

describe.each(Object.entries(COMMANDS))('bizerror %s', (name, load) => {
  test('has a help with examples, which fits into 100 columns', async () => {
    const { command } = await load()
    expect(command.name).toBe(name)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const [line] of command.examples) expect(line).toMatch(new RegExp(`^(?:.*\\s)?bizerror ${name}\\b`))
    const lines = helpOf(command).split('\n')
    expect(lines.filter((line) => line.length > 100)).toEqual([])
  })
})
