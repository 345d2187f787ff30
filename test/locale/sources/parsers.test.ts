import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SetupError } from '../../../src/guard/setup-error.ts'
import { checkFile, readParsed } from '../../../src/locale/sources/file.ts'
import { EXTENSIONS } from '../../../src/locale/sources/parsers.ts'
import { localeFolders } from '../../support/locale-files.ts'

const folderOf = localeFolders()

function written(extension: string, text: string): string {
  const name = `shop${extension}`
  return join(folderOf({ [name]: text }), name)
}

function parsed(extension: string, text: string): unknown {
  return readParsed(written(extension, text))
}

/** What is said of a file that cannot be parsed, without its name. */
function problemWith(extension: string, text: string): string {
  const file = written(extension, text)
  expect(() => readParsed(file)).toThrow(SetupError)
  try {
    readParsed(file)
  } catch (error) {
    const { message } = error as SetupError
    expect(message.startsWith(`${file} was not read: `)).toBe(true)
    return message.slice(`${file} was not read: `.length)
  }
  return ''
}

describe('a file of', () => {
  test.each<readonly [extension: string, text: string, value: unknown]>([
    ['.json', '\uFEFF{ "1": { "message": "Eins" } }', { 1: { message: 'Eins' } }],
    ['.JSON', '{}', {}],
    ['.json5', "\uFEFF// Von Hand\n{ '1006': { message: 'Eins', }, }", { 1006: { message: 'Eins' } }],
    ['.yaml', '\uFEFF1006:\n  message: Eins # gut\n', { 1006: { message: 'Eins' } }],
    ['.yml', '---\n1006: Eins\n...\n', { 1006: 'Eins' }],
    // A key is what is written, whatever else it could be.
    [
      '.yaml',
      '0001: a\n-1003: b\n1e3: c\nno: d\nnull: e\n2024-01-01: f\n1.0: g',
      { '0001': 'a', '-1003': 'b', '1e3': 'c', no: 'd', null: 'e', '2024-01-01': 'f', '1.0': 'g' },
    ],
    // Types of YAML 1.2, and none of 1.1.
    [
      '.yaml',
      'a: 7\nb: true\nc: yes\nd: 2024-01-01\ne:\nf: "7"',
      { a: 7, b: true, c: 'yes', d: '2024-01-01', e: null, f: '7' },
    ],
    ['.yaml', '%YAML 1.1\n---\na: yes\nb: 2024-01-01', { a: 'yes', b: '2024-01-01' }],
    ['.yaml', 'a: &later Later\nb: *later', { a: 'Later', b: 'Later' }],
    ['.yaml', 'a: >-\n  one\n  two\nb: |-\n  {{left}}: x\n', { a: 'one two', b: '{{left}}: x' }],
    // The line break that ends a block is no part of a sentence, unless it is asked for.
    [
      '.yaml',
      'a: >\n  one\n  two\nb: |\n  x\n  y\n\nc: |+\n  z\n\nd: "w\\n"',
      { a: 'one two', b: 'x\ny', c: 'z\n', d: 'w\n' },
    ],
    ['.yaml', '', null],
    ['.yaml', '- a', ['a']],
  ])('%s is parsed: %j', (extension, text, value) => {
    expect(parsed(extension, text)).toEqual(value)
  })

  test.each([
    ['.json5', '{\n  a: "x"\n  b: "y"\n}', "JSON5: invalid character 'b' at 3:3"],
    ['.yaml', 'a: x\nb: y: z', 'Nested mappings are not allowed in compact mappings at line 2, column 4'],
    ['.yaml', 'a:\n\t- b', 'Tabs are not allowed as indentation at line 2, column 1'],
    ['.yaml', 'a: "x', 'Missing closing "quote at line 1, column 6'],
    [
      '.yml',
      'a: {{left}} left',
      'Quote a text that begins with {{: a key is a map or a list at line 1, column 5',
    ],
    ['.yaml', 'a: x\nb: y\n"a": z', 'Map keys must be unique at line 3, column 1'],
    ['.yaml', 'a:\n  1006: x\n  "1006": y', 'Map keys must be unique at line 3, column 3'],
    [
      '.yaml',
      'a: &a { message: x }\nb:\n  <<: *a',
      'A merge key is not read: write its members out at line 3, column 3',
    ],
    ['.yaml', 'a: !secret x', 'Unresolved tag: !secret at line 1, column 4'],
    ['.yaml', 'a: !!timestamp 2024-01-01', 'Unresolved tag: tag:yaml.org,2002:timestamp at line 1, column 4'],
    ['.yaml', '? [a]\n: x', 'Quote a text that begins with {{: a key is a map or a list at line 1, column 3'],
    [
      '.yaml',
      '--- a\n--- b',
      'Source contains multiple documents; please use YAML.parseAllDocuments() at line 2, column 1',
    ],
    ['.yaml', 'a: *b', 'Unresolved alias (the anchor must be set before the alias): b'],
  ])('%s that cannot be parsed is told with the place: %j', (extension, text, problem) => {
    expect(problemWith(extension, text)).toBe(problem)
  })

  test('YAML or JSON5 changes no prototype', () => {
    const texts = [
      parsed('.yaml', '__proto__: { message: x }'),
      parsed('.json5', '{ __proto__: { message: 1 } }'),
    ]
    expect(texts.map((each) => Object.hasOwn(each as object, '__proto__'))).toEqual([true, true])
    expect('message' in {}).toBe(false)
  })

  const letters = 'abcdefghij'.split('')
  const laughs = letters.map((letter, index) => {
    const items = Array.from({ length: 10 }, () => (index === 0 ? 'x' : `*${letters[index - 1]}`))
    return `${letter}: &${letter} [${items.join(', ')}]`
  })
  const bombs: Readonly<Record<string, string>> = {
    'a billion laughs': laughs.join('\n'),
    '101 aliases': `a: &a x\n${Array.from({ length: 101 }, (_, index) => `k${index}: *a`).join('\n')}`,
    '2,000 anchors': `a: ${'&a '.repeat(2_000)}`,
    '20,000 lists in each other': '['.repeat(20_000),
    '20,000 maps in each other': '{a: '.repeat(20_000),
  }
  test.each(Object.entries(bombs))('YAML that holds %s is refused', (_, text) => {
    expect(problemWith('.yaml', text)).toMatch(/alias|Maximum call stack|one anchor/)
  })

  test('YAML of 2,000 keys is parsed, and an equal one among them is told', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `key_${index}: x`)
    expect(Object.keys(parsed('.yaml', lines.join('\n')) as object)).toHaveLength(2_000)
    expect(problemWith('.yaml', [...lines, 'key_7: y'].join('\n'))).toBe(
      'Map keys must be unique at line 2001, column 1',
    )
  })

  test.each(['.json5', '.yaml', '.yml'])('%s may have 2 MiB', (extension) => {
    const file = written(extension, '')
    truncateSync(file, 2_097_153)
    for (const look of [checkFile, readParsed]) {
      expect(() => look(file)).toThrow(new SetupError(`${file} has 2097153 bytes. Give at most 2097152.`))
    }
  })

  test('any of the kinds can be looked at without being parsed', () => {
    const looked = EXTENSIONS.map((extension) => checkFile(written(extension, '{')))
    expect(looked).toEqual([undefined, undefined, undefined, undefined])
  })
})
