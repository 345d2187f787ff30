import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../src/core/catalog.ts'
import { compose, type Composed, type ComposeSettings, type RequestFacts } from '../../src/core/compose.ts'
import { createConceal } from '../../src/core/conceal.ts'
import { defineCatalog } from '../../src/core/define-catalog.ts'
import { stateOf } from '../../src/core/state.ts'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  codes: {
    1: { status: 404, message: 'Not here' },
    2: { status: 401, message: 'Not signed in' },
    3: { status: 503, message: 'Later', retryAfter: 30 },
    'a/b': { status: 409, message: 'Taken' },
  },
})

const cycle: { self?: object } = {}
cycle.self = cycle

const facts: RequestFacts = {
  method: 'GET',
  route: undefined,
  requestId: 't-1',
  accept: undefined,
  acceptLanguage: undefined,
  encoded: false,
  locale: undefined,
  vary: undefined,
}

function settings(changed: Partial<ComposeSettings> = {}): ComposeSettings {
  return {
    conceal: createConceal(shop),
    localize: (_catalog, entry) => ({
      locale: 'en',
      message: entry.message,
      title: undefined,
      description: undefined,
      action: undefined,
    }),
    envelope: undefined,
    problem: false,
    statusMode: 'http',
    docsUrl: undefined,
    warn: () => {},
    ...changed,
  }
}

function answer(
  code: number | string,
  options?: object,
  changed?: Partial<ComposeSettings>,
  catalog: Catalog = shop,
): Composed {
  return compose(stateOf(catalog, code, options), facts, settings(changed))
}

function headers(body: string, added: Readonly<Record<string, string>> = {}): object {
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-ID': 't-1',
    'Content-Language': 'en',
    Vary: 'Accept-Language',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...added,
  }
}

describe('compose', () => {
  test('returns the reply, and what of it the report needs', () => {
    const body = '{"code":1,"message":"Not here","details":{"id":"ü"}}'
    expect(answer(1, { details: { id: 'ü' }, headers: { 'X-A': 'a' } })).toEqual({
      reply: { status: 404, headers: headers(body, { 'X-A': 'a' }), body },
      description: {
        code: 1,
        status: 404,
        message: 'Not here',
        locale: 'en',
        title: undefined,
        description: undefined,
        action: undefined,
        parent: undefined,
        retryable: false,
        retryAfter: undefined,
        details: { id: 'ü' },
        requestId: 't-1',
        docs: undefined,
      },
    })
  })

  test("sends the catalog's challenge with a 401, in always-200 mode too", () => {
    const body = '{"code":2,"message":"Not signed in"}'
    const challenged = headers(body, { 'WWW-Authenticate': 'Bearer' })
    expect([answer(2).reply, answer(2, undefined, { statusMode: 'always-200' }).reply]).toEqual([
      { status: 401, headers: challenged, body },
      { status: 200, headers: challenged, body },
    ])
  })

  test('sends Retry-After when it is known', () => {
    const body = '{"code":3,"message":"Later"}'
    expect(answer(3).reply.headers).toEqual(headers(body, { 'Retry-After': '30' }))
  })

  test('negotiates problem documents where that is allowed, and tells caches so', () => {
    const accepts = ['application/problem+json', '*/*', undefined]
    const types = accepts.map((accept) => {
      const { headers } = compose(
        stateOf(shop, 1, undefined),
        { ...facts, accept, vary: 'Origin' },
        settings({ problem: true }),
      ).reply
      return [headers['Content-Type'], headers['Vary']]
    })
    expect(types).toEqual([
      ['application/problem+json', 'Origin, Accept-Language, Accept'],
      ['application/json; charset=utf-8', 'Origin, Accept-Language, Accept'],
      ['application/json; charset=utf-8', 'Origin, Accept-Language, Accept'],
    ])
  })

  test('appends the code to docsUrl as a part of a path', () => {
    expect(answer('a/b', undefined, { docsUrl: 'https://docs.example/' }).description.docs).toBe(
      'https://docs.example/a%2Fb',
    )
  })

  test('uses the flat envelope for a catalog of a later version, whose envelope it does not know', () => {
    const later = Object.create(shop, { envelope: { value: 'jsonapi' } }) as Catalog
    expect(answer(1, undefined, undefined, later).reply.body).toBe('{"code":1,"message":"Not here"}')
  })

  test('keeps the body on one line for every reader', () => {
    expect(answer(1, { details: 'a\u2028b\u2029c' }).reply.body).toBe(
      '{"code":1,"message":"Not here","details":"a\\u2028b\\u2029c"}',
    )
  })

  test('leaves out details that make a body of more than 64 KiB', () => {
    expect(answer(1, { details: '\u0000'.repeat(16_000) }).reply.body).toBe(
      '{"code":1,"message":"Not here","details":"[Truncated]"}',
    )
  })

  const broken: readonly (readonly [what: string, envelope: () => unknown, warning: unknown[]])[] = [
    [
      'throws',
      () => {
        throw new Error('broken')
      },
      ['The envelope function failed; the default envelope was used', new Error('broken')],
    ],
    ...(
      [
        ['returns nothing', () => undefined],
        ['returns null', () => null],
        ['returns a string', () => '{"code":1}'],
        ['returns a number', () => 7],
        ['returns a function', () => () => ({})],
        ['returns a cycle', () => cycle],
        ['returns what is no data', () => ({ error: new Error('secret') })],
        ['returns a promise', () => Promise.resolve({ code: 1 })],
        ['returns a promise that rejects', () => Promise.reject(new Error('late'))],
        ['returns what is too large', () => ({ text: '\u0000'.repeat(16_000) })],
        ['returns what turns itself into a text', () => ({ toJSON: () => 'text' })],
        [
          'returns what cannot be read',
          () => ({
            toJSON: () => {
              throw new Error('x')
            },
          }),
        ],
      ] as const
    ).map(([what, envelope]): [string, () => unknown, unknown[]] => [
      what,
      envelope,
      ['The envelope function returned no object that can be sent; the default envelope was used'],
    ]),
  ]
  for (const [what, envelope, warning] of broken) {
    test(`uses the catalog's envelope and warns, when the envelope function ${what}`, () => {
      const warnings: unknown[] = []
      const { reply } = answer(1, undefined, {
        envelope: envelope as () => object,
        warn: (...said) => void warnings.push(said),
      })
      const body = '{"code":1,"message":"Not here"}'
      expect(reply).toEqual({ status: 404, headers: headers(body), body })
      expect(warnings).toEqual([warning])
    })
  }

  test('sends what the envelope function returned as plain data', () => {
    const shape = { n: 1n, at: new Date(0), left: undefined, end: 'a\u2028b\u2029', long: 'x'.repeat(60_000) }
    expect(answer(1, undefined, { envelope: () => shape }).reply.body).toBe(
      `{"n":"1","at":"1970-01-01T00:00:00.000Z","end":"a\\u2028b\\u2029","long":"${'x'.repeat(60_000)}"}`,
    )
  })

  test('sends at most 64 KiB of valid JSON with its exact length, whatever the details are', () => {
    const text = fc.string({
      unit: fc.constantFrom('\u0000', '"', '\uD800', 'ü', '\u{1F600}', 'a'),
      maxLength: 30,
    })
    const details = fc.oneof(
      fc.anything(),
      fc.tuple(text, fc.nat({ max: 40_000 })).map(([part, times]) => part.repeat(times)),
      fc.tuple(text, fc.nat({ max: 40_000 })).map(([part, times]) => Array<string>(times).fill(part)),
    )
    fc.assert(
      fc.property(details, (details) => {
        const { body, headers } = answer(1, { details }).reply
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536)
        expect(headers['Content-Length']).toBe(String(Buffer.byteLength(body)))
        expect(JSON.parse(body)).toMatchObject({ code: 1, message: 'Not here' })
      }),
    )
  })
})
