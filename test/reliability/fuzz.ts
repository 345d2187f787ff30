// Generated throwables and requests, described as plain data so that a counterexample can be read and run again.
import { METHODS } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createContext, runInContext } from 'node:vm'
import * as fc from 'fast-check'
import createError from 'http-errors'
import { expect } from 'vitest'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { can, frameworks, listen, type Framework, type Route } from '../support/frameworks.ts'
import { asRead } from '../support/as-read.ts'
import { anyText } from '../support/any-text.ts'
import { pollute } from './polluted.ts'
import { expectGuarantees, parse, type Outcome } from '../support/guarantees.ts'
import { startWatch } from '../support/stopwatch.ts'

/** Stands wherever a thrown value or a request can carry text that is not for clients. */
export const CANARY = 'canary-7f3a'

/** Words as codes, placeholders in every field, plurals and formats: what the reference catalogs do not have. */
export const shop = defineCatalog({
  name: 'fuzz-shop',
  envelope: 'nested',
  locales: {
    de: {
      'fuzz-shop': {
        stock_low: { message: 'Nur noch {{left}} von {{product}}', action: 'Höchstens {{left}} bestellen' },
        cart_full: { message_one: '{{count}} Stück ist zu viel', message_other: '{{count}} sind zu viele' },
        price_changed: { message: 'Der Preis ist jetzt {{price, number}}' },
      },
    },
    fr: { 'fuzz-shop': { price_changed: { message: 'Le prix est maintenant {{price, number}}' } } },
  },
  errors: {
    stock_low: {
      status: 409,
      message: 'Only {{left}} of {{product}} left',
      title: 'Low on {{product}}',
      action: 'Order at most {{left}}',
    },
    cart_full: { status: 422, message: '{{count}} items are too many' },
    price_changed: { status: 409, message: 'The price is now {{price, number}}' },
    'login.failed': { status: 401, message: 'Login failed' },
    too_fast: { status: 429, message: 'Too many orders', retryAfter: 7 },
    closed: { status: 503, message: 'Closed', retryable: true },
    broken: { status: 500, message: 'Something broke' },
  },
})

const CATALOGS: Readonly<Record<string, Catalog>> = {
  'cloud-waf': cloudWaf,
  cdn,
  gateway,
  secrets,
  'fuzz-shop': shop,
}

// Throwables

const throwing = (): never => {
  throw new Error(CANARY)
}

const otherRealm = createContext({})

/** Values that plain data cannot express, by the name that a counterexample shows. */
const NAMED = {
  undefined: () => undefined,
  NaN: () => NaN,
  Infinity: () => Infinity,
  '-0': () => -0,
  'a BigInt': () => 404n,
  'a Symbol': () => Symbol(CANARY),
  'a function': () => throwing,
  'a class': () => Map,
  'a Date': () => new Date(0),
  'an invalid Date': () => new Date(NaN),
  'a RegExp': () => /canary/,
  'a Map': () => new Map([[CANARY, CANARY]]),
  'a Set of itself': () => {
    const set = new Set<unknown>()
    return set.add(set)
  },
  'typed bytes': () => new Uint8Array(64),
  'a promise': () => Promise.resolve(CANARY),
  // oxlint-disable-next-line unicorn/no-thenable
  'a thenable that throws': () => ({ then: throwing }),
  'an emitter': () => ({ on: throwing, 'no header': CANARY }),
  'a cycle': () => {
    const cycle: Record<string, unknown> = { kept: 1 }
    cycle['again'] = { cycle }
    return cycle
  },
  'an object without prototype': () => Object.create(null) as object,
  'a throwing getter': () => ({
    get value() {
      return throwing()
    },
  }),
  'a throwing toJSON': () => ({ toJSON: throwing }),
  'a toJSON of undefined': () => ({ toJSON: () => undefined }),
  'a toJSON of itself': () => {
    const own = { toJSON: (): object => own }
    return own
  },
  'a throwing toString': () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing }),
  'a valueOf of 404': () => ({ valueOf: () => 404, toString: () => '404' }),
  'a revoked proxy': () => revoked({}),
  'a throwing proxy': () => new Proxy({}, throwingTraps),
  'a proxy of all things': () => {
    const all: object = new Proxy(throwing, { get: () => all, has: () => true })
    return all
  },
  'a proxy with a million items': () =>
    new Proxy([], { get: (_target, key) => (key === 'length' ? 1e6 : 'x') }),
  'an Error': () => new Error(CANARY),
  'an Error of another realm': () => runInContext(`new TypeError('${CANARY}')`, otherRealm) as object,
  'its own cause': () => {
    const error = new Error(CANARY)
    error.cause = error
    return error
  },
  '2,000 causes': () => {
    let error: object = new Error(CANARY)
    for (let depth = 0; depth < 2_000; depth++) error = { message: 'deep', cause: error }
    return error
  },
  '5,000 levels': () => {
    let value: object = {}
    for (let depth = 0; depth < 5_000; depth++) value = depth % 2 ? { value } : [value]
    return value
  },
  '3,000 members': () =>
    Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, index])),
  '100,000 letters': () => 'ä"\u0001'.repeat(33_334),
  'a lone surrogate': () => 'a\uD800b',
  BizErrors: () => [
    new shop.BizError('broken', { cause: new Error(CANARY) }),
    new shop.BizError('stock_low', {
      params: { left: 1, product: 'tea' },
      also: [new shop.BizError('login.failed', { details: CANARY })],
      fields: [{ path: ['a', 0], code: 'too_short', params: { min: 3 } }],
    }),
  ],
  'BizErrors among others': () => [
    new shop.BizError('closed'),
    new Error(CANARY),
    revoked({}),
    new shop.BizError('cart_full', { params: { count: 1 } }),
    Promise.resolve(CANARY),
  ],
  'fields of a throw': () => [
    { path: 'email', code: 'required' },
    { path: ['items', 0, 'a\u202Eb'], code: 'too_large', params: { max: 3n } },
    { path: revoked([]), code: throwing, params: new Proxy({}, throwingTraps), message: {} },
    revoked({}),
  ],
  // What stands behind the brand of a BizError that another version made, or that is none.
  'a state': () => lookAlike({}),
  'a state without params': () => lookAlike({ params: null }),
  'a state with status 1000': () => lookAlike({ status: 1000 }),
  'a state with status 302': () => lookAlike({ status: 302 }),
  'a state with a BigInt for a code': () => lookAlike({ code: 404n }),
  'a state with hostile headers': () => lookAlike({ headers: { 'bad name': 'a\r\nb: c' } }),
  'a state with unreadable headers': () => lookAlike({ headers: new Proxy({}, throwingTraps) }),
  'a state with hostile params': () => lookAlike({ params: new Proxy({}, throwingTraps) }),
  'a state of an unknown envelope': () =>
    lookAlike({ as: 'nope', catalog: { ...lookAlike({}).catalog, envelope: 'toString' } }),
  'a state with others': () => {
    const state: object = lookAlike({
      errors: [lookAlike({}), throwing, revoked({}), lookAlike({ catalog: { get: throwing } })],
      fields: [{ path: 'a\u202Eb', code: 'required' }, { path: {}, code: 'unheard-of' }, revoked({})],
      unusable: ['headers.X-A', 7, throwing],
    })
    return Object.assign(state, { errors: [state, lookAlike({ errors: [state] })] })
  },
  'a state with hostile others': () =>
    lookAlike({ errors: new Proxy([], throwingTraps), fields: revoked([]), unusable: throwing }),
  'a state with a broken catalog': () =>
    lookAlike({ as: 500, catalog: { get: throwing, name: 'x', sourceLocale: 'no locale' } }),
} satisfies Record<string, () => unknown>

type Named = keyof typeof NAMED

function lookAlike(other: object): { readonly catalog: object } {
  return {
    catalog: { get: () => undefined, name: 'look-alike', sourceLocale: 'en' },
    entry: { message: 'Look alike', namespace: 'look-alike', params: [], key: 404, code: 404, status: 404 },
    code: 404,
    status: 404,
    params: {},
    ...other,
  } as { readonly catalog: object }
}

const throwingTraps: ProxyHandler<object> = {
  get: throwing,
  set: throwing,
  has: throwing,
  ownKeys: throwing,
  getPrototypeOf: throwing,
  setPrototypeOf: throwing,
  getOwnPropertyDescriptor: throwing,
  defineProperty: throwing,
  deleteProperty: throwing,
  isExtensible: throwing,
  preventExtensions: throwing,
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

type ValueSpec = { readonly is: Named } | { readonly plain: unknown }

function build(spec: ValueSpec): unknown {
  return 'is' in spec ? NAMED[spec.is]() : structuredClone(spec.plain)
}

/** One property: how it can be read, and what it holds. */
interface PropertySpec {
  readonly via: 'data' | 'getter' | 'throwing getter' | 'read-only'
  readonly value: ValueSpec
}

type Properties = Readonly<Record<string, PropertySpec>>

const SYMBOLS: Readonly<Record<string, symbol>> = {
  '@@brand': Symbol.for('bizerror.BizError'),
  '@@toPrimitive': Symbol.toPrimitive,
  '@@toStringTag': Symbol.toStringTag,
  '@@inspect': Symbol.for('nodejs.util.inspect.custom'),
}

function define(target: object, properties: Properties): void {
  for (const [name, { via, value: spec }] of Object.entries(properties)) {
    const value = build(spec)
    const shape: PropertyDescriptor =
      via === 'getter'
        ? { get: () => value }
        : via === 'throwing getter'
          ? { get: throwing }
          : { value, writable: via === 'data' }
    try {
      Reflect.defineProperty(target, Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name]! : name, {
        enumerable: true,
        configurable: true,
        ...shape,
      })
    } catch {
      // V8 writes the stack when it is first touched, and runs the getters defined before.
    }
  }
}

const BASES = {
  Error: () => new Error(CANARY),
  'Error with a cause': () => new Error(CANARY, { cause: new Error(CANARY) }),
  AggregateError: () => new AggregateError([new Error(CANARY)], CANARY),
  'Error of another realm': () => runInContext(`new RangeError('${CANARY}')`, otherRealm) as object,
  DOMException: () => new DOMException(CANARY, 'AbortError'),
  'http-errors 404': () => createError(404, CANARY, { headers: { 'X-Secret': CANARY }, secret: CANARY }),
  'plain object': () => ({ message: CANARY }),
  'object without prototype': () => Object.create(null) as object,
  array: () => [CANARY],
  function: () => () => CANARY,
} satisfies Record<string, () => object>

type Guard =
  'open' | 'frozen' | 'sealed' | 'not extensible' | 'throwing proxy' | 'revoked proxy' | 'watching proxy'

type ThrownSpec =
  | { readonly kind: 'value'; readonly value: ValueSpec }
  | {
      readonly kind: 'foreign'
      readonly base: keyof typeof BASES
      readonly properties: Properties
      readonly guard: Guard
    }
  | {
      readonly kind: 'BizError'
      readonly catalog: string
      readonly code: ValueSpec
      readonly options: Properties
      readonly optionsGuard: Guard
      readonly properties: Properties
      readonly guard: Guard
    }

/** A value to throw, and the writes on it that a proxy saw. */
interface Thrown {
  readonly value: unknown
  readonly writes: readonly string[]
}

export function buildThrown(spec: ThrownSpec): Thrown {
  const writes: string[] = []
  if (spec.kind === 'value') return { value: build(spec.value), writes }
  if (spec.kind === 'foreign') {
    const target = BASES[spec.base]()
    define(target, spec.properties)
    return { value: guarded(target, spec.guard, writes), writes }
  }
  const options = {}
  define(options, spec.options)
  const error = Reflect.construct((CATALOGS[spec.catalog] as typeof cloudWaf).BizError, [
    build(spec.code),
    guarded(options, spec.optionsGuard, writes),
  ])
  define(error, spec.properties)
  return { value: guarded(error, spec.guard, writes), writes }
}

function guarded(target: object, guard: Guard, writes: string[]): object {
  const seen =
    (write: string) =>
    (_target: object, key?: unknown): never => {
      writes.push(`${write} ${typeof key === 'string' ? key : ''}`)
      throw new Error(CANARY)
    }
  switch (guard) {
    case 'frozen':
      return Object.freeze(target)
    case 'sealed':
      return Object.seal(target)
    case 'not extensible':
      return Object.preventExtensions(target)
    case 'throwing proxy':
      return new Proxy(target, throwingTraps)
    case 'revoked proxy':
      return revoked(target)
    case 'watching proxy':
      return new Proxy(target, {
        set: seen('set'),
        defineProperty: seen('define'),
        deleteProperty: seen('delete'),
        setPrototypeOf: seen('setPrototypeOf'),
        preventExtensions: seen('preventExtensions'),
      })
    default:
      return target
  }
}

/** The status that a thrown value must be answered with, where a reading of the case list determines it. */
export function expectedStatus(spec: ThrownSpec, value: unknown): number | undefined {
  if (spec.kind === 'BizError') {
    const plain =
      !Object.hasOwn(spec.options, 'status') &&
      !Object.hasOwn(spec.options, 'as') &&
      !Object.hasOwn(spec.properties, '@@brand') &&
      !spec.guard.endsWith('proxy')
    if (!plain) return undefined
    const entry = CATALOGS[spec.catalog]!.get(build(spec.code) as string)
    return entry === undefined || entry.status === 200 ? 500 : entry.status
  }
  if (
    spec.kind === 'foreign' &&
    (Object.hasOwn(spec.properties, '@@brand') || Object.hasOwn(spec.properties, 'cause'))
  )
    return undefined
  if (typeof value !== 'object' || value === null) return 500
  if (bearsAnswer(value)) return undefined
  for (const name of ['status', 'statusCode'] as const) {
    try {
      const status: unknown = (value as Record<typeof name, unknown>)[name]
      if (Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599) return Number(status)
    } catch {
      // Counts as absent (P-A10).
    }
  }
  // An abort is the network's, if its name can be read.
  return spec.kind === 'foreign' && spec.base === 'DOMException' ? undefined : 500
}

/** R02: the Headers, or the body of no Error, of another server's answer; the status beside them is that server's. */
function bearsAnswer(value: object): boolean {
  const headers = peek(value, 'headers')
  return (
    typeof peek(headers, 'get') === 'function' ||
    ['date', 'content-type', 'content-length', 'transfer-encoding'].some(
      (name) => (peek(headers, name) ?? undefined) !== undefined,
    ) ||
    (peek(value, 'body') !== undefined && typeof peek(value, 'stack') !== 'string')
  )
}

function peek(owner: unknown, name: string): unknown {
  try {
    return (owner as Record<string, unknown>)[name]
  } catch {
    return undefined
  }
}

const DESCRIPTOR = ['enumerable', 'configurable', 'writable', 'get', 'set'] as const

/** G6: what a value is made of, as far as that can be seen without running its code. One flat list. */
function snapshot(value: unknown, parts: unknown[] = [], depth = 3): readonly unknown[] {
  parts.push(value)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || depth === 0)
    return parts
  try {
    const keys = Reflect.ownKeys(value)
    parts.push(Object.getPrototypeOf(value), Object.isExtensible(value), keys.length)
    for (const key of keys.slice(0, 24)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key)!
      parts.push(key)
      for (const fact of DESCRIPTOR) parts.push(descriptor[fact])
      snapshot(descriptor.value, parts, depth - 1)
    }
  } catch {
    parts.push('unreadable')
  }
  return parts
}

function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((part, index) => Object.is(part, after[index]))
}

// Requests

export interface RequestSpec {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: { readonly type: string; readonly text: string } | undefined
  /** What of it reaches the server. */
  readonly wire: 'whole' | 'half a body' | 'half a head' | 'a broken line' | 'half a body, then a reset'
}

/** One generated case: a value, how it is thrown, and the request that meets it. */
export interface Case {
  /** What stands on Object.prototype meanwhile. */
  readonly polluted: Readonly<Record<string, ValueSpec>>
  readonly thrown: ThrownSpec
  readonly rejected: boolean
  readonly request: RequestSpec
}

// Arbitraries

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  anyText(12),
  fc.constantFrom('', ' ', '__proto__', 'constructor', '$t(500)', '%s', '\r\nX-Evil: 1', 'nul\0', '‮txet'),
)

// A message is checked for leftovers by their look, so that no data may look like one.
const looksLikeLeftover = /\{\{|undefined|\[object |\uFFFD/
const clean = text.filter((value) => !looksLikeLeftover.test(value.toWellFormed()))

const NAMES = Object.keys(NAMED) as Named[]
// Rare, since building one costs more than answering ten others.
const LARGE: readonly Named[] = [
  '2,000 causes',
  '5,000 levels',
  '3,000 members',
  '100,000 letters',
  'a proxy with a million items',
]

const named: fc.Arbitrary<ValueSpec> = fc.record({
  is: fc.oneof(
    { arbitrary: fc.constantFrom(...NAMES.filter((name) => !LARGE.includes(name))), weight: 30 },
    { arbitrary: fc.constantFrom(...LARGE), weight: 1 },
  ),
})

const plain: fc.Arbitrary<ValueSpec> = fc.record({
  plain: fc.oneof(
    clean,
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, true, false, 0, ''),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.dictionary(clean, fc.oneof(clean, fc.integer()), { maxKeys: 4, noNullPrototype: true }),
  ),
})

const anything = fc.oneof({ arbitrary: plain, weight: 2 }, { arbitrary: named, weight: 3 })

// 200 is left out: a BizError may ask for it (design.md, section 3).
const status: fc.Arbitrary<ValueSpec> = fc.record({
  plain: fc.oneof(
    fc.integer({ min: 400, max: 599 }),
    fc.constantFrom(
      100,
      101,
      204,
      302,
      304,
      399,
      600,
      999,
      1000,
      1e21,
      -1,
      0,
      NaN,
      400.5,
      '404',
      '0x194',
      null,
    ),
  ),
})

const headerName = fc.oneof(
  fc.constantFrom(
    'Content-Type',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'X-Request-ID',
    'Vary',
    'Set-Cookie',
    'X-Ok',
    'x-ok',
    '__proto__',
    'bad name',
    '',
    'Trailer',
    'Date',
    'Upgrade',
  ),
  fc.string({ maxLength: 8 }),
)

const headers: fc.Arbitrary<ValueSpec> = fc.oneof(
  named,
  fc.record({
    plain: fc.dictionary(
      headerName,
      fc.oneof(clean, fc.integer(), fc.constantFrom(null, NaN, 1e21, 'a\r\nb: c', '\u0100', '\x7f', 'é')),
      { maxKeys: 5, noNullPrototype: true },
    ),
  }),
)

const retryAfter: fc.Arbitrary<ValueSpec> = fc.oneof(
  named,
  fc.record({ plain: fc.oneof(fc.double(), fc.constantFrom('7', '1e3', -1, 1e300, 2 ** 53, new Date(0))) }),
)

const params: fc.Arbitrary<ValueSpec> = fc.oneof(
  named,
  fc.record({
    plain: fc.dictionary(
      fc.constantFrom(
        'left',
        'product',
        'count',
        'price',
        'lng',
        'defaultValue',
        'replace',
        'context',
        '__proto__',
      ),
      fc.oneof(clean, fc.double(), fc.integer()),
      { maxKeys: 5, noNullPrototype: true },
    ),
  }),
)

const codes: fc.Arbitrary<ValueSpec> = fc.record({
  plain: fc.constantFrom(
    ...Object.values(CATALOGS).flatMap((catalog) => [...catalog].map(({ code }) => code)),
  ),
})

const via = fc.oneof(
  { arbitrary: fc.constant('data' as const), weight: 6 },
  {
    arbitrary: fc.constantFrom('getter' as const, 'throwing getter' as const, 'read-only' as const),
    weight: 3,
  },
)

const property = (value: fc.Arbitrary<ValueSpec>): fc.Arbitrary<PropertySpec> => fc.record({ via, value })

const guard = fc.oneof(
  { arbitrary: fc.constant('open' as const), weight: 4 },
  {
    arbitrary: fc.constantFrom<Guard>(
      'frozen',
      'sealed',
      'not extensible',
      'throwing proxy',
      'revoked proxy',
      'watching proxy',
    ),
    weight: 3,
  },
)

/** A state as a BizError carries it, nearly: what a look-alike or another version could bring. */
const state: fc.Arbitrary<ValueSpec> = fc.record({
  is: fc.constantFrom(...NAMES.filter((name) => name.startsWith('a state'))),
})

const member = (name: string): fc.Arbitrary<PropertySpec> =>
  property(
    name === 'status' || name === 'statusCode'
      ? fc.oneof(status, named)
      : name === 'headers'
        ? headers
        : name === '@@brand'
          ? state
          : anything,
  )

const MEMBERS = [
  'message',
  'name',
  'stack',
  'status',
  'statusCode',
  'code',
  'headers',
  'expose',
  'cause',
  'details',
  'params',
  'retryAfter',
  'as',
  'errors',
  'body',
  'type',
  'toJSON',
  'toString',
  'then',
  'on',
  'constructor',
  '__proto__',
  'isBoom',
  'output',
  'isBizError',
  ...Object.keys(SYMBOLS),
]

const properties: fc.Arbitrary<Properties> = fc
  .uniqueArray(
    fc.constantFrom(...MEMBERS).chain((name) => fc.tuple(fc.constant(name), member(name))),
    {
      selector: ([name]) => name,
      maxLength: 5,
    },
  )
  .map((members) => Object.fromEntries(members))

const options: fc.Arbitrary<Properties> = fc.record(
  {
    details: property(anything),
    cause: property(anything),
    headers: property(headers),
    status: property(fc.oneof(status, named)),
    retryAfter: property(retryAfter),
    params: property(params),
    as: property(fc.oneof(codes, anything)),
    also: property(fc.oneof(fc.constant<ValueSpec>({ is: 'BizErrors' }), anything)),
    fields: property(fc.oneof(fc.constant<ValueSpec>({ is: 'fields of a throw' }), anything)),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const bizError: fc.Arbitrary<ThrownSpec> = fc.constantFrom(...Object.keys(CATALOGS)).chain((catalog) =>
  fc.record({
    kind: fc.constant('BizError' as const),
    catalog: fc.constant(catalog),
    code: fc.oneof(
      {
        arbitrary: fc.record({ plain: fc.constantFrom(...[...CATALOGS[catalog]!].map(({ code }) => code)) }),
        weight: 6,
      },
      { arbitrary: anything, weight: 1 },
    ),
    options,
    optionsGuard: guard,
    properties: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: properties, weight: 1 }),
    guard,
  }),
)

const foreign: fc.Arbitrary<ThrownSpec> = fc.record({
  kind: fc.constant('foreign' as const),
  base: fc.constantFrom(...(Object.keys(BASES) as (keyof typeof BASES)[])),
  properties,
  guard,
})

const CONTROL_WORDS: readonly unknown[] = ['route', 'router']

const value: fc.Arbitrary<ThrownSpec> = fc.record({
  kind: fc.constant('value' as const),
  value: anything.filter((spec) => !('plain' in spec && CONTROL_WORDS.includes(spec.plain))),
})

/** What stands in a header after Node has parsed it. */
const headerText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength }).map((line) => line.trim()),
    fc
      .array(fc.integer({ min: 0x80, max: 0xff }), { maxLength: 8 })
      .map((bytes) => String.fromCharCode(...bytes)),
  )

const LANGUAGES = [
  'en',
  'de',
  'zh-HK',
  'zh-Hans-CN',
  'no',
  'pt-PT',
  'xx',
  '*',
  'en-u-nu-thai',
  'i-klingon',
  'de_DE',
  '',
]
const acceptLanguage = fc.oneof(
  headerText(20),
  fc
    .array(
      fc.tuple(fc.constantFrom(...LANGUAGES), fc.constantFrom('', ';q=0', ';q=0.5', ';q=9', ';q=x', ';;')),
      {
        maxLength: 6,
      },
    )
    .map((ranges) => ranges.map((range) => range.join('')).join(',')),
  fc.integer({ min: 1, max: 2_000 }).map((length) => 'de,'.repeat(length)),
)

const accept = fc.oneof(
  headerText(20),
  fc.constantFrom(
    '*/*',
    'text/html',
    'application/problem+json',
    'application/json;q=0.5, application/problem+json',
  ),
)

const requestId = fc.oneof(
  fc.constantFrom(
    'probe-1',
    'Root=1-5759e988;Self=a+/=',
    'a'.repeat(200),
    'a'.repeat(201),
    'x y',
    '"><script>',
    '',
  ),
  headerText(12),
)

const request: fc.Arbitrary<RequestSpec> = fc.record({
  // CONNECT reaches no middleware.
  method: fc.oneof(
    fc.constantFrom('GET', 'POST', 'HEAD'),
    fc.constantFrom(...METHODS.filter((method) => method !== 'CONNECT')),
  ),
  path: fc.oneof(
    { arbitrary: fc.constant('/'), weight: 6 },
    { arbitrary: fc.constantFrom(`/?token=${CANARY}`, `/${CANARY}`, '/%ff', '//', '/%00'), weight: 1 },
  ),
  headers: fc.record(
    { Accept: accept, 'Accept-Language': acceptLanguage, 'X-Request-ID': requestId },
    { requiredKeys: [], noNullPrototype: true },
  ),
  body: fc.option(
    fc.record({
      type: fc.constantFrom('application/json', 'application/json; charset=nope', 'text/plain', '%%%'),
      text: fc.oneof(
        fc.json({ maxDepth: 2 }),
        fc.constantFrom(`{"password":"${CANARY}"`, '{"__proto__":{"x":1}}', '', '\0', '['.repeat(500)),
      ),
    }),
    { nil: undefined, freq: 4 },
  ),
  wire: fc.oneof(
    { arbitrary: fc.constant('whole' as const), weight: 24 },
    {
      arbitrary: fc.constantFrom(
        'half a body' as const,
        'half a head' as const,
        'a broken line' as const,
        'half a body, then a reset' as const,
      ),
      weight: 1,
    },
  ),
})

/**
 * Names of ours, which mean nothing to Node's network, on which this all runs: to a header of a name that all objects
 * have, other than the few that it takes once, Node appends what a client sent. Nor i18next's `lng`, which its formats read.
 */
const POLLUTED_MEMBERS = (
  'status statusCode code headers details cause params retryAfter as expose violatedPolicies errors ' +
  'body isBoom output response fields locale sourceLocale toJSON entry catalog title action parent condition ' +
  'left product context returnDetails accept-language storageErrors msBeforeNext ' +
  'sqlState'
).split(' ')

const polluted: fc.Arbitrary<Case['polluted']> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 9 },
  {
    arbitrary: fc
      .uniqueArray(
        fc
          .constantFrom(...POLLUTED_MEMBERS)
          .chain((name) => member(name).map(({ value }) => [name, value] as const)),
        { selector: ([name]) => name, maxLength: 3 },
      )
      .map((members) => Object.fromEntries(members)),
    weight: 1,
  },
)

/** Arbitrary values thrown at arbitrary requests. */
export const cases: fc.Arbitrary<Case> = fc.record({
  polluted,
  thrown: fc.oneof(
    { arbitrary: bizError, weight: 4 },
    { arbitrary: foreign, weight: 4 },
    { arbitrary: value, weight: 1 },
  ),
  rejected: fc.boolean(),
  request,
})

// Running them

const REJECTED_AFTER = 5_000

/** One keep-alive connection: a request out, its response in. */
class Line {
  readonly #port: number
  #socket: Socket | undefined

  constructor(port: number) {
    this.#port = port
  }

  /** Sends one request and returns the head as Latin-1 and the body's bytes. */
  async exchange(bytes: Buffer, isHead: boolean): Promise<{ readonly head: string; readonly body: Buffer }> {
    const socket = (this.#socket ??= connect(this.#port, '127.0.0.1').setNoDelay(true))
    return new Promise((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0)
      const settle = (error?: Error): void => {
        clearTimeout(timer)
        socket.removeAllListeners()
        // A socket without a listener for errors would end the process.
        socket.on('error', () => {})
        const end = received.indexOf('\r\n\r\n')
        const head = received.toString('latin1', 0, Math.max(0, end))
        if (error || /^connection: close/im.test(head)) this.close()
        if (error) reject(error)
        else resolve({ head, body: received.subarray(end + 4) })
      }
      const timer = setTimeout(
        () => settle(new Error(`G2: no whole answer in time: ${received.toString()}`)),
        REJECTED_AFTER,
      )
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        if (isWhole(received, isHead)) settle()
      })
      socket.on('error', settle)
      socket.on('close', () =>
        settle(new Error(`G2: the connection was closed after ${received.toString() || 'nothing'}`)),
      )
      socket.write(bytes)
    })
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }
}

function isWhole(received: Buffer, isHead: boolean): boolean {
  const end = received.indexOf('\r\n\r\n')
  if (end === -1) return false
  if (isHead) return true
  const length = /^content-length: (\d+)$/im.exec(received.toString('latin1', 0, end))?.[1]
  return length === undefined
    ? received.includes('0\r\n\r\n', end)
    : received.length >= end + 4 + Number(length)
}

/** A framework under fire: one server, one connection, one request at a time. */
interface Target {
  readonly framework: Framework
  readonly port: number
  readonly line: Line
  readonly reports: ErrorReport[]
  readonly log: [string, object, string][]
  route: Route
  readonly close: () => void
}

async function aim(framework: Framework): Promise<Target> {
  const reports: ErrorReport[] = []
  const log: [string, object, string][] = []
  const record = (level: string) => (facts: object, message: string) => log.push([level, facts, message])
  const logger = { error: record('error'), warn: record('warn'), info: record('info') }
  const routes: Record<string, Route> = {
    '/': (request, response) => target.route(request, response),
    '/alive': (_request, response) => void response.end('alive'),
  }
  const { port, server } = await listen(
    framework.listener({
      options: {
        envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' },
        logger,
        onReport: (report) => reports.push(report),
      },
      routes,
    }),
  )
  const line = new Line(port)
  const target: Target = {
    framework,
    port,
    line,
    reports,
    log,
    route: () => undefined,
    close() {
      line.close()
      server.close()
      server.closeAllConnections()
    },
  }
  return target
}

export interface Fuzzer {
  /** Runs one case on every framework. Throws when a guarantee fails. */
  readonly run: (generated: Case) => Promise<void>
  readonly close: () => void
}

/** Starts one server per framework. */
export async function createFuzzer(): Promise<Fuzzer> {
  const targets = await Promise.all(frameworks.map(aim))
  return {
    async run(generated) {
      const answers = await attackAll(targets, generated)
      // What comes of a request that is cut is Node's answer, not ours: nothing to compare.
      if (Object.keys(generated.polluted).length === 0 || generated.request.wire !== 'whole') return
      const polluted = await attackAll(targets, generated, generated.polluted)
      for (const [index, answer] of answers.entries()) {
        // What parsers throw has what all objects have, as its own.
        if (answer.reached) expect(polluted[index], 'Q08: as if it were not polluted').toEqual(answer)
      }
    },
    close: () => targets.forEach((target) => target.close()),
  }
}

/**
 * Runs a case on every framework. An app makes its BizErrors while Object.prototype is polluted; what libraries throw
 * has what all objects have as its own, if they copy it, so that those are made before.
 */
async function attackAll(
  targets: readonly Target[],
  generated: Case,
  polluted: Case['polluted'] = {},
): Promise<readonly Answered[]> {
  const members = Object.entries(polluted).map(([name, spec]) => [name, build(spec)] as const)
  const start = (): readonly Promise<Answered>[] => targets.map((target) => attack(target, generated))
  const before = generated.thrown.kind === 'BizError' ? undefined : start()
  const restore = members.map(([name, value]) => pollute([name], value))
  const attacks = before ?? start()
  const settled = await Promise.allSettled(attacks)
  for (const undo of restore) undo()
  try {
    const failed = settled.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    const answers = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expectSame(new Map(answers.map((answer, index) => [targets[index]!.framework.name, answer])))
    return answers
  } catch (error) {
    // What this case left on a connection may not fail the next, smaller one.
    for (const { line } of targets) line.close()
    throw error
  }
}

/** What came back, without what differs by design, and whether the request got past the parser. */
interface Answered {
  readonly raw: string
  readonly reached: boolean
}

/** G12. The parsers before us differ in what they refuse: then each kind answers as its own does. */
function expectSame(answers: ReadonlyMap<string, Answered>): void {
  const reached = [...answers].filter(([, answer]) => answer.reached)
  const [first] = reached
  for (const [name, answer] of reached) expect(answer, `G12: ${name} as ${first![0]}`).toEqual(first![1])
  for (const [one, other] of [
    ['Express 5', 'Express 4'],
    ['Koa 3', 'Koa 2'],
    ['Hono', 'Hono on Node'],
  ] as const) {
    if (answers.has(other)) expect(answers.get(other), `G12: ${other} as ${one}`).toEqual(answers.get(one))
  }
}

/** Whether only to ask what a value is throws. */
function isHostile(value: unknown): boolean {
  try {
    void (value instanceof Error)
    return false
  } catch {
    return true
  }
}

/** Sends a case to one framework, checks the guarantees, and returns the answer. */
async function attack(target: Target, generated: Case): Promise<Answered> {
  const { thrown: spec, rejected, request } = generated
  const { value, writes } = buildThrown(spec)
  const before = snapshot(value)
  const status = expectedStatus(spec, value)
  let reached = false
  target.route = () => {
    reached = true
    // To Express a falsy throw is none (P-A02).
    // oxlint-disable-next-line prefer-promise-reject-errors
    if (rejected || !value) return Promise.reject(value)
    throw value
  }
  target.reports.length = 0
  target.log.length = 0

  if (request.wire !== 'whole') {
    // Its report may come late, and may not have the id of the case after it.
    const { 'X-Request-ID': _id, ...headers } = request.headers
    return broken(target, { ...request, headers })
  }

  const isHead = request.method === 'HEAD'
  const elapsed = startWatch()
  const { head, body } = await target.line.exchange(wireOf(request), isHead)
  const outcome = outcomeOf(target, head, body, elapsed())
  expectGuarantees(outcome, { request: { method: request.method }, secrets: [CANARY] })
  expect(new TextDecoder('utf-8', { fatal: true }).decode(body), 'G4: valid UTF-8').toBe(outcome.body)
  if (reached) {
    expect(outcome.status, `${target.framework.name}: status`).toBe(status ?? outcome.status)
    const { name } = target.framework
    // Express has an Error of its own in place of a falsy value.
    if (value && (!isHostile(value) || can(name, 'hand on a hostile Proxy')))
      expect(outcome.reports[0]!.error === value, `G9: the true cause, on ${name}`).toBe(true)
  }
  expect(writes, 'G6: nothing is written on it').toEqual([])
  expect(isSame(before, snapshot(value)), 'G6: it is as before').toBe(true)
  const id = outcome.headers.get('x-request-id')![0]!
  const masked = outcome.raw.replace(/^Date: .*$/m, 'Date: *')
  return { raw: id === request.headers['X-Request-ID'] ? masked : masked.replaceAll(id, '*'), reached }
}

function wireOf({ method, path, headers, body }: RequestSpec): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: test']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  const content = Buffer.from(body?.text ?? '')
  if (body) lines.push(`Content-Type: ${body.type}`, `Content-Length: ${content.length}`)
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content])
}

function outcomeOf(target: Target, head: string, bytes: Buffer, milliseconds: number): Outcome {
  const raw = asRead(`${head}\r\n\r\n${bytes.toString('utf8')}`)
  const response = parse(raw)
  const id = response.headers.get('x-request-id')?.[0]
  return {
    framework: target.framework.name,
    raw,
    ...response,
    milliseconds,
    // What a request that was cut before reports late is not of this answer.
    reports: target.reports.filter(({ requestId }) => requestId === id),
    log: target.log,
  }
}

/** A request that Node refuses or that never ends: at most one answer of 4xx or 5xx, and the server lives. */
async function broken(target: Target, request: RequestSpec): Promise<Answered> {
  const answer = await closing(
    target.port,
    brokenBytes(request),
    request.wire === 'half a body, then a reset',
  )
  if (answer !== '') expect(answer, 'G3: an error').toMatch(/^HTTP\/1\.1 [45]\d\d /)
  expect(answer.match(/HTTP\/1\.1 \d/g) ?? [], 'G2: one response').toHaveLength(answer === '' ? 0 : 1)
  expect(answer, 'G5: nothing of the request').not.toContain(CANARY)
  const { body } = await target.line.exchange(
    wireOf({ ...request, method: 'GET', path: '/alive', headers: {}, body: undefined }),
    false,
  )
  expect(body.toString(), 'G1: the next request is answered').toContain('alive')
  // What Node answers by itself does not depend on the framework; whether it is in time to does on the network.
  return { raw: '', reached: false }
}

function brokenBytes(request: RequestSpec): Buffer {
  const body = { type: 'application/json', text: `{"password":"${CANARY}"}` }
  const whole = wireOf({ ...request, method: 'POST', body })
  switch (request.wire) {
    case 'half a head':
      return whole.subarray(0, 40)
    case 'a broken line':
      return Buffer.concat([Buffer.from('\u0001\u0002 / HTTP/9\r\n'), whole])
    default:
      return whole.subarray(0, whole.length - 10)
  }
}

/** Writes bytes, ends, and returns what came back until the connection was closed. */
function closing(port: number, bytes: Buffer, reset: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, () => (reset ? socket.resetAndDestroy() : socket.end()))
    })
    socket.setTimeout(REJECTED_AFTER, () => {
      socket.destroy()
      reject(new Error('G2: the connection of a broken request stays open'))
    })
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
}

/** The same cases on every run, unless FUZZ_SEED says otherwise. */
export const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101)
