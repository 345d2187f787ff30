import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { catalog as secrets, BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { describeError } from '../../src/handler/describe-error.ts'

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
      },
      {
        code: 500,
        status: 500,
        message: 'Interner Serverfehler',
        locale: 'de',
        retryable: false,
      },
      { code: 'invalid_path', status: 404, message: 'Path format violation', locale: 'en', retryable: false },
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
      },
      {
        code: 'rate_limited',
        status: 429,
        message: secrets.get('rate_limited').message,
        locale: 'en',
        retryable: true,
        retryAfter: 5,
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
