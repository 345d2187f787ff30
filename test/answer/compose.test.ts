import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { createCompose, type Composed, type ComposeSettings } from '../../src/answer/compose.ts'
import type { RequestFacts } from '../../src/answer/facts.ts'
import { createConceal } from '../../src/answer/conceal.ts'
import { createShapes } from '../../src/answer/shape.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ErrorDescription } from '../../src/catalog/envelope.ts'
import { conditionState, thrownState, type BizErrorState } from '../../src/error/state.ts'
import { sampleFacts as facts } from '../support/sample-facts.ts'
import { standardHeaders, type Headers } from '../support/standard-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  errors: {
    1: { status: 404, message: 'Not here' },
    2: { status: 401, message: 'Not signed in' },
    3: { status: 503, message: 'Later', retryAfter: 30 },
    'a/b': { status: 409, message: 'Taken' },
  },
})

const cycle: { self?: object } = {}
cycle.self = cycle

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
    shapes: createShapes(undefined),
    httpStatus: undefined,
    docsUrl: undefined,
    exposeHeaders: false,
    revealValues: false,
    revealParams: false,
    warn: () => {},
    ...changed,
  }
}

/** Finds the texts that an entry has itself. */
const localize: ComposeSettings['localize'] = (_catalog, { message, title }) => ({
  locale: 'en',
  message,
  title,
  description: undefined,
  action: undefined,
})

function compose(state: BizErrorState, request: RequestFacts, settings: ComposeSettings): Composed {
  return createCompose(settings)(state, request)
}

function answer(
  code: number | string,
  options?: object,
  changed?: Partial<ComposeSettings>,
  catalog: Catalog = shop,
): Composed {
  return compose(thrownState(catalog, code, options), facts, settings(changed))
}

function headers(body: string, added: Headers = {}): Headers {
  return { 'X-Request-ID': 't-1', ...standardHeaders(body), ...added }
}

describe('compose', () => {
  test('returns the reply, and what of it the report needs', () => {
    const body = '{"code":1,"message":"Not here","details":{"id":"ü"}}'
    const options = { details: { id: 'ü' }, headers: { 'X-A': 'a' } }
    expect(answer(1, options)).toEqual({
      state: thrownState(shop, 1, options),
      reply: { status: 404, headers: headers(body, { 'X-A': 'a' }), body },
      key: 1,
      code: 1,
      locale: 'en',
    })
  })

  test("sends the catalog's challenge with a 401, with httpStatus 200 too", () => {
    const body = '{"code":2,"message":"Not signed in"}'
    const challenged = headers(body, { 'WWW-Authenticate': 'Bearer' })
    expect([answer(2).reply, answer(2, undefined, { httpStatus: 200 }).reply]).toEqual([
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
        thrownState(shop, 1, undefined),
        { ...facts, accept, vary: 'Origin' },
        settings({
          shapes: createShapes({ 'application/json': 'flat', 'application/problem+json': 'problem' }),
        }),
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
    const { reply } = answer('a/b', undefined, {
      docsUrl: 'https://docs.example/',
      shapes: createShapes('problem'),
    })
    expect(JSON.parse(reply.body)).toMatchObject({ type: 'https://docs.example/a%2Fb' })
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

  test('tells of rate-limit policies in problem documents alone', () => {
    const state = thrownState(shop, 3, { violatedPolicies: ['daily', 'hourly'] })
    const bodies = (['problem', 'flat'] as const).map(
      (envelope) =>
        JSON.parse(compose(state, facts, settings({ shapes: createShapes(envelope) })).reply.body) as unknown,
    )
    expect(bodies).toEqual([
      {
        type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
        title: 'Later',
        status: 503,
        detail: 'Later',
        code: 3,
        request_id: 't-1',
        'violated-policies': ['daily', 'hourly'],
      },
      { code: 3, message: 'Later' },
    ])
  })

  test('tells an envelope function whether to try again, and when', () => {
    const told: unknown[] = []
    const envelope = ({ retryable, retryAfter, violatedPolicies }: ErrorDescription): object => {
      told.push({ retryable, retryAfter, violatedPolicies })
      return {}
    }
    compose(
      conditionState(shop, { condition: 'write-conflict' }),
      facts,
      settings({ shapes: createShapes(envelope) }),
    )
    compose(
      thrownState(shop, 3, { violatedPolicies: ['daily'] }),
      facts,
      settings({ shapes: createShapes(envelope) }),
    )
    expect(told).toEqual([
      { retryable: true, retryAfter: undefined, violatedPolicies: undefined },
      { retryable: false, retryAfter: 30, violatedPolicies: ['daily'] },
    ])
  })

  test.each([
    ['the one that a limiter has set, before that of the entry', '7', undefined, '7'],
    ['the one of the throw, before all', '7', 9, '9'],
    ['the one of the entry, when that of the response is none', 'soon', undefined, '30'],
    ['the one of the entry, when the response has none', undefined, undefined, '30'],
  ])('sends as Retry-After %s', (_what, onResponse, retryAfter, expected) => {
    const state = thrownState(shop, 3, { retryAfter })
    const { reply } = compose(state, { ...facts, retryAfter: onResponse }, settings())
    expect(reply.headers['Retry-After']).toBe(expected)
  })

  describe('of what a validator found', () => {
    const fields: BizErrorState['fields'] = [
      { path: 'name', code: 'too_short', params: { min: 3 }, value: 'ab' },
      { path: 'items[0].price', code: 'too_small', value: -1 },
      { path: '', code: 'unknown_field' },
    ]
    const state = conditionState(shop, { condition: 'validation-failed', fields })
    const own = [
      { path: 'name', code: 'too_short', message: 'Too short; minimum length: {{min}}', params: { min: 3 } },
      { path: 'items[0].price', code: 'too_small', message: 'Too small' },
      { path: '', code: 'unknown_field', message: 'Unknown field' },
    ]

    test('tells path, code, text and limits, and nothing of the input', () => {
      const { reply } = compose(state, facts, settings({ localize }))
      expect(JSON.parse(reply.body)).toEqual({ code: 400, message: 'Bad request', details: { fields: own } })
    })

    test('tells the values where the app exposes them', () => {
      const { reply } = compose(state, facts, settings({ localize, revealValues: true }))
      const [first, second, third] = own
      const exposed = [{ ...first, value: 'ab' }, { ...second, value: -1 }, third]
      expect(JSON.parse(reply.body)).toEqual({
        code: 400,
        message: 'Bad request',
        details: { fields: exposed },
      })
    })

    test('asks for the texts in the language of the message', () => {
      const asked: unknown[] = []
      compose(
        state,
        { ...facts, acceptLanguage: 'de' },
        settings({
          localize(catalog, entry, params, wanted) {
            asked.push([entry.code, params, wanted.locale, wanted.acceptLanguage])
            return { ...localize(catalog, entry, params, wanted), locale: 'fr' }
          },
        }),
      )
      expect(asked).toEqual([
        [400, {}, undefined, 'de'],
        ['too_short', { min: 3 }, 'fr', undefined],
        ['too_small', {}, 'fr', undefined],
        ['unknown_field', {}, 'fr', undefined],
      ])
    })

    test('tells nothing where the answer is concealed', () => {
      const conceal = createConceal(shop, { 400: 1 })
      expect(compose(state, facts, settings({ localize, conceal })).reply.body).toBe(
        '{"code":1,"message":"Not here"}',
      )
    })

    test('is bounded, however much a value holds', () => {
      const huge = conditionState(shop, {
        condition: 'validation-failed',
        fields: [{ path: 'x', code: 'invalid', value: { text: 'x'.repeat(1_000_000), self: cycle } }],
      })
      const { body } = compose(huge, facts, settings({ localize, revealValues: true })).reply
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536)
      expect(JSON.parse(body)).toMatchObject({ details: { fields: [{ path: 'x', code: 'invalid' }] } })
    })
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
        shapes: createShapes(envelope as () => object),
        warn: (...said) => void warnings.push(said),
      })
      const body = '{"code":1,"message":"Not here"}'
      expect(reply).toEqual({ status: 404, headers: headers(body), body })
      expect(warnings).toEqual([warning])
    })
  }

  test('sends what the envelope function returned as plain data', () => {
    const shape = { n: 1n, at: new Date(0), left: undefined, end: 'a\u2028b\u2029', long: 'x'.repeat(60_000) }
    expect(answer(1, undefined, { shapes: createShapes(() => shape) }).reply.body).toBe(
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
