import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { lookUp } from '../../../src/locale/text/lookup.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const shop = defineCatalog({
  name: 'shop',
  envelope: 'problem',
  errors: {
    1006: { status: 409, message: 'Taken', title: 'Conflict' },
    'cart.empty': { status: 409, message: 'Cart is empty', title: 'Empty' },
    FEW: { status: 409, message: '{{count}} left', title: 'Few' },
  },
})

type Key = 1006 | 'cart.empty' | 'FEW'

/** The texts of a problem: what translators' files are asked for. */
interface Problem {
  readonly title: string
  readonly detail: string
}

/** Expects the texts of an error on all frameworks, for a client that wants German. */
async function expectGerman(
  options: Pick<HandlerOptions, 'locales' | 'i18n'>,
  key: Key,
  problem: Problem,
  params: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const route = (): never => {
    throw Reflect.construct(shop.BizError, [key, { params }])
  }
  const request = { headers: { 'Accept-Language': 'de', 'X-Request-ID': 'r-1' } }
  const answer = {
    status: 409,
    headers: errorHeaders('de', { 'content-type': 'application/problem+json' }),
    body: { type: 'about:blank', ...problem, status: 409, code: key, request_id: 'r-1' },
  }
  const answers = await answersOn(frameworks, request, { '/': route }, { catalog: shop, ...options })
  expect(answers).toEqual(everywhere(answer))
}

/** A translator's file, what it holds of which error, and the texts that are sent. */
type Layout = readonly [what: string, file: object, key: Key, title: string, detail: string]

const layouts: readonly Layout[] = [
  ['fields under a code', { 1006: { message: 'Vergeben', title: 'Konflikt' } }, 1006, 'Konflikt', 'Vergeben'],
  ['a text under a code', { 1006: 'Vergeben' }, 1006, 'Conflict', 'Vergeben'],
  ['flat names', { '1006.message': 'Vergeben', '1006.title': 'Konflikt' }, 1006, 'Konflikt', 'Vergeben'],
  ['a text beside a flat name', { 1006: 'Vergeben', '1006.title': 'Konflikt' }, 1006, 'Konflikt', 'Vergeben'],
  ['a text that is the only form', { '1006_other': 'Vergeben' }, 1006, 'Conflict', 'Vergeben'],
  [
    'a name with a dot as it is',
    { 'cart.empty': { message: 'Leer', title: 'Nichts' } },
    'cart.empty',
    'Nichts',
    'Leer',
  ],
  ['a text under such a name', { 'cart.empty': 'Leer' }, 'cart.empty', 'Empty', 'Leer'],
  ['nested names', { cart: { empty: { message: 'Leer', title: 'Nichts' } } }, 'cart.empty', 'Nichts', 'Leer'],
  ['a nested text', { cart: { empty: 'Leer' } }, 'cart.empty', 'Empty', 'Leer'],
  [
    'names that are flat to the field',
    { 'cart.empty.message': 'Leer', 'cart.empty.title': 'Nichts' },
    'cart.empty',
    'Nichts',
    'Leer',
  ],
  [
    'names that are flat below a nested one',
    { cart: { 'empty.message': 'Leer', 'empty.title': 'Nichts' } },
    'cart.empty',
    'Nichts',
    'Leer',
  ],
  [
    'a name as it is before a nested one',
    { cart: { empty: { message: 'no', title: 'no' } }, 'cart.empty': { message: 'Leer', title: 'Nichts' } },
    'cart.empty',
    'Nichts',
    'Leer',
  ],
  [
    'what is no text beside what is one',
    { 1006: { message: 7, title: ' ' }, '1006.message': 'Vergeben', '1006.title': 'Konflikt' },
    1006,
    'Konflikt',
    'Vergeben',
  ],
]

describe('a translators’ file', () => {
  for (const [what, file, key, title, detail] of layouts) {
    test(`that has ${what} is read as it is`, async () => {
      await expectGerman({ locales: { de: { shop: file } } }, key, { title, detail })
    })

    test(`that has ${what} is read as it is in the app's i18next`, async () => {
      const i18n = createInstance()
      await i18n.init({ lng: 'en', resources: { de: { shop: file } } })
      await expectGerman({ i18n }, key, { title, detail })
    })
  }
})

/** What is sent for which count, in a language whose file lacks forms that it has, or has none but one. */
const forms: readonly (readonly [locale: string, file: object, counts: Readonly<Record<string, string>>])[] = [
  ['es', { FEW: { message_one: '{{count}} uno', message_other: '{{count}} otros' } }, { 1: '1 uno', 1000000: '1000000 otros', 2: '2 otros', none: '… otros' }],
  ['fr', { FEW_one: '{{count}} seul', FEW_other: '{{count}} autres' }, { 0: '0 seul', 1000000: '1000000 autres', none: '… autres' }],
  ['pl', { FEW: { message_other: '{{count}} innych' } }, { 1: '1 innych', 3: '3 innych', 5: '5 innych', none: '… innych' }],
  ['ru', { 'FEW.message_few': '{{count}} few', 'FEW.message_other': '{{count}} other' }, { 1: '1 other', 2: '2 few', 5: '5 other' }],
  ['de', { FEW: { message_zero: 'keine', message_other: '{{count}} Stück' } }, { 0: 'keine', 1: '1 Stück' }],
  ['de', { FEW: { message: '{{count}} da', message_one: 'eines' } }, { 1: 'eines', 2: '2 da', none: '… da', two: 'two da' }],
  ['de', { FEW: 'Rest: {{count}}', FEW_one: 'eines' }, { 1: 'eines', 2: 'Rest: 2', none: 'Rest: …' }],
] // prettier-ignore

describe('a plural form', () => {
  for (const [locale, file, counts] of forms) {
    test.each(Object.entries(counts))(
      `of ${locale} in ${JSON.stringify(file)} for %s is of the same language`,
      async (count, message) => {
        const params = count === 'none' ? {} : { count: Number(count) || (count === '0' ? 0 : count) }
        const route = (): never => {
          throw Reflect.construct(shop.BizError, ['FEW', { params }])
        }
        const request = { headers: { 'Accept-Language': locale, 'X-Request-ID': 'r-1' } }
        const locales = { [locale]: { shop: file } }
        expect(
          await answersOn(frameworks, request, { '/': route }, { catalog: shop, envelope: 'flat', locales }),
        ).toEqual(everywhere({ status: 409, headers: errorHeaders(locale), body: { code: 'FEW', message } }))
      },
    )
  }
})

function isKey(name: string): boolean {
  return ['cart', 'cart.title', 'cart_one'].includes(name)
}

/** Looks up a message or a title in a catalog of three errors. */
function find(texts: object, key: string, field: 'message' | 'title', suffix = ''): string | undefined {
  return lookUp(texts, { key, field, isKey, isWhole: field === 'message' }, suffix, ['.'])?.raw
}

describe('a text', () => {
  test.each([
    [{ 'cart.title': 'x' }, undefined, 'x'],
    [{ 'cart.title.message': 'x' }, undefined, 'x'],
    [{ cart: { title: 'x' } }, 'x', undefined],
    [{ cart: { title: { message: 'x' } } }, undefined, 'x'],
    [{ cart: { title: 'x' }, 'cart.title': 'y' }, 'x', 'y'],
  ] as const)('of %j is that of one of two entries', (texts, ofCart, ofCartTitle) => {
    expect([find(texts, 'cart', 'title'), find(texts, 'cart.title', 'message')]).toEqual([
      ofCart,
      ofCartTitle,
    ])
  })

  test('that is the message of another entry is no plural form', () => {
    expect([
      find({ cart_one: 'x' }, 'cart', 'message', '_one'),
      find({ cart_one: 'x' }, 'cart_one', 'message'),
      find({ cart: { message_one: 'x' } }, 'cart', 'message', '_one'),
      find({ gift_one: 'x' }, 'gift', 'message', '_one'),
    ]).toEqual([undefined, 'x', 'x', 'x'])
  })

  test('is none that all objects have, or none of a file has', () => {
    const names = ['constructor', 'toString', '__proto__', 'a.constructor', 'a.__proto__', 'constructor.name']
    const texts = JSON.parse('{"a": {"b": {}}, "c": []}') as object
    expect(names.map((name) => find(texts, name, 'message'))).toEqual(names.map(() => undefined))
    expect(
      ['', '.', '..', 'a', 'a.', 'a.b', 'a..b', 'c', 'c.0'].map((name) => find(texts, name, 'title')),
    ).toEqual(Array.from({ length: 9 }, () => undefined))
  })

  test('is not found in what cannot be read', () => {
    const hostile = new Proxy({}, { get: () => { throw new Error('x') } }) // prettier-ignore
    expect([find(hostile, 'a', 'title'), find({ a: hostile }, 'a.b', 'title')]).toEqual([
      undefined,
      undefined,
    ])
  })
})
