import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { build } from 'esbuild'
import type express from 'express'
import express4 from 'express4'
import createError from 'http-errors'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import * as face from '../../src/adapters/express/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import {
  express5,
  expresses,
  frameworks,
  optionsOf,
  type Framework,
  type Setup,
} from '../support/frameworks.ts'
import { expectGuarantees, holds, run, throws, type Expected } from '../support/guarantees.ts'

const internal: Expected = { status: 500, body: { code: 500, message: 'Internal server error' } }
const missing: Expected = { status: 404, body: { code: 404, message: 'Resource not found' } }
const conflict: Expected = { status: 409, body: { code: 1006, message: 'Username already exists' } }

// Express 4 as apps without asyncHandler have it: what a route throws goes to Express itself.
const bareExpress4: Framework = {
  name: 'Express 4',
  listener(setup) {
    const app = express4()
    app.disable('x-powered-by')
    app.use(face.requestId())
    app.use((request, response, next) => {
      const route = setup.routes[request.url]
      return route ? route(request, response) : next()
    })
    app.use(face.notFound())
    app.use(face.errorHandler(optionsOf(setup)))
    return app
  },
}
const bareExpress = [express5, bareExpress4]
const koa = frameworks.filter(({ name }) => name.startsWith('Koa'))

// What is rejected without a handler would end the process, had it no test runner around it.
const unhandled: unknown[] = []
const keep = (reason: unknown): void => void unhandled.push(reason)
beforeAll(() => void process.on('unhandledRejection', keep))
afterAll(() => void process.off('unhandledRejection', keep))

/** Express warns of a thenable that is no promise. */
const expectThenable = ({ message }: Error): void =>
  expect(message).toMatch(/^handlers that are Promise-like are deprecated/)

const fail: () => never = () => {
  throw new Error('secret-7 from a trap')
}

/** An entry that no answer can be made of as it is. */
function unsendable(key: number): object {
  return { ...catalog.get(key as 404), headers: { 'X-A': 'a\r\nb' } }
}

describe('A. What is thrown', () => {
  for (const value of [null, undefined]) {
    holds(
      `P-A01: an async route that throws ${value} is the generic 500`,
      { route: asyncThrows(value) },
      internal,
    )
  }
  holds(
    'P-A01: a route that rejects without a reason is the generic 500',
    { route: () => Promise.reject() },
    internal,
  )

  for (const [name, value] of Object.entries({
    0: 0,
    '-0': -0,
    '0n': 0n,
    'an empty string': '',
    false: false,
    NaN: Number.NaN,
    null: null,
    undefined: undefined,
  })) {
    const probe = { route: throws(value) }
    holds(
      `P-A02: ${name}, thrown synchronously, is no error to Express, and ends in our 404`,
      probe,
      { ...missing },
      bareExpress,
    )
    holds(`P-A02: ${name} is the generic 500 on Koa`, probe, { ...internal }, koa)
  }

  for (const [name, value] of Object.entries({
    'a string': 'secret-7',
    'the number 404': 404,
    'the number 1006': 1006,
    true: true,
    'a Symbol': Symbol('secret-7'),
    'a BigInt': 404n,
    'a BigInt of a million digits': 1n << 3_321_928n,
    'a function': () => 'secret-7',
    'a function with a status': Object.assign(() => 'secret-7', { status: 404 }),
    'a class': class Secret7 extends Error {},
    'an array': ['secret-7', { status: 404 }],
    'a Map': new Map([['status', 'secret-7']]),
    'a Set': new Set(['secret-7']),
    'a Date': new Date(0),
    'a RegExp': /secret-7/,
    'a boxed string': new String('secret-7'),
    'an error of another realm': vm.runInNewContext("new Error('secret-7')"),
  })) {
    holds(
      `P-A03: ${name} is the generic 500, its text is not in the answer`,
      { route: throws(value), secrets: ['secret-7', 'Secret7', '1970'] },
      internal,
    )
  }

  for (const word of ['route', 'router']) {
    holds(
      `P-A04: throwing '${word}' is the generic 500 on Koa`,
      { route: throws(word) },
      { ...internal },
      koa,
    )
  }
  holds(
    "P-A04: throwing 'route' skips the route on Express, and ends in our 404",
    { route: throws('route') },
    { ...missing },
    bareExpress,
  )
  for (const [title, listeners] of Object.entries({
    "next('route') skips the route": skipping((_request, _response, next) => next('route')),
    "next('router') leaves a router": skipping((_request, _response, next) => next('router'), true),
    "throwing 'router' leaves a router": skipping(throws('router'), true),
  })) {
    holds(`P-A04: ${title} on Express, and ends in our 404`, {}, { ...missing }, listeners)
  }
  // No error middleware is asked any more: see limits.md of the guide.
  for (const framework of bareExpress) {
    test(`P-A04: throwing 'router' at application level leaves the app to the 404 of ${framework.name} itself`, async () => {
      const outcome = await run(framework, { route: throws('router') })
      expect([outcome.status, outcome.headers.get('content-type'), outcome.reports]).toEqual([
        404,
        ['text/html; charset=utf-8'],
        [],
      ])
      expect(outcome.headers.get('x-request-id')).toEqual(['probe-1'])
    })
  }

  for (const [name, make] of Object.entries({
    'a rejected Promise': () => Promise.reject(new Error('secret-7')),
    'a Promise that is rejected later': () =>
      new Promise((_resolve, reject) => setTimeout(reject, 5, new Error('secret-7'))),
    'a rejected Promise of another realm': () =>
      vm.runInNewContext("Promise.reject(new Error('secret-7'))") as unknown,
    'a Promise whose then and catch throw': () =>
      // oxlint-disable-next-line unicorn/no-thenable -- that is the case
      Object.assign(Promise.reject(new Error('secret-7')), { then: fail, catch: fail }),
    'a fulfilled Promise': () => Promise.resolve('secret-7'),
    'a Promise that never settles': () => new Promise(() => {}),
    // oxlint-disable-next-line unicorn/no-thenable -- that is the case
    'a thenable': () => ({ then: fail }),
  })) {
    test(`P-A05: ${name} is the generic 500, and no rejection is left unhandled`, async () => {
      unhandled.length = 0
      process.on('deprecation', expectThenable)
      onTestFinished(() => void process.off('deprecation', expectThenable))
      for (const framework of frameworks) {
        const probe = {
          route: () => {
            throw make()
          },
          secrets: ['secret-7'],
        }
        const outcome = await run(framework, probe)
        expectGuarantees(outcome, probe)
        expect([outcome.framework, outcome.status, JSON.parse(outcome.body)]).toEqual([
          framework.name,
          500,
          internal.body,
        ])
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
      expect(unhandled).toEqual([])
    })
  }

  holds(
    'P-A06: an object without prototype is the generic 500',
    { route: throws(Object.create(null)) },
    internal,
  )

  holds(
    'P-A07: a plain object gives its status, its message is not ours',
    {
      route: throws({ status: 404, message: '/srv/app/x.js missing', expose: true }),
      secrets: ['x.js', '/srv'],
    },
    missing,
  )

  for (const [name, value, expected] of [
    ['a frozen Error is the generic 500', new Error('x'), internal],
    ['a frozen Error gives its status', Object.assign(new Error('x'), { status: 404 }), missing],
    ['a frozen error of http-errors gives its status', createError(404, 'x'), missing],
    ['a frozen BizError is answered', new BizError(1006), conflict],
  ] as const) {
    holds(`P-A08: ${name}`, { route: throws(Object.freeze(value)) }, expected)
  }
  for (const [name, make, expected] of [
    ['an Error', () => new Error('x', { cause: new Error('y') }), internal],
    ['a plain object', () => ({ status: 404, headers: {}, details: {} }), missing],
    ['a BizError', () => new BizError(1006, { details: { a: [1] }, cause: new Error('y') }), undefined],
  ] as const) {
    test(`P-A08: nothing is written on ${name}`, async () => {
      for (const framework of frameworks) {
        const error = make()
        const before = structure(error)
        const outcome = await run(framework, { route: throws(error) })
        expect(structure(error), framework.name).toEqual(before)
        expect(outcome.status).toBe(expected?.status ?? 409)
      }
    })
  }
  test('P-A08: no trap of a thrown Proxy that would change it is called', async () => {
    for (const framework of frameworks) {
      const changes: string[] = []
      const forbid = (trap: string) => () => changes.push(trap) > 0
      const watched = new Proxy(new Error('x'), {
        set: forbid('set'),
        defineProperty: forbid('defineProperty'),
        deleteProperty: forbid('deleteProperty'),
        setPrototypeOf: forbid('setPrototypeOf'),
        preventExtensions: forbid('preventExtensions'),
      })
      const outcome = await run(framework, { route: throws(watched) })
      expect([framework.name, outcome.status, changes]).toEqual([framework.name, 500, []])
    }
  })

  const revoked = Proxy.revocable(new Error('x'), {})
  revoked.revoke()
  const revokedFunction = Proxy.revocable(() => {}, {})
  revokedFunction.revoke()
  const every: ProxyHandler<object> = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]),
  )
  for (const [name, value] of Object.entries({
    'a Proxy whose get trap throws': new Proxy(new Error('x'), { get: fail }),
    'a Proxy of which every trap throws': new Proxy(new Error('x'), every),
    'a Proxy whose get trap throws undefined': new Proxy(new Error('x'), {
      get() {
        throw undefined
      },
    }),
    'a revoked Proxy': revoked.proxy,
    'a revoked Proxy of a function': revokedFunction.proxy,
  })) {
    holds(
      `P-A09: ${name} is the generic 500`,
      { route: throws(value), secrets: ['secret-7'] },
      { ...internal, also: ({ log }) => expect(log).toHaveLength(1) },
    )
  }

  const properties = [
    'message',
    'status',
    'statusCode',
    'code',
    'headers',
    'stack',
    'name',
    'expose',
    'cause',
  ]
  for (const property of [...properties, 'details', 'params', 'toJSON', 'toString', 'constructor', 'then']) {
    const unreadable = { get: fail, configurable: true }
    holds(
      `P-A10: a throwing getter for ${property} counts as absent, the status is honored`,
      {
        route: throws(
          Object.defineProperty(
            Object.assign(new Error('secret-7'), { status: 404, statusCode: 404 }),
            property,
            unreadable,
          ),
        ),
        secrets: ['secret-7'],
      },
      { ...missing, also: ({ log }) => expect(log).toHaveLength(1) },
    )
    holds(
      `P-A10: a throwing getter for ${property} changes nothing in the answer to a BizError`,
      {
        route: throws(
          Object.defineProperty(
            new BizError(1006, { details: { left: 1 }, headers: { 'X-Left': 'yes' } }),
            property,
            unreadable,
          ),
        ),
        secrets: ['secret-7'],
      },
      {
        status: 409,
        body: { code: 1006, message: 'Username already exists', details: { left: 1 } },
        headers: { 'X-Left': 'yes' },
      },
    )
  }
  for (const property of ['status', 'statusCode']) {
    holds(
      `P-A10: an error with no readable ${property} and no other is the generic 500`,
      { route: throws(Object.defineProperty(new Error('x'), property, { get: fail })) },
      internal,
    )
  }

  for (const property of ['name', 'message', 'stack']) {
    for (const [type, value] of Object.entries({
      Symbol: Symbol('secret-7'),
      BigInt: 7n,
      object: { toString: fail, text: 'secret-7' },
      number: 7,
      null: null,
      undefined: undefined,
      array: ['secret-7'],
      function: fail,
    })) {
      const error = new Error('x')
      Object.defineProperty(error, property, { value, configurable: true, enumerable: true })
      holds(
        `P-A11: an Error whose ${property} is of type ${type} is the generic 500 and one event in the log`,
        { route: throws(error), secrets: ['secret-7'] },
        {
          ...internal,
          also: ({ log }) => {
            expect(log).toHaveLength(1)
            expect(log[0]![0]).toBe('error')
            expect(log[0]![2]).toBe(property === 'message' ? 'Request failed' : 'x')
          },
        },
      )
    }
  }

  holds(
    'P-A12: an Error without stack whose toString throws is the generic 500',
    { route: throws(Object.assign(new Error('x'), { stack: undefined, toString: fail })) },
    {
      ...internal,
      also: ({ log }) =>
        expect(log).toMatchObject([['error', { code: 500, err: { type: 'Error', message: 'x' } }, 'x']]),
    },
  )

  for (const [name, toJSON] of Object.entries<() => unknown>({
    throws: fail,
    'returns undefined': () => undefined,
    'returns a secret': () => ({ secret: 'secret-7', code: 1, message: 'secret-7' }),
  })) {
    for (const [type, make, expected] of [
      ['an Error', () => new Error('x'), internal],
      ['a BizError', () => new BizError(1006), conflict],
    ] as const) {
      const spy = vi.fn<() => unknown>(toJSON)
      holds(
        `P-A13: toJSON of ${type} that ${name} is not called`,
        { route: throws(Object.assign(make(), { toJSON: spy })), secrets: ['secret-7'] },
        { ...expected, also: () => expect(spy).not.toHaveBeenCalled() },
      )
    }
  }

  for (const [name, error, causes] of [
    ['a cycle of two causes', cycle(), 2],
    ['an error that is its own cause', ownCause(), 1],
    ['a chain of 20,000 causes', chain(20_000), 10],
    ['a chain of 20,000 causes under a BizError', new BizError(500, { cause: chain(20_000) }), 10],
  ] as const) {
    holds(
      `P-A14: ${name} is the generic 500, and ${causes} of them are in the log`,
      { route: throws(error), secrets: ['link '] },
      { ...internal, also: ({ log }) => expect(causesIn(log[0]![1])).toBe(causes) },
    )
  }

  const selfContaining = new AggregateError([new Error('secret-7')], 'many')
  selfContaining.errors.push(selfContaining)
  for (const [name, error] of Object.entries({
    'an AggregateError with secrets inside': new AggregateError(
      [new Error('secret-7'), { password: 'secret-7' }],
      'many',
    ),
    'an AggregateError that contains itself': selfContaining,
    'an AggregateError of 100,000 errors': Object.assign(new AggregateError([], 'many'), {
      errors: Array.from({ length: 100_000 }, () => selfContaining),
    }),
    'an AggregateError whose errors cannot be read': Object.defineProperty(
      new AggregateError([], 'many'),
      'errors',
      { get: fail },
    ),
  })) {
    holds(
      `P-A15: ${name} is the generic 500, and the log is bounded`,
      { route: throws(error), secrets: ['secret-7'] },
      {
        ...internal,
        also: ({ log }) => {
          expect(log).toMatchObject([['error', { err: { type: 'AggregateError', message: 'many' } }, 'many']])
          expect(JSON.stringify(log).length).toBeLessThan(100_000)
          expect(JSON.stringify(log)).not.toContain('password')
        },
      },
    )
  }

  holds(
    'P-A15: an AggregateError with one of our codes inside has that code, and nothing else of it leaves',
    {
      route: throws(
        new AggregateError(
          [new Error('secret-7'), { status: 404, password: 'secret-7' }, new BizError(1006)],
          'many',
        ),
      ),
      secrets: ['secret-7'],
    },
    {
      ...conflict,
      also: ({ log }) => {
        expect(log).toMatchObject([['info', { err: { type: 'AggregateError', message: 'many' } }, 'many']])
        expect(JSON.stringify(log)).not.toContain('password')
      },
    },
  )

  const limited = { details: { left: 1 }, retryAfter: 2, headers: { 'X-Left': '1' } }
  const limitedAnswer = {
    status: 429,
    body: { code: 5008, message: 'Alert in cooldown (debounce)', details: { left: 1 } },
    headers: { 'Retry-After': '2', 'X-Left': '1', 'Content-Language': 'en' },
  }
  const copies: { name: string; make: () => Promise<typeof BizError> }[] = [
    { name: 'an ESM copy', make: esmCopy },
    { name: 'a CJS copy', make: cjsCopy },
  ]
  for (const { name, make } of copies) {
    test(`P-A16: a BizError made by ${name} of the package is answered as one of ours`, async () => {
      const CopiedBizError = await make()
      const error = new CopiedBizError(5008, limited)
      expect([error instanceof BizError, catalog.is(error, 5008)]).toEqual([false, true])
      const raw = new Set<string>()
      for (const framework of frameworks) {
        for (const value of [error, new BizError(5008, limited)]) {
          const outcome = await run(framework, { route: throws(value) })
          expectGuarantees(outcome, {})
          expect(JSON.parse(outcome.body)).toEqual(limitedAnswer.body)
          raw.add(outcome.raw)
        }
      }
      expect([...raw]).toHaveLength(1)
    })
  }
  for (const [name, changes, expected] of [
    ['with facts that we do not know', { later: { deep: true } }, conflict],
    ['without what is optional', { headers: undefined, retryAfter: undefined, as: undefined }, conflict],
    ['without an entry', { entry: undefined }, internal],
    ['with a status that is none', { status: 99 }, internal],
    ['with a redirect for a status', { status: 302 }, internal],
    ['without params', { params: null }, conflict],
    [
      'with a catalog that throws',
      { as: 1005, catalog: Object.create(catalog, { get: { value: fail } }) as unknown },
      internal,
    ],
    [
      'with headers that cannot be sent',
      { headers: { 'X-A': 'a\r\nSet-Cookie: evil=1', 'X-B': '日本' } },
      conflict,
    ],
    ['with headers that frame the message', { headers: { 'Transfer-Encoding': 'chunked' } }, conflict],
    ['with a Retry-After that no client reads', { retryAfter: Number.NaN }, conflict],
    ...(
      [
        ['headers that cannot be sent', { headers: { 'X-A': 'a\r\nb', 'X-B': 7, 'Content-Length': '3' } }],
        ['headers that are none', { headers: 'secret-7' }],
        ['headers that are null', { headers: null }],
        ['a challenge that cannot be sent', { challenge: 'a\r\nb' }],
        ['a challenge that is no text', { challenge: 7 }],
        ['a Retry-After that is no time', { retryAfter: 'secret-7' }],
        ['no parents', { parents: undefined }],
        ['parents that are no list', { parents: 'secret-7' }],
        ['a title that is no text', { title: 7 }],
        ['notes and facts that are none', { notes: 7, meta: 7 }],
      ] as const
    ).map(([what, members]) => {
      const changed: object = { entry: { ...catalog.get(1006), ...members } }
      return [`whose entry has ${what}`, changed, conflict] as const
    }),
    [
      'that is answered as an entry with headers that cannot be sent',
      { as: 404, catalog: Object.create(catalog, { get: { value: unsendable } }) as unknown },
      missing,
    ],
    [
      'with a challenge that cannot be sent',
      { catalog: Object.create(catalog, { challenge: { value: 'a\r\nb' } }) as unknown },
      internal,
    ],
    [
      'that throws',
      {
        get status(): number {
          return fail()
        },
      },
      internal,
    ],
  ] as const) {
    holds(
      `P-A16: a BizError of another version, ${name}, gets an answer`,
      { route: throws(ofOtherVersion(changes)), secrets: ['secret-7', 'evil'] },
      expected,
    )
  }

  for (const [code, shown] of [
    [999_999, '999999'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [-1, '-1'],
    [1.5, '1.5'],
    ['', '""'],
    ['nope', '"nope"'],
    ['1006', '"1006"'],
    ['__proto__', '"__proto__"'],
    ['constructor', '"constructor"'],
    ['toString', '"toString"'],
    ['hasOwnProperty', '"hasOwnProperty"'],
    [Symbol('code'), 'Symbol(code)'],
    [1006n, '1006'],
    [{ code: 1006 }, 'an object'],
    [[1006], 'an array'],
    [fail, 'a function'],
  ] as const) {
    holds(
      `P-A17: the code ${shown}, which the catalog does not have, is the generic 500 and named in the log`,
      {
        route: () => {
          throw Reflect.construct(BizError, [code])
        },
        secrets: ['nope', 'prototype'],
      },
      {
        ...internal,
        also: ({ log }) =>
          expect(log).toMatchObject([
            ['error', { catalog: 'cloud-waf', code: 500, unknownKey: shown }, 'Internal server error'],
          ]),
      },
    )
  }

  for (const status of [409, 200, 302]) {
    holds(
      `P-A17: an unknown code with status ${status} is the generic 500, with nothing of what the throw added`,
      {
        route: () => {
          const options = { status, details: { secret: 'secret-7' }, headers: { 'X-Secret': 'secret-7' } }
          throw Reflect.construct(BizError, ['nope', options])
        },
        secrets: ['nope', 'secret-7'],
      },
      internal,
    )
  }

  holds(
    'P-A18: a look-alike of a Boom error chooses neither body nor status',
    {
      route: throws({
        isBoom: true,
        output: { statusCode: 404, payload: { secret: 'secret-7' }, headers: { 'X-Boom': 'secret-7' } },
      }),
      secrets: ['secret-7', 'Boom'],
    },
    internal,
  )

  const gone = new AbortController()
  gone.abort()
  for (const [name, value] of Object.entries({
    'DOMException AbortError': new DOMException('secret-7', 'AbortError'),
    'DOMException TimeoutError': new DOMException('secret-7', 'TimeoutError'),
    'the reason of an aborted signal': gone.signal.reason as unknown,
  })) {
    holds(
      `P-A19: ${name} is the generic 504`,
      { route: throws(value), secrets: ['secret-7', 'abort'] },
      { status: 504, body: { code: 500, message: 'Gateway timeout' } },
    )
  }

  for (const [name, value] of Object.entries({
    'the code of a Node error': Object.assign(new Error('x'), { code: 'ERR_HTTP_HEADERS_SENT' }),
    'the name BizError': Object.assign(new Error('x'), { name: 'BizError', code: 1006 }),
    'a flag isBizError': { isBizError: true, code: 1006, message: 'secret-7', params: {} },
    'all of them, out of JSON': JSON.parse(
      '{"name":"BizError","isBizError":true,"code":1006,"entry":{"message":"secret-7"},"bizerror.BizError":{"status":409}}',
    ) as unknown,
  })) {
    holds(
      `P-A20: a look-alike with ${name} is the generic 500`,
      { route: throws(value), secrets: ['secret-7'] },
      internal,
    )
  }

  let codes = 2000
  const changing = { get: () => codes++, configurable: true }
  class Conflict extends BizError<1006> {
    override toString(): string {
      return fail()
    }
  }
  Object.defineProperty(Conflict.prototype, 'code', changing)
  for (const [name, error] of Object.entries({
    'on the class': Reflect.construct(Conflict, [1006]) as object,
    'on the error': Object.defineProperty(Reflect.construct(Conflict, [1006]) as object, 'code', changing),
  })) {
    holds(
      `P-A21: a subclass whose code changes ${name} is answered by the code at construction`,
      { route: throws(error), secrets: ['secret-7'] },
      conflict,
    )
  }

  const shop = defineCatalog({
    name: 'shop',
    errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
  })
  class Stock {
    readonly #left = 3
    readonly secret = 'secret-7'
    get left(): number {
      return this.#left
    }
  }
  for (const [name, params, message] of [
    [
      'a Proxy that throws on ownKeys',
      new Proxy({ left: 3, product: 'tea' }, { ownKeys: fail }),
      'Only 3 of tea left',
    ],
    ['a Proxy of which every trap throws', new Proxy({}, every), 'Only … of … left'],
    ['an instance of a class', new Stock(), 'Only 3 of … left'],
    ['an array', [3, 'tea'], 'Only … of … left'],
    ['null', null, 'Only … of … left'],
    ['undefined', undefined, 'Only … of … left'],
    ['a string', 'secret-7', 'Only … of … left'],
    [
      'an object whose getter throws',
      Object.defineProperty({ product: 'tea' }, 'left', { get: fail }),
      'Only … of tea left',
    ],
  ] as const) {
    holds(
      `P-A22: params that are ${name} keep status and code`,
      {
        route: () => {
          throw Reflect.construct(shop.BizError, [10002, { params }])
        },
        secrets: ['secret-7'],
      },
      { status: 409, body: { code: 10002, message } },
    )
  }
})

function asyncThrows(value: unknown) {
  return async (): Promise<never> => {
    await Promise.resolve()
    throw value
  }
}

type Handler = (
  request: express.Request,
  response: express.Response,
  next: (word: 'route' | 'router') => void,
) => unknown

/** Apps of Express 5 and 4 with one route, in the app or in a router of its own. */
function skipping(handler: Handler, inRouter = false): readonly Framework[] {
  return expresses.map(([name, create]) => ({
    name,
    listener({ options, routes }: Setup): RequestListener {
      const app = create()
      const router = inRouter ? create.Router() : app
      app.disable('x-powered-by')
      app.use(face.requestId())
      app.get('/alive', (request, response) => void routes['/alive']!(request, response))
      router.get('/', handler)
      if (router !== app) app.use(router)
      app.use(face.notFound())
      app.use(face.errorHandler(optionsOf({ routes, ...(options && { options }) })))
      return app
    },
  }))
}

/** All that can be seen of an object and what hangs on it. */
function structure(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return {
    prototype: Object.getPrototypeOf(value) as unknown,
    extensible: Object.isExtensible(value),
    properties: Reflect.ownKeys(value).map((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(value, key)!
      return Object.assign(descriptor, { key, value: structure(descriptor.value) })
    }),
  }
}

function cycle(): Error {
  const first = new Error('link 1')
  first.cause = new Error('link 2', { cause: first })
  return first
}

function ownCause(): Error {
  const error = new Error('link 1')
  error.cause = error
  return error
}

function chain(length: number): Error {
  let error = new Error('link 0')
  for (let link = 1; link < length; link++) error = new Error(`link ${link}`, { cause: error })
  return error
}

/** How many errors a record nests. */
function causesIn(record: object): number {
  let count = 0
  for (let { err } = record as { err?: { cause?: object } }; err; err = err.cause) count++
  return count
}

/** The package again, as a second module graph. */
async function esmCopy(): Promise<typeof BizError> {
  vi.resetModules()
  const copy = await import('../../src/catalogs/cloud-waf.ts')
  return copy.BizError
}

/** The package again, as a bundler or a CommonJS app has it. */
async function cjsCopy(): Promise<typeof BizError> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/catalogs/cloud-waf.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    format: 'cjs',
  })
  const module = { exports: {} as { BizError: typeof BizError } }
  const wrapper = vm.runInThisContext(
    `(function (module, exports, require, __dirname) {${outputFiles[0]!.text}\n})`,
  ) as (...names: unknown[]) => void
  wrapper(
    module,
    module.exports,
    createRequire(import.meta.url),
    fileURLToPath(new URL('../../locales', import.meta.url)),
  )
  return module.exports.BizError
}

/** A BizError whose state is not quite as this version makes it. */
function ofOtherVersion(changes: object): Error {
  const brand = Symbol.for('bizerror.BizError')
  const state = (new BizError(1006) as unknown as Record<symbol, object>)[brand]!
  const changed = Object.defineProperties({ ...state }, Object.getOwnPropertyDescriptors(changes))
  return Object.defineProperty(new Error('secret-7'), brand, { value: changed })
}
