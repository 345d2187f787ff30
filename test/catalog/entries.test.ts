import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCatalog, type Catalog, type CatalogDefinition } from '../../src/catalog/catalog.ts'
import { isCode } from '../../src/catalog/code.ts'
import type { EntryDefinition } from '../../src/catalog/entry.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

function define(definition: object): Catalog {
  return createCatalog({ name: 'shop', ...definition } as CatalogDefinition)
}

/** A catalog of one error that is written with something more. */
function withOne(more: object): Catalog {
  return define({ errors: { GONE: { status: 410, message: 'Gone', ...more } } })
}

function refusal(definition: object): unknown {
  try {
    define(definition)
  } catch (error) {
    return error
  }
  return undefined
}

describe('the code of an error', () => {
  test.each([
    10001,
    -1003,
    0.0,
    Number.MAX_SAFE_INTEGER,
    '0001',
    '22P02',
    'EAPI:Invalid key',
    'A0001',
    '系统繁忙',
  ])('can be %j, and is found by it and by its key', (code) => {
    const catalog = define({
      success: { code: 'OK', message: 'OK' },
      errors: { GONE: { code, status: 410, message: 'Gone' } },
    })
    const entry = catalog.get('GONE')
    expect(entry).toMatchObject({ key: 'GONE', code, status: 410 })
    expect([catalog.byCode(code), catalog.byCode('GONE'), catalog.get(code)]).toEqual([
      [entry],
      [],
      undefined,
    ])
  })

  test.each([
    1.5,
    NaN,
    Infinity,
    -0,
    2 ** 53,
    '',
    ' a',
    'a ',
    'a\nb',
    'a\u202eb',
    '\ud800',
    'x'.repeat(129),
    {},
    null,
    true,
  ])('cannot be %j', (code) => {
    const error = refusal({ errors: { GONE: { code, status: 410, message: 'Gone' } } })
    expect(error).toBeInstanceOf(SetupError)
    expect(String(error)).toMatch(
      /^SetupError: Catalog shop, error "GONE" has code .+\. Give an integer such as -1003, or a text such as '0001' of at most 128 characters\.$/s,
    )
  })

  test('can be that of several errors, and of none that is the success', () => {
    const catalog = define({
      errors: {
        NAME_TAKEN: { code: 409, status: 409, message: 'Name taken' },
        MAIL_TAKEN: { code: 409, status: 409, message: 'Mail taken' },
        OTHER: { code: 1, status: 400, message: 'Other' },
      },
    })
    expect(catalog.byCode(409)).toEqual([catalog.get('NAME_TAKEN'), catalog.get('MAIL_TAKEN')])
    expect(catalog.byCode('409')).toEqual([])
  })

  test('is any text on one line, or any whole number', () => {
    const valid = fc.oneof(
      fc.maxSafeInteger(),
      fc.stringMatching(/^[A-Za-z0-9_:.-]{1,64}( [a-z]{1,9}){0,3}$/),
    )
    fc.assert(
      fc.property(valid, (code) => {
        expect([isCode(code), withOne({ code: Object.is(code, 0) ? 1 : code }).size]).toEqual([true, 1])
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const isValid = isCode(value)
        expect(isValid && typeof value !== 'string' && typeof value !== 'number').toBe(false)
        expect(typeof value === 'string' && isValid && JSON.stringify(value).includes('\\u00')).toBe(false)
      }),
    )
  })
})

describe('the success', () => {
  test('is the error that has its code, whatever its key', () => {
    const catalog = define({
      success: { code: 100001, message: 'OK' },
      errors: {
        SUCCESS: { code: 100001, status: 200, message: 'OK' },
        SOFT: { code: 100002, status: 200, message: 'Answered with 200' },
      },
    })
    expect([...catalog].map(({ key, isSuccess }) => [key, isSuccess])).toEqual([
      ['SUCCESS', true],
      ['SOFT', false],
    ])
  })

  test('is one', () => {
    expect(
      refusal({
        errors: { A: { code: 0, status: 200, message: 'OK' }, B: { code: 0, status: 200, message: 'OK' } },
      }),
    ).toEqual(
      new SetupError(
        'Catalog shop has two successes, "A" and "B": both have the code 0. Remove one of the two.',
      ),
    )
  })
})

/** The statuses by key. */
function inherited(catalog: Catalog): object {
  return Object.fromEntries([...catalog].map(({ key, status }) => [key, status]))
}

describe('the status of an error that has none', () => {
  test('is that of its nearest parent that has one, before its module and the catalog', () => {
    const catalog = define({
      status: 400,
      modules: { stock: { range: '10-19', status: 409 } },
      errors: {
        ROOT: { status: 422, message: 'Root' },
        MIDDLE: { message: 'Middle', parent: 'ROOT' },
        LEAF: { code: 11, message: 'Leaf', parent: 'MIDDLE' },
        OWN: { code: 12, status: 423, message: 'Own', parent: 'ROOT' },
      },
    })
    expect(inherited(catalog)).toEqual({ ROOT: 422, MIDDLE: 422, LEAF: 422, OWN: 423 })
    expect(catalog.get('LEAF')?.parents).toEqual(['MIDDLE', 'ROOT'])
  })

  test('is that of its module, by name or by range, else of the catalog', () => {
    const catalog = define({
      status: 400,
      modules: { stock: { range: '-19--10', status: 409 }, auth: { status: 403 }, cart: '20-29' },
      errors: {
        A: { code: -10, message: 'a' },
        B: { message: 'b', module: 'auth' },
        C: { code: 20, message: 'c' },
        D: { message: 'd' },
        E: { code: 21, message: 'e', parent: 'A' },
        F: { message: 'f', parent: 'D', module: 'auth' },
      },
    })
    expect(inherited(catalog)).toEqual({ A: 409, B: 403, C: 400, D: 400, E: 409, F: 403 })
  })

  test.each([
    [
      { status: 302 },
      'Catalog shop has status 302. Give an integer from 400 to 599, or 200 for errors that are answered with it.',
    ],
    [
      { modules: { stock: { status: '404' } } },
      'Catalog shop, module stock has status "404". Give an integer from 400 to 599, or 200 for errors that are answered with it.',
    ],
  ])('is refused where nobody can have it: %j', (more, message) => {
    expect(refusal({ errors: { A: { message: 'a' } }, ...more })).toEqual(new SetupError(message))
  })

  test('is the same for a parent that stands behind its child', () => {
    const catalog = define({
      errors: {
        2: { message: 'Leaf', parent: 'z' },
        a: { message: 'a', parent: 'z' },
        z: { status: 451, message: 'z' },
      },
    })
    expect(inherited(catalog)).toEqual({ 2: 451, a: 451, z: 451 })
    expect([...catalog].map(({ key }) => key)).toEqual([2, 'a', 'z'])
  })
})

describe('an error', () => {
  test('keeps what its author wrote for envelopes, headers and documentation, and cannot be changed by it', () => {
    const written = {
      meta: { type: 'card_error', nested: { list: [1, 'two', null, true] } },
      headers: { 'X-Reason': 'gone', 'Cache-Control': 'max-age=60' },
      challenge: 'Bearer error="invalid_token"',
      deprecated: true,
      examples: [],
    }
    const entry = withOne(written).get('GONE')!
    expect(entry).toMatchObject(written)
    written.meta.nested.list.push('more')
    written.headers['X-Reason'] = 'changed'
    expect([entry.meta, entry.headers]).toEqual([
      { type: 'card_error', nested: { list: [1, 'two', null, true] } },
      { 'X-Reason': 'gone', 'Cache-Control': 'max-age=60' },
    ])
    expect([entry.meta, entry.meta!['nested'], entry.headers].every(Object.isFrozen)).toBe(true)
  })

  test('can be deprecated for another one, and have examples of its params', () => {
    const catalog = define({
      errors: {
        OLD: {
          status: 409,
          message: '{{left}} left',
          deprecated: { use: 'NEW' },
          examples: [{ left: 3 }, { left: 0 }],
        },
        NEW: { status: 409, message: 'Sold out' },
      },
    })
    expect(catalog.get('OLD')).toMatchObject({
      deprecated: { use: 'NEW' },
      examples: [{ left: 3 }, { left: 0 }],
    })
  })

  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const mistakes: readonly (readonly [what: string, more: object, message: string])[] = [
    [
      'meta that is a text',
      { meta: 'x' },
      'Catalog shop, error "GONE", meta was given "x". Give a plain object.',
    ],
    ...[
      { a: undefined },
      { a: () => 1 },
      { a: 1n },
      { a: NaN },
      { a: new Date(0) },
      { a: new Map() },
      circular,
      { a: 'x'.repeat(5000) },
    ].map(
      (meta, index) =>
        [
          `meta that JSON cannot hold (${index})`,
          { meta },
          'Catalog shop, error "GONE" has meta that JSON cannot hold, or of more than 4096 characters. Give plain data: texts, numbers, booleans, arrays and objects.',
        ] as const,
    ),
    [
      'headers in an array',
      { headers: [] },
      'Catalog shop, error "GONE", headers was given an array. Give a plain object.',
    ],
    [
      'a header of the message',
      { headers: { 'content-type': 'a' } },
      'Catalog shop, error "GONE" has "content-type" in headers, which describes the message or is set for every answer. Leave it out.',
    ],
    [
      'a cookie',
      { headers: { 'Set-Cookie': 'a=1' } },
      'Catalog shop, error "GONE" has "Set-Cookie" in headers, which describes the message or is set for every answer. Leave it out.',
    ],
    [
      'a header whose name is none',
      { headers: { 'X A': 'a' } },
      'Catalog shop, error "GONE" has "X A" in headers, which describes the message or is set for every answer. Leave it out.',
    ],
    [
      'a challenge among headers',
      { headers: { 'www-authenticate': 'Bearer' } },
      'Catalog shop, error "GONE" has www-authenticate in headers. Give it as challenge.',
    ],
    [
      'a Retry-After among headers',
      { headers: { 'Retry-After': '1' } },
      'Catalog shop, error "GONE" has Retry-After in headers. Give it as retryAfter.',
    ],
    [
      'a header with a line break',
      { headers: { 'X-A': 'a\r\nSet-Cookie: b=1' } },
      'Catalog shop, error "GONE" has "a\\r\\nSet-Cookie: b=1" for the header X-A. Give a text that a header can hold.',
    ],
    [
      'a header that is a number',
      { headers: { 'X-A': 1 } },
      'Catalog shop, error "GONE" has 1 for the header X-A. Give a text that a header can hold.',
    ],
    [
      'a header twice',
      { headers: { 'X-A': '1', 'x-a': '2' } },
      'Catalog shop, error "GONE" has the header x-a twice. Remove one of the two.',
    ],
    [
      'a challenge with a line break',
      { challenge: 'Bearer\nX: y' },
      'Catalog shop, error "GONE" has challenge "Bearer\\nX: y". Give a header value such as \'Bearer\'.',
    ],
    [
      'an empty challenge',
      { challenge: '' },
      'Catalog shop, error "GONE" has challenge "". Give a header value such as \'Bearer\'.',
    ],
    [
      'deprecated for nobody',
      { deprecated: {} },
      'Catalog shop, error "GONE" has deprecated an object. Give true, or { use: \'KEY\' }.',
    ],
    [
      'deprecated with a typo',
      { deprecated: { uses: 'X' } },
      'Catalog shop, error "GONE", deprecated has no "uses". Did you mean use?',
    ],
    [
      'deprecated for itself',
      { deprecated: { use: 'GONE' } },
      'Catalog shop, error "GONE" is deprecated for "GONE", which is not another key of the catalog. Name the error to use instead.',
    ],
    [
      'deprecated for what there is not',
      { deprecated: { use: 'X' } },
      'Catalog shop, error "GONE" is deprecated for "X", which is not another key of the catalog. Name the error to use instead.',
    ],
    [
      'examples that are none',
      { examples: { left: 3 } },
      'Catalog shop, error "GONE" has examples an object. Give an array of params such as [{ left: 3 }].',
    ],
    [
      'an example of a param that there is not',
      { examples: [{ left: 3 }] },
      'Catalog shop, error "GONE" has an example with left. Give values for nothing: its message has no placeholders.',
    ],
    [
      'an example without its param',
      { message: '{{left}} left', examples: [{}] },
      'Catalog shop, error "GONE" has an example with no params. Give values for left.',
    ],
    [
      'an example whose value is none',
      { message: '{{left}} left', examples: [{ left: null }] },
      'Catalog shop, error "GONE" has an example with left. Give values for left.',
    ],
  ]
  test.each(mistakes)('cannot have %s', (_what, more, message) => {
    expect(refusal({ errors: { GONE: { status: 410, message: 'Gone', ...more } } })).toEqual(
      new SetupError(message),
    )
  })
})

describe('retired codes', () => {
  test('are kept, and no error has one', () => {
    const errors = { A: { code: 2, status: 400, message: 'a' } }
    expect(define({ retired: [1, 'B'], errors }).retired).toEqual([1, 'B'])
    expect(
      [{ retired: [2] }, { retired: ['2'] }, { retired: ['A'] }].map((more) => refusal({ ...more, errors })),
    ).toEqual(
      [2, 2, '"A"'].map(
        (code) =>
          new SetupError(
            `Catalog shop, error "A" has the code ${code}, which is retired: old clients know it with another meaning. Give it a new one.`,
          ),
      ),
    )
  })

  test.each([7, 'x', [null], [{}], null])('are not %j', (retired) => {
    expect(String(refusal({ retired, errors: { A: { status: 400, message: 'a' } } }))).toMatch(
      /^SetupError: Catalog shop has retired .+\. Give an array of codes, such as \[1007\]\.$/,
    )
  })
})

describe('the notes of an error', () => {
  test('are a copy that nobody changes', () => {
    const notes = { since: '2' }
    const catalog = withOne({ notes })
    notes.since = '3'
    expect([catalog.get('GONE')?.notes, Object.isFrozen(catalog.get('GONE')?.notes)]).toEqual([
      { since: '2' },
      true,
    ])
  })

  test.each([
    ['text', 'x', 'Catalog shop, error "GONE", notes was given "x". Give a plain object.'],
    ['null', null, 'Catalog shop, error "GONE", notes was given null. Give a plain object.'],
    ['a number', { since: 2 }, 'Catalog shop, error "GONE" has 2 for the note "since". Give a text.'],
  ])('are refused with %s', (_what, notes, message) => {
    expect(() => withOne({ notes })).toThrow(new SetupError(message))
  })
})

describe('a catalog that extends another', () => {
  const base = createCatalog({
    name: 'base',
    success: { code: 'ok', message: 'Fine' },
    status: 400,
    challenge: 'Bearer',
    envelope: 'nested',
    retired: ['OLD'],
    modules: { auth: { status: 401 } },
    errors: {
      ok: { status: 200, message: 'Fine' },
      BAD: { message: 'Bad' },
      LOGIN: { message: 'Log in', module: 'auth' },
      TAKEN: { status: 409, message: 'Taken', parent: 'BAD' },
    },
    foreign: { byCondition: { 'already-exists': 'TAKEN' }, byStatus: { 400: 'BAD' } },
  })

  test('has its errors as its own, which go behind those of the same key, and what else it leaves out', () => {
    const catalog = createCatalog({
      name: 'shop',
      extends: base,
      errors: {
        TAKEN: { status: 422, message: 'Sold' },
        MORE: { message: 'More', parent: 'BAD', module: 'auth' },
      },
      foreign: { byStatus: { 404: 'MORE' } },
    })
    expect(
      [...catalog].map(({ key, status, message, namespace }) => [key, status, message, namespace]),
    ).toEqual([
      ['ok', 200, 'Fine', 'shop'],
      ['BAD', 400, 'Bad', 'shop'],
      ['LOGIN', 401, 'Log in', 'shop'],
      ['TAKEN', 422, 'Sold', 'shop'],
      ['MORE', 400, 'More', 'shop'],
    ])
    const { envelope, success, challenge, retired, sourceLocale, modules } = catalog
    expect({ envelope, success, challenge, retired, sourceLocale, modules: [...modules.keys()] }).toEqual({
      envelope: 'nested',
      success: { code: 'ok', message: 'Fine' },
      challenge: 'Bearer',
      retired: ['OLD'],
      sourceLocale: 'en',
      modules: ['auth'],
    })
    expect([catalog.forCondition('already-exists'), catalog.forStatus(400), catalog.forStatus(404)]).toEqual([
      catalog.get('TAKEN'),
      catalog.get('BAD'),
      catalog.get('MORE'),
    ])
    expect([...base].map(({ namespace }) => namespace)).toEqual(['base', 'base', 'base', 'base'])
  })

  test('has no key that differs from one of the other only in case', () => {
    expect(refusal({ extends: base, errors: { Taken: { message: 'x' } } })).toEqual(
      new SetupError(
        'Catalog shop defines error "Taken", and extends a catalog that has "TAKEN". Write both the same, or rename one.',
      ),
    )
  })

  test('refines what its own errors refine, also in those that it has from the other', () => {
    const below = createCatalog({
      name: 'below',
      status: 400,
      errors: {
        ROOT: { message: 'Root' },
        MIDDLE: { message: 'Middle', parent: 'ROOT' },
        LEAF: { message: 'Leaf', parent: 'MIDDLE' },
        OTHER: { message: 'Other', parent: 'ROOT' },
      },
    })
    const catalog = createCatalog({
      name: 'shop',
      extends: below,
      errors: { TOP: { message: 'Top' }, MIDDLE: { message: 'Middle', parent: 'TOP' } },
    })
    expect([...catalog].map(({ key, parents }) => [key, parents])).toEqual([
      ['ROOT', []],
      ['MIDDLE', ['TOP']],
      ['LEAF', ['MIDDLE', 'TOP']],
      ['OTHER', ['ROOT']],
      ['TOP', []],
    ])
    expect(below.get('LEAF')?.parents).toEqual(['MIDDLE', 'ROOT'])
  })

  test('leaves out a success that is none here', () => {
    const catalog = createCatalog({
      name: 'shop',
      extends: base,
      success: { code: 0, message: 'OK' },
      errors: { MORE: { message: 'More' } },
    })
    expect([...catalog].map(({ key }) => key)).toEqual(['BAD', 'LOGIN', 'TAKEN', 'MORE'])
  })

  test('can be extended itself, and needs no errors of its own', () => {
    const middle = createCatalog({ name: 'middle', extends: base, errors: {} })
    const leaf = createCatalog({ name: 'leaf', extends: middle, errors: {} })
    expect([...leaf].map(({ key, namespace }) => [key, namespace])).toEqual([
      ['ok', 'leaf'],
      ['BAD', 'leaf'],
      ['LOGIN', 'leaf'],
      ['TAKEN', 'leaf'],
    ])
  })

  const errors = { A: { status: 400, message: 'a' } }
  test.each([
    [
      'nothing, as of a file that imports it',
      { extends: undefined, errors },
      'Catalog shop extends undefined. Give what defineCatalog returned. Do two files import each other?',
    ],
    [
      'a definition',
      { extends: { name: 'x', errors }, errors },
      'Catalog shop extends an object. Give what defineCatalog returned.',
    ],
    ['a text', { extends: 'base', errors }, 'Catalog shop extends "base". Give what defineCatalog returned.'],
    [
      'one in another language',
      { extends: base, sourceLocale: 'de', errors },
      'Catalog shop has sourceLocale "de", but extends base, whose texts are in en. Write both in one language, and put the other into locales.',
    ],
    [
      'one that has retired a code of its own',
      { extends: base, errors: { OLD: { message: 'x' } } },
      'Catalog shop, error "OLD" has the code "OLD", which is retired: old clients know it with another meaning. Give it a new one.',
    ],
  ])('cannot extend %s', (_what, definition, message) => {
    expect(refusal(definition)).toEqual(new SetupError(message))
  })
})

test('an error that comes from another copy of this package has only headers that can be sent', () => {
  const base = define({ errors: { A: { status: 400, message: 'a', headers: { 'X-A': 'a' } } } })
  const entries = [{ ...base.get('A'), headers: { 'X-A': 'a', 'X-B': 'b\r\nc' } }]
  const other = Object.assign({}, base, { [Symbol.iterator]: () => entries.values() })
  expect(define({ extends: other, errors: {} }).get('A')?.headers).toEqual({ 'X-A': 'a' })
})

test('a catalog that was made by hand cannot extend itself', () => {
  const base = define({ errors: { A: { status: 400, message: 'a' } } })
  const circle = Object.assign({}, base, { extends: base })
  circle.extends = Object.assign({}, base, { extends: circle })
  expect(refusal({ extends: circle, errors: {} })).toEqual(
    new SetupError(
      'Catalog shop extends shop, which extends itself. Give what defineCatalog returned, as it is.',
    ),
  )
})

test('parents in a line of 2,000 are found', () => {
  const keys = Array.from({ length: 2000 }, (_, index) => `k${index}`)
  const errors = Object.fromEntries(
    keys.map((key, index) => [key, { status: 400, message: 'x', parent: keys[index + 1] }]),
  )
  expect(define({ errors }).get('k0')?.parents.length).toBe(1999)
})

test('parents in a line of any length are found, however they are written', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 2 }), (line) => {
      const errors: Record<string, EntryDefinition> = {}
      line.forEach((key, index) => {
        errors[`k${key}`] =
          index === line.length - 1
            ? { status: 418, message: 'root' }
            : { message: 'x', parent: `k${line[index + 1]}` }
      })
      const catalog = define({ errors })
      const [leaf, ...parents] = line.map((key) => `k${key}`)
      expect(catalog.get(leaf!)).toMatchObject({ status: 418, parents })
    }),
  )
})
