import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(root, 'test/types/cost-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ENTRIES = 5000
const THROWS = 500

/** How the errors of a catalog are written. */
interface Form {
  readonly key: (index: number) => string
  /** The members before the message. */
  readonly members: (index: number) => string
  /** How many stand in a catalog that this one extends. */
  readonly inherited: number
  readonly made: (index: number, options: string) => string
}

const status = (index: number): string => `status: ${400 + (index % 50)}`
const NUMBERS: Form = {
  key: (index) => `${10_000 + index}`,
  members: status,
  inherited: 0,
  made: (index, options) => `new BizError(${10_000 + index}${options && `, ${options}`})`,
}
const WORDS: Form = {
  key: (index) => `ERROR_${index}`,
  members: status,
  inherited: 0,
  made: (index, options) => `errors.ERROR_${index}(${options})`,
}
// Every other one inherits its status.
const CODED: Form = {
  ...WORDS,
  members: (index) => `code: ${10_000 + index}${index % 2 === 0 ? `, ${status(index)}` : ''}`,
}
const EXTENDING: Form = {
  ...WORDS,
  members: (index) => `code: ${10_000 + index}, ${status(index)}`,
  inherited: ENTRIES / 2,
}

function define(name: string, rest: string, lines: readonly string[]): string {
  return `export const ${name} = defineCatalog({ name: '${name}', status: 400, ${rest} errors: {\n${lines.join('\n')}\n} })`
}

/** A catalog of which every fifth message has params, and throws of its errors. */
function source({ key, members, inherited, made }: Form): string {
  const lines = Array.from({ length: ENTRIES }, (_, index) => {
    const message =
      index % 5 === 0 ? `Product ${index} has {{left}} of {{product}}` : `Order ${index} is away`
    return `    ${key(index)}: { ${members(index)}, message: '${message}', title: 'Title ${index}' },`
  })
  const throws = Array.from({ length: THROWS }, (_, index) => {
    const thrown = Math.floor((index * ENTRIES) / THROWS)
    const options = thrown % 5 === 0 ? `{ params: { left: ${index}, product: 'tea' } }` : ''
    return `export const error${index} = () => ${made(thrown, options)}`
  })
  return [
    "import { defineCatalog } from '../../../src/error/index.ts'",
    ...(inherited > 0 ? [define('base', '', lines.slice(0, inherited))] : []),
    define('shop', inherited > 0 ? 'extends: base,' : '', lines.slice(inherited)),
    'export const { errors, BizError } = shop',
    ...throws,
  ].join('\n')
}

/** Compiles a catalog with declarations, and returns how many types were made of generic ones. */
async function instantiations(form: Form): Promise<number> {
  writeFileSync(join(folder, 'shop.ts'), source(form))
  const tsconfig = {
    extends: '../../../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir: 'out',
      rootDir: root,
      incremental: false,
    },
    include: ['shop.ts'],
    exclude: [],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  // What does not compile makes this fail, with what the compiler says.
  // Each thread would make the types of a catalog for itself, and collecting takes a third of the time.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [compiler, '-p', folder, '--extendedDiagnostics', '--singleThreaded'],
    { env: { ...process.env, GOGC: 'off' } },
  )
  return Number(/Instantiations:\s+(\d+)/.exec(stdout)![1])
}

// With types that distributed over all codes, the first one took 94 for each error, and 1.7 times as long; with a mapped
// type that leaves a success out by its name, it took five minutes.
describe.each([
  ['whose keys are numbers', NUMBERS, 70],
  ['whose keys are words', WORDS, 55],
  ['with codes of their own and statuses that are inherited', CODED, 90],
  ['with codes of their own, half of them of the catalog that it extends', EXTENDING, 90],
] as const)('a catalog of 5,000 errors %s', (_what, form, limit) => {
  let cost: number
  beforeAll(async () => {
    cost = (await instantiations(form)) / ENTRIES
  }, 120_000)

  test(`costs the compiler at most ${limit} instantiations for each, throws and declarations with them`, () => {
    expect(cost).toBeGreaterThan(1)
    expect(cost).toBeLessThan(limit)
  })

  test('has declarations with statuses and messages, and no titles', () => {
    const text = readFileSync(join(folder, 'out', folder.slice(root.length), 'shop.d.ts'), 'utf8')
    expect(text).toMatch(/export declare const errors: .*ErrorFactories</)
    expect(text).toContain('readonly message: "Order 4999 is away";')
    expect(text.includes('readonly code: 14999;')).toBe(form === CODED || form === EXTENDING)
    expect(text).not.toContain('Title')
  })
})
