import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { createResponder } from '../../src/handler/responder.ts'
import { frameworks, type Route } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'
import { sampleFacts, sampleOrigin } from '../support/sample-facts.ts'
import { pipeline, serving } from '../support/apps.ts'
import { startComputing } from '../support/stopwatch.ts'

// Counts what is read, and reads it.
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>()
  return {
    ...original,
    readFileSync: vi.fn(original.readFileSync),
    existsSync: vi.fn(original.existsSync),
    readdirSync: vi.fn(original.readdirSync),
  }
})

function readsSoFar(): number {
  return [fs.readFileSync, fs.existsSync, fs.readdirSync]
    .map((read) => vi.mocked(read as () => unknown).mock.calls.length)
    .reduce((sum, calls) => sum + calls, 0)
}

const errors = { 100: { status: 409, message: 'Hello' }, 500: { status: 500, message: 'Broken' } } as const

function ask(acceptLanguage: string): RawRequest {
  return { path: '/', headers: { 'X-Request-ID': 'h-1', 'Accept-Language': acceptLanguage } }
}

/** A language like no other: English in private use. */
function tagOf(n: number): string {
  return `en-x-${n.toString(36)}`
}

describe('H. Accept-Language: cost', () => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
  const pairs = letters.flatMap((first) => letters.map((second) => first + second))
  const languages = pairs.filter((tag) => {
    const { language, script } = new Intl.Locale(tag).maximize()
    return language === tag && tag !== 'en' && script !== undefined
  })
  const hundred = languages.slice(-100)
  const root = fs.mkdtempSync(join(tmpdir(), 'tongues-'))
  const folder = join(root, 'locales')
  for (const locale of hundred) {
    fs.mkdirSync(join(folder, locale), { recursive: true })
    fs.writeFileSync(join(folder, locale, 'tongues.json'), JSON.stringify({ 100: { message: locale } }))
  }
  // What a path out of the folder would find.
  fs.mkdirSync(join(root, 'etc'))
  fs.writeFileSync(join(root, 'etc', 'tongues.json'), JSON.stringify({ 100: { message: 'stolen' } }))
  afterAll(() => fs.rmSync(root, { recursive: true }))

  const many = defineCatalog({ name: 'tongues', locales: folder, errors })
  const error = new many.BizError(100)
  const throwMany: Route = () => {
    throw error
  }
  test('P-H05: no header makes the handler look at a file', async () => {
    for (const { listener } of frameworks) {
      await serving(listener({ options: { catalog: many }, routes: { '/': throwMany } }), async (port) => {
        const [english] = await pipeline(port, [ask('en')])
        const before = readsSoFar()
        const hostile = [
          '../etc',
          '..%2fetc',
          '../../etc/passwd',
          '__proto__',
          'constructor',
          '<script>',
          'etc',
        ]
        for (const response of await pipeline(port, hostile.map(ask))) expect(response).toBe(english)
        expect(readsSoFar(), 'files looked at').toBe(before)
      })
    }
  })

  const letAnswer = createResponder({ catalog: many }, sampleOrigin)

  /** Milliseconds that answers take, each to another header of a shape. */
  function costOf(shape: (n: number) => string, length: number): number {
    const computed = startComputing()
    for (let n = 0; n < 100; n++) {
      letAnswer(error, { ...sampleFacts, acceptLanguage: shape(n).slice(0, length) }, {})
    }
    return computed()
  }

  // Of a longer header no more is read.
  test('P-H08: a header of 16 KB, with 100 languages held, costs about as much as one of 1 KB', () => {
    const shapes = [
      (n: number) => `x${n},`.repeat(5000),
      (n: number) => `${languages[n % languages.length]!};q=0.${n},`.repeat(1600),
      (n: number) => `${' '.repeat(1000 + n)},`.repeat(15),
      (n: number) => `de${n}${'-a1'.repeat(5000)}`,
      (n: number) => `de${n};${' '.repeat(15_000)}q=1`,
    ]
    for (const shape of shapes) {
      costOf(shape, 16_000)
      const ratios = Array.from({ length: 5 }, () => costOf(shape, 16_000) / costOf(shape, 1_024))
      expect(Math.min(...ratios)).toBeLessThan(4)
    }
  })

  for (const { name, listener } of frameworks) {
    test(`P-H09: 500 requests, each in another language, read no file on ${name}`, async () => {
      await serving(listener({ options: { catalog: many }, routes: { '/': throwMany } }), async (port) => {
        const [first] = await pipeline(port, [ask(tagOf(0))])
        const before = readsSoFar()
        const unseen = Array.from({ length: 500 }, (_, n) => ask(tagOf(1000 + n)))
        expect(new Set(await pipeline(port, unseen))).toEqual(new Set([first]))
        expect(readsSoFar(), 'files looked at').toBe(before)
      })
    })
  }

  test('P-H09: 10,000 answers, each in another language, get no slower', () => {
    const costs = Array.from({ length: 5 }, (_, fifth) =>
      costOf((n) => tagOf(100_000 + 100 * fifth + n), 100),
    )
    for (let n = 0; n < 10_000; n++) letAnswer(error, { ...sampleFacts, acceptLanguage: tagOf(n) }, {})
    const later = Array.from({ length: 5 }, (_, fifth) =>
      costOf((n) => tagOf(200_000 + 100 * fifth + n), 100),
    )
    // Others take their turns on the machine: the quickest of a few says what it costs.
    expect(Math.min(...later)).toBeLessThan(3 * Math.min(...costs))
  })
})
