import {
  existsSync,
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
import { expect, onTestFinished, test } from 'vitest'
import { parseFacts, type Fact } from '../../src/contract/coverage/facts.ts'
import { run } from '../support/command.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const APP = `
import express from 'express'
import { errorHandler } from 'bizerror'
import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    LOCKED: { status: 401, message: 'Locked' },
    WRONG: { status: 401, message: 'Wrong' },
    BUSY: { status: 429, message: 'Too many' },
  },
  locales: { de: { shop: { SOLD_OUT: { message: 'Nur noch {{left}}' } } } },
})
const app = express()
app.get('/orders/:id', () => {
  throw shop.errors.SOLD_OUT({ params: { left: 3 }, also: [shop.errors.BUSY()] })
})
app.get('/me', () => { throw shop.errors.LOCKED({ as: 'WRONG' }) })
app.use(errorHandler({ catalog: shop, logger: { error() {} } }))
export async function ask(path, language) {
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const response = await fetch(\`http://127.0.0.1:\${server.address().port}\${path}\`, { headers: { 'Accept-Language': language, Connection: 'close' } })
  server.close()
  return response.status
}
`

const ORDERS = [
  { fact: 'made', key: 'BUSY' },
  { fact: 'made', key: 'SOLD_OUT' },
  { fact: 'answered', key: 'BUSY', locale: 'de' },
  { fact: 'answered', key: 'SOLD_OUT', status: 409, locale: 'de', method: 'GET', route: '/orders/:id' },
]
const ME = [
  { fact: 'made', key: 'LOCKED' },
  { fact: 'answered', key: 'LOCKED', as: 'WRONG', status: 401, locale: 'en', method: 'GET', route: '/me' },
]

/** Makes a project that has this package, and test runners. */
function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/bizerror'), 'dir')
  for (const name of ['express', 'vitest', 'jest']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'dir')
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** Runs a program of Node.js in a project, as if no test runner were around it. */
function node(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const own = Object.keys(process.env).filter((name) =>
    /^(?:NODE_ENV|NODE_OPTIONS|VITEST|JEST|TINYPOOL)/.test(name),
  )
  const without = Object.fromEntries(own.map((name) => [name, undefined]))
  const { stdout, stderr, status, signal } = run(process.execPath, args, {
    cwd: folder,
    env: { ...without, ...env },
  })
  return `${status ?? signal}\n${stdout}${stderr}`
}

/** The facts that were recorded, without those that are there twice. */
function factsIn(folder: string): readonly Partial<Fact>[] {
  const lines = readdirSync(folder).flatMap((file) => parseFacts(readFileSync(join(folder, file), 'utf8')))
  for (const { catalog } of lines) expect(catalog).toBe('shop')
  const facts = lines.map((fact) =>
    Object.fromEntries(
      Object.entries(fact).filter(([name, value]) => name !== 'catalog' && value !== undefined),
    ),
  )
  return [...new Set(facts.map((fact) => JSON.stringify(fact)))]
    .sort()
    .map((fact) => JSON.parse(fact) as Fact)
}

function sorted(facts: readonly object[]): readonly object[] {
  return facts
    .map((fact) => JSON.stringify(fact))
    .sort()
    .map((fact) => JSON.parse(fact) as object)
}

const TESTS = (runner: string): Readonly<Record<string, string>> => ({
  'app.mjs': APP,
  'orders.test.mjs': `${runner}import { ask } from './app.mjs'\ntest('orders', async () => { expect(await ask('/orders/1', 'de')).toBe(409) })`,
  'me.test.mjs': `${runner}import { ask } from './app.mjs'\ntest('me', async () => { expect(await ask('/me', 'fr')).toBe(401) })`,
})

test('vitest: workers of each kind record what they make and answer', () => {
  const folder = projectOf({
    ...TESTS("import { expect, test } from 'vitest'\n"),
    'vitest.config.mjs': `export default { test: { maxWorkers: 2, projects: ['threads', 'forks'].map((pool) => (
      { test: { name: pool, pool, env: { BIZERROR_COVERAGE: pool }, include: ['*.test.mjs'], setupFiles: ['bizerror/testing/coverage'] } }
    )) } }`,
  })
  const said = node(folder, ['node_modules/vitest/vitest.mjs', 'run'])
  expect(said).toMatch(/^0\n/)
  for (const kind of ['threads', 'forks'])
    expect(factsIn(join(folder, kind)), kind).toEqual(sorted([...ORDERS, ...ME]))
})

/** The same program in CommonJS. */
function common(text: string): string {
  return text
    .replaceAll(/import (\{[^}]+\}|\w+) from '([^']+)'/g, "const $1 = require('$2')")
    .replaceAll(/^export (const|async)/gm, '$1')
    .replaceAll('.mjs', '.cjs')
}

test('jest: setupFiles record, though each file has a global of its own', () => {
  const folder = projectOf({
    'app.cjs': `${common(APP)}\nmodule.exports = { shop, ask }`,
    'orders.test.cjs': common(TESTS('')['orders.test.mjs']!),
    'me.test.cjs': common(TESTS('')['me.test.mjs']!),
    'package.json':
      '{ "jest": { "testMatch": ["**/*.test.cjs"], "setupFiles": ["bizerror/testing/coverage"], "transform": {} } }',
  })
  const said = node(folder, ['node_modules/jest/bin/jest.js', '--runInBand', '--ci'])
  expect(said).toMatch(/^0\n/)
  const recorded = join(folder, 'coverage/bizerror')
  expect(factsIn(recorded)).toEqual(sorted([...ORDERS, ...ME]))
  expect(readdirSync(recorded)).toHaveLength(1)
})

test('node --import: a process that is killed has recorded what it did', () => {
  const folder = projectOf({
    'app.mjs': APP,
    'main.mjs':
      "import { ask } from './app.mjs'\nawait ask('/me', 'fr')\nprocess.kill(process.pid, 'SIGKILL')",
  })
  const said = node(folder, ['--import', 'bizerror/testing/coverage', 'main.mjs'], {
    BIZERROR_COVERAGE: 'facts',
  })
  expect(said).toBe('SIGKILL\n')
  expect(factsIn(join(folder, 'facts'))).toEqual(sorted(ME))
})

test('a fact is written once, an error that no catalog has is none, and an emptied folder is made again', () => {
  const folder = projectOf({
    'app.mjs': APP,
    'main.mjs': `import { rmSync } from 'node:fs'
import { shop } from './app.mjs'
for (let i = 0; i < 3; i++) shop.errors.BUSY()
new shop.BizError('NOPE')
rmSync('coverage', { recursive: true })
shop.errors.LOCKED()
shop.errors.BUSY()`,
  })
  expect(node(folder, ['--import', 'bizerror/testing/coverage', 'main.mjs'])).toBe('0\n')
  expect(factsIn(join(folder, 'coverage/bizerror'))).toEqual([{ fact: 'made', key: 'LOCKED' }])
})

test('where nothing can be written, that is told once, and errors are made as ever', () => {
  const folder = projectOf({
    'app.mjs': APP,
    coverage: 'a file',
    'main.mjs':
      "import { ask, shop } from './app.mjs'\nshop.errors.BUSY()\nconsole.log(await ask('/me', 'fr'))",
  })
  const said = node(folder, ['--import', 'bizerror/testing/coverage', 'main.mjs'])
  expect(said).toMatch(
    /^0\n401\n\(node:\d+\) Warning: bizerror\/testing\/coverage cannot write to \S+, and records no more: /,
  )
  expect(said.match(/cannot write/g)).toHaveLength(1)
})

test('nothing is recorded by who does not ask for it', () => {
  const folder = projectOf({
    'app.mjs': APP,
    'main.mjs': "import { ask } from './app.mjs'\nawait ask('/me', 'fr')",
  })
  expect(node(folder, ['main.mjs'])).toBe('0\n')
  expect(existsSync(join(folder, 'coverage'))).toBe(false)
})
