import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listen } from '../support/frameworks.ts'
import { linkApart } from './link-apart.ts'
import { listenerOf, type App } from './listener-of.ts'
import { moduleOf, pages } from './pages.ts'
import { replay } from './replay.ts'
import { readExchanges } from './transcript.ts'

const FOLDER = 'test/docs/fences'

/** Each page's files lie in a folder of their own, so that its blocks can import each other. */
const blocks = pages.map(({ file: page, text, fences, data }) => {
  const folder = `${FOLDER}/${basename(page, '.md')}`
  return {
    page,
    text,
    folder,
    data,
    files: fences.map((fence) => ({ ...fence, file: `${folder}/${fence.path}` })),
  }
})

beforeAll(() => {
  for (const { folder, files, data } of blocks) {
    expect(new Set(files.map(({ file }) => file)).size).toBe(files.length)
    for (const { file, code } of files) write(file, moduleOf(code))
    for (const [path, texts] of data) write(`${folder}/${path}`, texts)
  }
  linkApart(FOLDER)
  const config = {
    extends: '../../../tsconfig.json',
    // Against the types of the built package: the sources are checked by themselves.
    compilerOptions: { noUnusedLocals: false, experimentalDecorators: true, paths: {} },
    include: ['.'],
    exclude: [],
  }
  writeFileSync(`${FOLDER}/tsconfig.json`, JSON.stringify(config))
})

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

// Windows of limits stand still, however slow the machine is.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('every TypeScript block of README and the guide compiles', () => {
  expect(blocks.flatMap(({ files }) => files).length).toBeGreaterThan(20)
  const { stdout, status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', FOLDER], {
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
}, 120_000)

describe.each(blocks)('$page', ({ text, files }) => {
  for (const { file, code, after } of files) {
    const exchanges = readExchanges(after)
    if (exchanges.length === 0) continue
    test(`shows what its code answers: ${code.match(/^(?:app\.\w+\(|throw ).*/m)?.[0] ?? file}`, async () => {
      const logged: string[] = []
      const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
        const { level, msg } = JSON.parse(String(line)) as LogLine
        return logged.push(`${level}: ${msg}`) > 0
      })
      const { app, default: worker } = (await import(/* @vite-ignore */ `../../${file}`)) as {
        app?: App
        default?: App
      }
      const { port, server } = await listen(await listenerOf((app ?? worker)!))
      try {
        for (const exchange of exchanges) expect(await replay(port, exchange)).toEqual(exchange.answer)
        await vi.waitFor(() => expect(logged).toEqual(logOf(after)))
      } finally {
        server.close()
        stderr.mockRestore()
      }
    })
  }

  for (const { file, code } of files) {
    const printed = [...code.matchAll(/^\s*\/\/ => (.*)$/gm)].map(([, line]) => line)
    if (printed.length === 0) continue
    test(`shows what its code prints: ${printed[0]}`, async () => {
      const log = vi.spyOn(console, 'log').mockReturnValue()
      await import(/* @vite-ignore */ `../../${file}`)
      const lines = log.mock.calls.map((values) => values.join(' '))
      log.mockRestore()
      expect(lines).toEqual(printed)
    })
  }

  test('has blocks of known kinds alone, so that none is left unread', () => {
    const marks = [...text.matchAll(/^[ \t]*(?:`{3,}|~{3,}).*$/gm)].map(([line]) => line.trimEnd())
    expect(
      marks.filter(
        (line) =>
          !/^```(?:ts|tsx|typescript|html|go|python|java|kotlin|http|json|yaml|log|console|sh|dockerfile)?$/.test(
            line,
          ),
      ),
    ).toEqual([])
    const shown = [...text.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, json]) => json!)
    for (const json of shown) expect(() => JSON.parse(json) as unknown).not.toThrow()
  })

  test('has no http block but those that follow a block of code, which was run', () => {
    expect(readExchanges(text)).toEqual(files.flatMap(({ after }) => readExchanges(after)))
  })
})

interface LogLine {
  readonly level: string
  readonly msg: string
}

/** What a page shows of the log, in a block of its own: a line for each that the default logger writes. */
function logOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```log\n([^]*?)^```$/gm)].flatMap(([, lines]) => lines!.trim().split('\n'))
}

test('README and the guide show more than fifteen answers', () => {
  expect(pages.flatMap(({ text }) => readExchanges(text)).length).toBeGreaterThan(15)
})
