import { afterAll, describe, expect, test } from 'vitest'
import { fileOf, languageServer, languageService, place, type Editor } from './editors.ts'
import { IN_5, IN_7 } from './sentences.ts'

const DEFINED =
  "catalog.ts: SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left' },"
const THROWN = "use.ts: errors.SOLD_OUT({ params: { left: 1, product: 'tea' } })"
const MISTAKEN = [
  'mistakes.ts: errors.SOLD_OUT()',
  'mistakes.ts: errors.SOLD_OUT({})',
  "mistakes.ts: errors.SOLD_OUT({ params: { left: 1, product: 'tea', color: 'red' } })",
  "mistakes.ts: errors.SOLD_OUT({ params: { left: {}, product: 'tea' } })",
]
const USES = [DEFINED, ...MISTAKEN, THROWN].toSorted()
const DEFINED_IN_BASE = "base.ts: CLOSED: { code: 'A05', status: 503, message: 'Closed until {{time}}' },"
const USES_OF_BASE = [
  DEFINED_IN_BASE,
  'mistakes.ts: errors.CLOSED()',
  "use.ts: errors.CLOSED({ params: { time: '9:00' } })",
]

const versions: readonly (readonly [name: string, open: () => Editor, sentences: readonly string[]])[] = [
  ['5.4', () => languageService('typescript54'), IN_5],
  ['5.9', () => languageService('typescript59'), IN_5],
  ['7', () => languageServer('typescript'), IN_7],
]

for (const [version, open, sentences] of versions) {
  describe(`an editor with TypeScript ${version}`, () => {
    const editor = open()
    afterAll(() => editor.close())

    test('names each mistake, and the keys or params that would be right', async () => {
      expect(await editor.problems(fileOf('mistakes.ts'))).toEqual(sentences)
    })

    test('has nothing to say of what is right', async () => {
      for (const file of ['base.ts', 'catalog.ts', 'use.ts']) {
        expect(await editor.problems(fileOf(file))).toEqual([])
      }
    })

    test('completes the keys of errors', async () => {
      const names = await editor.completions(place('use.ts', 'errors.|SOLD_OUT'))
      // A number is no name: some offer it in brackets.
      expect(names.filter((name) => name !== '1006').toSorted()).toEqual([
        'CLOSED',
        'PRODUCT_NOT_FOUND',
        'SOLD_OUT',
      ])
    })

    test.each([
      ['a word', "new BizError('|SOLD", ['CLOSED', 'PRODUCT_NOT_FOUND', 'SOLD_OUT']],
      ['get', "get('|SOLD", ['CLOSED', 'PRODUCT_NOT_FOUND', 'SOLD_OUT']],
      ['byCode', "byCode('|A05", ['A05']],
      ['is', "(undefined, '|PROD", ['PRODUCT_NOT_FOUND']],
    ])('completes the keys or codes of what takes them: %s', async (_what, at, expected) => {
      expect(await editor.completions(place('use.ts', at))).toEqual(expect.arrayContaining(expected))
    })

    test('completes a key that is a number', async () => {
      const names = await editor.completions(place('use.ts', 'new BizError(|1006'))
      expect(names.filter((name) => /^\d/.test(name))).toEqual(['1006'])
    })

    test.each([
      ['errors', 'errors.SOLD_OUT({ params: { |left'],
      ['the constructor', "new BizError('SOLD_OUT', { params: { |left"],
    ])('completes the params of a message, for %s', async (_what, at) => {
      // The other one is written already.
      expect(await editor.completions(place('use.ts', at))).toEqual(['left'])
    })

    test('leads from a throw to the definition', async () => {
      expect(await editor.definitions(place('use.ts', 'errors.SOLD|_OUT('))).toEqual([DEFINED])
      expect(await editor.definitions(place('use.ts', 'errors[10|06]'))).toEqual([
        "catalog.ts: 1006: { status: 409, message: 'Username already exists' },",
      ])
    })

    test('leads from a throw to the catalog that another extends, where its uses are found and renamed', async () => {
      expect(await editor.definitions(place('use.ts', 'errors.CLO|SED('))).toEqual([DEFINED_IN_BASE])
      for (const [file, at] of [
        ['use.ts', 'errors.CLO|SED('],
        ['base.ts', 'CLO|SED:'],
      ] as const) {
        const here = place(file, at)
        expect((await editor.references(here)).toSorted()).toEqual(USES_OF_BASE)
        expect((await editor.renames(here)).toSorted()).toEqual(USES_OF_BASE)
      }
    })

    test.each([
      ['a throw', 'use.ts', 'errors.SOLD|_OUT('],
      ['the definition', 'catalog.ts', 'SOLD|_OUT:'],
    ])('finds all throws of an error, and renames it, from %s', async (_what, file, at) => {
      const here = place(file, at)
      expect((await editor.references(here)).toSorted()).toEqual(USES)
      expect((await editor.renames(here)).toSorted()).toEqual(USES)
    })

    test.each([
      [
        'errors.KEY',
        'errors.SOLD|_OUT(',
        ['SOLD_OUT', 'code: 10002', 'status: 409', 'message: "Only {{left}} of {{product}} left"'],
      ],
      [
        'an error of the catalog that is extended',
        'errors.CLO|SED(',
        ['CLOSED', 'code: "A05"', 'status: 503', 'message: "Closed until {{time}}"'],
      ],
      ['errors[1006]', 'errors[10|06]', ['1006', 'status: 409', 'message: "Username already exists"']],
      [
        'the constructor',
        'new Biz|Error(1006',
        ['1006', 'status: 409', 'message: "Username already exists"'],
      ],
    ])('shows key, code, status and message over %s, and nothing of titles', async (_what, at, expected) => {
      const text = await editor.hover(place('use.ts', at))
      for (const part of expected) expect(text).toContain(part)
      expect(text).not.toContain('No product')
    })

    test("speaks of no other catalog's codes over a catalog's class", async () => {
      const text = await editor.hover(place('use.ts', 'new shop.Biz|Error('))
      expect(text).toContain('`throw new BizError(key, options)`')
      expect(text).toContain('message: "Product not found"')
    })
  })
}
