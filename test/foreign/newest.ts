// Makes the newest versions of all libraries fail, and says what changed: `npm run test:newest`, or `npm run test:newest -- zod`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

/** A version may want another package in a version that was never published. */
function isInstallable(name: string, version: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'newest-'))
  try {
    return run('npm', ['install', '--dry-run', '--force', `${name}@${version}`], { cwd: folder }).status === 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function copyProject(): void {
  rmSync(COPY, { recursive: true, force: true })
  const files = mustRun('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], ROOT)
  for (const file of files.split('\0').filter(Boolean)) cpSync(join(ROOT, file), join(COPY, file))
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** The packages that a folder has under their own names: an alias is there for a version. */
function ownNames({ dependencies, devDependencies }: Manifest): readonly string[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, wanted]) => !wanted.startsWith('npm:'))
    .map(([name]) => name)
}

/** Asks for these versions in a folder of the copy. */
function askFor(newest: ReadonlyMap<string, string>, folder: string): void {
  const manifest = manifestIn(folder)
  for (const name of ownNames(manifest)) {
    const version = newest.get(name)
    if (version === undefined) continue
    const dependencies = manifest.dependencies?.[name] ? manifest.dependencies : manifest.devDependencies!
    dependencies[name] = version
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

const asked = process.argv.slice(2)
const installed = new Set(INSTALLS.flatMap((folder) => ownNames(manifestIn(folder))))
const packages = [...new Set(libraries.flatMap((library) => packageOf(library) ?? []))]
  .filter((name) => installed.has(name))
  .toSorted()
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
copyProject()
for (const [name, version] of newest) {
  const canBe = isInstallable(name, version)
  console.log(`${name}  ${versionsOf(name)[0]} -> ${version}${canBe ? '' : ', which cannot be installed'}`)
  if (!canBe) newest.delete(name)
}
for (const folder of INSTALLS) {
  const copied = join(COPY, relative(ROOT, folder))
  askFor(newest, copied)
  // What one library wants beside another is not what is tried.
  mustRun('npm', ['install', '--force', '--no-audit', '--no-fund'], copied)
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
