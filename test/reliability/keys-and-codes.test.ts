import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { relayed } from '../../src/identify/relayed.ts'
import { rateLimit } from '../../src/adapters/express/rate-limit.ts'
import { limitHandler } from '../../src/rate-limit/limit-handler.ts'
import { answersTo, errorHeaders, everywhere } from '../support/answers.ts'
import { holds, throws } from '../support/guarantees.ts'

class QuotaError extends Error {}

/** Codes as other systems have them: negative, of digits, with blanks, one of several errors. */
const shop = defineCatalog({
  name: 'shop',
  status: 400,
  success: { code: '00000', message: 'ok' },
  modules: { auth: { status: 401 } },
  errors: {
    OK: { code: '00000', status: 200, message: 'ok' },
    USER_SIDE: { code: 'A0001', message: 'Client error' },
    LOGIN: { code: 'A0200', message: 'Login failed', parent: 'USER_SIDE', module: 'auth' },
    NO_USER: { code: 'A0201', message: 'No such user', parent: 'LOGIN', status: 401 },
    BAD_PRICE: { code: -1013, message: 'Price out of range: {{price}}' },
    BAD_LOT: { code: -1013, message: 'Lot size out of range' },
    INVALID_KEY: { code: 'EAPI:Invalid key', message: 'Invalid key', status: 403 },
    SOFT: { code: 40163, status: 200, message: 'code been used' },
    BUSY: { code: -1003, status: 429, message: 'Too many requests' },
    INTERNAL: { code: 'B0001', status: 500, message: 'System error' },
  },
  foreign: { byStatus: { 500: 'INTERNAL' }, byCondition: { 'already-exists': 'BAD_LOT' } },
  locales: { de: { shop: { BAD_PRICE: { message: 'Preis außerhalb: {{price}}' } } } },
})
const { errors } = shop
const options = { catalog: shop }

interface Told {
  readonly key: unknown
  readonly code: unknown
  readonly as?: unknown
}

const soft = errors.SOFT as () => Error

/** The part of a report, or of a record, that is looked at. */
function shown(value: unknown): object {
  const { key, code, as } = value as Told
  return { key, code, as }
}

/** What the report and the record of the log say of the error. */
const tells =
  (told: Told) =>
  ({ reports, log }: { reports: readonly object[]; log: readonly (readonly unknown[])[] }) => {
    const expected = { as: undefined, ...told }
    expect([reports.map(shown), log.map(([, record]) => shown(record))]).toEqual([[expected], [expected]])
  }

describe('K01: clients get the code, the report and the log both', () => {
  holds(
    'K01: of a negative number, in the language of the client',
    {
      options,
      request: { headers: { 'Accept-Language': 'de' } },
      route: throws(errors.BAD_PRICE({ params: { price: 3 } })),
    },
    {
      status: 400,
      body: { code: -1013, message: 'Preis außerhalb: 3' },
      also: tells({ key: 'BAD_PRICE', code: -1013 }),
    },
  )
  holds(
    'K01: of another error with the same code',
    { options, route: throws(errors.BAD_LOT()) },
    {
      status: 400,
      body: { code: -1013, message: 'Lot size out of range' },
      also: tells({ key: 'BAD_LOT', code: -1013 }),
    },
  )
  holds(
    'K01: of a text with a blank, by the class of the catalog, documented at an address',
    { options: { ...options, docsUrl: '/errors/' }, route: throws(new shop.BizError('INVALID_KEY')) },
    {
      status: 403,
      body: { code: 'EAPI:Invalid key', message: 'Invalid key' },
      headers: { Link: '</errors/EAPI%3AInvalid%20key>; rel="help"' },
      also: tells({ key: 'INVALID_KEY', code: 'EAPI:Invalid key' }),
    },
  )
  test('K01: of an error that is answered with 200', async () => {
    const answers = await answersTo(throws(soft()), options)
    const body = { code: 40163, message: 'code been used' }
    expect(answers).toEqual(everywhere({ status: 200, headers: errorHeaders(), body }))
  })
  for (const [envelope, body] of [
    ['composite', { code: 'A0001', message: '(A0201) No such user' }],
    ['two-level', { code: 'A0001', sub_code: 'A0201', message: 'No such user', data: null }],
  ] as const) {
    holds(
      `K01: of the root of two parents, in ${envelope}`,
      { options: { ...options, envelope }, route: throws(errors.NO_USER()) },
      { status: 401, body, also: tells({ key: 'NO_USER', code: 'A0201' }) },
    )
  }
})

describe('K02: options and throws name keys', () => {
  holds(
    'K02: conceal',
    {
      options: { ...options, conceal: [{ errors: ['BAD_LOT'], as: 'INVALID_KEY' }] },
      route: throws(errors.BAD_LOT()),
    },
    {
      status: 403,
      body: { code: 'EAPI:Invalid key', message: 'Invalid key' },
      also: tells({ key: 'BAD_LOT', code: -1013, as: 'INVALID_KEY' }),
    },
  )
  holds(
    'K02: conceal, which leaves another error of the same code alone',
    {
      options: { ...options, conceal: [{ errors: ['BAD_LOT'], as: 'INVALID_KEY' }] },
      route: throws(errors.BAD_PRICE({ params: { price: 1 } })),
    },
    { status: 400, body: { code: -1013, message: 'Price out of range: 1' } },
  )
  holds(
    'K02: `as`',
    { options, route: throws(errors.BAD_LOT({ as: 'LOGIN' })) },
    {
      status: 401,
      body: { code: 'A0200', message: 'Login failed' },
      also: tells({ key: 'BAD_LOT', code: -1013, as: 'LOGIN' }),
    },
  )
  holds(
    'K02: identify',
    {
      options: { ...options, identify: { when: QuotaError, error: 'BUSY' } },
      route: throws(new QuotaError('x')),
    },
    {
      status: 429,
      body: { code: -1003, message: 'Too many requests' },
      also: tells({ key: 'BUSY', code: -1003 }),
    },
  )
  holds(
    'K02: foreign',
    {
      options: { ...options, identify: { when: QuotaError, condition: 'already-exists' } },
      route: throws(new QuotaError('x')),
    },
    {
      status: 400,
      body: { code: -1013, message: 'Lot size out of range' },
      also: tells({ key: 'BAD_LOT', code: -1013 }),
    },
  )
  holds(
    'K02: a code is no key: the internal error, and the log has what was asked for',
    {
      options,
      route: () => {
        throw Reflect.construct(shop.BizError, [-1013])
      },
    },
    {
      status: 500,
      body: { code: 'B0001', message: 'System error' },
      also: ({ reports }) => expect(reports.map(({ unknownKey }) => unknownKey)).toEqual(['-1013']),
    },
  )

  test('K02: policies, and the handler of express-rate-limit', () => {
    const policies = [{ name: 'hour', window: '1h', limit: 1 }] as const
    const make = (error: unknown) => () =>
      rateLimit({ catalog: shop, policies: [{ ...policies[0], error: error as 'BUSY' }] })
    expect(make('BUSY')).not.toThrow()
    expect(make(-1003)).toThrow(
      'Policy hour has error -1003, which is not an error of catalog shop. Use another.',
    )
    expect(() => limitHandler({ catalog: shop, error: 'BUSY' })).not.toThrow()
  })

  test('K02: the success is no error', () => {
    expect(Object.keys(errors)).not.toContain('OK')
    expect(() =>
      rateLimit({ catalog: shop, policies: [{ name: 'a', window: 1, limit: 1, error: 'OK' as never }] }),
    ).toThrow('which is its success')
  })

  test('K02: `is` and the error itself', () => {
    const error: unknown = errors.BAD_LOT()
    expect([shop.is(error, 'BAD_LOT'), shop.is(error, 'BAD_PRICE'), shop.is(error)]).toEqual([
      true,
      false,
      true,
    ])
    expect(error).toMatchObject({ key: 'BAD_LOT', code: -1013, status: 400 })
  })
})

/** What axios throws for an answer. */
function answered(data: object): unknown {
  return { response: { status: 400, headers: {}, data } }
}

describe('K03: what another server answered is found by its code', () => {
  test('K03: by the first of its errors that needs nothing of a throw', () => {
    const rule = relayed(shop)
    expect(rule(answered({ code: -1013, message: 'x' }))).toMatchObject({ key: 'BAD_LOT', code: -1013 })
    expect(rule(answered({ code: 'EAPI:Invalid key', message: 'x' }))).toMatchObject({ key: 'INVALID_KEY' })
    expect(rule(answered({ code: 'BAD_LOT', message: 'x' }))).toBeUndefined()
    expect(rule(answered({ code: '00000', message: 'x' }))).toBeUndefined()
  })

  test('K03: by the finer of two levels, whose root is the common code', () => {
    const levels = defineCatalog({
      name: 'levels',
      status: 400,
      envelope: 'two-level',
      errors: {
        ROOT: { code: 40004, message: 'Business failed' },
        PART: { code: 'ACQ.PART', message: 'Part', parent: 'ROOT' },
        LEAF: { code: 'ACQ.LEAF', message: 'Leaf', parent: 'PART' },
      },
    })
    const rule = relayed(levels)
    expect(rule(answered({ code: 40004, sub_code: 'ACQ.LEAF', message: 'x' }))).toMatchObject({ key: 'LEAF' })
    expect(rule(answered({ code: 40004, sub_code: 'ACQ.NEW', message: 'x' }))).toMatchObject({ key: 'ROOT' })
  })
})

test('K01: describeError tells the code', () => {
  expect(describeError(errors.NO_USER(), options)).toMatchObject({
    code: 'A0201',
    parent: 'A0001',
    status: 401,
  })
})
