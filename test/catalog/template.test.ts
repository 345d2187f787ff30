import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SetupError } from '../../src/guard/setup-error.ts'
import {
  compileTemplate,
  cutFilled,
  paramText,
  placeholders,
  type Fillings,
  unknownPlaceholders,
} from '../../src/catalog/template.ts'
import { dateText } from '../../src/guard/text.ts'
import { createSource, i18nextSource } from '../../src/locale/sources/source.ts'
import { countOf, pluralForm } from '../../src/locale/text/plural.ts'
import { findText } from '../../src/locale/text/text.ts'

/** Any text, lone surrogates included. */
const utf16 = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) })

const throwing = (): never => {
  throw new Error('hostile')
}

describe('placeholders', () => {
  const table: readonly (readonly [text: string, names: readonly string[]])[] = [
    ['Not found', []],
    ['Only {{left}} of {{product}} left', ['left', 'product']],
    ['{{a}} {{a}} {{b}} {{a}}', ['a', 'b']],
    ['{{ a }} {{- b}} {{-c}} {{d, number}} {{e, currency(EUR)}}', ['a', 'b', 'c', 'd', 'e']],
    ['{{_a1}} {{camelCase}} {{snake_case}} {{COUNT}}', ['_a1', 'camelCase', 'snake_case', 'COUNT']],
    ['{left} {{left} {left}} $t(left)', []],
  ]
  for (const [text, names] of table) {
    test(`are [${names.join(', ')}] in "${text}"`, () => {
      expect(placeholders(text, 'Text')).toEqual(names)
    })
  }

  test('are one list for all texts that have none', () => {
    expect(placeholders('Not found', 'Text')).toBe(placeholders('Gone', 'Text'))
  })

  for (const name of [
    '',
    ' ',
    '1st',
    'a.b',
    'a b',
    'a-b',
    'größe',
    '$x',
    'toString',
    '__proto__',
    'constructor',
  ]) {
    test(`are refused with the name "${name}"`, () => {
      expect(() => placeholders(`x {{${name}}}`, 'Text')).toThrow(
        new SetupError(
          `Text holds the placeholder "{{${name}}}". Name params with letters, digits and _, like {{left}}.`,
        ),
      )
    })
  }
})

describe('compileTemplate', () => {
  const table: readonly (readonly [text: string, params: Fillings, filled: string])[] = [
    ['Only {{left}} of {{product}} left', { left: 3, product: 'tea' }, 'Only 3 of tea left'],
    ['{{ a }}{{- a}}{{-a}}{{a, number}}', { a: 1.5 }, '1.51.51.51.5'],
    ['{{a}} and {{b}}', { a: 0, b: '' }, '0 and '],
    ['{{a}}', {}, '…'],
    ['{{a}} {{b}}', { a: '{{b}}', b: '{{a}}' }, '{{b}} {{a}}'],
    ['{{a}}', { a: "$& $1 $` $' $$" }, "$& $1 $` $' $$"],
    ['{{a}}', { a: '$t(b) {{- a}}' }, '$t(b) {{- a}}'],
    ['{{a}}', { a: 'Tom & "Jerry" <b>' }, 'Tom & "Jerry" <b>'],
    ['{{a}}; {{b}}', { a: ['x', 'y', 'z'], b: [] }, 'x, y, z; '],
    ['no placeholder', { a: 1 }, 'no placeholder'],
  ]
  for (const [text, params, filled] of table) {
    test(`makes "${filled}" of "${text}"`, () => {
      expect(compileTemplate(text)(params)).toBe(filled)
    })
  }

  test('agrees with i18next on texts without formats', () => {
    const name = fc.constantFrom(
      'a',
      'b',
      'lng',
      'ns',
      'count',
      'context',
      'defaultValue',
      'replace',
      'missing',
    )
    const piece = fc.oneof(
      fc.string().map((text) => text.replaceAll(/[{}]/g, '')),
      name.map((param) => `{{${param}}}`),
      name.map((param) => `{{ ${param} }}`),
      name.map((param) => `{{- ${param}}}`),
      fc.constantFrom('$t(a)', '$t(a, {"x": 1})', '$&', '\n'),
    )
    const value = fc.oneof(
      utf16,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom('{{a}}', '{{- b}}', '$t(a)', '$&', '&<>"/', '', 0),
    )
    const params = fc.dictionary(
      name.filter((param) => param !== 'missing'),
      value,
    )
    const source = createSource({}, 'Test')
    fc.assert(
      fc.property(fc.array(piece), params, (pieces, params) => {
        const text = `:${pieces.join('')}`
        source.i18n.addResourceBundle('de', 'shop', { 1: { message: text } }, true, true)
        const count = countOf(params)
        const form = count === undefined ? undefined : pluralForm('de', count)
        const where = { namespace: 'shop', locale: 'de', key: 1, field: 'message' } as const
        const names = unknownPlaceholders(text, [])
        const original = { params: names, sourceText: text, sourceLocale: 'en' }
        const key = { ...where, ...original, form, isKey: () => false, ownKey: undefined }
        // An app's instance may have any syntax, so that its texts are always i18next's to fill.
        const found = [findText(source, key), findText(i18nextSource(source.i18n), key)]
        const filled = compileTemplate(text)(params)
        expect(found.map((text) => text?.fill(params))).toEqual([filled, filled])
      }),
    )
  })
})

describe('cutFilled', () => {
  test.each([
    ['a short text is whole', 'Only 3 left', 'Only 3 left'],
    ['a text of 3,072 characters is whole', 'x'.repeat(3072), 'x'.repeat(3072)],
    ['a longer one is cut', 'x'.repeat(3073), `${'x'.repeat(3072)}…`],
    ['a pair that the cut splits is replaced', `${'x'.repeat(3071)}\u{1F600}`, `${'x'.repeat(3071)}\uFFFD…`],
  ])('%s', (_what, text, cut) => {
    expect(cutFilled(text)).toBe(cut)
  })
})

describe('paramText', () => {
  const table: readonly (readonly [what: string, value: unknown, text: string | number])[] = [
    ['a text is kept', 'Tom & "Jerry"', 'Tom & "Jerry"'],
    ['an empty text is kept', '', ''],
    ['line ends are kept', 'a\r\nb\u2028', 'a\r\nb\u2028'],
    ['a number stays a number', 1.5, 1.5],
    ['a number that is none is an ellipsis', NaN, '…'],
    ['infinity is an ellipsis', -Infinity, '…'],
    ['a BigInt is its digits', 12345678901234567890n, '12345678901234567890'],
    ['a BigInt of more than 100 digits is an ellipsis', 10n ** 100n + 1n, '…'],
    ['a negative BigInt of more than 100 digits is an ellipsis', -(10n ** 100n) - 1n, '…'],
    ['true is a word', true, 'true'],
    ['false is a word', false, 'false'],
    ['a Date is its ISO text', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a Date that is none is an ellipsis', new Date(NaN), '…'],
    ['null is an ellipsis', null, '…'],
    ['undefined is an ellipsis', undefined, '…'],
    ['a Symbol is an ellipsis', Symbol('x'), '…'],
    ['a function is an ellipsis', () => 'x', '…'],
    ['an object is an ellipsis', { toString: () => 'x' }, '…'],
    ['an object whose toString throws is an ellipsis', { toString: throwing, valueOf: throwing }, '…'],
    ['an array is an ellipsis', ['x'], '…'],
    ['a Proxy that throws is an ellipsis', new Proxy({}, { get: throwing }), '…'],
    ['a text of 1 MB is cut', 'x'.repeat(1_000_000), `${'x'.repeat(1024)}…`],
    ['a text of 1,024 characters is whole', 'x'.repeat(1024), 'x'.repeat(1024)],
    ['lone surrogates are replaced', 'a\uD800b\uDC00\u{1F600}', 'a\uFFFDb\uFFFD\u{1F600}'],
    ['a pair that the cut splits is replaced', `${'x'.repeat(1023)}\u{1F600}`, `${'x'.repeat(1023)}\uFFFD…`],
    [
      'characters that reorder their surroundings are left out',
      'a\u202Eb\u2066c\u2069\u200Fd\u061C\u200E',
      'abcd',
    ],
    ['right-to-left letters are kept', 'שלום', 'שלום'],
  ]
  for (const [what, value, text] of table) {
    test(what, () => {
      expect(paramText(value)).toBe(text)
    })
  }

  test('is a finite number or a text that is well-formed, bounded and reorders nothing, whatever it is given', () => {
    const text = fc.string({ unit: fc.constantFrom('\u202E', '\u2067', '\uD800', '\uDC00', 'a') })
    fc.assert(
      fc.property(fc.oneof(text, utf16, fc.anything({ withBigInt: true, withDate: true })), (value) => {
        const made = paramText(value)
        const safe =
          typeof made === 'number'
            ? Number.isFinite(made)
            : made.isWellFormed() && made.length <= 1025 && !/[\u202A-\u202E\u2066-\u2069]/.test(made)
        expect(safe).toBe(true)
      }),
    )
  })
})

describe('dateText', () => {
  test('is nothing for what only looks like a Date', () => {
    expect(
      [{ getTime: () => 0 }, Object.create(Date.prototype), '1970-01-01', 0].map((value) => dateText(value)),
    ).toEqual([undefined, undefined, undefined, undefined])
  })

  test('is made without the methods of a subclass', () => {
    class Odd extends Date {
      override getTime(): number {
        throw new Error('hostile')
      }
      override toISOString(): string {
        throw new Error('hostile')
      }
    }
    expect(dateText(new Odd(0))).toBe('1970-01-01T00:00:00.000Z')
  })
})
