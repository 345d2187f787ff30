// The matchers in the test runners that they are for, as users load them. Needs the build in dist.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { attempt, compile, PATIENCE, root } from '../consumers/project.ts'

const work = mkdtempSync(join(realpathSync(tmpdir()), 'bizerror-runners-'))
const CLIENTS = join(root, 'test/clients/node_modules')

/** What the tests need: what `NAME` is, in ES modules and in CommonJS. */
const IMPORTS = {
  express: 'express',
  request: 'supertest',
  '{ errorHandler }': 'bizerror',
  '{ defineCatalog }': 'bizerror/catalog',
  '{ assertBizError, bizError }': 'bizerror/testing',
}

function imports(
  how: (name: string, from: string) => string,
  more: Readonly<Record<string, string>> = {},
): string {
  return Object.entries({ ...IMPORTS, ...more })
    .map(([name, from]) => how(name, from))
    .join('\n')
}

const esm = (name: string, from: string): string => `import ${name} from '${from}'`
const cjs = (name: string, from: string): string => `const ${name} = require('${from}')`

const APP = `
const shop = defineCatalog({
  name: 'shop',
  errors: { SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' }, GONE: { code: 10001, status: 410, message: 'Gone' } },
})
const soldOut = () => shop.errors.SOLD_OUT({ params: { left: 3 } })
const app = express()
app.get('/', () => { throw soldOut() })
app.use(errorHandler({ catalog: shop }))

async function failureOf(run) {
  try { await run() } catch (error) { return error.message }
  return 'none'
}
async function withResponse(use) {
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    await use(await fetch('http://127.0.0.1:' + server.address().port, { headers: { Connection: 'close' } }))
  } finally {
    server.close()
  }
}
`

/** Three tests that pass, and two that fail, for what is shown of them. */
const MATCHERS = `${APP}
test('an answer of supertest', async () => {
  const answer = await request(app).get('/')
  expect(answer).toBeBizError(shop.errors.SOLD_OUT, { status: 409, message: expect.stringMatching(/3/) })
  expect(answer).not.toBeBizError(shop.errors.GONE)
  await request(app).get('/').expect(bizError(10002))
  expect(await failureOf(() => request(app).get('/').expect(bizError(10001)))).toMatch(/Received code: 10002/)
})

test('a Response of fetch', () => withResponse(async (response) => {
  await expect(response).toBeBizError(shop.errors.SOLD_OUT, { locale: 'en' })
  await expect(response).not.toBeBizError(10001)
  expect(await failureOf(() => expect(response).toBeBizError(10001))).toMatch(/Received code/)
  await assertBizError(response, 10002)
  expect((await response.json()).code).toBe(10002)
}))

test('what was thrown', async () => {
  const thrower = () => { throw soldOut() }
  await expect(Promise.reject(soldOut())).rejects.toBeBizError(shop.errors.SOLD_OUT)
  expect(thrower).toThrow(bizError(shop.errors.SOLD_OUT))
  expect(thrower).not.toThrow(bizError(shop.errors.GONE))
  expect([soldOut()]).toEqual([expect.toBeBizError(10002)])
  expect([soldOut()]).toEqual([expect.not.toBeBizError(10001)])
  expect([soldOut()]).toEqual([bizError(10002)])
  expect([soldOut()]).not.toEqual([bizError(10001)])
})

test('shows', () => expect(soldOut()).toBeBizError(shop.errors.GONE, { status: 410 }))

test('shows of supertest', () => request(app).get('/').expect(bizError(10001)))
`

const ASSERTIONS = `${APP}
test('asserts', () => withResponse(async (response) => {
  await assertBizError(response, shop.errors.SOLD_OUT)
  await assert.rejects(Promise.reject(soldOut()), bizError(10002))
  await request(app).get('/').expect(bizError(shop.errors.SOLD_OUT))
}))

test('shows', () => assertBizError(soldOut(), shop.errors.GONE, { status: 410 }))

test('shows of supertest', () => request(app).get('/').expect(bizError(10001)))
`

/**
 * A project that has this package and a test runner.
 *
 * @param copied - whether the package is copied there, so that it imports the project's own runner
 */
function project(
  name: string,
  runner: string,
  files: Readonly<Record<string, string>>,
  copied = false,
): string {
  const folder = join(work, name)
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  const install = (as: string, from: string): void => symlinkSync(from, join(modules, as), 'dir')
  if (copied) {
    for (const part of ['package.json', 'dist']) {
      cpSync(join(root, part), join(modules, 'bizerror', part), { recursive: true })
    }
  } else {
    install('bizerror', root)
  }
  for (const each of ['express', 'supertest', 'http-errors', 'i18next', 'negotiator']) {
    install(each, join(root, 'node_modules', each))
  }
  install('runner', runner)
  install(name.replace(/\d+$/, ''), runner)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

/** What a runner says, without colors. */
async function said(folder: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await attempt(process.execPath, args, folder)
  return stripVTControlCharacters(stdout + stderr)
}

/** What the tests that fail are to show, in whatever margins. */
const SHOWN = [
  'Expected error: shop GONE\nReceived error: shop SOLD_OUT\n\nExpected status: 410\nReceived status: 409\n',
  'Expected code: 10001\nReceived code: 10002\n\nReceived: HTTP 409, application/json; charset=utf-8\n{\n"code": 10002,',
]

function expectShown(output: string, times = 1): void {
  const shown = output.replaceAll(/^[^\S\n]+/gm, '')
  for (const text of SHOWN) expect(shown.split(text).length, text).toBeGreaterThan(times)
}

/** Compiles, but for the lines that say so. */
const TYPED = `import { assertBizError, bizError } from 'bizerror/testing'
import { shop } from './shop.ts'
declare const response: Response
declare const answer: { status: number; headers: object; body: unknown }
declare const caught: unknown
export const waits: Promise<void> = expect(response).toBeBizError(1006)
export const waitsToo: Promise<void> = expect({ response, error: 1 }).toBeBizError(shop.errors.SOLD_OUT)
export const waitsForThrow: Promise<void> = expect(Promise.reject(new Error())).rejects.toBeBizError(1006)
export const done: void = expect(answer).toBeBizError(shop.errors.GONE, { message: /x/, status: expect.any(Number), details: expect.anything() })
export const asserted: Promise<void> = assertBizError(response, shop.errors.SOLD_OUT)
export const assertedNow: void = assertBizError(answer, 1006)
expect(caught).toBeBizError('GONE')
expect(() => {}).not.toThrow(bizError(shop.errors.GONE))
expect([]).toEqual([expect.toBeBizError(1006), expect.not.toBeBizError(1006), bizError(1006)])
// @ts-expect-error -- no code
expect(answer).toBeBizError()
// @ts-expect-error -- another word
expect(answer).toBeBizError(1006, { mesage: 'x' })
// @ts-expect-error -- makes no error of a catalog
expect(answer).toBeBizError(() => new Error())
`

const CATALOG = `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: { SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' }, GONE: { status: 410, message: 'Gone' } },
})
`

function folders(within: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, join(within, name)]))
}

afterAll(() => rmSync(work, { recursive: true, force: true }), PATIENCE)

/** The part of jest's configuration that is the same for all. */
const JEST = { testEnvironment: 'node', transform: {} }

describe.concurrent('the matchers', { timeout: PATIENCE }, () => {
  test.each([
    ['vitest4', join(root, 'node_modules/vitest'), false],
    ['vitest3', join(CLIENTS, 'vitest3'), true],
  ])('work in %s', async (name, vitest, copied) => {
    const folder = project(
      name,
      vitest,
      {
        'shop.test.mjs': imports(esm, { '{ expect, test }': 'vitest' }) + MATCHERS,
        'vitest.config.mjs': "export default { test: { setupFiles: ['bizerror/testing/vitest'] } }",
      },
      copied,
    )
    const output = await said(folder, ['node_modules/runner/vitest.mjs', 'run'])
    expect(output).toMatch(/Tests +2 failed \| 3 passed \(5\)/)
    expectShown(output)
  })

  test.each([
    ['jest30', join(root, 'node_modules/jest')],
    ['jest29', join(CLIENTS, 'jest29')],
  ])('work in %s, by global names, imported ones and in ES modules', async (name, jest) => {
    const projects = [
      { testMatch: ['**/global.cjs'], setupFilesAfterEnv: ['bizerror/testing/jest'] },
      {
        testMatch: ['**/imported.cjs'],
        setupFilesAfterEnv: ['bizerror/testing/jest-globals'],
        injectGlobals: false,
      },
      { testMatch: ['**/module.mjs'], setupFilesAfterEnv: ['bizerror/testing/jest'] },
    ]
    const folder = project(name, jest, {
      'global.cjs': imports(cjs) + MATCHERS,
      'imported.cjs': imports(cjs, { '{ expect, test }': '@jest/globals' }) + MATCHERS,
      'module.mjs': imports(esm) + MATCHERS,
      'package.json': JSON.stringify({ jest: { projects: projects.map((each) => ({ ...JEST, ...each })) } }),
    })
    const output = await said(folder, [
      '--experimental-vm-modules',
      'node_modules/runner/bin/jest.js',
      '--ci',
      '--runInBand',
      '--no-watchman',
      '--cacheDirectory',
      join(work, `${name} cache`),
    ])
    expect(output).toMatch(/Tests: +6 failed, 9 passed, 15 total/)
    expectShown(output, projects.length)
  })

  /** What each of these packages is, under the name that its users know. */
  const RUNNERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    vitest4: { vitest: join(root, 'node_modules/vitest') },
    vitest3: { vitest: join(CLIENTS, 'vitest3') },
    'jest-globals30': folders(join(root, 'node_modules'), ['@jest/globals', 'expect']),
    'jest-globals29': folders(CLIENTS, ['@jest/globals', 'expect']),
    jest30: folders(CLIENTS, ['@types/jest']),
  }

  test.each(
    Object.entries(RUNNERS).flatMap(([name, packages]) =>
      ['typescript', ...(name === 'jest-globals29' ? ['typescript54'] : [])].map(
        (compiler) => [name, compiler, packages] as const,
      ),
    ),
  )('are typed for %s by %s', async (name, compiler, packages) => {
    const folder = join(work, 'types', `${name} ${compiler}`)
    const modules = join(folder, 'node_modules')
    const entry = name.replace(/\d+$/, '')
    cpSync(join(root, 'dist'), join(modules, 'bizerror/dist'), {
      recursive: true,
      filter: (source) => !/\.\w+$/.test(source) || source.endsWith('.d.ts'),
    })
    cpSync(join(root, 'package.json'), join(modules, 'bizerror/package.json'))
    for (const [as, from] of Object.entries({
      '@types/node': join(root, 'node_modules/@types/node'),
      ...packages,
    })) {
      mkdirSync(join(modules, as, '..'), { recursive: true })
      symlinkSync(from, join(modules, as), 'dir')
    }
    const imported = entry === 'jest-globals' ? '@jest/globals' : entry
    const head = entry === 'jest' ? '' : `import { expect } from '${imported}'\n`
    writeFileSync(join(folder, 'app.ts'), `${head}import 'bizerror/testing/${entry}'\n${TYPED}`)
    writeFileSync(join(folder, 'shop.ts'), CATALOG)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: entry === 'jest' ? ['node', 'jest'] : ['node'],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      // Those of the runners have errors of their own.
      skipLibCheck: true,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }))
    const [compiled] = await compile(compiler, [['-p', '.']], folder)
    expect(compiled!.errors).toEqual([])
    expect(compiled!.files).toContain(join(modules, `bizerror/dist/esm/testing-${entry}.d.ts`))
  })

  test('work in node:test, by functions', async () => {
    const folder = project('node', root, {
      'shop.test.mjs': imports(esm, { assert: 'node:assert/strict', test: 'node:test' }) + ASSERTIONS,
    })
    const output = await said(folder, ['--test', '--test-reporter=spec', 'shop.test.mjs'])
    expect(output).toMatch(/pass 1\n.*fail 2\n/)
    expectShown(output)
  })
})
