import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as yaml from 'yaml'
import { memberLines } from '../../../src/contract/openapi/merge/yaml-text.ts'

const awkward = [
  '',
  ' ',
  'a: b',
  'a #b',
  '#a',
  '- a',
  '? a',
  'yes',
  'No',
  'null',
  '~',
  '1',
  '1e3',
  '0x1f',
  '1:30',
  '2026-01-01',
  "it's",
  '"',
  '\\',
  'a\nb',
  'a\n\nb',
  '\na',
  'a\n',
  ' a\nb',
  'a\n  b',
  'a\t',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\u0000',
  '{{left}}',
  '[a]',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a`',
  'ü',
  '日本',
  'é: ü',
  'a:',
  '...',
  '---',
  '$ref',
  '=',
  '<<',
]

test('what is written as YAML is read as what it was, by versions 1.1 and 1.2', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...awkward))
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.constantFrom(null, true, false, 0.5),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value
  fc.assert(
    fc.property(value, fc.constantFrom('  ', '    ', ' '), (given, indent) => {
      // As JSON can hold it: valid Unicode, and no __proto__.
      const json = JSON.stringify({ given }).replaceAll('__proto__', 'proto')
      const data = JSON.parse(json.toWellFormed()) as { readonly given: unknown }
      fc.pre(!/\\ud[89a-f]/.test(json))
      const written = `${memberLines('given', data.given, indent).join('\n')}\n`
      expect(yaml.parse(written)).toEqual(data)
      expect(yaml.parse(written, { version: '1.1', merge: false })).toEqual(data)
    }),
    { numRuns: 300 },
  )
})
