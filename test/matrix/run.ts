// Runs the whole suite on several versions of Node.js: `npm run test:matrix`, or `npm run test:matrix -- 22 24.1.0`.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { showProgress } from '../support/progress.ts'

/** The part of vitest's JSON report that is used. */
interface Report {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages?: readonly string[]
      readonly meta?: { readonly node?: string }
    }[]
  }[]
}

const DEFAULT_VERSIONS = ['20', '22', '24', '26']
const MINUTES = 60_000
const SHOWN_FAILURES = 20
const SHOWN_LINES = 12

const root = fileURLToPath(new URL('../..', import.meta.url))

function run(command: string, args: readonly string[], cwd: string, path = ''): SpawnSyncReturns<string> {
  return spawnSync(command, args, {
    cwd,
    env: { ...process.env, PATH: `${path}${process.env['PATH']}`, NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: Infinity,
    timeout: 15 * MINUTES,
    // npm is a script of its shell on Windows.
    shell: command === 'npm' && process.platform === 'win32',
  })
}

function mustRun(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = run(command, args, cwd)
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error })
}

/** Installs a version of Node.js and returns the folder of its binary. */
function install(version: string): string {
  const folder = join(root, '.matrix', version)
  mkdirSync(folder, { recursive: true })
  // Without a package of its own npm would install into the one above.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  mustRun('npm', ['install', '--no-save', '--no-audit', '--no-fund', `node@${version}`], folder)
  return join(folder, 'node_modules', 'node', 'bin')
}

/** Runs the suite, prints its line, and returns whether it passed. */
function test(version: string): boolean {
  const bin = install(version)
  const file = join(root, '.matrix', version, 'report.json')
  rmSync(file, { force: true })
  const start = Date.now()
  const suite = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts']
  // First in PATH, so that what tests start by name is of this version too.
  const { status, stdout, stderr } = run(
    join(bin, 'node'),
    [...suite, '--reporter=json', `--outputFile=${file}`],
    root,
    bin + delimiter,
  )
  const seconds = ((Date.now() - start) / 1000).toFixed(1)

  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
  const ran = new Set(report && nodeVersions(report))
  const right = ran.size === 1 && [...ran].every((name) => `${name}.`.startsWith(`v${version}.`))
  const passed = status === 0 && report?.success === true && right
  progress.clear()
  console.log(
    `Node.js ${[...ran].join(', ') || version}  ${passed ? 'pass' : 'FAIL'}  ` +
      `${report?.numPassedTests ?? 0} passed, ${report?.numFailedTests ?? 0} failed, ${report?.numPendingTests ?? 0} skipped  ${seconds} s`,
  )
  if (passed) return true
  if (!right) console.log(`  The tests did not run on Node.js ${version}.`)
  const failures = report ? failuresOf(report) : []
  // Tests that all pass may still leave an unhandled error behind, of which the report says nothing.
  if (failures.length === 0) console.log(stripVTControlCharacters(stdout + stderr))
  for (const failure of failures.slice(0, SHOWN_FAILURES)) console.log(failure)
  if (failures.length > SHOWN_FAILURES) console.log(`  … and ${failures.length - SHOWN_FAILURES} more.`)
  return false
}

/** The versions that the workers say they are. */
function nodeVersions({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta?.node ?? []),
  )
}

function failuresOf({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`  ${file}\n${indent(message)}`]
    return failed.map(
      ({ fullName, failureMessages = [] }) => `  ${file}: ${fullName}\n${indent(failureMessages.join('\n'))}`,
    )
  })
}

function indent(text: string): string {
  const lines = stripVTControlCharacters(text).split('\n').slice(0, SHOWN_LINES)
  return lines.map((line) => `    ${line}`).join('\n')
}

const asked = process.argv.slice(2)
const wrong = asked.filter((version) => !/^\d+(?:\.\d+){0,2}$/.test(version))
if (wrong.length > 0) {
  console.error(`${wrong.join(', ')} is no version of Node.js. Give numbers such as 22 or 20.19.0.`)
  process.exit(2)
}
mustRun('npm', ['run', '--silent', 'build'], root)
const versions = asked.length > 0 ? asked : DEFAULT_VERSIONS
const progress = showProgress(versions.length, 'versions')
const results = versions.map((version, index) => {
  const passed = test(version)
  progress.update(index + 1)
  return passed
})
progress.stop()
process.exitCode = results.every(Boolean) ? 0 : 1
