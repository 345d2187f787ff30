import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { keysOf } from '../../../src/locale/sources/keys.ts'
import { unusableIn } from '../../../src/locale/sources/unusable.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    1006: { status: 409, message: 'Taken' },
    GONE: { status: 410, message: 'Gone' },
    cart: { status: 422, message: 'The cart is wrong' },
    'cart.empty': { status: 422, message: 'The cart is empty' },
    'cart.title.long': { status: 422, message: 'Its title is too long' },
    'a.b': { status: 422, message: 'A' },
  },
})

function faultsOf(texts: object, namespace = 'shop'): readonly string[] {
  return unusableIn(texts, 'de/shop.json', keysOf(shop, namespace))
}

const usable: Readonly<Record<string, object>> = {
  fields: { 1006: { message: 'x', title: 'x', description: 'x', action: 'x' } },
  'plural forms and contexts': { 1006: { message_one: 'x', message_other: 'x', title_male: 'x' } },
  'a text': { 1006: 'x', '1006_one': 'x' },
  'nested keys': { cart: { empty: 'x', title: { long: { message: 'x' } } }, a: { b: 'x' } },
  'keys and fields that are flat': { 'cart.empty': 'x', 'cart.empty.message': 'x', '1006.title_one': 'x' },
  'fields beside nested keys': { cart: { message: 'x', title: 'x', empty: { action: 'x' } } },
  'what nobody has translated yet': {
    1006: null,
    GONE: '',
    cart: {},
    a: { b: { message: null, title: '' } },
  },
  'keys of no entry, beside one': {
    GONE: 'x',
    other: 7,
    old: ['x'],
    stale: { msg: 'x' },
    'x.message': 7,
    $schema: 'x',
    _version: 2,
  },
  'remarks of translators': {
    1006: { message: 'x', note: 'x', maxLength: 20, reviewed: true, 'a.title': 'x' },
  },
  nothing: {},
  'forms of an entry alone': { GONE_one: 'x', _other: 7 },
  'a field of an entry alone': { 'cart.empty.title_one': 'x' },
  'forms of a nested key, beside those of its group': { cart: { empty_one: 'x', empty_other: 'x' } },
  'a group alone': { 'cart.title': { long: 'x' } },
  'what only contains the name of a field': { 1006: { message: 'x', title: 'x', transaction: 'x' } },
}

const OLD = "is a plural form of i18next's JSON v3, and not read. Write those of v4, such as _one and _other."

describe('texts', () => {
  test.each(Object.entries(usable))('that can be used: %s', (_, texts) => {
    expect(faultsOf(texts)).toEqual([])
  })

  test.each<readonly [object, string]>([
    [{ 1006: 7 }, '1006 is 7. Write a text, or { message: … }.'],
    [{ GONE: true }, 'GONE is true. Write a text, or { message: … }.'],
    [{ GONE: ['x'] }, 'GONE is an array. Write a text, or { message: … }.'],
    [{ a: { b: 1 } }, 'a.b is 1. Write a text, or { message: … }.'],
    [{ 1006: { message: 7 } }, '1006.message is 7. Write a text.'],
    [{ 1006: { message: 'x', title: ['x'] } }, '1006.title is an array. Write a text.'],
    [{ 1006: { message: { text: 'x' } } }, '1006.message is an object. Write a text.'],
    [{ '1006.message_one': false }, '1006.message_one is false. Write a text.'],
    [{ a: { 'b.title': 0 } }, 'a.b.title is 0. Write a text.'],
    [{ cart: { title: 7 } }, 'cart.title is 7. Write a text.'],
    [
      { 1006: { message: { one: 'x', other: 'x' } } },
      '1006.message is an object. Write its plural forms as message_one, message_other.',
    ],
    [
      { 1006: { one: 'x', few: 'x', other: 'x' } },
      '1006 holds "one", and none of message, title, description, action. Write its plural forms as message_one, message_few, message_other.',
    ],
    [{ 1006: { msg: 'x' } }, '1006 holds "msg". Did you mean message?'],
    [{ 1006: { mesage: 'x', title: 'x' } }, '1006 holds "mesage". Did you mean message?'],
    [{ 1006: { message: 'x', titl: 'x' } }, '1006 holds "titl". Did you mean title?'],
    [{ 1006: { Message: 'x' } }, '1006 holds "Message". Did you mean message?'],
    [{ 1006: { errorMessage: 'x' } }, '1006 holds "errorMessage". Did you mean message?'],
    [{ 1006: { message: 'x', desc: 'x' } }, '1006 holds "desc". Did you mean description?'],
    [{ cart: { empty: { mesage: 'x' } } }, 'cart.empty holds "mesage". Did you mean message?'],
    [
      { GONE: { text: 'x', hint: 'x' } },
      'GONE holds "text", and none of message, title, description, action. Write { message: … }.',
    ],
    [{ cart: { msg: 'x', empty: 'x' } }, 'cart holds "msg". Did you mean message?'],
    [{ GONE: 'x', GONE_plural: 'x' }, `GONE_plural ${OLD}`],
    [{ '1006_0': 'x' }, `1006_0 ${OLD}`],
    [{ 1006: { message: 'x', message_plural: 'x' } }, `1006.message_plural ${OLD}`],
    [{ cart: { empty_2: 'x' } }, `cart.empty_2 ${OLD}`],
  ])('that cannot: %j', (texts, fault) => {
    expect(faultsOf(texts)).toEqual([`de/shop.json, ${fault}`])
  })

  test.each<readonly [object, string]>([
    [{ gone: 'x', basket_empty: 'x', 7: 'x', '': 'x' }, 'it has "7", "gone", "basket_empty". Write { <key>: { message: … } }.'],
    [{ _version: 1 }, 'it has "_version". Write { <key>: { message: … } }.'],
    [{ $schema: 'x', de: { GONE: 'x' } }, 'they stand in "de". Write what it holds in its place.'],
    [{ shop: { 'cart.empty': 'x' } }, 'they stand in "shop". Write what it holds in its place.'],
    [JSON.parse('{ "__proto__": { "GONE": "x" } }') as object, 'they stand in "__proto__". Write what it holds in its place.'],
  ])('of which none is an error’s: %j', (texts, fault) => {
    expect(faultsOf(texts)).toEqual([`de/shop.json has no key of an error: ${fault}`])
  }) // prettier-ignore

  test('that are generic have statuses and faults of fields as keys', () => {
    expect([
      faultsOf({ 404: { msg: 'x' }, GONE: 7 }, 'http'),
      faultsOf({ too_long: 7, 404: 7 }, 'fields'),
    ]).toEqual([
      ['de/shop.json, 404 holds "msg". Did you mean message?'],
      ['de/shop.json, too_long is 7. Write a text, or { message: … }.'],
    ])
  })

  test('that cannot be used in any number are told ten times', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => [`cart.title.long${index}`, 7] as const)
    const texts = { ...Object.fromEntries(entries), 1006: { a: 1, b: 2 }, GONE: 7, cart: 7 }
    expect(faultsOf(texts)).toHaveLength(3)
    const many = defineCatalog({
      name: 'many',
      errors: Object.fromEntries(entries.map(([key]) => [key, { status: 409, message: 'x' }])),
    })
    const told = unusableIn(Object.fromEntries(entries), 'de/many.json', keysOf(many, 'many'))
    expect([told.length, told.at(-2), told.at(-1)]).toEqual([
      11,
      'de/many.json, cart.title.long9 is 7. Write a text, or { message: … }.',
      'de/many.json holds more that cannot be used.',
    ])
  })

  test('that hold themselves are looked at once', () => {
    const cart: Record<string, unknown> = { message: 7 }
    cart['empty'] = cart
    expect(faultsOf({ cart })).toEqual(['de/shop.json, cart.message is 7. Write a text.'])
  })

  test('whose keys all objects have are none', () => {
    const texts = JSON.parse(
      '{ "GONE": "x", "__proto__": { "msg": "x" }, "constructor": 7, "toString": { "msg": "x" } }',
    ) as object
    expect(faultsOf(texts)).toEqual([])
  })
})
