import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { runLine } from '../contract/cli/run-line.ts'
import { run } from '../support/command.ts'
import { pages, type Page } from './pages.ts'

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))

/** A command that a page shows, and what it prints. */
interface Shown {
  readonly line: string
  readonly prints: string
}

/** The commands of a page: in blocks of `console`, behind `$ `. */
function shownIn({ text }: Page): readonly Shown[] {
  return [...text.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, block]) =>
    block!
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [line = '', ...prints] = part.split('\n')
        return { line, prints: prints.join('\n').trim() }
      }),
  )
}

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** Makes a project of the files that a page shows, with a path each, in which `npx bizerror` is this package. */
function projectOf(page: Page): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
  folders.push(folder)
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const { path, code } of page.fences)
    if (!path.startsWith('block-')) write(path.replace(/\.mts$/, '.mjs'), code)
  for (const [path, text] of page.data) write(path, text)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(PACKAGE, join(folder, 'node_modules/bizerror'), 'dir')
  symlinkSync(join(PACKAGE, 'node_modules/express'), join(folder, 'node_modules/express'), 'dir')
  write('bin/npx', `#!/bin/sh\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`)
  chmodSync(join(folder, 'bin/npx'), 0o755)
  return { folder, path: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` }
}

// Nothing of it is the shell's.
const ALONE = /^npx bizerror ([\w ./-]+?)(; echo \$\?)?$/

/** What a line of a shell prints. */
async function printedBy(line: string, folder: string, path: string): Promise<string> {
  const env = { PATH: path, FORCE_COLOR: undefined, GITHUB_STEP_SUMMARY: undefined }
  const [, alone, echo] = ALONE.exec(line) ?? []
  if (alone === undefined) {
    return run('bash', ['-c', `{ ${line}\n} 2>&1`], { cwd: folder, env }).stdout
  }
  const { code, out, err } = await runLine({
    args: alone.split(' '),
    cwd: folder,
    env: { ...process.env, ...env, NO_COLOR: '1' },
  })
  return `${err}${out}${echo === undefined ? '' : code}`
}

const withCommands = pages.filter((page) => shownIn(page).length > 0)

test('some pages show commands', () => {
  expect(withCommands.length).toBeGreaterThan(0)
})

describe.each(withCommands)('$file', (page) => {
  test('prints what it shows', async () => {
    const { folder, path } = projectOf(page)
    const shown = shownIn(page)
    const printed: Shown[] = []
    for (const { line } of shown) printed.push({ line, prints: (await printedBy(line, folder, path)).trim() })
    expect(printed).toEqual(shown)
  })
})
