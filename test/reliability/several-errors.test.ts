import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { EnvelopeName } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks } from '../support/frameworks.ts'
import { serving } from '../support/apps.ts'
import { expectGuarantees, holds, parse, run, throws } from '../support/guarantees.ts'
import { send } from '../support/raw.ts'
import { answers } from '../support/whole-answer.ts'

const shop = defineCatalog({
  name: 'shop',
  challenge: 'Bearer',
  errors: {
    4000: { status: 400, message: 'Invalid request' },
    4001: { status: 422, message: 'Please check your order', parent: 4000 },
    4002: { status: 409, message: 'Only {{left}} of {{product}} left', parent: 4000 },
    4003: { status: 404, message: 'No such product' },
    4010: { status: 401, message: 'Please log in' },
    4011: { status: 401, message: 'Your account is locked' },
    5030: { status: 503, message: 'The warehouse is closed', retryAfter: 60 },
    500: { status: 500, message: 'Something broke' },
  },
  locales: {
    de: {
      shop: {
        4000: { message: 'Ungültige Anfrage' },
        4001: { message: 'Bitte Bestellung prüfen' },
        4002: { message: 'Nur noch {{left}} von {{product}}' },
      },
    },
    ja: {
      shop: {
        4001: { message: '注文を確認してください' },
        4002: { message: '{{product}}は残り{{left}}個です' },
      },
    },
  },
})
const { errors } = shop

const coupons = defineCatalog({
  name: 'coupons',
  errors: { EXPIRED: { status: 410, message: 'This coupon has expired' } },
  locales: {
    de: { coupons: { EXPIRED: { message: 'Dieser Gutschein ist abgelaufen' } } },
    ja: { coupons: { EXPIRED: { message: 'このクーポンは期限切れです' } } },
  },
})

const invalidOrder = (): Error =>
  errors[4001]({
    details: { order: 7 },
    also: [
      errors[4002]({ params: { left: 3, product: 'tea' }, details: { left: 3 } }),
      coupons.errors.EXPIRED({
        fields: [{ path: ['items', 0, 'coupon'], code: 'too_late', params: { max: 9 } }],
      }),
    ],
  })

const TEXTS = {
  en: {
    first: 'Please check your order',
    left: 'Only 3 of tea left',
    expired: 'This coupon has expired',
    late: 'Too late; latest allowed: 9',
    blank: ' ',
  },
  de: {
    first: 'Bitte Bestellung prüfen',
    left: 'Nur noch 3 von tea',
    expired: 'Dieser Gutschein ist abgelaufen',
    late: 'Zu spät; spätestens: 9',
    blank: ' ',
  },
  ja: {
    first: '注文を確認してください',
    left: 'teaは残り3個です',
    expired: 'このクーポンは期限切れです',
    late: '日時が遅すぎます（最も遅い日時：9）。',
    blank: '',
  },
} as const

type Texts = (typeof TEXTS)[keyof typeof TEXTS]

const order = { order: 7 }
const left = { left: 3 }

function fields({ late }: Texts): object {
  return { fields: [{ path: 'items[0].coupon', code: 'too_late', message: late, params: { max: 9 } }] }
}

const BODIES: Readonly<Record<EnvelopeName, (texts: Texts) => object>> = {
  flat: (texts) => ({
    code: 4001,
    message: texts.first,
    details: order,
    errors: [
      { code: 4002, message: texts.left, details: left },
      { code: 'EXPIRED', message: texts.expired, details: fields(texts) },
    ],
  }),
  nested: (texts) => ({
    error: {
      code: 4001,
      message: texts.first,
      request_id: 'probe-1',
      details: order,
      errors: [
        { code: 4002, message: texts.left, details: left },
        { code: 'EXPIRED', message: texts.expired, details: fields(texts) },
      ],
    },
  }),
  composite: (texts) => ({
    code: 4000,
    message: `(4001)${texts.blank}${texts.first}`,
    details: order,
    errors: [
      { code: 4000, message: `(4002)${texts.blank}${texts.left}`, details: left },
      { code: 'EXPIRED', message: texts.expired, details: fields(texts) },
    ],
  }),
  'two-level': (texts) => ({
    code: 4000,
    sub_code: 4001,
    message: texts.first,
    data: order,
    errors: [
      { code: 4000, sub_code: 4002, message: texts.left, data: left },
      { code: 'EXPIRED', sub_code: null, message: texts.expired, data: fields(texts) },
    ],
  }),
  problem: (texts) => ({
    type: 'about:blank',
    title: texts.first,
    status: 422,
    detail: texts.first,
    code: 4001,
    request_id: 'probe-1',
    details: order,
    errors: [
      { code: 4002, message: texts.left, details: left },
      { code: 'EXPIRED', message: texts.expired, details: fields(texts) },
    ],
  }),
}

const options: HandlerOptions = { catalog: shop }

/** A throw that is made anew for each request. */
function throwing(make: () => unknown): () => never {
  return () => {
    throw make()
  }
}

const item = (code: number | string, message: string, details?: object): object => ({
  code,
  message,
  ...(details && { details }),
})

const missing = item(4003, 'No such product')
const expired = item('EXPIRED', 'This coupon has expired')
const checked = { code: 4001, message: 'Please check your order' }

describe('several errors', () => {
  for (const [envelope, bodyIn] of Object.entries(BODIES)) {
    for (const [locale, texts] of Object.entries(TEXTS)) {
      answers(
        `X01: stand in one ${envelope} answer, each in ${locale}`,
        {
          options: { ...options, envelope: envelope as EnvelopeName },
          route: throwing(invalidOrder),
          request: { headers: { 'Accept-Language': locale } },
        },
        {
          status: 422,
          body: bodyIn(texts),
          headers: {
            'Content-Language': locale,
            ...(envelope === 'problem' && { 'Content-Type': 'application/problem+json' }),
          },
        },
      )
    }
  }

  answers(
    'X01: are told to an envelope of the app, each as it would be alone',
    {
      options: {
        ...options,
        docsUrl: 'https://docs.example/',
        envelope: ({ message, errors }) => ({
          message,
          errors: errors?.map(({ code, status, docs, retryAfter, locale, requestId, errors: none }) => ({
            code,
            status,
            docs,
            retryAfter,
            locale,
            none: [requestId, none].every((member) => member === undefined),
          })),
        }),
      },
      route: throwing(() => errors[4001]({ also: [errors[5030](), coupons.errors.EXPIRED()] })),
      request: { headers: { 'Accept-Language': 'de' } },
    },
    {
      status: 422,
      headers: {
        'Content-Language': 'de',
        Link: '<https://docs.example/4001>; rel="help"',
      },
      body: {
        message: TEXTS.de.first,
        errors: [
          {
            code: 5030,
            status: 503,
            docs: 'https://docs.example/5030',
            retryAfter: 60,
            locale: 'en',
            none: true,
          },
          { code: 'EXPIRED', status: 410, docs: 'https://docs.example/EXPIRED', locale: 'de', none: true },
        ],
      },
    },
  )

  answers(
    'X01: are told to a function for the status, and with their params where those are revealed',
    {
      options: {
        ...options,
        httpStatus: ({ errors }) => (errors?.some(({ status }) => status >= 500) ? 503 : 200),
        envelope: { 'application/json': 'flat' },
        reveal: { params: true },
      },
      route: throwing(() =>
        errors[4001]({ also: [errors[5030](), errors[4002]({ params: { left: 1, product: 'tea' } })] }),
      ),
    },
    {
      status: 503,
      body: {
        ...checked,
        errors: [
          item(5030, 'The warehouse is closed'),
          { code: 4002, message: 'Only 1 of tea left', params: { left: 1, product: 'tea' } },
        ],
      },
    },
  )

  test('X01: stand on a page as texts', async () => {
    const probe = {
      options: { ...options, envelope: { 'text/html': 'page' } as const },
      route: throwing(() =>
        errors[4001]({ also: [errors[4002]({ params: { left: 1, product: '<b>tea</b>' } })] }),
      ),
    }
    for (const framework of frameworks) {
      const { status, body } = await run(framework, probe)
      expect([status, body.slice(body.indexOf('<main>'), body.indexOf('<footer'))]).toEqual([
        422,
        '<main>\n<h1>Please check your order</h1>\n<p>Only 1 of &lt;b&gt;tea&lt;/b&gt; left</p>\n',
      ])
    }
  })

  answers(
    'X01: are answered with the status and the headers of the first',
    {
      options,
      route: throwing(() =>
        errors[4003]({
          headers: { 'X-First': '1' },
          also: [errors[5030]({ headers: { 'X-Other': '1' }, retryAfter: 5 })],
        }),
      ),
    },
    {
      status: 404,
      headers: { 'X-First': '1' },
      body: { code: 4003, message: 'No such product', errors: [item(5030, 'The warehouse is closed')] },
    },
  )

  holds(
    'X01: are told of a HEAD by its length alone',
    { options, route: throwing(invalidOrder), request: { method: 'HEAD' } },
    {
      status: 422,
      headers: { 'Content-Length': String(Buffer.byteLength(JSON.stringify(BODIES.flat(TEXTS.en)))) },
    },
  )

  test('X01: leave the answers to their first alone as they were', async () => {
    for (const { listener } of frameworks) {
      let count = 0
      const route = throwing(() => errors[4003](count++ === 1 ? { also: [coupons.errors.EXPIRED()] } : {}))
      const answers = await serving(listener({ options, routes: { '/': route } }), async (port) => {
        const bodies: string[] = []
        for (let index = 0; index < 3; index++) bodies.push(parse(await send(port, { path: '/' })).body)
        return bodies
      })
      const alone = '{"code":4003,"message":"No such product"}'
      expect(answers).toEqual([alone, `${alone.slice(0, -1)},"errors":[${JSON.stringify(expired)}]}`, alone])
    }
  })

  answers(
    'X01: bring along those that they have themselves, each once',
    {
      options,
      route: throwing(() => {
        const inner = coupons.errors.EXPIRED()
        return errors[4001]({ also: [errors[4003]({ also: [inner, inner] }), inner] })
      }),
    },
    { status: 422, body: { ...checked, errors: [missing, expired] } },
  )

  test('X01: are told with the 200 of an idempotent endpoint', async () => {
    const made = errors[4001]({ also: [errors[4003]()], status: 200 })
    for (const [given, route] of [
      [options, throws(made)],
      [{ ...options, httpStatus: 200 }, throwing(invalidOrder)],
    ] as const) {
      for (const framework of frameworks) {
        const { status, body } = await run(framework, { options: given, route })
        const told = given === options ? { ...checked, errors: [missing] } : BODIES.flat(TEXTS.en)
        expect([status, JSON.parse(body)]).toEqual([200, told])
      }
    }
  })
})

describe('several errors of several catalogs', () => {
  const payments = defineCatalog({
    name: 'payments',
    status: 400,
    errors: {
      CARD: { code: 'E-1', message: 'Card declined', headers: { 'X-Card': '1' } },
      FUNDS: { code: -7, message: 'No funds', parent: 'CARD' },
      LIMIT: { code: -7, status: 402, message: 'Over the limit', parent: 'FUNDS' },
    },
  })
  const { CARD, FUNDS, LIMIT } = payments.errors
  answers(
    'X01: have the codes of their own, where several share one, too',
    { options, route: throwing(() => CARD({ also: [FUNDS(), LIMIT(), FUNDS()] })) },
    {
      status: 400,
      headers: { 'X-Card': '1' },
      body: {
        code: 'E-1',
        message: 'Card declined',
        errors: [item(-7, 'No funds'), item(-7, 'Over the limit')],
      },
      also: ({ reports }) =>
        expect(reports[0]).toMatchObject({
          key: 'CARD',
          code: 'E-1',
          errors: [
            { key: 'FUNDS', code: -7 },
            { key: 'LIMIT', code: -7 },
            { key: 'FUNDS', code: -7 },
          ],
        }),
    },
  )
  answers(
    'X01: name their common codes in two-level',
    { options: { ...options, envelope: 'two-level' }, route: throwing(() => FUNDS({ also: [LIMIT()] })) },
    {
      status: 400,
      body: {
        code: 'E-1',
        sub_code: -7,
        message: 'No funds',
        data: null,
        errors: [{ code: 'E-1', sub_code: -7, message: 'Over the limit', data: null }],
      },
    },
  )

  test('X01: may be of another copy of the package, all of them or some', async () => {
    vi.resetModules()
    const copy = await import('../../src/catalogs/cloud-waf.ts')
    expect(copy.BizError).not.toBe(BizError)
    const told = (): Error => new copy.BizError(1006, { details: { id: 7 } })
    const body = {
      code: 1004,
      message: new BizError(1004).message,
      errors: [item(1006, new BizError(1006).message, { id: 7 })],
    }
    const throws = [
      () => new BizError(1004, { also: [told() as BizError] }),
      () => new copy.BizError(1004, { also: [told() as never] }),
      () => new copy.BizError(1004, { also: [new BizError(1006, { details: { id: 7 } }) as never] }),
      () => new AggregateError([new BizError(1004), told()]),
    ]
    for (const make of throws) {
      for (const framework of frameworks) {
        const probe = { route: throwing(make) }
        const outcome = await run(framework, probe)
        expectGuarantees(outcome, probe)
        expect(JSON.parse(outcome.body)).toEqual(body)
        expect(outcome.reports[0]).toMatchObject({ errors: [{ key: 1006, code: 1006 }], unusable: undefined })
      }
    }
  })
})

describe('several errors and what is concealed', () => {
  const login = item(4010, 'Please log in')
  const rows: readonly (readonly [
    what: string,
    HandlerOptions,
    make: () => unknown,
    status: number,
    body: object,
  ])[] = [
    [
      'a 401 tells none',
      {},
      () => errors[4010]({ also: [errors[4003]()] }),
      401,
      { code: 4010, message: 'Please log in' },
    ],
    [
      'an error of a 401 with another status tells none',
      {},
      () => errors[4010]({ status: 400, also: [errors[4003]()] }),
      400,
      { code: 4010, message: 'Please log in' },
    ],
    [
      'a 401 among them tells nothing of its cause',
      {},
      () => errors[4001]({ also: [errors[4010]({ details: { attempts: 3 } })] }),
      422,
      { ...checked, errors: [login] },
    ],
    [
      'those that are concealed as one are told once',
      { conceal: { 401: 4010 } },
      () =>
        errors[4001]({
          also: [errors[4011]({ details: { until: 7 } }), errors[4010](), errors[4011]({ retryAfter: 7 })],
        }),
      422,
      { ...checked, errors: [login] },
    ],
    [
      'one that is concealed as the first is not told',
      { conceal: [{ errors: [4000], as: 4003 }] },
      () => errors[4003]({ also: [errors[4000]()] }),
      404,
      { code: 4003, message: 'No such product' },
    ],
    [
      'a first that is concealed by a rule has none',
      { conceal: [{ errors: [4001], as: 4003 }] },
      () => errors[4001]({ also: [errors[4002]({ params: { left: 1, product: 'tea' } })] }),
      404,
      { code: 4003, message: 'No such product' },
    ],
    [
      'a first that is concealed by its throw has none',
      {},
      () => errors[4001]({ as: 4003, also: [errors[4000]()] }),
      404,
      { code: 4003, message: 'No such product' },
    ],
    [
      'one that its own throw conceals is told as the other',
      {},
      () => errors[4001]({ also: [errors[4000]({ as: 4003, details: { secret: 1 } })] }),
      422,
      { ...checked, errors: [missing] },
    ],
    [
      'an error of another catalog is concealed by its status',
      { conceal: { 410: 4003 } },
      () => errors[4001]({ also: [coupons.errors.EXPIRED()] }),
      422,
      { ...checked, errors: [item('not_found', 'Not found')] },
    ],
  ]
  for (const [what, given, make, status, body] of rows) {
    answers(
      `X02: ${what}`,
      { options: { ...options, ...given }, route: throwing(make) },
      { status, body, ...(status === 401 && { headers: { 'WWW-Authenticate': 'Bearer' } }) },
    )
  }

  test('X02: an answer is the same whatever else was wrong, when it is a 401 or concealed', async () => {
    const further = fc.array(
      fc.constantFrom(
        () => errors[4003](),
        () => errors[4011]({ details: { at: 1 } }),
        () => coupons.errors.EXPIRED({ fields: [{ path: 'a', code: 'required' }] }),
        () => errors[5030]({ cause: new Error('secret') }),
        () => ({}) as never,
      ),
    )
    const concealed = { ...options, conceal: [{ errors: [4000], as: 4003 }] }
    const told = (make: (also: never[]) => Error) => (makers: readonly (() => Error)[]) =>
      JSON.stringify(describeError(make(makers.map((each) => each()) as never[]), concealed))
    const first = told((also) => errors[4010]({ also }))
    const second = told((also) => errors[4000]({ also }))
    const third = told((also) => errors[4002]({ params: { left: 1, product: 'x' }, as: 4003, also }))
    fc.assert(
      fc.property(further, (makers) => {
        for (const each of [first, second, third]) expect(each(makers)).toBe(each([]))
      }),
    )
  })
})

function reject(error: unknown): Promise<never> {
  return Promise.reject(error as Error)
}

describe('an AggregateError of BizErrors', () => {
  const both = [errors[4003](), coupons.errors.EXPIRED()]
  const told = { code: 4003, message: 'No such product', errors: [expired] }
  const anyOf = (): Promise<unknown> => Promise.any([reject(both[0]), reject(both[1])])
  class Failures extends AggregateError {
    override name = 'Failures'
  }
  const rows: Readonly<Record<string, () => unknown>> = {
    'one that is thrown': throwing(() => new AggregateError(both, 'secret')),
    'that of Promise.any': anyOf,
    'a cause': throwing(() => new Error('secret', { cause: new AggregateError(both) })),
    'a cause of Promise.any': async () => {
      try {
        return await anyOf()
      } catch (cause) {
        throw new Error('secret', { cause })
      }
    },
    'one whose class has a name of its own': throwing(() => new Failures(both)),
    'one of aggregates': throwing(
      () => new AggregateError([new AggregateError([both[0]]), new AggregateError([both[1]])]),
    ),
    'one whose first has the others': throwing(
      () => new AggregateError([errors[4003]({ also: [coupons.errors.EXPIRED()] }), both[1]]),
    ),
    'one with a cause': throwing(() => new AggregateError(both, 'secret', { cause: errors[5030]() })),
  }
  for (const [what, route] of Object.entries(rows)) {
    answers(
      `X03: is answered as the first with the others: ${what}`,
      { options, route, secrets: ['secret'] },
      { status: 404, body: told },
    )
  }

  const alone = { code: 4003, message: 'No such product' }
  const others: Readonly<Record<string, readonly [error: unknown, status: number, body: object]>> = {
    'an empty one': [new AggregateError([]), 500, { code: 500, message: 'Something broke' }],
    'one with a foreign error': [new AggregateError([both[0], new Error('secret')]), 404, alone],
    'one that begins with a foreign error': [new AggregateError([new Error('secret'), ...both]), 404, alone],
    'one with nothing': [new AggregateError([both[0], undefined]), 404, alone],
    'one of one': [new AggregateError([both[0]]), 404, alone],
    'one of the same': [new AggregateError([both[0], both[0], errors[4003]()]), 404, alone],
    'one that begins with a 401': [
      new AggregateError([errors[4010]({ status: 403 }), ...both]),
      403,
      { code: 4010, message: 'Please log in' },
    ],
  }
  for (const [what, [error, status, body]] of Object.entries(others)) {
    answers(
      `X03: is answered as one error where there are no others to tell: ${what}`,
      { options, route: throws(error), secrets: ['secret'] },
      { status, body },
    )
  }

  test('X03: that holds itself, or another whenever it is read, is answered', async () => {
    const own = new AggregateError([])
    own.errors = [errors[4003](), own]
    const endless = (): object => ({
      name: 'AggregateError',
      get errors() {
        return [errors[4003](), endless()]
      },
    })
    const wide = new AggregateError(
      Array.from({ length: 10_000 }, () => new AggregateError(Array.from({ length: 40 }, () => both[1]))),
    )
    for (const error of [own, endless(), wide]) {
      const probe = { options, route: throws(error) }
      for (const framework of frameworks) expectGuarantees(await run(framework, probe), probe)
    }
  })
})

test('X01: describeError describes them with nothing but facts', () => {
  const common = { parent: 4000, parents: [4000], parentMessage: 'Ungültige Anfrage', retryable: false }
  expect(describeError(invalidOrder(), { ...options, locale: 'de' })).toStrictEqual({
    ...common,
    catalog: 'shop',
    key: 4001,
    code: 4001,
    status: 422,
    message: TEXTS.de.first,
    sourceMessage: TEXTS.en.first,
    locale: 'de',
    details: order,
    errors: [
      {
        ...common,
        catalog: 'shop',
        key: 4002,
        code: 4002,
        status: 409,
        message: TEXTS.de.left,
        sourceMessage: TEXTS.en.left,
        locale: 'de',
        params: { left: 3, product: 'tea' },
        details: left,
      },
      {
        catalog: 'coupons',
        key: 'EXPIRED',
        code: 'EXPIRED',
        status: 410,
        message: TEXTS.de.expired,
        sourceMessage: TEXTS.en.expired,
        locale: 'de',
        retryable: false,
        details: fields(TEXTS.de),
      },
    ],
  })
  const aggregate = new AggregateError([errors[4003](), coupons.errors.EXPIRED()])
  expect(describeError(aggregate, options)).toMatchObject({ code: 4003, errors: [{ code: 'EXPIRED' }] })
})

describe('what of several errors is not told', () => {
  const badOptions: Readonly<Record<string, readonly [also: unknown, unusable: readonly string[]]>> = {
    'a single error': [errors[4003](), ['also']],
    'a text': ['4003', ['also']],
    null: [null, ['also']],
    'foreign errors': [
      [new Error('hunter2'), 'hunter2', null, { code: 4003 }],
      [0, 1, 2, 3].map((index) => `also[${index}]`),
    ],
    'a factory that is not called': [[errors[4003]], ['also[0]']],
    'an AggregateError': [[new AggregateError([errors[4003]()])], ['also[0]']],
    'a look-alike': [[Object.assign(Object.create(errors[4003]()) as object)], ['also[0]']],
    'a Proxy that throws': [
      [
        new Proxy(
          {},
          {
            get() {
              throw new Error('hunter2')
            },
          },
        ),
      ],
      ['also[0]'],
    ],
  }
  for (const [what, [also, unusable]] of Object.entries(badOptions)) {
    answers(
      `X04: is logged by its place: ${what}`,
      { options, route: throwing(() => errors[4001]({ also: also as never })), secrets: ['hunter2'] },
      {
        status: 422,
        body: checked,
        also({ reports }) {
          expect(reports[0]).toMatchObject({ unusable, errors: undefined })
        },
      },
    )
  }

  answers(
    'X04: what is wrong with one of them is logged as its own, and so are their keys and codes',
    {
      options,
      route: throwing(() =>
        errors[4001]({
          also: [
            'nothing' as never,
            errors[4002]({ params: {} as never, headers: { Vary: '*' } }),
            new coupons.BizError('GONE' as 'EXPIRED', { details: 'hunter2' }),
          ],
        }),
      ),
    },
    {
      status: 422,
      body: {
        ...checked,
        errors: [item(4002, 'Only … of … left'), item('internal_server_error', 'Internal server error')],
      },
      also({ reports, log }) {
        const record = {
          code: 4001,
          unusable: [
            'also[0]',
            'also[1].params.left',
            'also[1].params.product',
            'also[1].headers.Vary',
            'also[2].key',
          ],
          errors: [
            { key: 4002, code: 4002 },
            { key: 'internal_server_error', code: 'internal_server_error' },
          ],
        }
        expect(reports[0]).toMatchObject(record)
        // A key that does not exist is the program's mistake, and is logged as one.
        expect(log).toMatchObject([
          [
            'warn',
            {},
            expect.stringContaining(
              'Error 4002 of catalog shop was thrown without a usable value for {{left}}, {{product}}',
            ),
          ],
          ['error', { ...record, err: { aggregateErrors: [{}, {}] } }, checked.message],
        ])
        expect(JSON.stringify(log)).not.toContain('hunter2')
      },
    },
  )

  for (const [what, make, level, aggregated] of [
    ['a 5xx among them', () => errors[4001]({ also: [errors[5030]()] }), 'error', 1],
    ['none of them a 5xx', () => errors[4001]({ also: [errors[4003]()] }), 'info', 1],
    ['an aggregate', () => new AggregateError([errors[4003](), errors[5030]()]), 'error', 2],
  ] as const) {
    answers(
      `X04: the log says whose fault they are: ${what}`,
      { options, route: throwing(make) },
      {
        status: what === 'an aggregate' ? 404 : 422,
        body: {
          ...(what === 'an aggregate' ? missing : checked),
          errors: [level === 'error' ? item(5030, 'The warehouse is closed') : missing],
        },
        also({ log }) {
          const [[told, record] = []] = log
          expect([
            told,
            (record as { err: { aggregateErrors: unknown[] } }).err.aggregateErrors.length,
          ]).toEqual([level, aggregated])
        },
      },
    )
  }

  answers(
    'X04: a BizError of `bizerror` among them is warned of, as one that is thrown alone',
    { options, route: throwing(() => errors[4001]({ also: [new BizError(1006) as never] })) },
    {
      status: 422,
      body: { ...checked, errors: [item(1006, new BizError(1006).message)] },
      also({ log }) {
        expect(log.map(([level, , message]) => [level, message])).toContainEqual([
          'warn',
          expect.stringContaining('Error 1006 of catalog cloud-waf was thrown in an app of catalog shop'),
        ])
      },
    },
  )
})

function many(count: number): Error {
  return errors[4001]({
    also: Array.from({ length: count }, (_, left) => errors[4002]({ params: { left, product: 'tea' } })),
  })
}

function leftOf(count: number): readonly object[] {
  return Array.from({ length: count }, (_, left) => item(4002, `Only ${left} of tea left`))
}

describe('many errors', () => {
  answers(
    'X05: 32 are told',
    { options, route: throwing(() => many(32)) },
    {
      status: 422,
      body: { ...checked, errors: leftOf(32) },
      also: ({ reports }) => expect(reports[0]!.unusable).toBeUndefined(),
    },
  )

  answers(
    'X05: of more, the first 32 are told, and that it was more is logged',
    { options, route: throws(many(1000)) },
    {
      status: 422,
      body: { ...checked, errors: leftOf(32) },
      also: ({ reports }) => expect(reports[0]!.unusable).toEqual(['also[32]']),
    },
  )

  answers(
    'X05: of an AggregateError, the first and 32 more',
    {
      options,
      route: throws(
        new AggregateError(
          Array.from({ length: 1000 }, (_, left) => errors[4002]({ params: { left, product: 'tea' } })),
        ),
      ),
    },
    {
      status: 409,
      body: { code: 4002, message: 'Only 0 of tea left', errors: leftOf(33).slice(1) },
      also: ({ reports }) => expect(reports[0]!.unusable).toEqual(['errors[33]']),
    },
  )

  test('X05: have details in the room of one together', () => {
    const big = 'x'.repeat(1000)
    const made = errors[4001]({
      details: { big: big.repeat(10) },
      also: Array.from({ length: 32 }, (_, index) =>
        errors[4002]({ params: { left: index, product: 'tea' }, details: { index, big } }),
      ),
    })
    const { details, errors: told = [] } = describeError(made, options)
    expect(details).toEqual({ big: big.repeat(10) })
    expect(told).toHaveLength(32)
    expect(told.slice(0, 15).map((each) => each.details)).toEqual(
      Array.from({ length: 15 }, (_, index) => ({ index, big })),
    )
    const size = JSON.stringify(told.map((each) => each.details)).length
    expect(size).toBeGreaterThan(16_000)
    expect(size).toBeLessThan(18_000)
  })

  const wide = '語'.repeat(1000)
  const escaped = '\u0001'.repeat(1000)
  const tooLarge: Readonly<Record<string, () => Error>> = {
    'long texts': () =>
      errors[4001]({
        also: Array.from({ length: 32 }, (_, left) => errors[4002]({ params: { left, product: wide } })),
      }),
    'large details': () =>
      errors[4001]({
        details: { wide: wide.repeat(16) },
        also: Array.from({ length: 32 }, (_, index) => errors[4003]({ details: { index, wide } })),
      }),
    'details of one': () =>
      errors[4001]({ details: escaped.repeat(16), also: [errors[4003]({ details: escaped.repeat(16) })] }),
    'fields of each': () =>
      errors[4001]({
        also: Array.from({ length: 32 }, (_, index) =>
          errors[4003]({
            details: { index },
            fields: Array.from(
              { length: 50 },
              () => ({ path: wide, code: 'invalid', message: wide }) as const,
            ),
          }),
        ),
      }),
  }
  for (const envelope of Object.keys(BODIES) as EnvelopeName[]) {
    for (const [what, make] of Object.entries(tooLarge)) {
      holds(
        `X05: fit into a body with ${what}, ${envelope}`,
        { options: { ...options, envelope }, route: throwing(make) },
        {
          status: 422,
          also({ body }) {
            const { errors: told = [], error } = JSON.parse(body) as {
              errors?: object[]
              error?: { errors?: object[] }
            }
            expect((error?.errors ?? told).length).toBeGreaterThan(0)
          },
        },
      )
    }
  }
})
