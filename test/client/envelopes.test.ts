import express from 'express'
import { describe, expect, test } from 'vitest'
import { createClient, createReader, type ApiError } from '../../src/client/index.ts'
import { clientCatalog } from '../../src/contract/client-catalog.ts'
import { defineCatalog, errorHandler, requestId, type EnvelopeName } from '../../src/index.ts'
import { rejection, serving } from './answering.ts'

const ENVELOPES = ['flat', 'nested', 'composite', 'two-level', 'problem'] as const

function shopIn(envelope: EnvelopeName, httpStatus?: 200) {
  return defineCatalog({
    name: 'shop',
    envelope,
    ...(httpStatus && { httpStatus }),
    errors: {
      ORDERS: { code: 10000, status: 409, message: 'No order' },
      SOLD_OUT: { code: 10002, status: 409, parent: 'ORDERS', message: 'Only {{left}} of {{product}} left' },
      INVALID: { code: 10004, status: 422, message: 'Invalid order' },
    },
    locales: { de: { shop: { INVALID: { message: 'Ungültige Bestellung' } } } },
  })
}

async function shopApi(envelope: EnvelopeName, httpStatus?: 200): Promise<string> {
  const shop = shopIn(envelope, httpStatus)
  const app = express()
  app.use(requestId())
  app.get('/sold-out', () => {
    throw shop.errors.SOLD_OUT({
      params: { left: 3, product: 'tea' },
      details: { since: 'noon' },
      also: [shop.errors.SOLD_OUT({ params: { left: 0, product: 'milk' } })],
    })
  })
  app.get('/invalid', () => {
    throw shop.errors.INVALID({ fields: [{ path: 'items[0].n', code: 'too_small', params: { min: 1 } }] })
  })
  app.get('/done', (_request, response) => {
    response.json(shop.ok({ code: 10002, id: 7 }))
  })
  app.use(errorHandler({ catalog: shop, reveal: { params: true } }))
  return serving(app)
}

const parentOf = (envelope: string): number | undefined =>
  envelope === 'composite' || envelope === 'two-level' ? 10000 : undefined

describe.each(ENVELOPES)('an error in the envelope %s', (envelope) => {
  test.each([undefined, 200] as const)('is read whole, with status %s for all', async (httpStatus) => {
    const url = await shopApi(envelope, httpStatus)
    const api = createClient({
      baseUrl: url,
      locale: 'en',
      catalog: clientCatalog(shopIn(envelope, httpStatus)),
    })
    const error = (await rejection(
      api.fetch('/sold-out', { headers: { 'X-Request-ID': 'r-1' } }),
    )) as ApiError
    expect(Object.assign({}, error)).toEqual({
      code: 10002,
      status: httpStatus ?? 409,
      parent: parentOf(envelope),
      title: envelope === 'problem' ? 'Only 3 of tea left' : undefined,
      params: { left: 3, product: 'tea' },
      details: { since: 'noon' },
      fields: [],
      errors: [
        {
          code: 10002,
          message: 'Only 0 of milk left',
          parent: parentOf(envelope),
          params: { left: 0, product: 'milk' },
          fields: [],
        },
      ],
      requestId: 'r-1',
      quotas: [],
      violated: [],
      locale: 'en',
    })
    expect([error.name, error.message]).toEqual(['ApiError', 'Only 3 of tea left'])
  })

  test('tells the fields with their steps, in the language that was asked for', async () => {
    const api = createClient({ baseUrl: await shopApi(envelope), locale: () => 'de' })
    expect(await rejection(api.fetch('invalid'))).toMatchObject({
      code: 10004,
      status: 422,
      message: 'Ungültige Bestellung',
      locale: 'de',
      fields: [
        {
          path: 'items[0].n',
          pathSegments: ['items', 0, 'n'],
          code: 'too_small',
          params: { min: 1 },
          message: expect.stringMatching(/^Zu klein.+1/) as string,
        },
      ],
    })
  })

  test('is told from a success, whose body can still be read', async () => {
    const url = await shopApi(envelope, 200)
    const api = createReader({ catalog: clientCatalog(shopIn(envelope, 200)) })
    const response = await fetch(`${url}/done`)
    expect(await api.read(response)).toBeUndefined()
    expect(await response.json()).toEqual(shopIn(envelope).ok({ code: 10002, id: 7 }))
  })
})

function read(body: unknown): { readonly code: unknown; readonly message: unknown } | undefined {
  const { errcode, errmsg } = body as { errcode?: unknown; errmsg?: unknown }
  return errcode === undefined ? undefined : { code: errcode, message: errmsg }
}

test("an envelope of the API's own is read by the catalog's own function, and others beside it", () => {
  const api = createReader({ read })
  expect(api.parse({ status: 400, body: '{"errcode":40001,"errmsg":"bad token"}' })).toMatchObject({
    code: 40001,
    message: 'bad token',
  })
  expect(api.parse({ status: 400, body: { code: 'X', title: 'From a gateway' } })).toMatchObject({
    code: 'X',
    message: 'From a gateway',
  })
})

test('a function of the API that throws is the cause of an error without a code', () => {
  const fault = new Error('not such a body')
  const api = createReader({
    read() {
      throw fault
    },
  })
  expect(api.parse({ status: 500, body: { code: 1, message: 'x' } })).toMatchObject({
    code: undefined,
    message: 'HTTP 500',
    cause: fault,
  })
})
