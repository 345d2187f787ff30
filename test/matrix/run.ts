// Runs the whole suite on several versions of Node.js: `npm run test:matrix`, or `npm run test:matrix -- 22 24.1.0`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mustRun, run } from '../support/command.ts'
import { showProgress } from '../support/progress.ts'
import { countsOf, printFailures, readReport, type Report } from '../support/vitest-report.ts'

const DEFAULT_VERSIONS = ['20', '22', '24', '26']

const root = fileURLToPath(new URL('../..', import.meta.url))

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
    { cwd: root, env: { PATH: `${bin}${delimiter}${process.env['PATH']}` } },
  )
  const seconds = ((Date.now() - start) / 1000).toFixed(1)

  const report = readReport(file)
  const ran = new Set(report && nodeVersions(report))
  const right = ran.size === 1 && [...ran].every((name) => `${name}.`.startsWith(`v${version}.`))
  const passed = status === 0 && report?.success === true && right
  progress.clear()
  console.log(
    `Node.js ${[...ran].join(', ') || version}  ${passed ? 'pass' : 'FAIL'}  ` +
      `${countsOf(report)}  ${seconds} s`,
  )
  if (passed) return true
  if (!right) console.log(`  The tests did not run on Node.js ${version}.`)
  printFailures(report, root, stdout + stderr)
  return false
}

/** The versions that the workers say they are. */
function nodeVersions({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ meta }) => meta?.node ?? []),
  )
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
