import { createInstance, type InitOptions } from 'i18next'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { status: 409, message: 'Only {{left}} of {{product}} left' },
    FEW: { status: 409, message: '{{count}} of {{product}} left' },
    GONE: { status: 409, message: 'Gone' },
  },
})
type Key = 'SOLD_OUT' | 'FEW' | 'GONE'

const PARAMS = { SOLD_OUT: { left: 3, product: 'tea' }, FEW: { count: 1, product: 'tea' }, GONE: {} }

/** Expects a message on all frameworks, and what each of them has warned of after two requests. */
async function expectAnswer(
  key: Key,
  options: Pick<HandlerOptions, 'locales' | 'i18n'>,
  [locale, message]: readonly [locale: string, message: string],
  warnings: readonly string[],
  wanted = 'de',
): Promise<void> {
  const warned: string[] = []
  const logger = { error: () => {}, warn: (_record: object, text: string) => void warned.push(text) }
  const route = (): never => {
    throw Reflect.construct(shop.BizError, [key, { params: PARAMS[key] }])
  }
  const request = { headers: { 'Accept-Language': wanted }, before: 1 }
  const answers = await answersOn(frameworks, request, { '/': route }, { catalog: shop, logger, ...options })
  expect(answers).toEqual(
    everywhere({ status: 409, headers: errorHeaders(locale), body: { code: key, message } }),
  )
  expect(warned.sort()).toEqual(warnings.flatMap((warning) => frameworks.map(() => warning)).sort())
}

function german(key: Key, texts: object | string): Pick<HandlerOptions, 'locales'> {
  return { locales: { de: { shop: { [key]: texts } } } }
}

function notUsed(key: Key, why: string, locale = 'de'): string {
  return `The message of error ${key} in ${locale}/shop ${why}`
}

const OF_SOLD_OUT = "and was not used. Write those of the catalog's text: {{left}}, {{product}}."
const ENGLISH = ['en', 'Only 3 of tea left'] as const

describe('a translation whose placeholders differ from those of the catalog', () => {
  test.each([
    ['Noch {{lfet}} von {{product}}', 'has {{lfet}} and lacks {{left}}, '],
    ['Noch {{left}} von {{product}} bei {{shop}}', 'has {{shop}}, '],
    [
      'Noch {{left}} von {{ Product, uppercase }} {{- x}} {{x}}',
      'has {{Product}}, {{x}} and lacks {{product}}, ',
    ],
    ['Noch {{left}}', 'lacks {{product}}, '],
    ['Nichts mehr', 'lacks {{left}}, {{product}}, '],
    ['Noch {{left}} von {{product.name}}', 'has {{product.name}} and lacks {{product}}, '],
    ['Noch {{left}} von {{toString}}', 'has {{toString}} and lacks {{product}}, '],
    ['Noch {left} von %{product}', 'lacks {{left}}, {{product}}, '],
    ['Noch {{left}} von {{product', 'lacks {{product}}, '],
  ])('is not sent, which is said once: %s', async (message, why) => {
    await expectAnswer('SOLD_OUT', german('SOLD_OUT', { message }), ENGLISH, [
      notUsed('SOLD_OUT', why + OF_SOLD_OUT),
    ])
  })

  test('is not sent of a text that has none', async () => {
    await expectAnswer(
      'GONE',
      german('GONE', 'Weg mit {{left}}'),
      ['en', 'Gone'],
      [notUsed('GONE', "has {{left}}, and was not used. Write none: the catalog's text has none.")],
    )
  })

  test('is not sent in any other field either', async () => {
    const problems = defineCatalog({
      name: 'problems',
      envelope: 'problem',
      errors: {
        GONE: { status: 409, message: 'Gone with {{product}}', title: 'Gone', action: 'Take {{product}}' },
      },
    })
    const locales = {
      de: {
        problems: { GONE: { message: 'Weg mit {{product}}', title: 'Ohne {{prodcut}}', action: 'Nimm' } },
      },
    }
    const warned: string[] = []
    const logger = { error: () => {}, warn: (_record: object, text: string) => void warned.push(text) }
    const route = (): never => {
      throw problems.errors.GONE({ params: { product: 'tea' } })
    }
    const request = { headers: { 'Accept-Language': 'de', 'X-Request-ID': 'r-1' } }
    const body = {
      type: 'about:blank',
      title: 'Gone',
      detail: 'Weg mit tea',
      status: 409,
      code: 'GONE',
      action: 'Take tea',
      request_id: 'r-1',
    }
    const headers = errorHeaders('de', { 'content-type': 'application/problem+json' })
    expect(
      await answersOn(frameworks, request, { '/': route }, { catalog: problems, logger, locales }),
    ).toEqual(everywhere({ status: 409, headers, body }))
    const write = "and was not used. Write those of the catalog's text: {{product}}."
    expect([...new Set(warned)].sort()).toEqual([
      `The action of error GONE in de/problems lacks {{product}}, ${write}`,
      `The title of error GONE in de/problems has {{prodcut}}, ${write}`,
    ])
  })

  test('leaves its place to the next source that has the language', async () => {
    const own = defineCatalog({
      name: 'own',
      errors: { GONE: { status: 409, message: 'Gone' } },
      locales: { de: { own: { GONE: 'Weg' } } },
    })
    const locales = { de: { own: { GONE: 'Weg mit {{left}}' } } }
    const route = (): never => {
      throw own.errors.GONE()
    }
    const request = { headers: { 'Accept-Language': 'de' } }
    expect(await answersOn(frameworks, request, { '/': route }, { catalog: own, locales })).toEqual(
      everywhere({ status: 409, headers: errorHeaders('de'), body: { code: 'GONE', message: 'Weg' } }),
    )
  })

  test('may leave some out in the language of the catalog', async () => {
    const locales = { en: { shop: { SOLD_OUT: 'Only {{left}} left' } }, de: { shop: {} } }
    await expectAnswer('SOLD_OUT', { locales }, ['en', 'Only 3 left'], [], 'en')
    const strange = { en: { shop: { SOLD_OUT: 'Only {{lfet}} left' } } }
    const warning = notUsed('SOLD_OUT', `has {{lfet}}, ${OF_SOLD_OUT}`, 'en')
    await expectAnswer('SOLD_OUT', { locales: strange }, ENGLISH, [warning], 'en')
  })

  test.each([
    [{ message: '{{product}} fehlt bald' }, '{{product}} fehlt bald'],
    [{ message_one: 'Nur noch einer', message_other: '{{count}} {{product}}' }, 'Nur noch einer'],
    [{ message_other: '{{product}} fehlt bald' }, '{{product}} fehlt bald'],
    [{ message_other: '{{product, uppercase}}: {{ count, number }}' }, '{{product}}: 1'],
  ])('are no others in %j', async (texts, message) => {
    await expectAnswer('FEW', german('FEW', texts), ['de', message.replace('{{product}}', 'tea')], [])
  })

  test('are others in the form that all numbers may take', async () => {
    await expectAnswer(
      'FEW',
      german('FEW', { message_other: 'Noch {{count}}' }),
      ['en', '1 of tea left'],
      [
        notUsed(
          'FEW',
          "lacks {{product}}, and was not used. Write those of the catalog's text: {{count}}, {{product}}.",
        ),
      ],
    )
  })
})

describe("the placeholders of the app's i18next", () => {
  test.each<readonly [what: string, interpolation: InitOptions['interpolation'], good: string, bad: string]>([
    [
      'that begin and end otherwise',
      { prefix: '${', suffix: '}' },
      'Noch ${left} von ${ product }',
      'Noch ${left} von ${prodcut}',
    ],
    [
      'that have another separator of formats',
      { prefix: '[[', suffix: ']]', formatSeparator: '|' },
      'Noch [[left]] von [[product | lowercase]]',
      'Noch [[left]] von [[prodcut]]',
    ],
    [
      'that it fills in itself',
      { defaultVariables: { brand: { name: 'Laden' } } },
      'Noch {{left}} von {{product}}',
      'Noch {{left}} von {{brand.name}}',
    ],
  ])('%s are compared', async (_what, interpolation, good, bad) => {
    const i18n = createInstance()
    const resources = { de: { shop: { SOLD_OUT: good } } }
    await i18n.init({ lng: 'en', resources, ...(interpolation && { interpolation }) })
    await expectAnswer('SOLD_OUT', { i18n }, ['de', 'Noch 3 von tea'], [])
    i18n.addResource('de', 'shop', 'SOLD_OUT', bad)
    const write = (name: string): string =>
      good.includes('$') ? `\${${name}}` : good.includes('[') ? `[[${name}]]` : `{{${name}}}`
    const has = bad.includes('brand') ? '' : `has ${write('prodcut')} and `
    await expectAnswer('SOLD_OUT', { i18n }, ENGLISH, [
      notUsed(
        'SOLD_OUT',
        `${has}lacks ${write('product')}, and was not used. Write those of the catalog's text: ${write('left')}, ${write('product')}.`,
      ),
    ])
  })

  test('that it fills in itself may stand beside those of the catalog', async () => {
    const i18n = createInstance()
    const SOLD_OUT = '{{brand.name}}: noch {{left}} von {{product}}'
    const interpolation = { defaultVariables: { brand: { name: 'Laden' } } }
    await i18n.init({ lng: 'en', interpolation, resources: { de: { shop: { SOLD_OUT } } } })
    await expectAnswer('SOLD_OUT', { i18n }, ['de', 'Laden: noch 3 von tea'], [])
  })
})
