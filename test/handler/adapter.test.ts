import { describe, expect, test } from 'vitest'
import { createResponder, factsOf, isStale } from '../../src/handler/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

const shop = defineCatalog({
  name: 'shop',
  locales: { de: { shop: { SOLD_OUT: { message: 'Ausverkauft' } } } },
  errors: { SOLD_OUT: { code: 10002, status: 409, message: 'Sold out' } },
})

const requestHeaders: Readonly<Record<string, string>> = { 'accept-language': 'de', 'x-request-id': 'r-1' }
const header = (name: string): string | undefined => requestHeaders[name]

describe('a responder', () => {
  const reports: unknown[] = []
  const respond = createResponder(
    { catalog: shop, onReport: (report, request: string) => reports.push([report, request]) },
    (request) => ({ method: request, route: '/orders' }),
  )

  test('answers with status, headers and body, and reports once it is told that they were sent', () => {
    const answer = respond(shop.errors.SOLD_OUT(), factsOf({ header }), 'POST')
    const { status, headers, body } = answer
    expect({ status, headers, body }).toEqual({
      status: 409,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': '38',
        'Content-Language': 'de',
        Vary: 'Accept-Language',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
        'X-Request-ID': 'r-1',
      },
      body: '{"code":10002,"message":"Ausverkauft"}',
    })
    expect(reports).toEqual([])
    expect(answer.report()).toBe(false)
    expect(reports).toMatchObject([
      [{ key: 'SOLD_OUT', method: 'POST', route: '/orders', sent: true, clientGone: false }, 'POST'],
    ])
  })

  test('goes on with what is on the response', () => {
    const begun: Readonly<Record<string, string>> = {
      vary: 'Origin',
      'x-request-id': 'r-2',
      'retry-after': '7',
    }
    const { headers } = respond('boom', factsOf({ header, onResponse: (name) => begun[name] }), 'GET')
    expect(headers).toMatchObject({ Vary: 'Origin, Accept-Language', 'Retry-After': '7' })
    expect(headers).not.toHaveProperty('X-Request-ID')
  })
})

test.each([
  ['etag', 404, '"1"', true],
  ['content-length', 404, '5', true],
  ['set-cookie', 404, 'a=1', false],
  ['vary', 404, 'Origin', false],
  ['content-range', 416, 'bytes */5', false],
  ['content-range', 416, 'bytes 0-1/5', true],
] as const)('%s beside %i, %s: stale is %s', (name, status, value, stale) => {
  expect(isStale(name, status, value)).toBe(stale)
})
