import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import schema from '../../../src/contract/dump/catalog-1.json' with { type: 'json' }
import { project, SHOP } from './run.ts'

describe('bizerror dump', () => {
  test('writes errors.json, which is what --check wants, and its schema allows', async () => {
    const { bizerror, read } = project({ 'errors.mjs': SHOP })
    expect(await bizerror(['dump', '-c', 'errors.mjs'])).toEqual({
      code: 0,
      out: '',
      err: 'errors.json: 2 errors of shop in en\n',
    })
    const dump: unknown = JSON.parse(read('errors.json'))
    expect(dump).toMatchObject({
      formatVersion: 1,
      catalog: 'shop',
      entries: [
        { key: 'SOLD_OUT', code: 10002, status: 409, params: ['left'] },
        { key: 'GONE', code: 10003, texts: { en: { message: 'No longer sold', title: 'Gone' } } },
      ],
    })
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema)
    expect(validate(dump), JSON.stringify(validate.errors)).toBe(true)
    expect(await bizerror(['dump', '-c', 'errors.mjs', '--check'])).toEqual({ code: 0, out: '', err: '' })
  })

  test('--check tells which errors differ, whatever the order of members and blanks, and writes nothing', async () => {
    const { bizerror, read, write } = project({ 'errors.mjs': SHOP })
    await bizerror(['dump', '-c', 'errors.mjs'])
    write('errors.json', JSON.stringify(JSON.parse(read('errors.json'))))
    expect((await bizerror(['dump', '-c', 'errors.mjs', '--check'])).code).toBe(0)
    write('errors.mjs', SHOP.replace('409', '404').replace('shop', 'shop'))
    const before = read('errors.json')
    expect(await bizerror(['dump', '-c', 'errors.mjs', '--check'])).toEqual({
      code: 1,
      out: 'errors.json differs in SOLD_OUT. Run bizerror dump.\n',
      err: '',
    })
    expect(read('errors.json')).toBe(before)
  })

  test('--check says that a file is not there', async () => {
    const { bizerror, files } = project({ 'errors.mjs': SHOP })
    expect(await bizerror(['dump', '-c', 'errors.mjs', '--check'])).toEqual({
      code: 1,
      out: 'errors.json is not there. Run bizerror dump.\n',
      err: '',
    })
    expect(files()).toEqual(['errors.mjs'])
  })

  test('prints with -o -, and what modules print goes to stderr', () => {
    const { start } = project({ 'errors.mjs': `console.log('connected')\n${SHOP}` })
    const { code, out, err } = start(['dump', '-c', 'errors.mjs', '-o', '-'])
    expect({ code, err }).toEqual({ code: 0, err: 'connected\n' })
    expect(JSON.parse(out)).toMatchObject({ catalog: 'shop' })
  })

  test('reads TypeScript with enums, a dump, one export of several, a package, and translations', async () => {
    const { bizerror, read } = project({
      'src/errors.ts': `enum Status { Gone = 409 }\n${SHOP.replace('409', 'Status.Gone')}\nexport const other = 1 as number`,
      'locales/de/shop.json':
        '{ "SOLD_OUT": { "message": "Nur noch {{left}}" }, "GONE": { "message_one": "Weg" } }',
      'node_modules/@acme/errors/package.json': '{ "name": "@acme/errors", "main": "errors.cjs" }',
      'node_modules/@acme/errors/errors.cjs': `exports.mall = require('${process.cwd()}/dist/cjs/catalog.cjs').defineCatalog({ name: 'mall', errors: { 404: { status: 404, message: 'Not here' } } })`,
      'bizerror.config.json':
        '{ "catalogs": ["src/errors.ts#shop", "@acme/errors"], "locales": "locales", "api": { "title": "Shop", "version": "2.0.0" } }',
    })
    expect(await bizerror(['dump'])).toEqual({
      code: 0,
      out: '',
      err: 'shop.errors.json: 2 errors of shop in de, en\nmall.errors.json: 1 error of mall in en\n',
    })
    expect(JSON.parse(read('shop.errors.json'))).toMatchObject({
      api: { title: 'Shop', version: '2.0.0' },
      locales: ['de', 'en'],
      entries: [
        { status: 409, texts: { de: { message: 'Nur noch {{left}}' } } },
        { texts: { de: { message_one: 'Weg' } } },
      ],
    })
    expect(await bizerror(['dump', '-c', 'shop.errors.json', '-o', '-', '--config', 'none.json'])).toEqual({
      code: 2,
      out: '',
      err: 'There is no config file none.json. Give --config another path, or leave it out.\n',
    })
    expect((await bizerror(['dump', '-c', 'shop.errors.json', '-o', '-'])).out).toBe(read('shop.errors.json'))
  })

  test('tells of the handler: envelopes, status, documentation and what it conceals', async () => {
    const { bizerror } = project({
      'errors.mjs': `${SHOP}
export const options = {
  catalog: shop,
  envelope: { 'application/json': 'flat', 'application/problem+json': 'problem', 'text/html': () => '' },
  httpStatus: ({ code }) => (code === 10002 ? 200 : 410),
  docsUrl: '/errors/',
  conceal: [{ errors: ['SOLD_OUT'], as: 'GONE' }],
}`,
      'bizerror.config.json': '{ "catalogs": ["errors.mjs"], "handler": "errors.mjs#options" }',
    })
    const { out } = await bizerror(['dump', '-o', '-'])
    expect(JSON.parse(out)).toMatchObject({
      handler: {
        envelope: {
          'application/json': 'flat',
          'application/problem+json': 'problem',
          'text/html': 'custom',
        },
        docsUrl: '/errors/',
        conceal: [{ errors: ['SOLD_OUT'], as: 'GONE' }],
      },
      entries: [{ status: 409, httpStatus: 200 }, { status: 410 }],
    })
  })
})

describe('bizerror dump says in one line what to do', () => {
  test.each<[title: string, files: Readonly<Record<string, string>>, args: readonly string[], err: string]>([
    [
      'where no catalog is named',
      {},
      [],
      'No catalog is named. Give --catalog FILE, or { "catalogs": ["./src/errors.ts"] } in bizerror.config.json.',
    ],
    [
      'for a module that fails',
      { 'errors.mjs': "throw new Error('no database\\nat all')" },
      ['-c', 'errors.mjs'],
      'errors.mjs cannot be loaded: no database',
    ],
    [
      'for a catalog with a mistake',
      { 'errors.mjs': SHOP.replace('409', '99') },
      ['-c', 'errors.mjs'],
      'errors.mjs cannot be loaded: Catalog shop, error "SOLD_OUT" has status 99, expected an integer from 400 to 599, or 200 for an error that is answered with it.',
    ],
    [
      'for a module without a catalog',
      { 'errors.mjs': 'export const a = 1, b = 2' },
      ['-c', 'errors.mjs'],
      'errors.mjs exports no catalog, but a, b. Export what defineCatalog returned.',
    ],
    [
      'for an export that is not there',
      { 'errors.mjs': SHOP },
      ['-c', 'errors.mjs#shpo'],
      'errors.mjs exports no shpo. Did you mean shop?',
    ],
    [
      'for a handler that is no options',
      {
        'errors.mjs': SHOP,
        'bizerror.config.json': '{ "catalogs": ["errors.mjs"], "handler": "errors.mjs#shop" }',
      },
      [],
      'errors.mjs#shop holds no option of errorHandler. Name the object that the app gives its errorHandler.',
    ],
    [
      'for a handler without the name of an export',
      {
        'errors.mjs': SHOP,
        'bizerror.config.json': '{ "catalogs": ["errors.mjs"], "handler": "errors.mjs" }',
      },
      [],
      'errors.mjs has no default export. Name one: errors.mjs#shop.',
    ],
    [
      'for a config that is no JSON, with its place',
      { 'bizerror.config.json': '{\n  "catalogs": ["errors.ts"],\n}' },
      [],
      expect.stringMatching(/^bizerror\.config\.json:2:\d+ is no JSON\. /) as unknown as string,
    ],
    [
      'for a dump that nobody can read to its end',
      { 'errors.json': `{ "formatVersion": 1, "entries": ${'['.repeat(5000)}${']'.repeat(5000)} }` },
      ['-c', 'errors.json', '-o', 'x.json'],
      'errors.json is nested deeper than 64 levels. Give what bizerror dump wrote.',
    ],
    [
      'for a module that ends the process',
      { 'errors.mjs': `${SHOP}\nprocess.exit(0)` },
      ['-c', 'errors.mjs'],
      'errors.mjs ended the process while it was loaded. Put the catalog into a module of its own.',
    ],
    [
      'for broken translations',
      {
        'errors.mjs': SHOP.replace("name: 'shop',", "name: 'shop', locales: 'locales',"),
        'locales/de/shop.json': '{ "GONE": ',
      },
      ['-c', 'errors.mjs'],
      expect.stringMatching(/^locales\/de\/shop\.json was not read: .*JSON/) as unknown as string,
    ],
    [
      'for a dump of a later version',
      { 'errors.json': '{ "formatVersion": 2, "entries": [] }' },
      ['-c', 'errors.json', '-o', 'x.json'],
      'errors.json has formatVersion 2; this version of bizerror reads up to 1. Update bizerror.',
    ],
    [
      'for JSON that is no dump',
      { 'errors.json': '{ "a": 1 }' },
      ['-c', 'errors.json', '-o', 'x.json'],
      'errors.json is no dump: it has no formatVersion and entries. Give what bizerror dump wrote.',
    ],
    [
      'for a config with a mistake',
      { 'bizerror.config.json': '{ "catalog": "errors.ts" }' },
      [],
      'bizerror.config.json has no "catalog". Did you mean catalogs?',
    ],
    [
      'for an option that does not exist',
      {},
      ['--chek'],
      'bizerror dump has no option --chek. Did you mean --check?',
    ],
    [
      'for a value that is missing',
      {},
      ['--output'],
      "Option '-o, --output <value>' argument missing. See bizerror dump --help.",
    ],
    [
      'for an operand',
      {},
      ['errors.ts'],
      'bizerror dump was given "errors.ts", and takes options alone. See bizerror dump --help.',
    ],
    [
      'for a folder that is none',
      {},
      ['--cwd', 'nowhere'],
      '--cwd is "nowhere", which is no folder. Give one that is there.',
    ],
    [
      'for an output that is a folder',
      { 'errors.mjs': SHOP, 'out/a': '' },
      ['-c', 'errors.mjs', '-o', 'out'],
      'out was not written: it is a folder.',
    ],
  ])('%s, ends with 2 and leaves files as they were', async (_, given, args, err) => {
    const { bizerror, files } = project(given)
    const before = files()
    const ran = await bizerror(['dump', ...args])
    expect(ran).toEqual({ code: 2, out: '', err: typeof err === 'string' ? `${err}\n` : err })
    expect(files()).toEqual(before)
  })

  test('a folder that can only be read', async () => {
    const { bizerror, folder, files } = project({ 'errors.mjs': SHOP })
    mkdirSync(join(folder, 'closed'))
    chmodSync(join(folder, 'closed'), 0o500)
    const { code, err } = await bizerror(['dump', '-c', 'errors.mjs', '-o', 'closed/errors.json'])
    // Who may everything may write there.
    const mayAll = process.getuid?.() === 0
    expect({ code, err }).toEqual(
      mayAll
        ? { code: 0, err: 'closed/errors.json: 2 errors of shop in en\n' }
        : { code: 2, err: 'closed/errors.json was not written: permission is denied.\n' },
    )
    expect(files().filter((file) => file.endsWith('.tmp'))).toEqual([])
  })
})

test('bizerror dump ends though a catalog keeps a server and a timer open', () => {
  const { start } = project({
    'errors.mjs': `import { createServer } from 'node:net'\ncreateServer().listen(0)\nsetInterval(() => {}, 1000)\n${SHOP}`,
  })
  expect(start(['dump', '-c', 'errors.mjs', '-o', '-']).code).toBe(0)
})
