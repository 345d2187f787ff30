const express = require('express')
const Koa = require('koa')
const { BizError, defineCatalog, describeError, errorHandler, isBizError, notFound } = require('bizerror')
const { errorHandler: koaErrorHandler } = require('bizerror/koa')
const { memoryStore } = require('bizerror/rate-limit')
const { storeContract } = require('bizerror/testing')
const { ask } = require('../ask.cjs')

const shop = defineCatalog({
  name: 'shop',
  locales: { de: { shop: { 10002: { message: 'Nur noch {{left}} von {{product}} übrig' } } } },
  errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
})
const soldOut = () =>
  new shop.BizError(10002, {
    params: { left: 3, product: 'tea' },
    details: { seen: new Date(0), fields: ['product'] },
    cause: new TypeError('stock'),
  })
const expected = {
  path: '/',
  status: 409,
  requestId: 't-1',
  language: 'de',
  body: {
    code: 10002,
    message: 'Nur noch 3 von tea übrig',
    details: { seen: '1970-01-01T00:00:00.000Z', fields: ['product'] },
  },
}

test('Express answers a thrown code', async () => {
  const app = express()
  app.get('/', () => {
    throw soldOut()
  })
  app.use(notFound())
  app.use(errorHandler({ catalog: shop }))
  expect(await ask(app, ['/'], ['de'])).toEqual([expected])
})

test('Koa answers a thrown code', async () => {
  const app = new Koa()
  app.use(koaErrorHandler({ catalog: shop }))
  app.use(() => {
    throw soldOut()
  })
  expect(await ask(app.callback(), ['/'], ['de'])).toEqual([expected])
})

test('the locale files are found', () => {
  expect(describeError(new BizError(1006), { locale: 'fr' }).locale).toBe('fr')
})

test('a BizError of the module registry before a reset is recognized after it', () => {
  const before = soldOut()
  jest.resetModules()
  const { isBizError: isBizErrorOfNewCopy } = require('bizerror')
  expect(isBizErrorOfNewCopy).not.toBe(isBizError)
  expect(isBizErrorOfNewCopy(before)).toBe(true)
})

for (const { title, run } of storeContract(() => memoryStore(), { shared: false })) test(title, run)
