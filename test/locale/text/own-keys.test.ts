import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInstance, type i18n as I18n, type InitOptions } from 'i18next'
import Icu from 'i18next-icu'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { describeError } from '../../../src/handler/describe-error.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    NOT_FOUND: { status: 404, message: 'Not found', title: 'Missing' },
    SOLD_OUT: { status: 409, message: 'Only {{left}} left' },
    FEW: { status: 409, message: '{{count}} left' },
  },
  locales: { fr: { shop: { NOT_FOUND: 'Introuvable' } } },
})

const thrown = {
  NOT_FOUND: (): Error => shop.errors.NOT_FOUND(),
  SOLD_OUT: (): Error => shop.errors.SOLD_OUT({ params: { left: 3 } }),
  FEW: (): Error => shop.errors.FEW({ params: { count: 1 } }),
}
type Key = keyof typeof thrown

type Texts = Pick<HandlerOptions, 'locales' | 'i18n' | 'i18nKey'>

/** Expects a message on all frameworks, and what each of them has warned of after two requests. */
async function expectAnswer(
  key: Key,
  texts: Texts,
  [locale, message]: readonly [locale: string, message: string],
  warnings: readonly unknown[] = [],
): Promise<void> {
  const warned: string[] = []
  const logger = { error: () => {}, warn: (_record: object, text: string) => void warned.push(text) }
  const route = (): never => {
    throw thrown[key]()
  }
  const request = { headers: { 'Accept-Language': 'de' }, before: 1 }
  const answers = await answersOn(frameworks, request, { '/': route }, { catalog: shop, logger, ...texts })
  const { status } = shop.get(key)!
  expect(answers).toEqual(everywhere({ status, headers: errorHeaders(locale), body: { code: key, message } }))
  expect(warned).toEqual(warnings.flatMap((warning) => frameworks.map(() => warning)))
}

async function app(resources: Readonly<Record<string, object>>, more: InitOptions = {}): Promise<I18n> {
  const i18n = createInstance()
  await i18n.init({ lng: 'en', resources: { de: resources }, ...more } as InitOptions)
  return i18n
}

const logger = { error: () => {}, warn: () => {} }

const snake: NonNullable<HandlerOptions['i18nKey']> = (entry) =>
  `errors:api.${String(entry.key).toLowerCase()}`

describe('a key of the app', () => {
  test.each<readonly [what: string, resources: Readonly<Record<string, object>>, more: InitOptions, i18nKey: (key: string) => unknown]>([
    ['with a namespace', { errors: { api: { not_found: 'Weg' } } }, {}, (key) => `errors:api.${key}`],
    ['with a namespace, flat', { errors: { 'api.not_found': 'Weg' } }, {}, (key) => `errors:api.${key}`],
    ['of fields', { errors: { api: { not_found: { message: 'Weg' } } } }, {}, (key) => `errors:api.${key}`],
    ['in the default namespace', { translation: { not_found: 'Weg' } }, {}, (key) => key],
    ['in a default namespace of its own', { app: { not_found: 'Weg' } }, { ns: ['app'], defaultNS: 'app' }, (key) => key],
    ['in the namespace for all others', { common: { not_found: 'Weg' } }, { fallbackNS: ['x', 'common'] }, (key) => key],
    ['in the namespace of the catalog', { shop: { api: { not_found: 'Weg' } } }, {}, (key) => `api.${key}`],
    ['with separators of its own', { errors: { api: { not_found: 'Weg' } } }, { keySeparator: '/', nsSeparator: '|' }, (key) => `errors|api/${key}`],
    ['without separators', { translation: { 'errors:not_found': 'Weg' } }, { keySeparator: false, nsSeparator: false }, (key) => `errors:${key}`],
    ['that is a sentence', { translation: { 'Error: not_found.': 'Weg' } }, {}, (key) => `Error: ${key}.`],
    ['that is undefined, for ours', { shop: { NOT_FOUND: 'Weg' } }, {}, () => undefined],
    ['that has no text, for ours', { shop: { NOT_FOUND: { message: 'Weg' } } }, {}, (key) => `errors:${key}`],
  ])('%s is found', async (_what, resources, more, keyOf) => {
    const i18nKey = ((entry) => keyOf(String(entry.key).toLowerCase())) as NonNullable<HandlerOptions['i18nKey']>
    await expectAnswer('NOT_FOUND', { i18n: await app(resources, more), i18nKey }, ['de', 'Weg'])
    // Without a namespace of its own, those of locales are the catalog's.
    if (!('translation' in resources || 'app' in resources || 'common' in resources) && more.keySeparator === undefined) {
      await expectAnswer('NOT_FOUND', { locales: { de: resources }, i18nKey }, ['de', 'Weg'])
    }
  }) // prettier-ignore

  test('names files, too', async () => {
    const root = mkdtempSync(join(tmpdir(), 'own-keys-'))
    mkdirSync(join(root, 'de'))
    writeFileSync(join(root, 'de', 'errors.json'), '{"api": {"not_found": "Weg"}}')
    await expectAnswer('NOT_FOUND', { locales: root, i18nKey: snake }, ['de', 'Weg'])
    rmSync(root, { recursive: true })
  })

  test('has plural forms, params and the syntax of a plugin', async () => {
    const texts = {
      errors: { api: { few_one: 'Nur eines', few_other: '{{count}}', sold_out: 'Noch {{left}}' } },
    }
    await expectAnswer('FEW', { i18n: await app(texts), i18nKey: snake }, ['de', 'Nur eines'])
    await expectAnswer('SOLD_OUT', { i18n: await app(texts), i18nKey: snake }, ['de', 'Noch 3'])
    const i18n = createInstance()
    const errors = { api: { few: '{count, plural, one {Nur eines} other {#}}' } }
    await i18n.use(Icu).init({ lng: 'de', ns: ['errors'], resources: { de: { errors } } })
    await expectAnswer('FEW', { i18n, i18nKey: snake }, ['de', 'Nur eines'])
  })

  test('is named where its text cannot be used', async () => {
    const i18n = await app({ errors: { api: { sold_out: 'Noch {{lfet}}' } } })
    await expectAnswer(
      'SOLD_OUT',
      { i18n, i18nKey: snake },
      ['en', 'Only 3 left'],
      [
        "The message of error SOLD_OUT in de/shop (errors:api.sold_out) has {{lfet}} and lacks {{left}}, and was not used. Write those of the catalog's text: {{left}}.",
      ],
    )
  })

  test('is the message alone, where all fields have the same', async () => {
    const i18n = await app({ errors: { api: { not_found: 'Weg' } } })
    const options = { catalog: shop, i18n, logger, locale: 'de' }
    const title = (i18nKey: NonNullable<HandlerOptions['i18nKey']>): string | undefined =>
      describeError(thrown.NOT_FOUND(), { ...options, i18nKey }).title
    expect([
      title(snake),
      title((_entry, field) => (field === 'title' ? 'errors:api.not_found' : undefined)),
    ]).toEqual(['Missing', 'Weg'])
  })

  test("is not that of the catalog's own translations, nor of ours", async () => {
    const i18n = await app({ errors: {} })
    const options = { catalog: shop, i18n, logger, i18nKey: () => 'shop:not_found.message' }
    const said = [thrown.NOT_FOUND(), Object.assign(new Error('x'), { status: 410 })].map(
      (error) => describeError(error, { ...options, locale: 'fr' }).message,
    )
    expect(said).toEqual(['Introuvable', 'La ressource n’est plus disponible'])
  })

  test('is asked for once for each error and field, also for plural forms', async () => {
    const asked: string[] = []
    const i18n = await app({ errors: { api: { few_one: 'Nur eines', few_other: '{{count}}' } } })
    const i18nKey: HandlerOptions['i18nKey'] = (entry, field) => {
      asked.push(`${entry.key} ${field}`)
      return snake(entry, field)
    }
    const options = { catalog: shop, i18n, logger, i18nKey }
    for (const locale of ['de', 'fr', 'de', 'en', 'de']) {
      for (const make of Object.values(thrown)) describeError(make(), { ...options, locale })
    }
    expect(asked.sort()).toEqual([...new Set(asked)])
    expect(asked.filter((each) => each.startsWith('FEW'))).toEqual([
      'FEW action',
      'FEW description',
      'FEW message',
      'FEW title',
    ])
  })

  test.each<readonly [what: string, i18nKey: () => unknown, fault: string]>([
    ['a number', () => 7, 'returned 7'],
    ['null', () => null, 'returned null'],
    ['an empty text', () => ' ', 'returned " "'],
    ['a promise', () => Promise.reject(new Error('x')), 'returned an object'],
    ['what is no key', () => 'x'.repeat(5000), 'returned '],
    ['a throw', () => { throw new Error('x') }, 'threw'],
  ])('that is %s is told once, and the text is where it usually is', async (_what, i18nKey, fault) => {
    const texts = { locales: { de: { shop: { NOT_FOUND: 'Weg' } } }, i18nKey: i18nKey as () => string }
    const start = `Option i18nKey ${fault}`
    await expectAnswer('NOT_FOUND', texts, ['de', 'Weg'], [
      expect.stringMatching(
        new RegExp(
          `^${start}.* for the message of error NOT_FOUND\\. Return a key such as 'errors:not_found', or undefined$`,
        ),
      ),
    ])
  }) // prettier-ignore

  test('that leads to no text at all is told', async () => {
    await expectAnswer(
      'NOT_FOUND',
      { i18n: await app({ errors: {} }), i18nKey: snake },
      ['en', 'Not found'],
      [
        'Option i18n holds no texts of catalog shop: none at the keys that i18nKey returns. Return keys as your own code has them',
        'de/shop has no message for error NOT_FOUND; the one in en is sent',
      ],
    )
  })

  test('may be named by an instance that is initialized later', async () => {
    const i18n = createInstance()
    const logger = { error: () => {} }
    const options = { catalog: shop, i18n, i18nKey: snake, locale: 'de', logger }
    const before = describeError(thrown.NOT_FOUND(), options).message
    await i18n.init({ lng: 'en', resources: { de: { errors: { api: { not_found: 'Weg' } } } } })
    expect([before, describeError(thrown.NOT_FOUND(), options).message]).toEqual(['Not found', 'Weg'])
  })
})
