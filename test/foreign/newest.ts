// Makes the newest versions of all libraries fail, and says what changed: `npm run test:newest`, or `npm run test:newest -- zod`.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { maxSatisfying, satisfies } from 'semver'
import { mustRun, run } from '../support/command.ts'
import { showProgress } from '../support/progress.ts'
import { countsOf, printFailures, readReport } from '../support/vitest-report.ts'
import { INSTALLS, libraries, packageOf, versionsOf } from './libraries.ts'

const [ROOT] = INSTALLS as readonly [string]
/** A copy of the project, in which they are installed. */
const COPY = join(ROOT, '.newest')
const TESTS = ['test/foreign', 'test/identify', 'test/reliability']

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

interface Version {
  readonly version: string
  readonly 'engines.node'?: string
}

/** Returns the newest version that this Node.js runs. */
function newestOf(name: string): string | undefined {
  const fields = ['version', 'engines.node', '--json']
  const answer = JSON.parse(
    mustRun('npm', ['view', `${name}@>=${versionsOf(name)[0]}`, ...fields], ROOT),
  ) as unknown
  const versions = [answer]
    .flat()
    .map((one) => (typeof one === 'string' ? { version: one } : (one as Version)))
  return (
    maxSatisfying(
      versions
        .filter(({ 'engines.node': engines }) => engines === undefined || satisfies(process.version, engines))
        .map(({ version }) => version),
      '*',
    ) ?? undefined
  )
}

function copyProject(): void {
  rmSync(COPY, { recursive: true, force: true })
  const files = mustRun('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], ROOT)
  for (const file of files.split('\0').filter(Boolean)) cpSync(join(ROOT, file), join(COPY, file))
}

/** Asks for these versions, where a folder has the package under its own name: an alias is there for a version. */
function askFor(newest: ReadonlyMap<string, string>, folder: string): void {
  const file = join(COPY, relative(ROOT, folder), 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
    for (const [name, wanted] of Object.entries(dependencies ?? {})) {
      const version = newest.get(name)
      if (version !== undefined && !wanted.startsWith('npm:')) dependencies![name] = version
    }
  }
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
}

const asked = process.argv.slice(2)
const packages = [...new Set(libraries.flatMap((library) => packageOf(library) ?? []))].toSorted()
const unknown = asked.filter((name) => !packages.includes(name))
if (unknown.length > 0) {
  console.error(`No test makes ${unknown.join(', ')} fail. There are: ${packages.join(', ')}.`)
  process.exit(2)
}

const names = asked.length > 0 ? asked : packages
const progress = showProgress(names.length, 'packages')
const newest = new Map<string, string>()
for (const [index, name] of names.entries()) {
  const version = newestOf(name)
  if (version !== undefined && version !== versionsOf(name)[0]) newest.set(name, version)
  progress.update(index + 1)
}
progress.stop()
if (newest.size === 0) {
  console.log(`All ${names.length} are the newest that Node.js ${process.version} runs.`)
  process.exit(0)
}
for (const [name, version] of newest) console.log(`${name}  ${versionsOf(name)[0]} -> ${version}`)

copyProject()
for (const folder of INSTALLS) {
  askFor(newest, folder)
  // What one library wants beside another is not what is tried.
  mustRun('npm', ['install', '--force', '--no-audit', '--no-fund'], join(COPY, relative(ROOT, folder)))
}
const file = join(COPY, 'report.json')
const { stdout, stderr, status } = run(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...TESTS].concat(
    '--reporter=json',
    `--outputFile=${file}`,
  ),
  { cwd: COPY },
)
const report = readReport(file)
console.log(countsOf(report))
if (status !== 0) printFailures(report, COPY, stdout + stderr)
process.exitCode = status ?? 1
