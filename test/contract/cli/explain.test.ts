import { describe, expect, test } from 'vitest'
import { installed as project } from './run.ts'

const FILES = {
  'src/errors.mjs': `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  modules: { stock: '10000-10999' },
  foreign: { byCondition: { 'already-exists': 'TAKEN' } },
  errors: {
    PRODUCT_NOT_FOUND: { code: 10001, status: 404, message: 'Product not found', title: 'No product', description: 'The id is not, or no longer, in the range. It may have been there before, and may come back with the next season.', action: 'Look for another product.' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} of {{product}} left', parent: 'TAKEN' },
    TAKEN: { code: 10003, status: 409, message: 'Taken', deprecated: { use: 'SOLD_OUT' } },
    BUSY: { code: 10429, status: 429, message: 'Too many orders', retryAfter: 60, retryable: true },
    LATER: { code: 10429, status: 503, message: 'Later', retryable: true },
    LOGIN: { code: 10401, status: 401, message: 'Log in' },
    1006: { status: 409, message: 'Name taken' },
  },
  locales: { de: { shop: { SOLD_OUT: { message: 'Von {{product}} sind nur noch {{left}} da' }, 1006: { message: 'Name vergeben' } } } },
})
export const { errors } = shop
`,
  'src/main.mjs': `import { fail } from './fail.mjs'
fail('SOLD_OUT')
`,
  'src/fail.mjs': `import { errors } from './errors.mjs'
export function fail(key) {
  throw errors[key]({ params: { left: 1, product: 'tea' } })
}
`,
  'bizerror.config.json': '{ "catalogs": ["src/errors.mjs"] }',
}

const HEADERS = (length: number, locale: string): string => `  Content-Type: application/json; charset=utf-8
  Content-Length: ${length}
  Content-Language: ${locale}
  Vary: Accept-Language
  X-Content-Type-Options: nosniff
  Cache-Control: no-store
  X-Request-ID: 4f8c1d2e-7a90-4b6c-9d3e-5f1a2b3c4d5e
`

describe('bizerror explain', () => {
  test('tells all about a code: texts, answer, and what makes it', async () => {
    expect(await project(FILES).bizerror(['explain', '10002', '-s', 'src', '--lang', 'de-AT'])).toEqual({
      code: 0,
      out: `SOLD_OUT (10002)  409 Conflict  shop

Von {{product}} sind nur noch {{left}} da

Retry       not without a change of the request
Params      left, product
Module      stock
Refines     TAKEN

Answer in de
  HTTP/1.1 409 Conflict
${HEADERS(55, 'de')}
  {"code":10002,"message":"Von … sind nur noch … da"}

Made at
  src/main.mjs:2:6
`,
      err: '',
    })
  })

  test('wraps long texts, and says only what there is', async () => {
    expect((await project(FILES).bizerror(['explain', 'product_not_found'])).out)
      .toBe(`PRODUCT_NOT_FOUND (10001)  404 Not Found  shop

No product
Product not found

Meaning     The id is not, or no longer, in the range. It may have been there
            before, and may come back with the next season.
What to do  Look for another product.
Retry       not without a change of the request
Module      stock

Answer in en
  HTTP/1.1 404 Not Found
${HEADERS(44, 'en')}
  {"code":10001,"message":"Product not found"}
`)
  })

  test('tells about each error of a code that several have, with Retry-After', async () => {
    const { out } = await project(FILES).bizerror(['explain', '10429'])
    expect(out).toContain('BUSY (10429)  429 Too Many Requests  shop\n')
    expect(out).toContain('Retry       after 60 seconds\n')
    expect(out).toContain('  Retry-After: 60\n')
    expect(out).toContain('\nLATER (10429)  503 Service Unavailable  shop\n')
    expect(out).toContain('Retry       the same request may succeed later\n')
  })

  test('shows the challenge, what a foreign error is, and what to use instead', async () => {
    const { bizerror } = project(FILES)
    expect((await bizerror(['explain', 'LOGIN'])).out).toContain('  WWW-Authenticate: Bearer\n')
    const { out } = await bizerror(['explain', 'TAKEN'])
    expect(out).toContain('Stands for  foreign errors: already-exists\nDeprecated  use SOLD_OUT\n')
  })

  test('finds words in all languages: one error is explained, several are listed', async () => {
    const { bizerror } = project(FILES)
    expect((await bizerror(['explain', 'name', 'vergeben'])).out).toMatch(
      /^1006 {2}409 Conflict {2}shop\n\nName taken\n/,
    )
    expect(await bizerror(['explain', 'take'])).toEqual({
      code: 0,
      out: '  1006           409  Name taken\n  TAKEN (10003)  409  Taken\n',
      err: '',
    })
  })

  test('answers with the sample values that the catalog has', async () => {
    const { bizerror } = project({
      ...FILES,
      'src/errors.mjs': FILES['src/errors.mjs'].replace(
        "parent: 'TAKEN'",
        "parent: 'TAKEN', examples: [{ left: 2, product: 'tea' }]",
      ),
    })
    expect((await bizerror(['explain', 'SOLD_OUT'])).out).toContain(
      '{"code":10002,"message":"Only 2 of tea left"}',
    )
  })

  test('tells what a general code stands for, and the errors of that status', async () => {
    const { bizerror } = project(FILES)
    const { code, out, err } = await bizerror(['explain', '429'])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^429 {2}429 Too Many Requests {2}shop\n\nStands for {2}foreign errors: 429[^\n]*\n\nAnswer in en\n {2}HTTP\/1\.1 429 /,
    )
    expect(out).toContain('{"code":429,"message":')
    expect(err).toBe('Errors of status 429:\n  BUSY (10429)  429  Too many orders\n')
    const [json] = JSON.parse((await bizerror(['explain', '502', '-f', 'json'])).out) as readonly object[]
    expect(json).toMatchObject({ code: 502, status: 502, answersForeign: expect.arrayContaining(['502']) })
  })

  test('lists the errors of a status that has no general code', async () => {
    const { bizerror } = project({
      ...FILES,
      'src/errors.mjs': FILES['src/errors.mjs'].replace(
        'byCondition',
        "byStatus: { 409: 'TAKEN' }, byCondition",
      ),
    })
    const { code, err } = await bizerror(['explain', '409'])
    expect(code).toBe(1)
    expect(err).toMatch(/nearest are:\n {2}1006 .*\n {2}SOLD_OUT .*\n {2}TAKEN .*\n$/)
  })

  test('prints the same for programs', async () => {
    const { out } = await project(FILES).bizerror([
      'explain',
      '1006',
      '-f',
      'json',
      '--lang',
      'de',
      '-s',
      'src',
    ])
    expect(JSON.parse(out)).toMatchObject([
      {
        catalog: 'shop',
        key: 1006,
        code: 1006,
        status: 409,
        reason: 'Conflict',
        locale: 'de',
        message: 'Name vergeben',
        retryable: false,
        body: '{"code":1006,"message":"Name vergeben"}',
        headers: { 'Content-Language': 'de' },
        places: [],
      },
    ])
  })

  test.each([
    ['10004', ['TAKEN (10003)', 'SOLD_OUT (10002)', 'PRODUCT_NOT_FOUND (10001)']],
    ['SOLDOUT', ['SOLD_OUT (10002)']],
    ['quite something else', []],
  ])('names the nearest three of %s, and ends with 1', async (asked, nearest) => {
    const { code, out, err } = await project(FILES).bizerror(['explain', asked])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    const [first, ...rest] = err.trimEnd().split('\n')
    expect(first).toBe(
      `No catalog has an error "${asked}".${nearest.length === 0 ? '' : ' The nearest are:'}`,
    )
    expect(rest.map((line) => line.split('  ').find((part) => part !== ''))).toEqual(nearest)
  })

  test.each([
    [['explain'], 'Nothing was asked. Give a code, a key or words.\n'],
    [['explain', 'BUSY', '--lang', 'fr'], '--lang is "fr". Catalog shop has de, en.\n'],
    [['explain', 'BUSY', '-f', 'github'], 'bizerror explain prints human or json, not github.\n'],
  ])('says in one line what to do: %j', async (args, err) => {
    expect(await project(FILES).bizerror(args)).toEqual({ code: 2, out: '', err })
  })
})
