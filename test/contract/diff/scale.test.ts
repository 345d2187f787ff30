import { expect, test } from 'vitest'
import { defineCatalog } from '../../../src/index.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { diff } from '../../../src/contract/diff/diff.ts'

const LOCALES = ['de', 'es', 'fr', 'it', 'ja', 'ko', 'pt', 'ru', 'zh']
const CODES = Array.from({ length: 10_000 }, (_, index) => 10_000 + index)

function dump(status: (code: number) => number, text: string): ReturnType<typeof createDump> {
  const texts = (words: string): object =>
    Object.fromEntries(CODES.map((code) => [code, { message: `${words} ${code}`, action: text }]))
  const errors = Object.fromEntries(
    CODES.map((code) => [code, { status: status(code), message: `Error ${code}`, action: text }]),
  )
  const locales = Object.fromEntries(LOCALES.map((locale) => [locale, { big: texts(locale) }]))
  return createDump(defineCatalog({ name: 'big', errors, locales } as never))
}

/** Milliseconds of the processor, which others may use as well. */
function cost(compare: () => void): number {
  const { user, system } = process.cpuUsage()
  compare()
  const spent = process.cpuUsage({ user, system })
  return (spent.user + spent.system) / 1000
}

test('10,000 codes in 10 languages are compared in seconds', () => {
  const old = dump(() => 404, 'Wait')
  const next = dump((code) => (code % 100 === 0 ? 410 : 404), 'Try again')
  expect(diff(old, next)).toHaveLength(10_100)
  const same = structuredClone(old)
  expect(Math.min(...[1, 2].map(() => cost(() => diff(old, same))))).toBeLessThan(5000)
  expect(Math.min(...[1, 2].map(() => cost(() => diff(old, next))))).toBeLessThan(5000)
}, 120_000)
