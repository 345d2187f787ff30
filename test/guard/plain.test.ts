import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toJson, toPlain, toWholePlain } from '../../src/guard/plain.ts'

/** Any text, lone surrogates included. */
const utf16 = fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) })

const throwing = (): never => {
  throw new Error('hostile')
}

/** Defines getters, since a getter in a literal is run by whoever spreads it. */
function withGetters(object: object, getters: Readonly<Record<string, () => unknown>>): object {
  for (const [name, get] of Object.entries(getters))
    Object.defineProperty(object, name, { get, enumerable: true })
  return object
}

function cycle(): object {
  const a: Record<string, unknown> = { n: 1 }
  const b = { a, list: [a] }
  a['self'] = a
  a['b'] = b
  return a
}

function nested(depth: number): object {
  let value: object = { end: true }
  for (let level = 0; level < depth; level++) value = { in: value }
  return value
}

const revoked = Proxy.revocable({}, {})
revoked.revoke()
const thenable = new Proxy({}, { get: (_target, name) => (name === 'then' ? throwing : undefined) })
const shared = { id: 7 }
const request = new IncomingMessage(new Socket())
request.headers['authorization'] = 'Bearer secret'

/** Koa's context and its request turn themselves into JSON, with all headers. */
const koaContext: unknown = Object.create(
  { toJSON: () => ({ header: request.headers }) },
  { req: { value: request } },
)

class Account {
  readonly id = 7
  readonly #secret = 'hunter2'
  get secret(): string {
    return this.#secret
  }
  describe(): string {
    return this.#secret
  }
}

const table: readonly (readonly [what: string, value: unknown, json: string | undefined])[] = [
  [
    'plain data comes out as it is',
    { a: [1, 'x', true, null, { b: {} }] },
    '{"a":[1,"x",true,null,{"b":{}}]}',
  ],
  ['undefined is nothing', undefined, undefined],
  ['a function is nothing', () => 1, undefined],
  ['a Symbol is nothing', Symbol('x'), undefined],
  [
    'a cycle is marked where it closes, and the other members stay',
    cycle(),
    '{"n":1,"self":"[Circular]","b":{"a":"[Circular]","list":["[Circular]"]}}',
  ],
  ['an object that occurs twice is no cycle', [shared, shared], '[{"id":7},{"id":7}]'],
  ['a BigInt is a string of digits', { n: 12345678901234567890n }, '{"n":"12345678901234567890"}'],
  ['a toJSON that throws is unreadable', { a: { toJSON: throwing }, b: 1 }, '{"a":"[Unreadable]","b":1}'],
  [
    'a toJSON that cannot be read is unreadable',
    { a: withGetters({}, { toJSON: throwing }), b: 1 },
    '{"a":"[Unreadable]","b":1}',
  ],
  ['a toJSON that gives nothing leaves its member out', { a: { toJSON: () => undefined }, b: 1 }, '{"b":1}'],
  ['a toJSON that is no function is data', { toJSON: 'x' }, '{"toJSON":"x"}'],
  [
    'the toJSON of what toJSON returned is not called',
    { toJSON: () => ({ a: 1, toJSON: throwing }) },
    '{"a":1}',
  ],
  ['a toJSON that returns an array is read as one', { toJSON: () => [1, undefined] }, '[1,null]'],
  [
    'a toJSON that returns a text is that text',
    new URL('https://example.com/a b'),
    '"https://example.com/a%20b"',
  ],
  [
    'a getter that throws is unreadable',
    withGetters({ b: 1 }, { a: throwing }),
    '{"b":1,"a":"[Unreadable]"}',
  ],
  [
    'numbers that JSON cannot write are null, and -0 is 0',
    { nan: NaN, plus: Infinity, minus: -Infinity, zero: -0 },
    '{"nan":null,"plus":null,"minus":null,"zero":0}',
  ],
  [
    'what JSON leaves out is left out',
    { a: undefined, b: () => 1, c: Symbol('x'), [Symbol('key')]: 1, d: 1 },
    '{"d":1}',
  ],
  ['in an array it is null', [undefined, () => 1, Symbol('x')], '[null,null,null]'],
  ['a Date is its ISO text', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ['a Date of another realm too', runInNewContext('new Date(0)'), '"1970-01-01T00:00:00.000Z"'],
  ['a Date that is none is null', new Date(NaN), 'null'],
  ['line ends and other control characters are escaped', 'a\r\nb\u0000', '"a\\r\\nb\\u0000"'],
  ['markup is text', '<img src=x onerror=alert(1)>', '"<img src=x onerror=alert(1)>"'],
  [
    'lone surrogates are replaced, in keys too',
    { 'a\uD800': 'b\uDC00', pair: '\u{1F600}' },
    '{"a\uFFFD":"b\uFFFD","pair":"\u{1F600}"}',
  ],
  [
    'a __proto__ of a JSON file is left out',
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
    '{"constructor":{"prototype":{"admin":true}}}',
  ],
  ['an object without prototype is data', Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
  [
    'collections and patterns are empty objects, as in JSON',
    [new Map([[1, 2]]), new Set([1]), new WeakMap(), /x/],
    '[{},{},{},{}]',
  ],
  [
    'bytes are no data',
    [Buffer.from('a'), new Uint8Array(1), new ArrayBuffer(1)],
    '["[Object]","[Object]","[Object]"]',
  ],
  ['a class instance has its own fields only', new Account(), '{"id":7}'],
  [
    'what lives is no data: promises, streams, requests, sockets',
    [Promise.resolve(1), thenable, Readable.from([1]), request, new Socket()],
    '["[Object]","[Object]","[Object]","[Object]","[Object]"]',
  ],
  [
    'errors are no data, of another realm, of the platform or with facts of their own neither',
    [
      Object.assign(new Error('secret'), {
        toJSON: () => ({ config: { headers: { Authorization: 'secret' } } }),
      }),
      new Error('secret'),
      Object.assign(new TypeError('x'), { sql: 'y' }),
      runInNewContext('new Error("secret")'),
      new DOMException('secret'),
    ],
    '["[Object]","[Object]","[Object]","[Object]","[Object]"]',
  ],
  [
    "what wraps a request is no data: Koa's context, and its request",
    [koaContext, { toJSON: () => koaContext }],
    '["[Object]","[Object]"]',
  ],
  ['a member named req is data', { req: { on: false }, on: true }, '{"req":{"on":false},"on":true}'],
  [
    'boxed values are what they box',
    [Object('a'), Object(1), Object(false), Object(1n)],
    '["a",1,false,"1"]',
  ],
  ['a sparse array has null in its holes', Object.assign([], { 2: 1 }), '[null,null,1]'],
  ['a Proxy of an object is that object', new Proxy({ a: 1 }, {}), '{"a":1}'],
  ['a Proxy of an array is that array', new Proxy([1], {}), '[1]'],
  [
    'Proxies that throw or are revoked are unreadable',
    [new Proxy({}, { ownKeys: throwing }), new Proxy({}, { get: throwing }), revoked.proxy],
    '["[Unreadable]","[Unreadable]","[Unreadable]"]',
  ],
]

/** CPU time, since the wall clock counts other processes too. */
function cpuMilliseconds(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const MOST_MILLISECONDS = 50

describe('toPlain', () => {
  for (const [what, value, json] of table) {
    test(what, () => {
      expect(JSON.stringify(toPlain(value))).toBe(json)
    })
  }

  test('pollutes nothing', () => {
    const plain = toPlain(JSON.parse('{"__proto__":{"admin":true}}')) as object
    expect(['admin' in plain, 'admin' in {}]).toEqual([false, false])
  })

  test('writes nothing on what it copies', () => {
    const value = Object.freeze({ list: Object.freeze([1]) })
    expect(toPlain(value)).toStrictEqual({ list: [1] })
  })

  test('consumes no stream', async () => {
    const stream = Readable.from(['a', 'b'])
    toPlain({ stream })
    expect(await stream.toArray()).toEqual(['a', 'b'])
  })

  const many: unknown[] = Array.from({ length: 1_000_000 }, (_, index) => index)
  const cut: readonly (readonly [what: string, value: unknown, expected: unknown])[] = [
    ['a text of 10 MB', 'x'.repeat(10_000_000), `${'x'.repeat(16_384)}…`],
    ['a text whose cut splits a pair', `${'x'.repeat(16_383)}\u{1F600}`, `${'x'.repeat(16_383)}\uFFFD…`],
    ['a key of 10 MB', { ['k'.repeat(10_000_000)]: 1 }, { [`${'k'.repeat(16_384)}…`]: 1 }],
    [
      'a BigInt of more than 100 digits',
      [10n ** 100n, 10n ** 100n + 1n],
      [`1${'0'.repeat(100)}`, '[Truncated]'],
    ],
    ['a BigInt of a million digits', -(10n ** 1_000_000n), '[Truncated]'],
    ['bytes of 10 MB', [Buffer.alloc(10_000_000), new Uint8Array(10_000_000)], ['[Object]', '[Object]']],
    ['an array of a million', many, [...many.slice(0, 1_639), '[Truncated]']],
    [
      'a sparse array of the greatest length',
      Object.assign([], { length: 2 ** 32 - 1 }),
      [...Array.from({ length: 8_192 }, () => null), '[Truncated]'],
    ],
    [
      'what comes after a long text in an array',
      ['x'.repeat(20_000), 1, 2],
      [`${'x'.repeat(16_382)}…`, '[Truncated]'],
    ],
    [
      'what comes after a long text in an object',
      { a: 'x'.repeat(16_383), b: 1, c: 2 },
      { a: 'x'.repeat(16_383), '[Truncated]': true },
    ],
  ]
  for (const [what, value, expected] of cut) {
    test(`cuts ${what}, and marks the cut`, () => {
      let plain: unknown
      expect(cpuMilliseconds(() => (plain = toPlain(value)))).toBeLessThan(MOST_MILLISECONDS)
      expect(plain).toEqual(expected)
    })
  }

  for (const depth of [12, 10_000, 100_000]) {
    test(`cuts an object that is ${depth} levels deep at the twelfth, without recursion`, () => {
      const value = nested(depth)
      let plain: unknown
      expect(cpuMilliseconds(() => (plain = toPlain(value)))).toBeLessThan(MOST_MILLISECONDS)
      let expected: unknown = '[Truncated]'
      for (let level = 0; level < 12; level++) expected = { in: expected }
      expect(plain).toEqual(expected)
    })
  }

  test('copies an object that is eleven levels deep whole', () => {
    expect(toPlain(nested(11))).toEqual(nested(11))
  })

  test('makes data that JSON holds, in bounds, of anything', () => {
    const text = fc.oneof(
      utf16,
      fc.string({ unit: fc.constantFrom('\uD800', '\uDFFF', 'a', '\u2028', '\u0000', '"'), maxLength: 20 }),
    )
    // By index and in an array, since fast-check itself looks into the values that it makes.
    const hostile = [
      () => 1,
      Symbol('x'),
      new Error('x'),
      Promise.resolve(),
      revoked.proxy,
      new Proxy({}, { get: throwing }),
      { toJSON: throwing },
      cycle(),
    ]
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.anything({
          withBigInt: true,
          withBoxedValues: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withObjectString: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        fc.nat({ max: hostile.length - 1 }).map((index) => [hostile[index]]),
        fc.array(tie('tree'), { maxLength: 5 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 5 }),
        tie('tree').map((value) => ({ toJSON: () => value })),
        tie('tree').map((value) => withGetters({ value }, { bad: throwing, good: () => value })),
        tie('tree').map((value) => {
          const list: unknown[] = [value]
          list.push(list, { list })
          return list
        }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        let plain: unknown
        expect(cpuMilliseconds(() => (plain = toPlain(value)))).toBeLessThan(MOST_MILLISECONDS)
        if (plain === undefined) return
        const json = JSON.stringify(plain)
        const texts: unknown[] = []
        const parsed: unknown = JSON.parse(json, (key, member: unknown) => {
          texts.push(key, member)
          return member
        })
        expect(JSON.stringify(parsed)).toBe(json)
        expect(texts.filter((part) => typeof part === 'string' && !part.isWellFormed())).toEqual([])
        // A key of one letter can hold "[Unreadable]".
        expect(Buffer.byteLength(json)).toBeLessThan(20 * 16_384)
      }),
    )
  })
})

describe('toWholePlain', () => {
  test('is the plain data, when all of the value can be copied', () => {
    expect(
      toWholePlain({ n: 1n, at: new Date(0), left: undefined, text: 'x'.repeat(80) }, 200),
    ).toStrictEqual({
      n: '1',
      at: '1970-01-01T00:00:00.000Z',
      text: 'x'.repeat(80),
    })
  })

  const partial: readonly (readonly [what: string, value: unknown])[] = [
    ['a text that is too long', 'x'.repeat(201)],
    ['too many elements', Array.from({ length: 101 }, () => null)],
    ['too many members', Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`k${index}`, null]))],
    ['a cycle', cycle()],
    ['what is too deep', nested(24)],
    ['what cannot be read', [withGetters({}, { a: throwing })]],
    ['what is no data', { error: new Error('x') }],
    ['what gives no data of itself', { toJSON: () => new Error('x') }],
    ['a BigInt that is too long', 10n ** 101n],
    ['nothing', undefined],
  ]
  for (const [what, value] of partial) {
    test(`is nothing for ${what}`, () => {
      expect(toWholePlain(value, 200)).toBeUndefined()
    })
  }
})

describe('toJson', () => {
  test('is JSON on one line for every reader', () => {
    const value = { a: 'x\u2028y\u2029z\n' }
    expect(toJson(value)).toBe('{"a":"x\\u2028y\\u2029z\\n"}')
    expect(JSON.parse(toJson(value))).toStrictEqual(value)
  })
})
