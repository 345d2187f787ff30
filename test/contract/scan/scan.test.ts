import { describe, expect, test } from 'vitest'
import { scanOf, usesOf } from './scanned.ts'

const HEAD = `import { shop, errors, BizError } from './errors.js'\n`

describe('an error is found', () => {
  test.each([
    ['by its factory', 'throw errors.GONE()', ['made shop GONE']],
    ['by its catalog', 'throw shop.errors.GONE()', ['made shop GONE']],
    ['in brackets', "throw errors['GONE']()", ['made shop GONE']],
    ['by a number in brackets', 'throw errors[1006]()', ['made shop 1006']],
    ['by the class', 'throw new BizError(1006)', ['made shop 1006']],
    ['by the class of the catalog', "throw new shop.BizError('GONE')", ['made shop GONE']],
    ['without a throw', 'next(errors.GONE())', ['made shop GONE']],
    ['among others', 'throw errors.GONE({ also: [errors[1006]()] })', ['made shop GONE', 'made shop 1006']],
    [
      'with params',
      'throw errors.SOLD_OUT({ params: { left: 1, "product": p } })',
      ['made shop SOLD_OUT { left, product }'],
    ],
    [
      'with params of a variable',
      'const params = { left: 1 }\nthrow errors.SOLD_OUT({ params })',
      ['made shop SOLD_OUT { left }'],
    ],
    [
      'with options of a variable',
      'const o = { params: { left: 1 } }\nthrow errors.SOLD_OUT(o)',
      ['made shop SOLD_OUT { left }'],
    ],
    [
      'with params that cannot be read',
      'throw errors.SOLD_OUT({ params: read() })',
      ['made shop SOLD_OUT …'],
    ],
    [
      'with params that are spread',
      'throw errors.SOLD_OUT({ params: { ...rest } })',
      ['made shop SOLD_OUT …'],
    ],
    ['with options that are spread', 'throw errors.SOLD_OUT({ ...rest })', ['made shop SOLD_OUT …']],
    ['with `as`', 'throw errors.GONE({ as: 1006 })', ['made shop GONE as 1006']],
    ['that is asked for', "shop.is(error, 'GONE', 1006)", ['asked shop GONE', 'asked shop 1006']],
    ['that is handed on', 'orElse(errors.GONE)', ['given shop GONE']],
    [
      'of a choice',
      "throw new BizError(a ? 1006 : b ? 'GONE' : 1007)",
      ['made shop 1006', 'made shop GONE', 'made shop 1007'],
    ],
    [
      'of a choice in brackets',
      "throw errors[a ? 'GONE' : 'SOLD_OUT']()",
      ['made shop GONE', 'made shop SOLD_OUT'],
    ],
    [
      'of a choice of factories',
      'throw (a ? errors.GONE : errors[1006])()',
      ['made shop GONE', 'made shop 1006'],
    ],
    ['by a constant', 'const CODE = 1006\nthrow new BizError(CODE)', ['made shop 1006']],
    [
      'by a table of constants',
      'const CODES = { TAKEN: 1006 } as const\nthrow new BizError(CODES.TAKEN)',
      ['made shop 1006'],
    ],
    [
      'by a frozen table',
      'const CODES = Object.freeze({ TAKEN: 1006 })\nthrow new BizError(CODES.TAKEN)',
      ['made shop 1006'],
    ],
    [
      'by any of a table',
      'const CODES = { a: 1006, b: 1007 }\nthrow new BizError(CODES[why])',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'by an enum',
      'enum Codes { Taken = 1006, Missing }\nthrow new BizError(Codes.Missing)',
      ['made shop 1007'],
    ],
    [
      'by a namespace',
      'namespace Codes { export const TAKEN = 1006 }\nthrow new BizError(Codes.TAKEN)',
      ['made shop 1006'],
    ],
    ['by a template', "throw new BizError(`GO${'NE'}`)", ['made shop GONE']],
    [
      'by a variable that is assigned',
      'let code: number\nif (a) code = 1006\nelse code = 1007\nthrow new BizError(code)',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'by the elements of a list',
      'for (const code of [1006, 1007]) list.push(new BizError(code))',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'by a type of constants',
      'function f(code: 1006 | 1007) { throw new BizError(code) }',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'by a type that has a name',
      "type Key = 'GONE' | 1006\nfunction f(key: Key) { throw errors[key]() }",
      ['made shop GONE', 'made shop 1006'],
    ],
    [
      'by a type parameter',
      "const f = <TKey extends 'GONE' | 1006>(key: TKey) => errors[key]()",
      ['made shop GONE', 'made shop 1006'],
    ],
    [
      'by the type of a table',
      'const CODES = { a: 1006, b: 1007 } as const\nfunction f(code: (typeof CODES)[keyof typeof CODES]) { throw new BizError(code) }',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'by the type of an enum',
      'enum Codes { Taken = 1006, Missing }\nfunction f(code: Codes) { throw new BizError(code) }',
      ['made shop 1006', 'made shop 1007'],
    ],
    ['by what is bound', 'const gone = errors.GONE.bind(null)', ['made shop GONE …']],
    [
      'of a function that calls itself',
      'function f(code) { if (a) f(code); throw new BizError(code) }\nf(1006)',
      ['made shop 1006'],
    ],
    ['of a table of functions', 'const T = { a: () => errors.GONE() }\nthrow T[why]()', ['made shop GONE']],
    ['before it is declared', 'throw make()\nfunction make() { return errors.GONE() }', ['made shop GONE']],
    ['destructured', 'const { GONE, SOLD_OUT: soldOut } = errors\nthrow GONE()', ['made shop GONE']],
    [
      'destructured inside',
      'function f() { const { BizError } = shop; throw new BizError(1006) }',
      ['made shop 1006'],
    ],
    ['destructured twice', 'const { errors: { GONE } } = shop\nthrow GONE()', ['made shop GONE']],
    [
      'destructured from a parameter',
      'function f({ errors }: typeof shop) { throw errors.GONE() }',
      ['made shop GONE'],
    ],
    [
      'of a parameter with a type',
      'class A { constructor(private readonly mine: typeof shop) {} f() { throw this.mine.errors.GONE() } }',
      ['made shop GONE'],
    ],
    [
      'of a field',
      'class A { #errors = shop.errors; f() { throw this.#errors.GONE() } }',
      ['made shop GONE'],
    ],
    [
      'of an assigned field',
      'class A { constructor() { this.e = errors } f() { throw this.e.GONE() } }',
      ['made shop GONE'],
    ],
    ['of a static field', 'class A { static errors = errors }\nthrow A.errors.GONE()', ['made shop GONE']],
    ['of a subclass', 'class E extends BizError {}\nthrow new E(1006)', ['made shop 1006']],
    [
      'of a subclass with its key',
      "class Gone extends shop.BizError { constructor() { super('GONE') } }\nthrow new Gone()",
      ['made shop GONE'],
    ],
    [
      'of a subclass that hands it on',
      'class E extends BizError { constructor(code, o) { super(code, o) } }\nthrow new E(1006)',
      ['made shop 1006'],
    ],
    [
      'of a subclass of a subclass',
      'class E extends BizError {}\nclass F extends E { constructor(c) { super(c) } }\nthrow new F(1006)',
      ['made shop 1006'],
    ],
    [
      'of a function that hands it on',
      'const fail = (code) => { throw new BizError(code) }\nfail(1006)\nfail(1007)',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'of functions in a row',
      "const make = (key, params) => errors[key]({ params })\nfunction fail(k) { throw make(k, { left: 1 }) }\nfail('SOLD_OUT')",
      ['made shop SOLD_OUT { left }'],
    ],
    [
      'of a method that hands it on',
      'class A { fail(code) { throw new BizError(code) } f() { this.fail(1006) } }\nnew A().fail(1007)',
      ['made shop 1006', 'made shop 1007'],
    ],
    [
      'of a function that is given options',
      'function fail({ code }) { throw new BizError(code) }\nfail({ code: 1006 })',
      ['made shop 1006'],
    ],
    [
      'of a function that is given the catalog',
      'function fail(catalog) { throw catalog.errors.GONE() }\nfail(shop)',
      ['made shop GONE'],
    ],
    ['of what a function gives', 'const get = () => shop\nthrow get().errors.GONE()', ['made shop GONE']],
    ['behind types', 'throw (shop as Catalog).errors!.GONE()', ['made shop GONE']],
    ['behind an optional chain', 'throw shop?.errors.GONE()', ['made shop GONE']],
    ['behind a comma', 'throw (0, shop.errors.GONE)()', ['made shop GONE']],
    ['in JSX', 'const a = <A onClick={() => { throw errors.GONE() }} />', ['made shop GONE']],
    ['in a decorator', 'class A { @Throws(errors.GONE) f() {} }', ['given shop GONE']],
    ['in a default value', 'function f(error = errors.GONE()) {}', ['made shop GONE']],
    ['in a class field', 'class A { make = () => errors.GONE() }', ['made shop GONE']],
    [
      'behind `raise`',
      "import { raise } from 'bizerror'\nfind() ?? raise(errors.GONE())",
      ['made shop GONE'],
    ],
  ])('%s', (name, source, uses) => {
    const file = name === 'in JSX' ? 'src/main.tsx' : 'src/main.ts'
    expect(usesOf('', { [file]: HEAD + source })).toEqual(uses)
  })
})

describe('a catalog is followed', () => {
  test.each([
    ['by another name', `import { errors as e } from './errors.js'\nthrow e.GONE()`, {}],
    ['as a namespace', `import * as all from './errors'\nthrow all.shop.errors.GONE()`, {}],
    [
      'through a file that passes it on',
      `import { errors } from './index'\nthrow errors.GONE()`,
      { 'src/index.ts': `export * from './errors'` },
    ],
    [
      'through a file that renames it',
      `import { e } from './index'\nthrow e.GONE()`,
      { 'src/index.ts': `export { errors as e } from './errors'` },
    ],
    [
      'through a namespace that is passed on',
      `import { all } from './index'\nthrow all.errors.GONE()`,
      { 'src/index.ts': `export * as all from './errors'` },
    ],
    [
      'through a default',
      `import shop from './index'\nthrow shop.errors.GONE()`,
      { 'src/index.ts': `import { shop } from './errors'\nexport default shop` },
    ],
    [
      'through an object',
      `import { api } from './index'\nthrow api.e.GONE()`,
      { 'src/index.ts': `import { errors } from './errors'\nexport const api = { e: errors }` },
    ],
    ['by require', `const { errors } = require('./errors')\nthrow errors.GONE()`, {}],
    ['by require and a dot', `throw require('./errors').errors.GONE()`, {}],
    [
      'by CommonJS',
      `const { errors } = require('./common.cjs')\nthrow errors.GONE()`,
      { 'src/common.cjs': `const { shop } = require('./errors')\nmodule.exports = { errors: shop.errors }` },
    ],
    [
      'by names of CommonJS',
      `import { errors } from './common.cjs'\nthrow errors.GONE()`,
      { 'src/common.cjs': `exports.errors = require('./errors').errors` },
    ],
    [
      'by the default of CommonJS',
      `import shop from './common.cjs'\nthrow shop.errors.GONE()`,
      { 'src/common.cjs': `module.exports = require('./errors').shop` },
    ],
    ['by import equals', `import e = require('./errors')\nthrow e.errors.GONE()`, {}],
    ['by a dynamic import', `const { errors } = await import('./errors')\nthrow errors.GONE()`, {}],
    [
      'in a circle of files',
      `import { errors } from './a'\nthrow errors.GONE()`,
      { 'src/a.ts': `export * from './b'`, 'src/b.ts': `export * from './a'\nexport * from './errors'` },
    ],
    [
      'by tsconfig paths',
      `import { errors } from '@/errors'\nthrow errors.GONE()`,
      { 'tsconfig.json': `{ // paths\n "compilerOptions": { "paths": { "@/*": ["./src/*"], }, } }` },
    ],
    [
      'by an inherited baseUrl',
      `import { errors } from 'errors'\nthrow errors.GONE()`,
      {
        'tsconfig.json': `{ "extends": "./base" }`,
        'base.json': `{ "compilerOptions": { "baseUrl": "./src" } }`,
      },
    ],
    [
      'by tsconfig references',
      `import { errors } from '~/errors'\nthrow errors.GONE()`,
      {
        'tsconfig.json': `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }`,
        'tsconfig.app.json': `{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }`,
      },
    ],
    [
      'by imports of package.json',
      `import { errors } from '#errors'\nthrow errors.GONE()`,
      { 'package.json': `{ "imports": { "#errors": "./src/errors.ts" } }` },
    ],
    [
      'by a workspace',
      `import { errors } from '@acme/shop'\nthrow errors.GONE()`,
      {
        'package.json': `{ "workspaces": ["packages/*"] }`,
        'packages/shop/package.json': `{ "name": "@acme/shop", "dependencies": { "bizerror": "1" }, "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" } } }`,
        'packages/shop/src/index.ts': `export * from './shop.js'`,
        'packages/shop/src/shop.ts': `import { defineCatalog } from 'bizerror'\nexport const { errors } = defineCatalog({ name: 'shop', errors: {} })`,
      },
    ],
    [
      'by an installed package',
      `import { errors } from '@acme/shop/errors'\nthrow errors.GONE()`,
      {
        'node_modules/@acme/shop/package.json': `{ "name": "@acme/shop", "peerDependencies": { "bizerror": "1" }, "exports": { "./errors": "./lib/errors.cjs" } }`,
        'node_modules/@acme/shop/lib/errors.cjs': `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.errors = exports.shop = void 0;\nconst bizerror_1 = require("bizerror");\nexports.shop = (0, bizerror_1.defineCatalog)({ name: "shop", errors: {} });\nexports.errors = exports.shop.errors;`,
      },
    ],
  ])('%s', (_name, source, files: Readonly<Record<string, string>>) => {
    expect(usesOf(source, files)).toEqual(['made shop GONE'])
  })

  test('by types of another file', () => {
    const source = `import type { Key } from './index'\nimport { errors } from './errors'\nexport const f = (key: Key) => errors[key]()`
    const files = {
      'src/index.ts': "export type { Key } from './keys'",
      'src/keys.ts': "export type Key = 'GONE' | 1006",
    }
    expect(usesOf(source, files)).toEqual(['made shop GONE', 'made shop 1006'])
  })

  test('by constants of JSON', () => {
    const source = `import codes from './codes.json'\nimport { BizError } from './errors'\nthrow new BizError(codes.taken)`
    expect(usesOf(source, { 'src/codes.json': '{ "taken": 1006 }' })).toEqual(['made shop 1006'])
  })

  test('among those that this package brings', () => {
    const source = `import { BizError } from 'bizerror'
import { catalog, BizError as Cdn } from 'bizerror/catalogs/cdn'
throw new BizError(1006)
throw new Cdn(4000)
throw catalog.errors[4000]()`
    expect(usesOf(source)).toEqual(['made cloud-waf 1006', 'made cdn 4000', 'made cdn 4000'])
  })
})

describe('what cannot be followed is told', () => {
  test.each([
    ['a key that is computed', HEAD + 'throw new BizError(Number(x))', ['made shop ?']],
    [
      'a key of a request',
      HEAD + 'app.get("/", (req) => { throw errors[req.query.code]() })',
      ['made shop ?'],
    ],
    [
      'a key of a function that nobody calls',
      HEAD + 'export function fail(code: number) { throw new BizError(code) }',
      ['made shop ?'],
    ],
    [
      'a key of a function that is handed on',
      HEAD + 'function fail(code) { throw new BizError(code) }\nfail(1006)\nlist.map(fail)',
      ['made shop ?'],
    ],
    [
      'a catalog of a parameter',
      HEAD + 'function f(shop: Shop) { throw shop.errors.GONE() }',
      ['made ? GONE'],
    ],
    ['a catalog of a container', HEAD + "throw container.get('shop').errors.GONE()", ['made ? GONE']],
    [
      'a catalog from a file that is missing',
      HEAD +
        "import { errors as other } from './gone.js'\nimport all from './away.js'\nthrow all.errors.SOLD_OUT()",
      ['made ? SOLD_OUT'],
    ],
    ['a class from nowhere', HEAD + 'throw new MyBizError(1006)', ['made ? 1006']],
  ])('%s', (_name, source, uses) => {
    expect(usesOf(source)).toEqual(uses)
  })
})

describe('nothing is found', () => {
  test.each([
    [
      'in names that only look alike',
      `import { errors } from './other'\nthrow errors.GONE()`,
      { 'src/other.ts': `export const errors = { GONE: () => new Error() }` },
    ],
    [
      'in errors of other packages',
      HEAD + `import { errors as e } from 'undici'\nthrow new e.GONE()`,
      { 'node_modules/undici/package.json': '{}' },
    ],
    [
      'in a name that stands for something else here',
      HEAD + 'function f(errors: string[]) { errors.push() }',
      {},
    ],
    ['in a local class', HEAD + 'function f() { class BizError {} throw new BizError(1006) }', {}],
    [
      'in types',
      HEAD + 'type A = ReturnType<typeof errors.GONE>\ninterface B { gone: typeof errors.GONE }',
      {},
    ],
    ['in texts and comments', HEAD + '// throw errors.GONE()\nconst a = "errors.GONE()"', {}],
    [
      'in tests',
      '',
      {
        'src/main.test.ts': HEAD + 'errors.GONE()',
        'src/__tests__/a.ts': `import { errors } from '../errors'\nerrors.GONE()`,
      },
    ],
  ])('%s', (_name, source, files) => {
    expect(usesOf(source, files)).toEqual([])
  })
})

test('places are those of the key, from 1, in files as they are named from the working folder', () => {
  const { uses, files, definitions } = scanOf({
    'src/errors.ts': `import { defineCatalog } from 'bizerror'\r\nexport const shop = defineCatalog({ name: 'shop', errors: { GONE: { message: 'Gone' } } })`,
    'src/deep/main.ts': `import { shop } from '../errors'\n\nconst ä = '😀'; throw shop.errors.GONE()\n  throw new shop.BizError('GONE')`,
  })
  expect(files).toBe(2)
  expect(uses.map(({ file, line, column, text }) => [file, line, column, text])).toEqual([
    ['src/deep/main.ts', 3, 35, 'shop.errors.GONE'],
    ['src/deep/main.ts', 4, 27, 'shop.BizError'],
  ])
  expect(definitions).toEqual([{ catalog: 'shop', key: 'GONE', file: 'src/errors.ts', line: 2, column: 61 }])
})
