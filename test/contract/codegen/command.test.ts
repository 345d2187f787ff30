import { describe, expect, test } from 'vitest'
import { project, SHOP } from '../cli/run.ts'

const TWINS = `
import { defineCatalog } from 'bizerror/catalog'
export const mall = defineCatalog({
  name: 'mall',
  errors: { 'user.gone': { status: 410, message: 'Gone' }, USER_GONE: { status: 409, message: 'Gone, too' } },
})
`

describe('bizerror codegen', () => {
  test.each([
    ['go', 'client/shop/errors.go', 'client/shop/errors.go', 'package shop'],
    ['go', 'client', 'client/shop_errors.go', 'package client'],
    ['typescript', 'client', 'client/shop-errors.ts', 'export class ShopError extends Error'],
    ['python', '.', './shop_errors.py', 'class ShopError(Exception)'],
    ['java', 'src/main/java/com/acme', 'src/main/java/com/acme/ShopException.java', 'package com.acme;'],
    ['java', 'Failure2.java', 'Failure2.java', 'public final class Failure2 extends'],
    ['kotlin', '{{catalog}}/Errors.kt', 'shop/Errors.kt', 'class ShopException private'],
  ])('writes %s into %s', async (language, output, file, text) => {
    const { bizerror, read } = project({ 'errors.mjs': SHOP })
    expect(await bizerror(['codegen', language, '-c', 'errors.mjs', '-o', output])).toEqual({
      code: 0,
      out: '',
      err: `${file}\n`,
    })
    expect(read(file)).toContain(text)
  })

  test('--check says whether a file is what would be written, whatever its ends of lines', async () => {
    const { bizerror, read, write } = project({ 'errors.mjs': SHOP })
    const line = ['codegen', 'go', '-c', 'errors.mjs', '-o', 'errors.go']
    await bizerror(line)
    const made = read('errors.go')
    write('errors.go', made.replaceAll('\n', '\r\n'))
    expect(await bizerror([...line, '--check'])).toEqual({ code: 0, out: '', err: '' })
    write('errors.go', made.replace('409', '404'))
    expect(await bizerror([...line, '--check'])).toEqual({
      code: 1,
      out: 'errors.go is not what the catalog says. Run bizerror codegen.\n',
      err: '',
    })
  })

  test('writes all that the config lists, or those of a language, and prints with -o -', async () => {
    const { bizerror, read, files } = project({
      'errors.mjs': SHOP,
      'bizerror.config.json': JSON.stringify({
        catalogs: ['errors.mjs'],
        codegen: [
          { language: 'go', output: 'go/errors.go', package: 'problems' },
          { language: 'python', output: 'py' },
        ],
      }),
    })
    expect((await bizerror(['codegen', 'python'])).err).toBe('py/shop_errors.py\n')
    expect(files()).not.toContain('go/errors.go')
    expect((await bizerror(['codegen'])).err).toBe('go/errors.go\npy/shop_errors.py\n')
    expect(read('go/errors.go')).toContain('package problems')
    const { out, err } = await bizerror(['codegen', 'python', '-o', '-'])
    expect({ out, err }).toEqual({ out: read('py/shop_errors.py'), err: '' })
  })

  test.each([
    [
      [],
      'bizerror codegen was given no language. Give one of typescript, go, python, java, kotlin, or list them in codegen of the config.',
    ],
    [['pyton', '-o', 'x'], 'bizerror codegen knows no language "pyton". Did you mean python?'],
    [['go'], 'bizerror codegen go has no --output. Give a file or a folder, or - to print it.'],
    [['-o', 'x'], '--output is of one language. Name it: bizerror codegen go --output …'],
    [
      ['python', '-o', 'x', '--package', 'a'],
      '--package is "a", and Python has none in its files. Leave it out.',
    ],
    [
      ['go', '-o', 'x', '--package', 'func'],
      '--package is "func". Give the name of a Go package: letters and digits, and no keyword.',
    ],
    [
      ['java', '-o', 'X.java', '--package', 'com.new'],
      '--package is "com.new". Give --package a name such as com.example.shop: no part of it is a keyword.',
    ],
    [
      ['java', '-o', 'src/main/java/my-shop'],
      '--output is "src/main/java/my-shop/ShopException.java", whose folder is no package. Give --package a name such as com.example.shop: no part of it is a keyword.',
    ],
    [
      ['java', '-o', 'errors.java'],
      '--output is "errors.java", but the class has the name of its file. Name it like a class: ShopException.java.',
    ],
    [
      ['java', '-c', 'twins.mjs', '-o', 'x'],
      'Catalog mall, errors "user.gone" and "USER_GONE": both would be USER_GONE in Java. Give one of them another key, and its code, which clients see, as code.',
    ],
    [
      ['go', '-c', 'errors.mjs', '-c', 'other.mjs', '-o', 'x'],
      'x is one place for several clients. Write {{catalog}} where the names of catalogs stand, and give each Go package a folder of its own, or name one catalog by --catalog.',
    ],
    [
      ['python', '-c', 'errors.mjs', '-c', 'other.mjs', '-o', 'x.py'],
      'x.py is one place for several clients. Write {{catalog}} where the names of catalogs stand, or name one catalog by --catalog.',
    ],
  ])('refuses %j in one line, and writes nothing', async (args, err) => {
    const { bizerror, files } = project({
      'errors.mjs': SHOP,
      'other.mjs': SHOP.replace("'shop'", "'mall'"),
      'twins.mjs': TWINS,
    })
    const line = args.includes('-c') ? args : [...args, '-c', 'errors.mjs']
    expect(await bizerror(['codegen', ...line])).toEqual({ code: 2, out: '', err: `${err}\n` })
    expect(files()).toEqual(['errors.mjs', 'other.mjs', 'twins.mjs'])
  })

  test('refuses a dump whose name would lead elsewhere', async () => {
    const { bizerror, read, write, files } = project({ 'errors.mjs': SHOP })
    await bizerror(['dump', '-c', 'errors.mjs'])
    write('errors.json', read('errors.json').replace('"catalog": "shop"', '"catalog": "../../shop"'))
    const { code, out, err } = await bizerror([
      'codegen',
      'go',
      '-c',
      'errors.json',
      '-o',
      '{{catalog}}/errors.go',
    ])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('"../../shop"')
    expect(files()).toEqual(['errors.json', 'errors.mjs'])
  })
})
