import { describe, expect, test } from 'vitest'
import { project } from './run.ts'

const ERRORS = `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  modules: { stock: '10000-10099', users: '10100-10199' },
  errors: {
    PRODUCT_NOT_FOUND: { code: 10001, status: 404, message: 'Product not found' },
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    OLD: { code: 10003, status: 410, message: 'Old', deprecated: true },
    LOCKED: { code: 10101, status: 401, message: 'Locked' },
    WRONG: { code: 10102, status: 401, message: 'Wrong' },
    BUSY: { status: 429, message: 'Too many' },
  },
  locales: { de: { shop: { BUSY: { message: 'Zu viele' } } } },
})
`

const FACTS = [
  { fact: 'made', catalog: 'shop', key: 'SOLD_OUT' },
  { fact: 'made', catalog: 'shop', key: 'BUSY' },
  {
    fact: 'answered',
    catalog: 'shop',
    key: 'SOLD_OUT',
    status: 409,
    locale: 'en',
    method: 'POST',
    route: '/orders/:id',
  },
  {
    fact: 'answered',
    catalog: 'shop',
    key: 'LOCKED',
    as: 'WRONG',
    status: 401,
    locale: 'en',
    method: 'GET',
    route: '/me',
  },
  { fact: 'answered', catalog: 'other', key: 'PRODUCT_NOT_FOUND', locale: 'de' },
  { fact: 'answered', catalog: 'shop', key: 'GONE_SINCE', locale: 'en' },
]

const FILES = {
  'errors.mjs': ERRORS,
  'coverage/bizerror/1.jsonl': FACTS.slice(0, 3)
    .map((fact) => `${JSON.stringify(fact)}\n`)
    .join(''),
  // The last line was cut off with its worker.
  'coverage/bizerror/2.jsonl': `${FACTS.slice(3)
    .map((fact) => JSON.stringify(fact))
    .join('\n')}\n{"fact":"answered","catalog":"shop","key":"BU`,
  'bizerror.config.json': '{ "catalogs": ["errors.mjs"] }',
}

describe('bizerror coverage', () => {
  test('tells what no test makes, gets, or hears in a language', async () => {
    expect(await project(FILES).bizerror(['coverage'])).toEqual({
      code: 0,
      out: `shop  tests get 3 of 5 errors as an answer, 60 %

warning  PRODUCT_NOT_FOUND (10001)  coverage-never-made      No test makes it.
warning  BUSY                       coverage-never-answered  Tests make it, and none gets it as an answer.
info                                coverage-language        No test gets an answer in de.

2 warnings, 1 info
`,
      err: '',
    })
  })

  test('fails where less is answered than is demanded, by the option or the config', async () => {
    const { bizerror, write } = project(FILES)
    expect((await bizerror(['coverage', '--min', '60'])).code).toBe(0)
    const { code, out } = await bizerror(['coverage', '--min', '61'])
    expect(code).toBe(1)
    expect(out).toContain('Catalog shop: tests get 3 of 5 errors as an answer, 60 %. 61 % are demanded.')
    write('bizerror.config.json', '{ "catalogs": ["errors.mjs"], "coverage": { "min": 61 } }')
    expect((await bizerror(['coverage'])).code).toBe(1)
    expect((await bizerror(['coverage', '--min', '0'])).code).toBe(0)
    write('bizerror.config.json', '{ "catalogs": ["errors.mjs"], "coverage": { "min": 0.9 } }')
    expect((await bizerror(['coverage'])).err).toBe(
      'coverage.min is 0.9. Give percent: 0, or a number from 1 to 100.\n',
    )
  })

  test('--per module asks each module', async () => {
    const { code, out } = await project(FILES).bizerror(['coverage', '--min', '60', '--per', 'module'])
    expect(code).toBe(1)
    expect(out).toContain(`shop  tests get 3 of 5 errors as an answer, 60 %
  stock   50 %  1 of 2
  users  100 %  2 of 2
  -        0 %  0 of 1
`)
    expect(out).toContain('Module stock: tests get 1 of 2 errors as an answer, 50 %. 60 % are demanded.')
    expect(out).toContain('No module: tests get 0 of 1 errors as an answer, 0 %. 60 % are demanded.')
    expect(out).not.toContain('Module users')
  })

  test('--openapi finds what an operation answered and does not name', async () => {
    const { bizerror, write } = project({
      ...FILES,
      'openapi.yaml': `openapi: 3.1.1
paths:
  /v1/orders/{order}:
    post:
      responses:
        '409': { $ref: '#/components/responses/Conflict' }
components:
  responses:
    Conflict:
      description: ''
      content:
        application/json:
          schema: { anyOf: [ { $ref: '#/components/schemas/Other' } ] }
  schemas:
    Other: { type: object, properties: { code: { const: 9 } } }
`,
    })
    const { code, out } = await bizerror(['coverage', '--openapi', 'openapi.yaml'])
    expect(code).toBe(1)
    expect(out).toContain(
      'SOLD_OUT (10002)           coverage-operation          POST /v1/orders/{order} answered with it, and the operation does not name it.',
    )
    expect(out).toContain('GET /me answers with errors, and the document has no such operation.')
    write(
      'openapi.json',
      '{ "paths": { "/orders/{id}": { "post": { "responses": { "4XX": {} } } }, "/me": { "get": { "responses": { "401": { "x-bizerror": { "code": 10102 } } } } } } }',
    )
    expect((await bizerror(['coverage', '--openapi', 'openapi.json'])).code).toBe(0)
  })

  test('--clear removes what was recorded, and nothing else', async () => {
    const { bizerror, files } = project({ ...FILES, 'coverage/bizerror/mine.txt': '' })
    expect(await bizerror(['coverage', '--clear'])).toEqual({ code: 0, out: '', err: '' })
    expect(files()).toEqual(['bizerror.config.json', 'coverage/bizerror/mine.txt', 'errors.mjs'])
  })

  test('reads the folder that is named, or that BIZERROR_COVERAGE names', async () => {
    const { bizerror } = project({ ...FILES, 'elsewhere/a.jsonl': FILES['coverage/bizerror/1.jsonl'] })
    expect((await bizerror(['coverage', 'elsewhere'])).out).toMatch(/^shop {2}tests get 1 of 5 /)
    expect((await bizerror(['coverage'], { BIZERROR_COVERAGE: 'elsewhere' })).out).toMatch(
      /^shop {2}tests get 1 of 5 /,
    )
  })

  test.each<[readonly string[], string]>([
    [
      ['none'],
      'Nothing was recorded in none. Name bizerror/testing/coverage in setupFiles of vitest or jest, or run node --import bizerror/testing/coverage, and run the tests.\n',
    ],
    [['--min', 'all'], '--min is "all". Give percent: 0, or a number from 1 to 100.\n'],
    [['--min', '101'], '--min is "101". Give percent: 0, or a number from 1 to 100.\n'],
    [['--min', '0.9'], '--min is "0.9". Give percent: 0, or a number from 1 to 100.\n'],
    [['--openapi', 'broken.json'], 'broken.json cannot be read: '],
    [
      ['--openapi', 'bomb.yaml'],
      'bomb.yaml cannot be read: Excessive alias count indicates a resource exhaustion attack\n',
    ],
    [['--openapi', 'none.yaml'], 'There is no file none.yaml; paths start at '],
  ])('says in one line what to do: %j', async (args, said) => {
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1,1]',
      ...'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`),
    ].join('\n')
    const { code, out, err } = await project({ ...FILES, 'broken.json': '{', 'bomb.yaml': bomb }).bizerror([
      'coverage',
      ...args,
    ])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(said)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
