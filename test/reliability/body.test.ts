import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import vm from 'node:vm'
import type express from 'express'
import type Koa from 'koa'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import {
  expresses,
  frameworksInTurn,
  koaCallback,
  koas,
  type Framework,
  type Route,
  type Setup,
} from '../support/frameworks.ts'
import { expectGuarantees, holds, run, type Probe } from '../support/guarantees.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    10001: { status: 404, title: 'No product', message: 'Product not found' },
    10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
    'no/such.code': { status: 404, message: 'Product not found' },
  },
})

const conflict = { code: 1006, message: 'Username already exists' }

// What is rejected without a handler would end the process, had it no test runner around it.
const unhandled: unknown[] = []
const keep = (reason: unknown): void => void unhandled.push(reason)
beforeAll(() => void process.on('unhandledRejection', keep))
afterAll(() => void process.off('unhandledRejection', keep))

const fail: () => never = () => {
  throw new Error('secret-7 from a trap')
}

/** An object that an await would call. */
function thenable(then: () => unknown, members: object = {}): object {
  // oxlint-disable-next-line unicorn/no-thenable -- that is the case
  return { ...members, then }
}

/** A route that throws code 1006 with details. */
function withDetails(details: unknown): Route {
  return () => {
    throw new BizError(1006, { details })
  }
}

function holdsDetails(title: string, details: unknown, sent: unknown): void {
  const body = sent === undefined ? conflict : { ...conflict, details: sent }
  holds(title, { route: withDetails(details), secrets: ['secret-7'] }, { status: 409, body })
}

/** A route whose message holds a param. */
function withProduct(product: unknown): Route {
  return () => {
    throw Reflect.construct(shop.BizError, [10002, { params: { left: 3, product } }])
  }
}

describe('C. Body', () => {
  const cyclic: Record<string, unknown> = { a: 1, list: [] }
  cyclic['self'] = cyclic
  ;(cyclic['list'] as unknown[]).push(cyclic, 2)
  holdsDetails('P-C01: a cycle in details becomes "[Circular]", the other members stay', cyclic, {
    a: 1,
    list: ['[Circular]', 2],
    self: '[Circular]',
  })
  const shared = { a: 1 }
  holdsDetails(
    'P-C01: an object that stands twice in details is no cycle',
    { first: shared, second: [shared, shared] },
    { first: { a: 1 }, second: [{ a: 1 }, { a: 1 }] },
  )
  const ownJson: { toJSON: () => unknown } = { toJSON: () => ({ self: ownJson }) }
  holdsDetails(
    'P-C01: a cycle through toJSON becomes "[Circular]"',
    { a: ownJson },
    { a: { self: '[Circular]' } },
  )

  holdsDetails(
    'P-C02: a BigInt in details becomes a string',
    { n: 1n, list: [-2n] },
    { n: '1', list: ['-2'] },
  )
  holdsDetails('P-C02: details that are a BigInt become a string', 9_007_199_254_740_993n, '9007199254740993')

  holdsDetails(
    'P-C03: a member whose toJSON throws is "[Unreadable]", the rest is kept',
    {
      bad: { toJSON: fail, secret: 'secret-7' },
      good: [1, { toJSON: fail }],
      date: { toJSON: () => 'today' },
    },
    { bad: '[Unreadable]', good: [1, '[Unreadable]'], date: 'today' },
  )
  holdsDetails(
    'P-C03: a member whose getter throws is "[Unreadable]", the rest is kept',
    Object.defineProperty({ good: 1 } as object, 'bad', { get: fail, enumerable: true }),
    { good: 1, bad: '[Unreadable]' },
  )
  const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]))
  const revoked = Proxy.revocable([], {})
  revoked.revoke()
  holdsDetails(
    'P-C03: a member that is a hostile or revoked Proxy is "[Unreadable]", the rest is kept',
    { good: 1, bad: new Proxy({}, traps), list: [new Proxy([], traps), 2], revoked: revoked.proxy },
    { good: 1, bad: '[Unreadable]', list: ['[Unreadable]', 2], revoked: '[Unreadable]' },
  )
  holdsDetails('P-C03: details whose toJSON throws are "[Unreadable]"', { toJSON: fail }, '[Unreadable]')
  holds(
    'P-C03: details whose getter on the options throws are left out',
    {
      route: () => {
        throw Reflect.construct(BizError, [
          1006,
          {
            get details() {
              return fail()
            },
          },
        ])
      },
      secrets: ['secret-7'],
    },
    { status: 409, body: conflict },
  )

  const megabytes = 10_000_000
  const text = 'x'.repeat(megabytes)
  for (const [name, make] of Object.entries({
    'a string of 10 MB': () => text,
    'a string of 10 MB of emoji': () => `x${'😀'.repeat(megabytes / 4)}`,
    'a string of 10 MB of line ends': () => '\n'.repeat(megabytes),
    'a string of 10 MB of lone surrogates': () => '\uD800x'.repeat(megabytes / 4),
    'a member name of 10 MB': () => ({ [text]: 1 }),
    'a million numbers': () => Array.from({ length: 1_000_000 }, (_value, index) => index),
    'a million objects': () => Array.from({ length: 1_000_000 }, () => ({})),
    'an array of a billion holes': () =>
      Array.from({ length: 4 }, () => Object.assign([] as number[], { length: 1_000_000_000 })),
    '20,000 members': () =>
      Object.fromEntries(Array.from({ length: 20_000 }, (_value, index) => [`m${index}`, index])),
    'a thousand strings of 10 MB': () => Array.from({ length: 1000 }, () => text),
    'wide and deep arrays': () => wide(8),
    'a Buffer of 10 MB': () => Buffer.alloc(megabytes, 1),
    'a Uint8Array of 10 MB': () => new Uint8Array(megabytes).fill(1),
    'an ArrayBuffer of 10 MB': () => ({ file: new Uint8Array(megabytes).buffer, text }),
    'a boxed string of 10 MB': () => new String(text),
    'a BigInt of a million digits': () => 1n << 3_321_928n,
  })) {
    const details: unknown = make()
    for (const [where, value] of Object.entries({
      'as details': details,
      'in details': { before: 1, details, after: 2 },
    })) {
      test(`P-C04: ${name} ${where} is cut and marked, about as soon as a small one`, async () => {
        for (const framework of frameworksInTurn()) {
          const { body, status } = await quickly(framework, { route: withDetails(value) })
          expect([framework.name, status, body]).toEqual([
            framework.name,
            409,
            expect.stringMatching(
              /^\{"code":1006,"message":"Username already exists","details":.*(?:…|\[Truncated\]|\[Object\])/s,
            ),
          ])
        }
      })
    }
  }
  for (const [name, product, shown] of [
    ['10 MB', text, `${'x'.repeat(1024)}…`],
    ['10 MB of emoji', '😀'.repeat(megabytes / 4), `${'😀'.repeat(512)}…`],
    ['10 MB of placeholders', '{{left}}'.repeat(megabytes / 8), `${'{{left}}'.repeat(128)}…`],
    ['10 MB of overrides', '\u202E'.repeat(megabytes), '…'],
    ['a BigInt of a million digits', 1n << 3_321_928n, '…'],
  ] as const) {
    test(`P-C04: a param of ${name} is cut and marked, about as soon as a small one`, async () => {
      for (const framework of frameworksInTurn()) {
        const { body } = await quickly(framework, { route: withProduct(product) }, !shown.includes('{{'))
        expect(JSON.parse(body)).toEqual({ code: 10002, message: `Only 3 of ${shown} left` })
      }
    })
  }
  for (const [name, envelope] of Object.entries({
    nested: 'nested',
    problem: 'problem',
    'two-level': 'two-level',
    "one's own, details first": ({
      details,
      code,
      message,
    }: {
      details?: unknown
      code: unknown
      message: string
    }) => ({
      details,
      code,
      message,
    }),
  } as const)) {
    holds(
      `P-C04: details of 10 MB leave code and message whole in the envelope ${name}`,
      { options: { envelope }, route: withDetails({ list: [text, text] }) },
      {
        status: 409,
        also: ({ body }) => {
          expect(body).toContain('1006')
          expect(body).toContain('"Username already exists"')
          expect(body).toMatch(/…|\[Truncated\]/)
        },
      },
    )
  }

  const storage = new AsyncLocalStorage<string>()
  for (const depth of [10_000, 100_000]) {
    for (const [name, value, cut] of [
      ['objects', nest(depth, (inner) => ({ a: inner })), 12],
      ['arrays', nest(depth, (inner) => [inner]), 12],
      ['toJSON calls', nest(depth, (inner) => ({ toJSON: () => ({ a: inner }) })), 12],
    ] as const) {
      for (const where of ['inside an AsyncLocalStorage', 'outside']) {
        const inside = where !== 'outside'
        holds(
          `P-C05: details of ${depth} nested ${name} are cut at depth ${cut}, ${where}`,
          {
            route: (request, response) =>
              inside
                ? storage.run('context', () => withDetails(value)(request, response))
                : withDetails(value)(request, response),
          },
          {
            status: 409,
            also: ({ body }) => {
              const { details } = JSON.parse(body) as { details: unknown }
              expect([depthOf(details), body.includes('[Truncated]')]).toEqual([cut, true])
            },
          },
        )
      }
    }
  }
  for (const depth of [10_000, 100_000]) {
    holds(
      `P-C05: an envelope of one's own that nests ${depth} levels gets a bounded answer`,
      {
        options: { envelope: () => nest(depth, (inner) => ({ a: inner })) as object },
        route: withDetails(1),
      },
      { status: 409, body: { ...conflict, details: 1 } },
    )
  }

  holdsDetails(
    'P-C06: NaN and Infinity are null, -0 is 0, undefined, functions and symbols are left out, a Date is ISO text',
    {
      nan: Number.NaN,
      infinity: Number.POSITIVE_INFINITY,
      minus: Number.NEGATIVE_INFINITY,
      zero: -0,
      nothing: undefined,
      call: () => 'secret-7',
      symbol: Symbol('secret-7'),
      [Symbol('secret-7')]: 1,
      date: new Date(0),
      foreignDate: vm.runInNewContext('new Date(0)') as unknown,
      noDate: new Date(Number.NaN),
      null: null,
      list: [undefined, () => {}, Symbol('secret-7'), Number.NaN],
    },
    {
      nan: null,
      infinity: null,
      minus: null,
      zero: 0,
      date: '1970-01-01T00:00:00.000Z',
      foreignDate: '1970-01-01T00:00:00.000Z',
      noDate: null,
      null: null,
      list: [null, null, null, null],
    },
  )
  for (const [name, value, sent] of [
    ['undefined', undefined, undefined],
    ['null', null, null],
    ['a function', fail, undefined],
    ['a Symbol', Symbol('secret-7'), undefined],
    ['NaN', Number.NaN, null],
    ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a string', 'left', 'left'],
    ['false', false, false],
  ] as const) {
    holdsDetails(`P-C06: details that are ${name} come out as they would inside an object`, value, sent)
  }

  const breaking = 'a\r\nSet-Cookie: evil=1\u0000\u2028\u2029\u001B[2J"\\b'
  for (const [name, route, body] of [
    ['a param', withProduct(breaking), { code: 10002, message: `Only 3 of ${breaking} left` }],
    ['details', withDetails({ [breaking]: breaking }), { ...conflict, details: { [breaking]: breaking } }],
  ] as const) {
    holds(
      `P-C07: line ends and control characters in ${name} are escaped in the answer, and keep the log on one line`,
      { route },
      {
        status: 409,
        body,
        headers: { 'Set-Cookie': null },
        also: (outcome) => {
          expect(outcome.body).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
          expect(outcome.log).toHaveLength(1)
          expect(outcome.log[0]![2]).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        },
      },
    )
  }
  test('P-C07: an error whose message holds line ends is one line of the default log', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      const logging = frameworksInTurn('log on stderr by itself')
      for (const framework of logging) {
        await run(framework, {
          options: { logger: undefined! },
          route: () => {
            throw new Error(breaking)
          },
        })
        await new Promise(setImmediate)
      }
      const lines = write.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('probe-1'))
      expect(lines).toHaveLength(logging.length)
      for (const line of lines) {
        expect(line).toMatch(/^\{[^\p{Cc}\u2028\u2029]*\}\n$/u)
        expect(JSON.parse(line)).toMatchObject({
          level: 'error',
          msg: breaking.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '),
          requestId: 'probe-1',
          err: { message: breaking.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ') },
        })
      }
    } finally {
      write.mockRestore()
    }
  })

  const markup = '<img src=x onerror=alert(1)>'
  for (const type of [undefined, 'text/html; charset=utf-8', 'image/svg+xml']) {
    holds(
      `P-C08: markup in a param is plain text in JSON${type ? `, after the route has chosen ${type}` : ''}`,
      {
        route: (request, response) => {
          if (type) response.setHeader('Content-Type', type)
          return withProduct(markup)(request, response)
        },
        request: { headers: { Accept: 'text/html' } },
      },
      {
        status: 409,
        body: { code: 10002, message: `Only 3 of ${markup} left` },
        headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
      },
    )
  }

  holds(
    'P-C09: characters that reorder text are taken out of a param',
    {
      route: withProduct(
        'a\u202Eb\u202Dc\u2066d\u2069e\u200Ff\u061Cg\u202Ah\u202Bi\u202Cj\u2067k\u2068l\u200Em',
      ),
    },
    { status: 409, body: { code: 10002, message: 'Only 3 of abcdefghijklm left' } },
  )

  holds(
    'P-C10: a lone surrogate in a param becomes U+FFFD, pairs stay',
    { route: withProduct('a\uD800b\uDC00c😀') },
    { status: 409, body: { code: 10002, message: 'Only 3 of a\uFFFDb\uFFFDc😀 left' } },
  )
  holdsDetails(
    'P-C10: lone surrogates in details become U+FFFD, in names as in values',
    { 'k\uD83D': ['v\uDE00', '😀'] },
    { 'k\uFFFD': ['v\uFFFD', '😀'] },
  )

  const looped: Record<string, unknown> = { code: 1006 }
  looped['self'] = looped
  for (const [name, envelope] of Object.entries<() => unknown>({
    throws: fail,
    'returns undefined': () => undefined,
    'returns null': () => null,
    'returns a string': () => 'secret-7',
    'returns a number': () => 7,
    'returns a Symbol': () => Symbol('secret-7'),
    'returns a function': () => fail,
    'returns a cyclic object': () => looped,
    'returns a Promise that rejects': () => Promise.reject(new Error('secret-7')),
    'returns a Promise of another realm that rejects': () =>
      vm.runInNewContext("Promise.reject(new Error('secret-7'))") as unknown,
    'returns a Promise that resolves': async () => ({ secret: 'secret-7' }),
    'returns a thenable': () => thenable(fail, { secret: 'secret-7' }),
    'returns an Error': () => new Error('secret-7'),
    'returns a revoked Proxy': () => revoked.proxy,
    'returns 10 MB': () => ({ text }),
    'returns a member whose getter throws': () =>
      Object.defineProperty({}, 'a', { get: fail, enumerable: true }),
    'returns an object whose toJSON throws': () => ({ toJSON: fail }),
    'returns an object whose toJSON gives nothing': () => ({ toJSON: () => undefined }),
  })) {
    test(`P-C11: an envelope function that ${name} is replaced by the default one`, async () => {
      unhandled.length = 0
      const probe: Probe = {
        options: { envelope: envelope as () => object },
        route: withDetails({ a: 1 }),
        secrets: ['secret-7'],
      }
      const outcomes = await Promise.all(frameworksInTurn().map((framework) => run(framework, probe)))
      for (const outcome of outcomes) {
        expectGuarantees(outcome, probe)
        expect([outcome.framework, outcome.status, JSON.parse(outcome.body)]).toEqual([
          outcome.framework,
          409,
          { ...conflict, details: { a: 1 } },
        ])
        expect(
          outcome.log.filter(([level]) => level === 'warn'),
          'the failure is logged',
        ).toHaveLength(1)
        expect(outcome.raw).toBe(outcomes[0]!.raw)
      }
      await new Promise(setImmediate)
      expect(unhandled).toEqual([])
    })
  }

  holds(
    'P-C12: details cannot take the standard members of a problem document',
    {
      options: { envelope: 'problem' },
      route: withDetails({ status: 200, type: 'x', title: 'y', instance: 'z', detail: 'w' }),
    },
    {
      status: 409,
      headers: { 'Content-Type': 'application/problem+json' },
      body: {
        type: 'about:blank',
        title: 'Username already exists',
        status: 409,
        detail: 'Username already exists',
        code: 1006,
        action: 'Choose another name',
        request_id: 'probe-1',
        details: { status: 200, type: 'x', title: 'y', instance: 'z', detail: 'w' },
      },
    },
  )

  holds(
    'P-C13: details that name prototypes are data, and change none',
    {
      route: withDetails(
        JSON.parse(
          '{"a":1,"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"b":{"__proto__":{"admin":true}}}',
        ),
      ),
    },
    {
      status: 409,
      also: ({ body }) => {
        expect(body).toBe(
          '{"code":1006,"message":"Username already exists","details":{"a":1,"constructor":{"prototype":{"admin":true}},"b":{}}}',
        )
        expect(({} as { admin?: boolean }).admin).toBe(undefined)
      },
    },
  )
  class Account {
    readonly name = 'ada'
    readonly #password = 'secret-7'
    get password(): string {
      return this.#password
    }
  }
  Object.defineProperty(Account.prototype, 'inherited', { value: 'secret-7', enumerable: true })
  holdsDetails('P-C13: only own members of an instance are sent', new Account(), { name: 'ada' })

  holdsDetails(
    'P-C14: Map, Set, WeakMap and RegExp have no members, as in JSON; functions are left out',
    {
      map: new Map([['secret-7', 'secret-7']]),
      set: new Set(['secret-7']),
      weakMap: new WeakMap([[{}, 'secret-7']]),
      weakSet: new WeakSet(),
      regExp: /secret-7/,
      call: fail,
      url: new URL('https://docs.example/'),
      headers: new Headers({ authorization: 'secret-7' }),
      boxed: [new Number(7), new String('text'), new Boolean(false)],
    },
    {
      map: {},
      set: {},
      weakMap: {},
      weakSet: {},
      regExp: {},
      url: 'https://docs.example/',
      headers: {},
      boxed: [7, 'text', false],
    },
  )

  const axiosLike = Object.assign(new Error('secret-7'), {
    config: { headers: { Authorization: 'secret-7' } },
    toJSON: () => ({ config: { headers: { Authorization: 'secret-7' } }, message: 'secret-7' }),
  })
  for (const [name, value] of Object.entries({
    'a Promise': Promise.resolve('secret-7'),
    'a thenable': thenable(fail, { secret: 'secret-7' }),
    'an event emitter': Object.assign(new EventEmitter(), { secret: 'secret-7' }),
    'an Error': Object.assign(new Error('secret-7'), { secret: 'secret-7' }),
    'an Error of another realm': vm.runInNewContext(
      "Object.assign(new Error('secret-7'), { a: 'secret-7' })",
    ),
    'an Error with a toJSON of its own, as of axios': axiosLike,
    'a BizError with a secret cause': new BizError(1006, { cause: new Error('secret-7') }),
  })) {
    holdsDetails(
      `P-C15: ${name} in details is "[Object]"`,
      { value, list: [value] },
      { value: '[Object]', list: ['[Object]'] },
    )
    holdsDetails(`P-C15: details that are ${name} are "[Object]"`, value, '[Object]')
  }
  for (const [name, make] of Object.entries({
    'a Promise that rejects': () => Promise.reject(new Error('secret-7')),
    'an object whose toJSON is async and rejects': () => ({
      toJSON: () => Promise.reject(new Error('secret-7')),
    }),
  })) {
    test(`P-C15: ${name} in details leaves no rejection unhandled`, async () => {
      unhandled.length = 0
      for (const framework of frameworksInTurn()) {
        const probe = {
          route: () => {
            throw new BizError(1006, { details: { value: make() } })
          },
          secrets: ['secret-7'],
        }
        const outcome = await run(framework, probe)
        expectGuarantees(outcome, probe)
        expect([outcome.framework, JSON.parse(outcome.body)]).toEqual([
          framework.name,
          { ...conflict, details: { value: '[Object]' } },
        ])
      }
      await new Promise(setImmediate)
      expect(unhandled).toEqual([])
    })
  }
  test('P-C15: a stream in details is not consumed', async () => {
    for (const framework of frameworksInTurn()) {
      const read = vi.fn<() => void>()
      const stream = new Readable({ read })
      const outcome = await run(framework, { route: withDetails({ stream }) })
      expect(JSON.parse(outcome.body)).toEqual({ ...conflict, details: { stream: '[Object]' } })
      expect([read.mock.calls.length, stream.readableDidRead, stream.destroyed]).toEqual([0, false, false])
    }
  })
  const personal = {
    request: { path: '/?token=secret-7', headers: { Authorization: 'secret-7', Cookie: 'sid=secret-7' } },
    secrets: ['secret-7', '127.0.0.1', 'authorization', 'cookie'],
  }
  holds(
    'P-C15: a request and a response in details are "[Object]"',
    {
      ...personal,
      needs: 'show its response',
      route: (req, res) => {
        throw new BizError(1006, { details: { req, res, connection: req.socket } })
      },
    },
    {
      status: 409,
      body: { ...conflict, details: { req: '[Object]', res: '[Object]', connection: '[Object]' } },
    },
  )
  holds(
    'P-C15: a framework\'s own request, response and context in details are "[Object]"',
    personal,
    {
      status: 409,
      body: { ...conflict, details: { own: ['[Object]', '[Object]', '[Object]', '[Object]'] } },
    },
    handingOver((own) => {
      throw new BizError(1006, { details: { own } })
    }),
  )

  for (const docsUrl of [
    'https://docs.example/error codes/',
    'https:// docs.example/',
    'https://\ndocs.example/',
    'https://docs.example/\r\nX-Evil: 1',
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)//',
    'data:text/html,x',
    '//docs.example/',
    'docs.example/errors/',
    'https://',
    'https://?code=',
    'https://docs.example/%zz/',
    'https://docs.example/"><script>/',
    'https://docs.example/é/',
    '',
  ]) {
    // There is no server to ask: the handler is not made.
    test(`P-C16: the docsUrl ${JSON.stringify(docsUrl)} is refused when the handler is made`, () => {
      expect(() => expressFace.errorHandler({ docsUrl })).toThrow(SetupError)
      expect(() => koaFace.errorHandler({ docsUrl })).toThrow(SetupError)
    })
  }
  for (const [docsUrl, make, type] of [
    ['https://docs.example/errors/', () => new BizError(1006), 'https://docs.example/errors/1006'],
    [
      'https://docs.example/?q=a%20b&code=',
      () => new BizError(1006),
      'https://docs.example/?q=a%20b&code=1006',
    ],
    ['/errors#', () => new BizError(1006), '/errors#1006'],
    ['/errors/', () => Reflect.construct(shop.BizError, ['no/such.code']) as Error, '/errors/no%2Fsuch.code'],
    ['/errors/', () => new SecretsError('secret_not_found'), '/errors/secret_not_found'],
    [undefined, () => new BizError(1006), 'about:blank'],
  ] as const) {
    holds(
      `P-C16: type is a URI reference: ${type}`,
      {
        options: { envelope: 'problem', ...(docsUrl && { docsUrl }) },
        route: () => {
          throw make()
        },
      },
      {
        status: type.includes('1006') || type === 'about:blank' ? 409 : 404,
        also: ({ body }) => expect(JSON.parse(body)).toMatchObject({ type }),
      },
    )
  }
})

/** What a large value may take, in times of a small one. */
const AIR = 20
/** Nothing that is walked through whole is answered in so many milliseconds. */
const SURELY_QUICK = 30
const small: Probe = { route: withDetails(1) }

/** The quickest of three tries, since the machine may be busy with something else. */
async function quickly(framework: Framework, probe: Probe, check = true) {
  let outcome = await run(framework, probe)
  let most = SURELY_QUICK
  for (let attempt = 0; attempt < 3 && outcome.milliseconds > most; attempt++) {
    most = AIR * (await run(framework, small)).milliseconds
    outcome = await run(framework, probe)
  }
  expect(outcome.milliseconds, `G11: ${framework.name} answers in time`).toBeLessThanOrEqual(most)
  if (check) expectGuarantees(outcome, probe)
  return outcome
}

function nest(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = wrap(value)
  return value
}

/** Arrays of ten, `depth` levels deep: far more elements than can be sent, in little memory. */
function wide(depth: number): unknown {
  return nest(depth, (inner) => Array.from({ length: 10 }, () => inner))
}

function depthOf(value: unknown): number {
  let depth = 0
  for (let at = value; typeof at === 'object' && at !== null; at = Object.values(at)[0]) depth++
  return depth
}

/** Apps that hand their own request, response, context and app to a function that throws. */
function handingOver(handle: (own: readonly unknown[]) => never): readonly Framework[] {
  const expressApp =
    (create: typeof express) =>
    ({ options, routes }: Setup): RequestListener => {
      const app = create()
      app.disable('x-powered-by')
      app.use(expressFace.requestId())
      app.get('/alive', (request, response) => void routes['/alive']!(request, response))
      app.get('/', (request, response) => handle([request, response, request.socket, request.res]))
      app.use(expressFace.errorHandler(options))
      return app
    }
  const koaApp =
    (Version: typeof Koa) =>
    ({ options, routes }: Setup): RequestListener => {
      const app = new Version()
      app.use(koaFace.errorHandler(options))
      app.use(koaFace.requestId())
      app.use((context) => {
        if (context.path === '/alive') return routes['/alive']!(context.req, context.res)
        return handle([context, context.request, context.response, context.app])
      })
      return koaCallback(app)
    }
  return [
    ...expresses.map(([name, create]) => ({ name, listener: expressApp(create) })),
    ...koas.map(([name, Version]) => ({ name, listener: koaApp(Version) })),
  ]
}
