import { expect, test } from 'vitest'
import { defineCatalog } from '../../../src/index.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { diff } from '../../../src/contract/diff/diff.ts'

const LOCALES = ['de', 'fr', 'zh']

type Dump = ReturnType<typeof createDump>

function dump(size: number, status: (code: number) => number, text: string): Dump {
  const codes = Array.from({ length: size }, (_, index) => 10_000 + index)
  const texts = (words: string): object =>
    Object.fromEntries(codes.map((code) => [code, { message: `${words} ${code}`, action: text }]))
  const errors = Object.fromEntries(
    codes.map((code) => [code, { status: status(code), message: `Error ${code}`, action: text }]),
  )
  const locales = Object.fromEntries(LOCALES.map((locale) => [locale, { big: texts(locale) }]))
  return createDump(defineCatalog({ name: 'big', errors, locales } as never))
}

/** Milliseconds of the processor, which others may use as well, at best. */
function cost(compare: () => void): number {
  const costs = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage()
    compare()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...costs)
}

test('eight times as many codes are compared in about eight times as long', () => {
  const [few, many] = [200, 1_600].map((size) => {
    const old = dump(size, () => 404, 'Wait')
    const next = dump(size, (code) => (code % 100 === 0 ? 410 : 404), 'Try again')
    expect(diff(old, next)).toHaveLength(size * 1.01)
    const same = structuredClone(old)
    return { same: cost(() => diff(old, same)), other: cost(() => diff(old, next)) }
  })
  // What looks at each code for each takes 64 times as long.
  expect(many!.same / few!.same).toBeLessThan(30)
  expect(many!.other / few!.other).toBeLessThan(30)
})
