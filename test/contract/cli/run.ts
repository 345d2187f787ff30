import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { run } from '../../support/command.ts'
import { runLine, type Ran } from './run-line.ts'

export type { Ran }

const BIN = fileURLToPath(new URL('../../../dist/cli/bin.js', import.meta.url))
const DIST = new URL('../../../dist/esm/', import.meta.url).href

type Variables = Readonly<Record<string, string>>

const NONE = { FORCE_COLOR: undefined, GITHUB_STEP_SUMMARY: undefined }

/** A project in a folder of its own, gone when the test is over. `bizerror/…` in a file means what is built. */
export interface Project {
  readonly folder: string
  /** Runs `bizerror` there. */
  readonly bizerror: (args: readonly string[], env?: Variables) => Promise<Ran>
  /** Does so in a process of its own, where its start, its end or its streams matter. */
  readonly start: (args: readonly string[], env?: Variables) => Ran
  readonly read: (file: string) => string
  readonly write: (file: string, text: string) => void
  /** The names of all files, in alphabetical order. */
  readonly files: () => readonly string[]
}

/** Makes a project of files by path. */
export function project(files: Readonly<Record<string, string>>): Project {
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (file: string, text: string): void => {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text.replaceAll(/from 'bizerror\/([\w-]+)'/g, `from '${DIST}$1.js'`))
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  return {
    folder,
    write,
    bizerror: (args, env) =>
      runLine({ args, cwd: folder, env: { ...process.env, ...NONE, ...env, NO_COLOR: '1' } }),
    start(args, env) {
      const options = { cwd: folder, env: { ...NONE, ...env } }
      const { status, stdout, stderr } = run(process.execPath, [BIN, ...args], options)
      return { code: status, out: stdout, err: stderr }
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
  }
}

/** A catalog's file. */
export const SHOP = `
import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    GONE: { code: 10003, status: 410, message: 'No longer sold', title: 'Gone' },
  },
})
`

/** A project in which this package is installed, for sources that name it. */
export function installed(files: Readonly<Record<string, string>>): Project {
  const made = project({})
  mkdirSync(join(made.folder, 'node_modules'))
  symlinkSync(
    fileURLToPath(new URL('../../../', import.meta.url)),
    join(made.folder, 'node_modules/bizerror'),
    'dir',
  )
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made.folder, file)), { recursive: true })
    writeFileSync(join(made.folder, file), text)
  }
  return made
}
