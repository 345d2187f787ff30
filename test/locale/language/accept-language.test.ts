import * as fc from 'fast-check'
import Negotiator from 'negotiator'
import { describe, expect, test } from 'vitest'
import { preferredLanguages } from '../../../src/locale/language/accept-language.ts'

const table: readonly (readonly [header: string | undefined, languages: readonly string[]])[] = [
  [undefined, []],
  ['', []],
  [' ', []],
  ['*', ['*']],
  ['*;q=0', []],
  ['en;q=0', []],
  ['en;q=0.000, de;q=0.', []],
  ['de', ['de']],
  ['fr;q=0.1, de, en;q=0.5', ['de', 'en', 'fr']],
  ['de, en, fr', ['de', 'en', 'fr']],
  ['de;q=0.5, en;q=0.5', ['de', 'en']],
  ['*;q=0.5, de;q=0.1', ['*', 'de']],
  ['de-AT, en-US-u-ca-buddhist, zH-hAnS', ['de-AT', 'en-US-u-ca-buddhist', 'zH-hAnS']],
  ['de;q=1, en;q=1.000, fr;q=0.999', ['de', 'en', 'fr']],
  ['de;q=0.1, de;q=0.9, en;q=0.5', ['de', 'en', 'de']],
  // Spelled oddly, but understood by all of us and by negotiator.
  ['de ; q = 0.1, en;q=0.5', ['en', 'de']],
  ['de;Q=0.1,en;q=0.5', ['en', 'de']],
  ['\tde\t;q=0.1 ,  en;q=0.5 ', ['en', 'de']],
  [',,de,,en,', ['de', 'en']],
  // A weight that is none makes its range none.
  ['de;q=2, en;q=1', ['en']],
  ['de;q=1.001, en', ['en']],
  ['de;q=1e9, en', ['en']],
  ['de;q=Infinity, en', ['en']],
  ['de;q=-1, en', ['en']],
  ['de;q=abc, en', ['en']],
  ['de;q=NaN, en', ['en']],
  ['de;q=, en', ['en']],
  ['de;q=0.1234, en', ['en']],
  ['de;q="0.5", en', ['en']],
  ['de;level=1, en', ['en']],
  ['de;q=0.5;q=0.6, en', ['en']],
  ['zH-hAnS, de;Q=0.5, en;q=7', ['zH-hAnS', 'de']],
  // As clients send the names of ICU and POSIX.
  ['zh_TW,pt_BR;q=0.5', ['zh_TW', 'pt_BR']],
  // What is no range.
  ['../../etc/passwd, ..%2f..%2fetc, __proto__, constructor, <script>', []],
  ['de-, -de, de--AT, d\u00E9, toolongname, de-toolongsub', []],
  ['x-whatever', ['x-whatever']],
]

describe('preferredLanguages', () => {
  for (const [header, languages] of table) {
    test(`is [${languages.join(', ')}] for ${header === undefined ? 'no header' : JSON.stringify(header)}`, () => {
      expect(preferredLanguages(header)).toEqual(languages)
    })
  }

  test('reads several lines as the one that Node makes of them', () => {
    expect(preferredLanguages(['de;q=0.5', 'en'].join(', '))).toEqual(['en', 'de'])
  })

  test('reads the first 32 ranges', () => {
    const ranges = Array.from({ length: 40 }, (_, index) => `de-${index + 100}`)
    expect(preferredLanguages(ranges.join())).toEqual(ranges.slice(0, 32))
    for (const count of [32, 33, 34]) {
      expect(preferredLanguages(ranges.slice(0, count).join())).toEqual(ranges.slice(0, 32))
    }
  })

  test('reads the first KiB, without the range that it cuts in two', () => {
    const long = `en-x${'-aaaaaaaa'.repeat(112)}`
    expect(`${long},fr-FR-a`.length).toBe(1020)
    expect(preferredLanguages(`${long},fr-FR-aaaaa`)).toEqual([long, 'fr-FR-aaaaa'])
    expect(preferredLanguages(`${long},fr-FR-aaaaaa,de`)).toEqual([long])
    expect(preferredLanguages(`${long},fr-FR-aaaaa, `)).toEqual([long])
  })

  test('reads the last range of a whole KiB, beside one that is none', () => {
    const header = `en-x${'-aaaaaaaa'.repeat(111)},<script>,fra`.padEnd(1024, '-b')
    expect(header).toHaveLength(1024)
    expect(preferredLanguages(header)).toEqual(header.split(',').filter((range) => range !== '<script>'))
  })

  test('leaves out the 32nd range where the KiB cuts it in two', () => {
    const ranges = Array.from({ length: 31 }, (_, index) => `de-${index + 100}`)
    const header = `${ranges.join()},en-x${'-aaaaaaaa'.repeat(90)}`
    expect(header.length).toBeGreaterThan(1024)
    expect(preferredLanguages(header.slice(0, 1024))).toHaveLength(32)
    expect(preferredLanguages(header)).toEqual(ranges)
  })

  test('takes little time for a header of 16 KB', () => {
    const header = Array.from({ length: 5000 }, () => 'de')
      .join()
      .padEnd(16_000, ' ')
    const start = process.cpuUsage()
    for (let times = 0; times < 100; times++) preferredLanguages(header)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(100 * 5)
  })

  test('has the order of negotiator, for a header that follows the grammar', () => {
    const subtag = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '0', '9'), minLength: 1, maxLength: 8 })
    const primary = fc.string({ unit: fc.constantFrom('a', 'b', 'Z'), minLength: 1, maxLength: 8 })
    const range = fc.oneof(
      fc.constant('*'),
      fc
        .tuple(primary, fc.array(subtag, { maxLength: 2 }))
        .map(([first, rest]) => [first, ...rest].join('-')),
    )
    const weight = fc.oneof(
      fc.constantFrom('', ';q=0', ';q=1', '; q=1.0', ';q=0.000', ';Q=0.5'),
      fc.nat({ max: 999 }).map((thousandths) => `;q=0.${String(thousandths).padStart(3, '0')}`),
    )
    const header = fc
      .array(
        fc.tuple(range, weight, fc.constantFrom(',', ', ', ' ,\t')).map((parts) => parts.join('')),
        { maxLength: 32 },
      )
      .map((ranges) => ranges.join('').replace(/[ ,\t]+$/, ''))
      .filter((header) => header !== '' && header.length <= 1024)
    fc.assert(
      fc.property(header, (header) => {
        const negotiator = new Negotiator({ headers: { 'accept-language': header } })
        // What is written twice in the same way is read once.
        expect([...new Set(preferredLanguages(header))]).toEqual([...new Set(negotiator.languages())])
      }),
    )
  })

  test('returns at most 32 well-formed ranges, whatever the header is', () => {
    const piece = fc.constantFrom(
      'de',
      '-',
      '_',
      'AT',
      ',',
      ';',
      'q',
      '=',
      '0.5',
      '9',
      '*',
      ' ',
      '"',
      '\u00E9',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: piece, maxLength: 200 })), (header) => {
        const languages = preferredLanguages(header)
        expect(languages.length).toBeLessThanOrEqual(32)
        expect(
          languages.filter((language) => !/^(?:\*|[a-z]{1,8}(?:[-_][a-z\d]{1,8})*)$/i.test(language)),
        ).toEqual([])
      }),
    )
  })
})
