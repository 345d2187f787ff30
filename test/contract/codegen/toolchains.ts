import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe } from 'vitest'
import { fileOf, generateClient, type LanguageName } from '../../../src/contract/codegen/generate.ts'
import type { Dump } from '../../../src/contract/dump/dump.ts'
import { run } from '../../support/command.ts'
import { say } from '../../support/printed.ts'

/** How the clients of a language are checked and run. */
export interface Toolchain {
  readonly language: LanguageName
  /** The commands that it needs, and the package of Debian that has them. */
  readonly needs: readonly string[]
  readonly debian: string
  /** Compiles and checks all that is in a folder, and returns what was said of it: nothing. */
  readonly check: (folder: string) => string
  /** Runs the program of a folder that was checked. */
  readonly command: (folder: string) => Command
  /** Runs the program that the guide shows. */
  readonly guide: (folder: string) => Command
}

type Command = readonly [program: string, args: readonly string[]]

/** The folder of a client, and its package. */
export function homeOf(name: string): string {
  return `${name.toLowerCase()}api`
}

/** Writes the clients of some dumps into folders of their names, which are the packages, too. */
export function writeClients(
  folder: string,
  language: LanguageName,
  dumps: Readonly<Record<string, Dump>>,
): void {
  for (const [name, dump] of Object.entries(dumps)) {
    const home = homeOf(name)
    const path = fileOf(`${folder}/${home}`, dump.catalog, language)
    const hasPackages = ['java', 'kotlin'].includes(language)
    write(path, generateClient(dump, language, { path, package: hasPackages ? home : undefined }))
  }
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function filesOf(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(extension))
}

/** What a command says, on both streams. */
function said(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = run(command, args, { cwd })
  return `${stdout}${stderr}${error?.message ?? ''}${status === 0 ? '' : `exit code ${status}`}`
}

const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'nodenext',
  types: [],
  skipLibCheck: true,
  declaration: true,
  outDir: 'out',
}

/** For a JVM that runs but once: to optimize code, and to collect on every core, costs more than it saves. */
const BRIEF = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
const ofCompiler = BRIEF.map((option) => `-J${option}`)

// Of its launcher, which is older than the JDK that it runs on.
const ABOUT_ITSELF = /^OpenJDK 64-Bit Server VM warning: .*\n/gm

export const toolchains: readonly Toolchain[] = [
  {
    language: 'typescript',
    needs: [],
    debian: '',
    check(folder) {
      write(`${folder}/package.json`, '{ "type": "module" }')
      write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: STRICT }))
      return ['typescript', 'typescript54']
        .map((version) =>
          said(process.execPath, [join('node_modules', version, 'bin/tsc'), '-p', folder], '.'),
        )
        .join('')
    },
    command: () => [process.execPath, ['out/main.js']],
    guide: () => [process.execPath, ['out/guide.js']],
  },
  {
    language: 'go',
    needs: ['go', 'gofmt'],
    debian: 'golang-go',
    check(folder) {
      write(`${folder}/go.mod`, 'module example.com\n\ngo 1.19\n')
      return (
        said('gofmt', ['-l', ...filesOf(folder, '.go').filter((file) => file !== 'main.go')], folder) +
        said('go', ['vet', './...'], folder) +
        said('go', ['build', '-o', 'main', '.'], folder) +
        said('go', ['build', '-o', 'guide/guide', './guide'], folder)
      )
    },
    command: (folder) => [join(folder, 'main'), []],
    guide: (folder) => [join(folder, 'guide/guide'), []],
  },
  {
    language: 'python',
    needs: ['python3'],
    debian: 'python3',
    command: () => ['python3', ['-W', 'error', 'main.py']],
    guide: () => ['python3', ['-W', 'error', 'guide.py']],
    check: (folder) =>
      said('python3', ['-W', 'error', '-m', 'py_compile', ...filesOf(folder, '.py')], folder),
  },
  {
    language: 'java',
    needs: ['javac', 'java'],
    debian: 'default-jdk-headless',
    command: () => ['java', [...BRIEF, '-cp', 'out', 'Main']],
    guide: () => ['java', [...BRIEF, '-cp', 'out', 'Example']],
    check: (folder) =>
      said(
        'javac',
        [
          ...ofCompiler,
          '-encoding',
          'UTF-8',
          '-Xlint:all',
          '-Xdoclint:all,-missing',
          '-Werror',
          '-d',
          'out',
          ...filesOf(folder, '.java'),
        ],
        folder,
      ),
  },
  {
    language: 'kotlin',
    needs: ['kotlinc', 'kotlin'],
    debian: 'kotlin',
    command: () => ['kotlin', ['-cp', 'out', 'MainKt']],
    guide: () => ['kotlin', ['-cp', 'out', 'GuideKt']],
    check: (folder) =>
      said(
        'kotlinc',
        // It is started with a heap that it fills.
        [...ofCompiler, '-J-Xmx1g', '-Werror', '-d', 'out', ...filesOf(folder, '.kt')],
        folder,
      ).replaceAll(ABOUT_ITSELF, ''),
  },
]

function isInstalled(command: string): boolean {
  return spawnSync('which', [command]).status === 0
}

/** A suite with the compiler of a language. Where it is absent, that is said loudly; on CI the suite fails. */
export function describeWithCompiler({ language, needs, debian }: Toolchain, suite: () => void): void {
  const missing = process.env['CI'] ? undefined : needs.find((command) => !isInstalled(command))
  if (missing !== undefined) {
    say(
      `test/contract/codegen DID NOT RUN for ${language}: there is no ${missing}. Install Debian's ${debian} to run it.`,
    )
  }
  const why = missing === undefined ? '' : ` (skipped: no ${missing} is installed)`
  describe.skipIf(missing !== undefined)(`${language}${why}`, suite)
}
