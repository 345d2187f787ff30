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

/** A catalog of which every fifth message has params, and throws of its errors. */
function source(): string {
  const lines = Array.from({ length: ENTRIES }, (_, index) => {
    const message =
      index % 5 === 0 ? `Product ${index} has {{left}} of {{product}}` : `Order ${index} is away`
    return `    ${10_000 + index}: { status: ${400 + (index % 50)}, message: '${message}', title: 'Title ${index}' },`
  })
  const throws = Array.from({ length: THROWS }, (_, index) => {
    const key = Math.floor((index * ENTRIES) / THROWS)
    const params = key % 5 === 0 ? `, { params: { left: ${index}, product: 'tea' } }` : ''
    return `export const error${index} = () => new BizError(${10_000 + key}${params})`
  })
  return [
    "import { defineCatalog } from '../../../src/error/index.ts'",
    'export const shop = defineCatalog({',
    "  name: 'shop',",
    `  errors: {\n${lines.join('\n')}\n  },`,
    '})',
    'export const { errors, BizError } = shop',
    ...throws,
  ].join('\n')
}

/** Compiles a catalog with declarations, and returns how many types were made of generic ones. */
async function instantiations(): Promise<number> {
  writeFileSync(join(folder, 'shop.ts'), source())
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
  const { stdout } = await promisify(execFile)(process.execPath, [
    compiler,
    '-p',
    folder,
    '--extendedDiagnostics',
  ])
  return Number(/Instantiations:\s+(\d+)/.exec(stdout)![1])
}

describe('a catalog of 5,000 errors', () => {
  let cost: number
  beforeAll(async () => {
    cost = (await instantiations()) / ENTRIES
  }, 120_000)

  // With types that distributed over all codes, the same program took 94 for each, and 1.7 times as long.
  test('costs the compiler at most 84 instantiations for each, throws and declarations with them', () => {
    expect(cost).toBeGreaterThan(1)
    expect(cost).toBeLessThan(84)
  })

  test('has declarations with statuses and messages, and no titles', () => {
    const text = readFileSync(join(folder, 'out', folder.slice(root.length), 'shop.d.ts'), 'utf8')
    expect(text).toMatch(/export declare const errors: .*ErrorFactories</)
    expect(text).toContain('readonly message: "Order 4999 is away";')
    expect(text).not.toContain('Title')
  })
})
