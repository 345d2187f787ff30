import { describe, expect, test } from 'vitest'
import { openapi } from '../../../src/contract/openapi/openapi.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { documentOf, faultsOf, schemasOf, VERSIONS } from './validators.ts'

const errors = {
  SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
  ORDERED: { code: 10003, status: 409, message: 'Ordered before' },
  GONE: { code: 10004, status: 410, message: 'No longer sold' },
  WRONG_PASSWORD: { code: 10005, status: 401, message: 'Wrong password' },
  LOCKED: { code: 10006, status: 403, message: 'Locked' },
} as const
const shop = defineCatalog({ name: 'shop', errors })

describe('responses', () => {
  test('names errors by key or by code, one response for each status, and default', () => {
    const { responses } = openapi(shop)
    expect(responses('SOLD_OUT', 10004)).toEqual({
      409: { $ref: '#/components/responses/ShopError10002' },
      410: { $ref: '#/components/responses/ShopError10004' },
      default: { $ref: '#/components/responses/ShopError' },
    })
    expect(responses('SOLD_OUT', 'ORDERED', 10002)[409]).toMatchObject({
      description: '- `10002`: Only … left\n- `10003`: Ordered before',
      content: {
        'application/json': {
          schema: {
            anyOf: [
              { $ref: '#/components/schemas/ShopError10002' },
              { $ref: '#/components/schemas/ShopError10003' },
            ],
          },
        },
      },
    })
    expect(responses()).toEqual({ default: { $ref: '#/components/responses/ShopError' } })
  })

  test('name what an error is answered as', () => {
    const handler = { conceal: [{ errors: ['LOCKED'], as: 'WRONG_PASSWORD' }] } as const
    const { components, responses } = openapi(shop, { handler })
    expect(responses('LOCKED')).toMatchObject({ 401: { $ref: '#/components/responses/ShopError10005' } })
    expect(Object.keys(components.schemas)).not.toContain('ShopError10006')
  })

  test('are one where all is answered with 200', () => {
    const { responses } = openapi(shop, { handler: { httpStatus: 200 } })
    const all = responses('GONE', 'LOCKED')
    expect(Object.keys(all)).toEqual(['200'])
    expect(all).toMatchObject({
      200: {
        content: {
          'application/json': {
            schema: {
              anyOf: ['ShopError10004', 'ShopError10006', 'ShopError'].map((name) => ({
                $ref: `#/components/schemas/${name}`,
              })),
            },
          },
        },
      },
    })
  })

  test('refuse what the catalog does not have, and say what was meant', () => {
    const { responses } = openapi(shop)
    expect(() => responses('SOLDOUT' as 'SOLD_OUT')).toThrow(
      'responses was given "SOLDOUT", which catalog shop does not have. Did you mean SOLD_OUT?',
    )
  })

  test.each([
    [{ version: '2.0' }, 'openapi has version "2.0". Known are: 3.0, 3.1.'],
    [{ detail: 'all' }, 'openapi has detail "all". Known are: code, status.'],
    [
      { examples: ['de'] },
      'openapi has examples in "de", which catalog shop has no texts in. Known are: en.',
    ],
    [{ versoin: '3.0' }, 'openapi has no "versoin". Did you mean version?'],
  ])('and options %j are refused', (options, message) => {
    expect(() => openapi(shop, options as object)).toThrow(message)
  })

  test('codes that would have one name are told', () => {
    const both = defineCatalog({
      name: 'shop',
      errors: { A: { code: 1, status: 400, message: 'a' }, B: { code: '1', status: 400, message: 'b' } },
    })
    expect(() => openapi(both)).toThrow(
      'Catalog shop has the code 1 and the code "1", which both make the component ShopError1. Rename one of them, or take detail \'status\' without examples.',
    )
    expect(() => openapi(both, { detail: 'status', examples: 'none' })).not.toThrow()
  })
})

describe('an envelope of the app', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://shop.test/error',
    type: 'object',
    required: ['ok', 'fault'],
    properties: {
      ok: { const: false },
      fault: { $ref: '#/$defs/fault' },
      next: { type: ['string', 'null'], examples: ['a'] },
      more: { type: 'array', items: { $ref: '#' } },
      same: { $ref: '#fault' },
    },
    patternProperties: { '^x-': true },
    additionalProperties: false,
    $defs: {
      fault: {
        $anchor: 'fault',
        type: 'object',
        properties: { code: { type: ['integer', 'string'] } },
      },
    },
  }
  const own = defineCatalog({
    name: 'shop',
    errors,
    envelope: {
      body: ({ code }) => ({ ok: false, fault: { code }, next: null, 'x-a': 1 }),
      schema,
      contentType: 'application/vnd.shop+json',
    },
  })

  test.each(VERSIONS)('is described by its schema in %s', async (version) => {
    const described = openapi(own, { version })
    expect(await faultsOf(documentOf(described, version))).toEqual([])
    const validate = schemasOf(described.components, version)('ShopError10002')
    expect(validate({ ok: false, fault: { code: 1 }, next: null, 'x-a': 1, same: { code: 'a' } })).toBe(true)
    expect(validate({ ok: true, fault: {} })).toBe(false)
    expect(validate({ ok: false, fault: { code: null } })).toBe(false)
    expect(described.components.examples['ShopError10002-en']).toMatchObject({
      value: { ok: false, fault: { code: 10002 } },
    })
    expect(described.components.responses['ShopError10002']).toMatchObject({
      content: { 'application/vnd.shop+json': {} },
    })
  })
})

/** How long it takes to describe a catalog of so many codes. */
function timeOf(count: number): number {
  const errors = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `E${index}`,
      { code: index + 1, status: 409 + (index % 3), message: `Error {{a}} ${index}` },
    ]),
  )
  const catalog = defineCatalog({ name: 'many', errors })
  // Of this process: others run beside it.
  const before = process.cpuUsage()
  const { components } = openapi(catalog)
  const { user, system } = process.cpuUsage(before)
  expect(Object.keys(components.responses)).toHaveLength(count + 1)
  return user + system
}

test('eight times as many codes take about eight times as long', () => {
  timeOf(250)
  const few = Math.min(timeOf(250), timeOf(250), timeOf(250))
  // What looks through all codes for each one takes 64 times as long.
  expect(Math.min(timeOf(2000), timeOf(2000))).toBeLessThan(24 * few)
})
