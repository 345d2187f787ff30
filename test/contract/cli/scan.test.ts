import { describe, expect, test } from 'vitest'
import { installed as project } from './run.ts'

const FILES = {
  'src/errors.mjs': `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    PRODUCT_NOT_FOUND: { code: 10001, status: 404, message: 'Product not found' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    BUSY: { status: 429, message: 'Too many' },
    1006: { status: 409, message: 'Taken' },
  },
})
export const { errors } = shop
`,
  'src/main.mjs': `import { errors, shop } from './errors.mjs'
export function order(n) {
  if (n > 3) throw errors.SOLD_OUT({ params: { left: 3 } })
  if (n < 0) throw new shop.BizError(n === -1 ? 'PRODUCT_NOT_FOUND' : 'SOLD_OUT')
  if (shop.is(n, 'BUSY')) return orElse(errors[1006])
  throw errors[codeOf(n)]()
}
export const give = (api) => { throw api.errors.BUSY() }
`,
  'src/broken.mjs': 'import "bizerror"\nconst = 1',
  'bizerror.config.json': '{ "catalogs": ["src/errors.mjs"] }',
}

describe('bizerror scan', () => {
  test('lists the errors with the places that make them, and what it could not follow', async () => {
    expect(await project(FILES).bizerror(['scan'])).toEqual({
      code: 0,
      out: `shop
  1006                       src/main.mjs:5:48  handed on
  PRODUCT_NOT_FOUND (10001)  src/main.mjs:4:38
  SOLD_OUT (10002)           src/main.mjs:3:27
                             src/main.mjs:4:38
  BUSY                       src/main.mjs:5:18  asked for

Which error is known only when it runs
  src/main.mjs:6:16  errors[codeOf(n)]

The catalog cannot be followed
  src/main.mjs:8:49  api.errors.BUSY

3 of 4 errors made somewhere in 3 source files
`,
      err: 'src/broken.mjs:2 is no valid program: Unexpected token\n',
    })
  })

  test('says what names an error that no source file makes', async () => {
    const { bizerror } = project({
      'src/errors.mjs': `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  foreign: { byStatus: { 409: 'TAKEN' }, byCondition: { 'already-exists': 'TAKEN' } },
  errors: {
    TAKEN: { code: 10001, status: 409, message: 'Taken' },
    NAME_TAKEN: { code: 10002, status: 409, message: 'Name taken', parent: 'TAKEN' },
    HIDDEN: { code: 10003, status: 403, message: 'Hidden' },
    GONE: { code: 10004, status: 404, message: 'Gone' },
    LOST: { code: 10005, status: 404, message: 'Lost' },
  },
})
`,
      'src/handler.mjs': `import { shop } from './errors.mjs'
export const options = { catalog: shop, conceal: [{ errors: ['HIDDEN'], as: 'GONE' }] }
`,
      'src/main.mjs': `import { shop } from './errors.mjs'\nthrow shop.errors.NAME_TAKEN()\n`,
      'bizerror.config.json': '{ "catalogs": ["src/errors.mjs"], "handler": "src/handler.mjs#options" }',
    })
    const { out, err } = await bizerror(['scan'])
    expect(err).toBe('')
    expect(out).toBe(`shop
  TAKEN (10001)       by foreign, parent
  NAME_TAKEN (10002)  src/main.mjs:2:19
  HIDDEN (10003)      by conceal
  GONE (10004)        by conceal
  LOST (10005)        nowhere

1 of 5 errors made somewhere in 3 source files
`)
  })

  test('lists the errors that are named, by key or code', async () => {
    const { bizerror } = project(FILES)
    expect((await bizerror(['scan', '10002', 'BUSY', '-q'])).out).toBe(`shop
  SOLD_OUT (10002)  src/main.mjs:3:27
                    src/main.mjs:4:38
  BUSY              src/main.mjs:5:18  asked for

The catalog cannot be followed
  src/main.mjs:8:49  api.errors.BUSY

1 of 2 errors made somewhere in 3 source files
`)
  })

  test('prints the same for programs', async () => {
    const { out } = await project(FILES).bizerror(['scan', '1006', '-f', 'json'])
    expect(JSON.parse(out)).toEqual({
      files: 3,
      catalogs: [
        {
          catalog: 'shop',
          errors: [
            {
              key: 1006,
              code: 1006,
              status: 409,
              places: [{ file: 'src/main.mjs', line: 5, column: 48, how: 'given', text: 'errors[1006]' }],
              namedBy: [],
            },
          ],
          dynamic: [],
        },
      ],
      unknown: [],
    })
  })

  test('needs no code of the app but a dump', async () => {
    const { bizerror } = project(FILES)
    await bizerror(['dump'])
    const { out, code } = await bizerror([
      'scan',
      '-c',
      'errors.json',
      '-s',
      'src/main.mjs',
      'SOLD_OUT',
      '-q',
    ])
    expect({ out, code }).toEqual({
      code: 0,
      out: `shop
  SOLD_OUT (10002)  src/main.mjs:3:27
                    src/main.mjs:4:38

1 of 1 error made somewhere in 1 source file
`,
    })
  })

  test.each([
    [['-s', 'lib'], /^The sources lib are not there; paths start at \S+\. Give --sources DIR, or /],
    [['SOLD_UOT'], /^No catalog has an error "SOLD_UOT"\. Did you mean SOLD_OUT\?\n$/],
    [['5'], /^No catalog has an error "5"\. Give a key or a code\.\n$/],
    [['-f', 'sarif'], /^bizerror scan prints human or json, not sarif\. For findings run bizerror lint\.\n$/],
  ])('says in one line what to do: %j', async (args, said) => {
    const { code, out, err } = await project(FILES).bizerror(['scan', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(said)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
