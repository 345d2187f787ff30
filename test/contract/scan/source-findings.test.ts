import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { SOURCE_RULES, sourceFindings } from '../../../src/contract/scan/source-findings.ts'
import { scannedOf, scanOf } from './scanned.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
    OLD: { status: 404, message: 'Old', deprecated: { use: 'GONE' } },
    OLDER: { status: 404, message: 'Older', deprecated: true },
    1006: { status: 409, message: 'Taken' },
    MISSING: { code: 404, status: 404, message: 'Missing' },
    CONFLICT: { status: 409, message: 'Conflict' },
    FAMILY: { status: 400, message: 'Family' },
    CHILD: { status: 400, message: 'Child', parent: 'FAMILY' },
    FINE: { code: 0, status: 200, message: 'OK' },
  },
  foreign: { byCondition: { 'already-exists': 'CONFLICT' } },
})

const CATALOG = `import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  errors: {
    GONE: { status: 410, message: 'Gone' },
    CHILD: { status: 400, message: 'Child' },
  },
})
export const { errors, BizError } = shop
`
const HEAD = `import { errors, shop, BizError } from './errors'\n`
/** Makes every error, so that none is unused. */
const ALL = `errors.GONE(), errors.SOLD_OUT({ params: { left: 1, product: 'tea' } }), errors[1006](), errors.CHILD()`

function findingsIn(
  source: string,
  others = ALL,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  const scan = scanOf(
    { 'src/errors.ts': CATALOG, 'src/main.ts': HEAD + source, 'src/others.ts': HEAD + others, ...files },
    [scannedOf(shop, 'src/errors.ts')],
  )
  return sourceFindings(scan, [createDump(shop)]).map(
    ({ rule, level, file, line, message }) =>
      `${level} ${rule}${file === undefined ? '' : ` ${file}:${line}`} ${message}`,
  )
}

describe('a rule fires', () => {
  test.each([
    [
      'throw errors.GNOE()',
      'error source-unknown-code src/main.ts:2 Catalog shop has no error "GNOE". Is "GONE" meant?',
    ],
    [
      "throw new BizError('1006')",
      'error source-unknown-code src/main.ts:2 Catalog shop has no error "1006". Is 1006 meant?',
    ],
    [
      'throw new BizError(5555)',
      'error source-unknown-code src/main.ts:2 Catalog shop has no error 5555. Add it to the catalog, or name another.',
    ],
    [
      "shop.is(error, 'NOPE')",
      'error source-unknown-code src/main.ts:2 Catalog shop has no error "NOPE". Add it to the catalog, or name another.',
    ],
    [
      'throw errors.FINE()',
      'error source-unknown-code src/main.ts:2 Catalog shop has no error "FINE". It is the success, which nobody can throw.',
    ],
    [
      'throw errors.SOLD_OUT()',
      'error source-params-missing src/main.ts:2 Error "SOLD_OUT" needs params: { left, product }, which are not given. The text would show … there.',
    ],
    [
      'throw errors.SOLD_OUT({ params: { left: 1 } })',
      'error source-params-missing src/main.ts:2 Error "SOLD_OUT" needs params: { product }, which is not given. The text would show … there.',
    ],
    [
      'throw errors.GONE({ params: { left: 1 } })',
      'warning source-params-unknown src/main.ts:2 Error "GONE" is given params: { left }, which its text does not have. It has none.',
    ],
    [
      "throw errors.GONE({ as: 'NOPE' })",
      'error source-as-invalid src/main.ts:2 Error "GONE" is answered as "NOPE", which is no error of catalog shop. Name an error without placeholders.',
    ],
    [
      "throw errors.GONE({ as: 'SOLD_OUT' })",
      'error source-as-invalid src/main.ts:2 Error "GONE" is answered as "SOLD_OUT", whose text needs params: { left, product }. Name an error without placeholders.',
    ],
    ['throw errors.OLD()', 'warning source-deprecated src/main.ts:2 Error "OLD" is deprecated. Use "GONE".'],
    [
      'throw errors.OLDER()',
      'warning source-deprecated src/main.ts:2 Error "OLDER" is deprecated. It is kept for old clients alone.',
    ],
    [
      'throw errors[key()]()',
      'info source-dynamic src/main.ts:2 Which error errors[key()] makes is known only when it runs. While there are such, none of shop counts as unused.',
    ],
    [
      'function f(api: Api) { throw api.errors.GONE() }',
      'info source-dynamic src/main.ts:2 The catalog of api.errors.GONE cannot be followed from here. Import it, or give the parameter its type: typeof shop.',
    ],
    [
      'const = 1',
      'warning source-unreadable src/main.ts:2 The file is no valid program: Unexpected token. Nothing in it was looked at.',
    ],
  ])('%s', (source, finding) => {
    expect(findingsIn(source)).toEqual([finding])
  })
})

test.each([
  'throw errors.GONE()',
  "throw errors.SOLD_OUT({ params: { left: 1, product: 'tea' } })",
  'throw errors.SOLD_OUT({ params: everything() })',
  "throw errors.GONE({ as: 'MISSING' })",
  "shop.is(error, 'OLD', 'GONE')",
  "import { BizError as Other } from 'bizerror'\nthrow new Other(99999)",
])('no rule fires: %s', (source) => {
  expect(findingsIn(source)).toEqual([])
})

describe('code-unused', () => {
  test('tells of what nothing makes, where the catalog says it', () => {
    const sources = 'errors.GONE(), errors.SOLD_OUT({ params: { left: 1, product: 2 } }), errors[1006]()'
    expect(findingsIn('', sources)).toEqual([
      'warning code-unused src/errors.ts:6 No source file makes error "CHILD", and no option names it. Remove it (its code goes to retired), or mark it deprecated.',
    ])
  })

  test('tells once that nothing at all is made', () => {
    const scan = scanOf({ 'src/errors.ts': CATALOG, 'src/a.ts': '' }, [scannedOf(shop, 'src/errors.ts')])
    const small = defineCatalog({
      name: 'shop',
      errors: { GONE: { status: 410, message: 'Gone' }, CHILD: { status: 400, message: 'Child' } },
    })
    expect(sourceFindings(scan, [createDump(small)]).map(({ message }) => message)).toEqual([
      'None of the 2 source files makes an error of catalog shop. Are these the folders that throw them?',
    ])
  })

  test.each([
    ['as', "errors.GONE({ as: 'CHILD' })"],
    [
      'a rule of identify',
      "import { errorHandler } from 'bizerror'\nerrorHandler({ catalog: shop, identify: [{ when: E, error: 'CHILD' }] })",
    ],
    [
      'a rule of identify elsewhere',
      "import { errorHandler } from 'bizerror'\nconst rule = { when: E, error: 'CHILD' }\nconst options = { identify: rule }\nerrorHandler({ catalog: shop, ...options })",
    ],
    [
      'a policy',
      "import { rateLimit } from 'bizerror/koa'\nrateLimit({ policies: [{ window: '1h', limit: 1, error: 'CHILD' }] })",
    ],
    [
      'conceal',
      "import { errorHandler } from 'bizerror'\nerrorHandler({ conceal: [{ errors: ['CHILD'], as: 'GONE' }] })",
    ],
    [
      'conceal by status',
      "import { errorHandler } from 'bizerror'\nerrorHandler({ conceal: { 401: 'CHILD' } })",
    ],
    ['relayed', "import { relayed } from 'bizerror'\nrelayed(shop)"],
    ['a factory that is handed on', 'orElse(errors.CHILD)'],
    [
      'a catalog that extends it',
      "import { defineCatalog } from 'bizerror'\nconst more = defineCatalog({ name: 'more', extends: shop, errors: {} })\nmore.errors.CHILD()",
    ],
    ['an unknown catalog', 'function f(api: Api) { throw api.errors.CHILD() }'],
    ['a key that is computed', 'errors[key()]()'],
    ['a catalog and key that are not known', 'new MyBizError(code())'],
  ])('is off for what is named by %s', (_name, source) => {
    const others = 'errors.GONE(), errors.SOLD_OUT({ params: { left: 1, product: 2 } }), errors[1006]()'
    expect(findingsIn(source, others).filter((finding) => finding.includes('code-unused'))).toEqual([])
  })

  test.each([
    [
      'the catalog of another name',
      "import { errorHandler } from 'bizerror'\nimport { catalog } from 'bizerror/catalogs/cdn'\nerrorHandler({ catalog, identify: { when: E, error: 'CHILD' } })",
    ],
    ['a question', "shop.is(error, 'CHILD')"],
    ['an option of somebody else', "configure({ error: 'CHILD' })"],
  ])('is on for what is named by %s', (_name, source) => {
    const others = 'errors.GONE(), errors.SOLD_OUT({ params: { left: 1, product: 2 } }), errors[1006]()'
    expect(findingsIn(source, others)).toHaveLength(1)
  })
})

test('every finding is the same in every run, and has a place and a fingerprint', () => {
  const scan = scanOf(
    { 'src/errors.ts': CATALOG, 'src/main.ts': `${HEAD}throw errors.GNOE()\nthrow errors.OLD()` },
    [scannedOf(shop, 'src/errors.ts')],
  )
  const findings = sourceFindings(scan, [createDump(shop)])
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length)
  for (const { fingerprint, rule, level } of findings) {
    expect(fingerprint).toMatch(/^[0-9a-f]{12}$/)
    expect(SOURCE_RULES).toHaveProperty(rule, level)
  }
})
