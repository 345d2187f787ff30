import { createInstance, type FormatterModule, type i18n as I18n } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { answersTo, errorHeaders, everywhere } from '../../support/answers.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { status: 409, message: 'Back on {{when}}' },
    FEW_LEFT: { status: 409, message: '{{left}} left, for {{price}}' },
  },
})

const CHRISTMAS = new Date('2026-12-24T18:30:00.000Z')

type Params = Readonly<Record<string, unknown>>

/** What a client that wants German gets of an error whose German text is `message`. */
async function answers(message: string, params: Params, options: HandlerOptions = {}): Promise<unknown> {
  const catalog = 'when' in params ? 'SOLD_OUT' : 'FEW_LEFT'
  return answersTo(
    () => {
      throw shop.errors[catalog]({ params: params as never })
    },
    { catalog: shop, locales: { de: { shop: { [catalog]: { message } } } }, ...options },
    { headers: { 'Accept-Language': 'de' } },
  )
}

function said(code: string, message: string, more: object = {}): unknown {
  return everywhere({ status: 409, headers: errorHeaders('de'), body: { code, message, ...more } })
}

/** An app's instance, whose German text of SOLD_OUT is `message`. */
async function instanceWith(message: string, formatter?: FormatterModule): Promise<I18n> {
  const i18n = createInstance()
  if (formatter !== undefined) i18n.use(formatter)
  await i18n.init({ lng: 'de', resources: { de: { shop: { SOLD_OUT: { message } } } } })
  return i18n
}

const DAY = { timeZone: 'UTC', dateStyle: 'long' } as const

describe('a time that is thrown as a Date', () => {
  const texts: readonly (readonly [text: string, message: string])[] = [
    ['Ab {{when}}', 'Ab 2026-12-24T18:30:00.000Z'],
    ['Ab {{- when }}', 'Ab 2026-12-24T18:30:00.000Z'],
    ['Ab {{when, datetime(dateStyle: long; timeZone: UTC)}}', 'Ab 24. Dezember 2026'],
    ['{{when, datetime(month: long; timeZone: UTC)}}: {{when}}', 'Dezember: 2026-12-24T18:30:00.000Z'],
    ['Ab {{when, nobodys}}', 'Ab 2026-12-24T18:30:00.000Z'],
    ['Ab {{when, datetime(timeZone: Nowhere)}}', 'Ab 2026-12-24T18:30:00.000Z'],
    ['Ab {{when, number}}', 'Ab …'],
  ]
  for (const [text, message] of texts) {
    test(`is "${message}" in a text that is "${text}"`, async () => {
      expect(await answers(text, { when: CHRISTMAS })).toEqual(said('SOLD_OUT', message))
    })
  }

  test("is one for a format of the app's", async () => {
    const i18n = await instanceWith('Ab {{when, shortDate}}, {{when, kind}}, {{when, broken}}')
    i18n.services.formatter!.add('shortDate', (value, lng) =>
      new Intl.DateTimeFormat(lng, DAY).format(value as Date),
    )
    i18n.services.formatter!.addCached(
      'kind',
      () => (value: unknown) => String(value instanceof Date && value.getTime() === CHRISTMAS.getTime()),
    )
    i18n.services.formatter!.add('broken', () => {
      throw new Error('not today')
    })
    expect(await answers('', { when: CHRISTMAS }, { i18n, locales: undefined })).toEqual(
      said('SOLD_OUT', 'Ab 24. Dezember 2026, true, 2026-12-24T18:30:00.000Z'),
    )
  })

  test("is one for the app's own formatter, as i18next's documentation writes it", async () => {
    const formatter: FormatterModule = {
      type: 'formatter',
      init() {},
      add() {},
      addCached() {},
      format(value: unknown, format, lng) {
        if (format === 'uppercase') return String(value).toUpperCase()
        return value instanceof Date
          ? new Intl.DateTimeFormat(lng, { ...DAY, dateStyle: format as 'short' }).format(value)
          : String(value)
      },
    }
    const i18n = await instanceWith('{{when, uppercase}}: {{when, short}} / {{when, medium}}', formatter)
    expect(await answers('', { when: CHRISTMAS }, { i18n, locales: undefined })).toEqual(
      said('SOLD_OUT', '2026-12-24T18:30:00.000Z: 24.12.26 / 24.12.2026'),
    )
  })

  test('is ISO text where params are told', async () => {
    const told = await answers(
      'Ab {{when, datetime(month: long; timeZone: UTC)}}',
      { when: CHRISTMAS },
      {
        reveal: { params: true },
      },
    )
    expect(told).toEqual(said('SOLD_OUT', 'Ab Dezember', { params: { when: '2026-12-24T18:30:00.000Z' } }))
  })

  test.each([
    ['2026-12-24T18:30:00.000Z', 'Ab 24. Dezember 2026'],
    ['2026-12-24', 'Ab …'],
    ['2026-02-30T00:00:00.000Z', 'Ab …'],
    [new Date(Number.NaN), 'Ab …'],
    [CHRISTMAS.getTime(), 'Ab 24. Dezember 2026'],
    [undefined, 'Ab …'],
  ])('may be given as %s', async (when, message) => {
    expect(await answers('Ab {{when, datetime(dateStyle: long; timeZone: UTC)}}', { when })).toEqual(
      said('SOLD_OUT', message),
    )
  })
})

describe('a number', () => {
  test.each([
    [{ left: 1234.5, price: 9.9 }, '1.234,5 für 9,90\u00A0€'],
    [{ left: 12_345_678_901_234_567_890n, price: '9.9' }, '12.345.678.901.234.567.890 für 9,90\u00A0€'],
    [{ left: 'viele', price: 0 }, '… für 0,00\u00A0€'],
  ])('of %o is formatted as "%s"', async (params, message) => {
    expect(await answers('{{left, number}} für {{price, currency(EUR)}}', params)).toEqual(
      said('FEW_LEFT', message),
    )
  })
})

describe("a format in the catalog's own text", () => {
  const LONG = 'datetime(dateStyle: long; timeZone: UTC)'
  const texts: readonly (readonly [language: string, text: string, message: string])[] = [
    ['en', `Back on {{when, ${LONG}}}`, 'Back on December 24, 2026'],
    [
      'de',
      `{{left, number}} ab {{when, ${LONG}}}: {{when}}`,
      '1.234,5 ab 24. Dezember 2026: 2026-12-24T18:30:00.000Z',
    ],
    ['fr', '{{left, number}} fois {{left}}', '1\u202F234,5 fois 1234.5'],
    ['he', '{{left, number}}', '\u20681,234.5\u2069'],
    ['en', '{{left, nobodys}}', '1234.5'],
    ['en', '{{when, number}}', '…'],
    ['en', '{{count, number}} of {{left}}', '5,000 of 1234.5'],
  ]
  test.each(texts)('is used in %s: %s', async (locale, message, shown) => {
    const own = defineCatalog({
      name: 'own',
      sourceLocale: locale,
      errors: { LEFT: { status: 409, message, title: message } },
    })
    const params = { when: CHRISTMAS, left: 1234.5, count: 5000 }
    const fail = (): never => {
      throw Reflect.construct(own.BizError, ['LEFT', { params }])
    }
    const body = { code: 'LEFT', message: shown }
    expect(await answersTo(fail, { catalog: own })).toEqual(
      everywhere({ status: 409, headers: errorHeaders(locale), body }),
    )
  })

  test('is used where a language lacks the text', async () => {
    const fail = (): never => {
      throw prices.errors.UP({ params: { left: 1000, price: 2 } })
    }
    const answers = answersTo(fail, { catalog: prices }, { headers: { 'Accept-Language': 'de' } })
    const body = { code: 'UP', message: '1,000 for €2.00' }
    expect(await answers).toEqual(everywhere({ status: 409, headers: errorHeaders('en'), body }))
  })
})

const prices = defineCatalog({
  name: 'prices',
  errors: {
    UP: { status: 409, message: '{{left, number}} for {{price, currency(EUR)}}' },
    DOWN: { status: 409, message: 'Down' },
  },
  locales: { de: { prices: { DOWN: { message: 'Billiger' } } } },
})
