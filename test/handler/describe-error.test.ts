import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { i18n as I18n } from 'i18next'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { catalog as secrets, BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'

const throwing = (): never => {
  throw new Error('hostile')
}

/** What the translators wrote for the secrets catalog. */
function translations(locale: string): Readonly<Record<string, { readonly message: string }>> {
  const file = new URL(`../../locales/${locale}/secrets.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly message: string }>>
}

const timeout = {
  code: 'webhook_delivery_timeout',
  status: 504,
  message: '> 10s response time',
  locale: 'en',
  retryable: true,
  catalog: 'secrets',
  key: 'webhook_delivery_timeout',
  module: secrets.get('webhook_delivery_timeout').module,
  sourceMessage: '> 10s response time',
}

/** Options, and what they log. */
function logged(): {
  readonly logger: { error(): void; warn(fields: object, text: string): void }
  log: string[]
} {
  const log: string[] = []
  return { logger: { error: () => {}, warn: (_fields, text) => void log.push(text) }, log }
}

describe('describeError', () => {
  test('describes an error in the language of its catalog', () => {
    expect(describeError(new SecretsError('webhook_delivery_timeout'))).toStrictEqual(timeout)
  })

  const webhooks = ['webhook_url_invalid', 'webhook_delivery_failed', 'webhook_delivery_timeout'] as const
  for (const [locale, language] of [
    ['de', 'de'],
    ['de-AT', 'de'],
    ['fr;q=0.1, ja', 'ja'],
    ['zh-HK', 'zh-TW'],
  ] as const) {
    test(`describes webhook codes in ${language} for "${locale}"`, () => {
      const texts = translations(language)
      expect(webhooks.map((code) => describeError(new SecretsError(code), { locale }))).toStrictEqual(
        webhooks.map((code) => ({
          code,
          status: secrets.get(code).status,
          message: texts[code]?.message,
          locale: language,
          retryable: secrets.get(code).retryable,
          catalog: 'secrets',
          key: code,
          module: secrets.get(code).module,
          sourceMessage: secrets.get(code).message,
        })),
      )
    })
  }

  for (const locale of [undefined, '', '*', 'tlh', '<script>', '../../de']) {
    test(`describes in the language of the catalog for the locale ${JSON.stringify(locale)}`, () => {
      const options = locale === undefined ? {} : { locale }
      expect(describeError(new SecretsError('webhook_delivery_timeout'), options)).toStrictEqual(timeout)
    })
  }

  test('describes all that a client may know, with plain details', () => {
    const shop = defineCatalog({
      name: 'shop',
      errors: {
        1: { status: 404, message: 'Common' },
        2: {
          status: 429,
          title: 'Sold out',
          message: 'Only {{left}} left',
          description: 'Long',
          action: 'Wait',
          parent: 1,
          retryable: true,
          retryAfter: 60,
          notes: { internal: 'x' },
        },
      },
    })
    const error = new shop.BizError(2, {
      params: { left: 3 },
      details: { at: new Date(0), error: new Error('secret') },
      headers: { 'X-A': 'a' },
      cause: new Error('secret'),
    })
    expect(describeError(error)).toStrictEqual({
      code: 2,
      status: 429,
      message: 'Only 3 left',
      locale: 'en',
      title: 'Sold out',
      description: 'Long',
      action: 'Wait',
      parent: 1,
      retryable: true,
      retryAfter: 60,
      details: { at: '1970-01-01T00:00:00.000Z', error: '[Object]' },
      params: { left: 3 },
      catalog: 'shop',
      key: 2,
      parents: [1],
      parentMessage: 'Common',
      sourceMessage: 'Only 3 left',
    })
  })

  test('describes a foreign error by its status, in the default catalog or another', () => {
    const foreign = Object.assign(new Error('/srv/app/x.js missing'), { status: 404 })
    expect([
      describeError(foreign),
      describeError('secret', { locale: 'de' }),
      describeError(foreign, { catalog: secrets }),
    ]).toStrictEqual([
      {
        code: 404,
        status: 404,
        message: 'Not found',
        locale: 'en',
        retryable: false,
        catalog: 'http',
        key: 404,
        sourceMessage: 'Not found',
      },
      {
        code: 500,
        status: 500,
        message: 'Interner Serverfehler',
        locale: 'de',
        retryable: false,
        catalog: 'http',
        key: 500,
        sourceMessage: 'Internal server error',
      },
      {
        code: 'invalid_path',
        status: 404,
        message: 'Path format violation',
        locale: 'en',
        retryable: false,
        catalog: 'secrets',
        key: 'invalid_path',
        module: secrets.get('invalid_path').module,
        sourceMessage: 'Path format violation',
      },
    ])
  })

  test('describes a foreign error that is recognized, without a request', () => {
    const aborted = Object.assign(new Error('hunter2'), { type: 'request.aborted', status: 400 })
    const wrapped = new Error('hunter2', {
      cause: { msBeforeNext: 4500, remainingPoints: 0, consumedPoints: 1 },
    })
    expect([aborted, wrapped].map((error) => describeError(error, { catalog: secrets }))).toStrictEqual([
      {
        code: 'invalid_request',
        status: 400,
        message: secrets.get('invalid_request').message,
        locale: 'en',
        retryable: false,
        catalog: 'secrets',
        key: 'invalid_request',
        module: secrets.get('invalid_request').module,
        sourceMessage: secrets.get('invalid_request').message,
      },
      {
        code: 'rate_limited',
        status: 429,
        message: secrets.get('rate_limited').message,
        locale: 'en',
        retryable: true,
        retryAfter: 5,
        catalog: 'secrets',
        key: 'rate_limited',
        module: secrets.get('rate_limited').module,
        sourceMessage: secrets.get('rate_limited').message,
      },
    ])
  })

  test('describes a concealed error as the code that it hides behind', () => {
    const hidden = new BizError(1003, { as: 401, details: { user: 'bob' }, cause: new Error('x') })
    expect(describeError(hidden)).toStrictEqual(describeError(new BizError(401)))
  })

  test('tells no 401 from another of its code', () => {
    const described = [
      new BizError(401),
      new BizError(401, { details: { user: 'bob' }, retryAfter: 5, headers: { 'X-A': 'a' } }),
    ].map((error) => describeError(error))
    expect(described[0]).toStrictEqual(described[1])
  })

  test('describes whatever is thrown', () => {
    const thrown = [null, undefined, 0, Symbol('x'), 1n, throwing, new Proxy({}, { get: throwing })]
    expect(thrown.map((value) => describeError(value).code)).toEqual(thrown.map(() => 500))
  })
})

describe('describeError with the options of a handler', () => {
  class QuotaError extends Error {}
  const shop = defineCatalog({
    name: 'shop',
    errors: {
      NO_ACCESS: { status: 403, message: 'You may not do this' },
      LOCKED: { status: 403, message: 'The account is locked' },
      QUOTA: { status: 429, message: 'Too many orders' },
      INVALID: { status: 422, message: 'Please check what you entered' },
    },
    foreign: { byCondition: { 'validation-failed': 'INVALID' } },
  })
  test('identifies and conceals as the handler does', () => {
    const options = {
      catalog: shop,
      identify: [{ when: QuotaError, error: 'QUOTA' }],
      conceal: [{ errors: ['LOCKED'], as: 'NO_ACCESS' }],
    } satisfies HandlerOptions<typeof shop>
    expect(describeError(new QuotaError('plan of 3'), options).code).toBe('QUOTA')
    expect(describeError(shop.errors.LOCKED(), options)).toStrictEqual(describeError(shop.errors.NO_ACCESS()))
  })

  test("takes texts from the handler's locales, in the language that is asked for", () => {
    const options = {
      catalog: shop,
      locales: { de: { shop: { LOCKED: { message: 'Das Konto ist gesperrt' } } } },
    }
    expect(describeError(shop.errors.LOCKED(), { ...options, locale: 'de-AT, en;q=0.5' })).toMatchObject({
      message: 'Das Konto ist gesperrt',
      locale: 'de',
    })
    expect(describeError(shop.errors.LOCKED(), { ...options, locale: () => 'de' }).locale).toBe('en')
  })

  test('documents, reveals and sends the status that the handler would', () => {
    const invalid = z.object({ name: z.string().min(3) }).safeParse({ name: 'Al' }).error
    expect(
      describeError(invalid, {
        catalog: shop,
        docsUrl: '/errors/',
        reveal: { values: true },
        httpStatus: 200,
        envelope: 'problem',
        exposeHeaders: true,
        onReport: () => expect.unreachable('nothing is reported'),
      }),
    ).toMatchObject({
      code: 'INVALID',
      status: 200,
      docs: '/errors/INVALID',
      details: { fields: [{ path: 'name' }] },
    })
  })

  test('reads the files of the same options once, however often they are spread', () => {
    let reads = 0
    const i18n = { t: () => '', exists: () => false, on: () => reads++, language: 'en' } as unknown as I18n
    const options = { catalog: shop, i18n, logger: { error: () => {} } }
    for (let n = 0; n < 100; n++) describeError(shop.errors.LOCKED(), { ...options, locale: `x-${n}` })
    const listeners = reads
    describeError(shop.errors.LOCKED(), options)
    expect({ reads, isFew: listeners < 10 }).toEqual({ reads: listeners, isFew: true })
  })

  const thrown = new QuotaError('plan of 3')
  for (const [wrong, text] of [
    [{ catalog: 'shop' }, /Option catalog is .shop./],
    [{ catalog: null }, /Option catalog is null/],
    [{ catalgo: 1 }, /catalgo.*Did you mean catalog/],
    [{ identify: [{ when: QuotaError, error: 'QUOTE' }] }, /QUOTE/],
    [{ locale: 7 }, /Option locale is 7\. Give a BCP 47 tag/],
    [{ locales: { de: 7 } }, /de/],
  ] as const) {
    test(`leaves out options that cannot work, and logs that once: ${JSON.stringify(wrong)}`, () => {
      const { logger, log } = logged()
      const options = { catalog: shop, logger, ...wrong } as object
      const described = [1, 2, 3].map(() => describeError(thrown, { ...options }))
      expect(described.map(({ status }) => status)).toEqual([500, 500, 500])
      expect(log).toEqual([expect.stringMatching(text)])
    })
  }

  test('logs a rule that fails, as the handler does', () => {
    const { logger, log } = logged()
    expect(describeError(thrown, { catalog: shop, logger, identify: throwing }).status).toBe(500)
    expect(log).toEqual(['A rule of identify failed; the next one was asked'])
  })

  for (const options of [null, 'de', 7, new Proxy({}, { ownKeys: throwing })]) {
    test('describes whatever it is told', () => {
      const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      try {
        expect(describeError(thrown, options as object).code).toBe(500)
      } finally {
        say.mockRestore()
      }
    })
  }

  test('leaves out an option that cannot work, and keeps the catalog', () => {
    const { logger, log } = logged()
    const missing = Object.assign(new Error('x'), { status: 404 })
    const options = { catalog: secrets, logger, catalgo: 1 } as object
    expect(describeError(missing, options).code).toBe('invalid_path')
    expect(log).toEqual([expect.stringContaining('describeError has no "catalgo". Did you mean catalog?')])
  })

  for (const catalog of ['shop', null, 7, { name: 'shop' }]) {
    test(`takes the default catalog for ${JSON.stringify(catalog)}, which is none, and logs that`, () => {
      const { logger, log } = logged()
      const missing = Object.assign(new Error('x'), { status: 404 })
      expect(describeError(missing, { catalog, logger } as object)).toMatchObject({
        code: 404,
        message: 'Not found',
      })
      expect(log).toEqual([expect.stringMatching(/Option catalog is .* Give what defineCatalog returned\./)])
    })
  }

  test('tells options from others that hold the same and more', () => {
    const fresh = defineCatalog({ name: 'fresh', errors: { 1: { status: 404, message: 'Not here' } } })
    const options = { catalog: fresh }
    const statuses = [options, { ...options, httpStatus: 200 as const }, options].map(
      (given) => describeError(fresh.errors[1](), given).status,
    )
    expect(statuses).toEqual([404, 200, 404])
  })

  test('remembers what it made of the last eight options of a catalog', () => {
    const fresh = defineCatalog({ name: 'fresh', errors: { 1: { status: 404, message: 'Not here' } } })
    const made = Array.from({ length: 9 }, () => 0)
    const options = made.map((_, index) => ({
      catalog: fresh,
      i18n: { t: () => '', exists: () => false, on: () => made[index]!++, language: 'en' } as unknown as I18n,
      logger: { error: () => {} },
    }))
    /** Those of which something was made anew. */
    const madeOf = (...asked: readonly number[]): readonly number[] => {
      const before = [...made]
      for (const index of asked) describeError(fresh.errors[1](), { ...options[index] })
      return [...made.keys()].filter((index) => made[index] !== before[index])
    }
    const first = [0, 1, 2, 3, 4, 5, 6, 7]
    expect(madeOf(...first)).toEqual(first)
    expect(madeOf(...first)).toEqual([])
    expect(madeOf(8, 1, 2, 3, 4, 5, 6, 7)).toEqual([8])
    expect(madeOf(0)).toEqual([0])
  })

  test('takes no broken data for the body of a request, where there is none', () => {
    let broken: unknown
    try {
      inflateSync(Buffer.from('no zlib'))
    } catch (error) {
      broken = error
    }
    expect(broken).toMatchObject({ code: 'Z_DATA_ERROR' })
    expect(describeError(broken).code).toBe(500)
  })
})
