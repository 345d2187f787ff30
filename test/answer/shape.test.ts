import { expect, test } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { createShapes, shapeOf, type Shape } from '../../src/answer/shape.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const error = { code: 7, status: 404, message: 'Gone', locale: 'en', retryable: false }
const described = { ...error, catalog: 'shop', key: 7, sourceMessage: 'Gone' }
const body = (): object => ({ own: true })

/** What is sent in a shape. */
function sent(shape: Shape | undefined): readonly unknown[] | undefined {
  if (shape === undefined) return undefined
  return [shape.contentType, shape.isOurs ? shape.write(error) : shape.body(described, undefined)]
}

const NESTED = [JSON_TYPE, '{"error":{"code":7,"message":"Gone"}}']
const FLAT = [JSON_TYPE, '{"code":7,"message":"Gone"}']

test('shapes by media type are chosen by Accept, the first for who asks for none', () => {
  const { first, choose, last } = createShapes({
    'application/json': 'nested',
    'application/problem+json': 'problem',
  })
  expect([first, choose?.(undefined), choose?.('application/problem+json'), last].map(sent)).toEqual([
    NESTED,
    NESTED,
    [
      'application/problem+json',
      '{"type":"about:blank","title":"Gone","status":404,"detail":"Gone","code":7}',
    ],
    NESTED,
  ])
})

test('one shape leaves nothing to choose, so that no answer varies by Accept', () => {
  const own = { own: true }
  const shapes = [
    createShapes(undefined),
    createShapes('flat'),
    createShapes(body),
    createShapes({ body }),
    createShapes({ body, contentType: 'text/plain' }),
    createShapes({ 'application/json': 'flat' }),
    createShapes({ 'application/x+json': body }),
    createShapes({ 'application/x+json': { body } }),
    createShapes({ 'application/x+json': { body, contentType: 'application/x+json; v=2' } }),
    createShapes({ 'text/plain': body }),
    createShapes({ 'application/xml': body }),
  ]
  expect(shapes.map(({ first, choose, last }) => [sent(first), choose, sent(last)])).toEqual([
    [undefined, undefined, undefined],
    [FLAT, undefined, FLAT],
    [[JSON_TYPE, own], undefined, undefined],
    [[JSON_TYPE, own], undefined, [JSON_TYPE, own]],
    [['text/plain', own], undefined, ['text/plain', own]],
    [FLAT, undefined, FLAT],
    [['application/x+json', own], undefined, undefined],
    [['application/x+json', own], undefined, ['application/x+json', own]],
    [['application/x+json; v=2', own], undefined, ['application/x+json; v=2', own]],
    [['text/plain; charset=utf-8', own], undefined, undefined],
    [['application/xml; charset=utf-8', own], undefined, undefined],
  ])
})

test("a catalog's shape is made once, so that what is made of it is found again", () => {
  const errors = { 1: { status: 404, message: 'Not here' } }
  const shop = defineCatalog({ name: 'shop', errors, envelope: { body } })
  expect(shapeOf(shop)).toBe(shapeOf(shop))
})

test.each([{}, { body: 'x' }, 7, undefined])(
  'the envelope %j of another version of this package is the default one',
  (envelope) => {
    expect(sent(shapeOf({ envelope } as unknown as Catalog))).toEqual(FLAT)
  },
)
