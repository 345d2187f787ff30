import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen } from '../contract/frameworks.ts'
import { fences, moduleOf, README } from './fences.ts'
import { withGeneratedParts } from './generated.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

const FOLDER = 'test/docs/fences'

const files = fences.map((fence, index) => ({ ...fence, file: `${FOLDER}/fence-${index + 1}.ts` }))

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true })
  for (const { file, code } of files) writeFileSync(file, moduleOf(code))
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false },
    include: ['.'],
    exclude: [],
  }
  writeFileSync(`${FOLDER}/tsconfig.json`, JSON.stringify(config))
})

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

test('every TypeScript block of the README compiles', () => {
  expect(fences.length).toBeGreaterThan(8)
  const { stdout, status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', FOLDER], {
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
})

describe('the README shows what its code answers', () => {
  for (const { file, code, after } of files) {
    const exchanges = readExchanges(`\`\`\`ts\n${after}`)
    if (exchanges.length === 0) continue
    test(code.match(/^(?:app\.\w+\(|throw ).*/m)?.[0] ?? file, async () => {
      const { app } = (await import(/* @vite-ignore */ `../../${file}`)) as { app: App }
      const { port, server } = await listen('callback' in app ? app.callback() : app)
      for (const exchange of exchanges) expect(await replay(port, exchange)).toEqual(exchange.answer)
      server.close()
    })
  }

  test('every http block of the README follows a block of code that was run', () => {
    const run = fences.flatMap(({ after }) => readExchanges(after))
    expect(readExchanges(README)).toEqual(run)
    expect(run.length).toBeGreaterThan(15)
  })
})

type App = RequestListener | { readonly callback: () => RequestListener }

describe('the README shows what its code prints', () => {
  for (const { file, code } of files) {
    const printed = [...code.matchAll(/^\s*\/\/ => (.*)$/gm)].map(([, line]) => line)
    if (printed.length === 0) continue
    test(printed[0]!, async () => {
      const log = vi.spyOn(console, 'log').mockReturnValue()
      await import(/* @vite-ignore */ `../../${file}`)
      const lines = log.mock.calls.map((values) => values.join(' '))
      log.mockRestore()
      expect(lines).toEqual(printed)
    })
  }
})

/** The names in the first column of the table under a heading. */
function tableUnder(heading: string): readonly string[] {
  const [, section = ''] = README.split(`## ${heading}\n`)
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!)
}

test('the table of options names every option, and no other', () => {
  const source = readFileSync('src/handler/options.ts', 'utf8')
  const [, list = ''] = source.split('const OPTIONS')
  const options = [...list.split('}')[0]!.matchAll(/^ {2}(\w+): true/gm)].map(([, name]) => name)
  expect(options.length).toBeGreaterThan(10)
  expect(tableUnder('`errorHandler(options)`')).toEqual(options)
})

test('the table of dependencies names every runtime dependency, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object }
  const [, section = ''] = README.split('## Dependencies\n')
  const names = [...section.split('\n## ')[0]!.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name)
  expect(names).toEqual(Object.keys(dependencies))
})

test('the tables of foreign errors and field codes are what the source says (npm run docs)', async () => {
  expect(await withGeneratedParts(README)).toBe(README)
})
