import { createInstance, type InitOptions, type ReadCallback } from 'i18next'
import { expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen } from '../support/frameworks.ts'

const errors = {
  GONE: { status: 410, message: 'Gone' },
  LEFT: { status: 409, message: 'Only {{left}} left' },
} as const
const shop = defineCatalog({ name: 'shop', errors })

function gone(): never {
  throw shop.errors.GONE()
}

function left(): never {
  throw shop.errors.LEFT({ params: { left: 3 } })
}

/** Each framework's warnings of three errors, of which each wants German. */
async function warningsOf(fail: () => never, optionsOf: () => Promise<HandlerOptions>): Promise<unknown[]> {
  return Promise.all(
    frameworks.map(async ({ listener }) => {
      const warnings: string[] = []
      const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
      const options = { catalog: shop, logger, ...(await optionsOf()) }
      const { port, server } = await listen(listener({ options, routes: { '/': fail } }))
      try {
        for (let each = 0; each < 3; each++) {
          await fetch(`http://127.0.0.1:${port}/`, { headers: { 'Accept-Language': 'de' } })
        }
      } finally {
        server.close()
      }
      return warnings
    }),
  )
}

function onEach(warnings: readonly string[]): unknown {
  return frameworks.map(() => warnings)
}

/** An instance that adds a text whenever the language of an answer is chosen, as `saveMissing` of i18next does. */
async function changing(init: InitOptions): Promise<HandlerOptions> {
  const i18n = createInstance()
  await i18n.init(init)
  let added = 0
  return {
    i18n,
    locale: () => {
      i18n.addResource('de', 'pages', `missing ${added++}`, 'x')
      return undefined
    },
  }
}

test('a gap is told once, however often the app changes its texts', async () => {
  const resources = { de: { shop: { LEFT: 'Noch {{left}}' } } }
  expect(await warningsOf(gone, () => changing({ resources }))).toEqual(
    onEach(['de/shop has no message for error GONE; the one in en is sent']),
  )
})

test('a text that is not used is told once, however often the app changes its texts', async () => {
  const resources = { de: { shop: { GONE: 'Weg', LEFT: 'Noch {{lfet}}' } } }
  expect(await warningsOf(left, () => changing({ resources }))).toEqual(
    onEach([
      "The message of error LEFT in de/shop has {{lfet}} and lacks {{left}}, and was not used. Write those of the catalog's text: {{left}}.",
    ]),
  )
})

test.each([
  [
    'that cannot be used',
    { nowhere: { late: {} } },
    'The locales of catalog late cannot be used: SetupError: Catalog late, locales holds the language "nowhere", which no client can ask for. Use BCP 47 tags such as \'zh-CN\'.',
  ],
  [
    'of which a text cannot be used',
    { de: { late: { LATE: { mesage: 'Spät' } } }, fr: { late: { LATE: 'Tard' } } },
    'Catalog late, locales, de.late, LATE holds "mesage". Did you mean message?',
  ],
])('locales of a catalog %s are told once, as well', async (_, locales, warning) => {
  const late = defineCatalog({ name: 'late', errors: { LATE: { status: 409, message: 'Late' } }, locales })
  const fail = (): never => {
    throw late.errors.LATE()
  }
  const told = await warningsOf(fail, () => changing({ resources: { de: { shop: { GONE: 'Weg' } } } }))
  for (const warnings of told as string[][]) {
    expect(warnings.filter((each) => /^(?:The locales of c|C)atalog late/.test(each))).toEqual([warning])
    expect(new Set(warnings).size).toBe(warnings.length)
  }
})

test('that errors are answered before the texts are there is told once', async () => {
  const i18n = createInstance()
  let loaded: ReadCallback | undefined
  i18n.use({
    type: 'backend',
    read: (_language: string, _namespace: string, done: ReadCallback) => void (loaded = done),
  })
  const ready = i18n.init({ lng: 'de', ns: ['shop'], fallbackLng: false })
  const waiting =
    'An error was answered before the i18next instance of option i18n was initialized, without its texts. Wait for init() before the server listens'
  expect(await warningsOf(gone, async () => ({ i18n }))).toEqual(onEach([waiting]))
  loaded?.(null, { GONE: 'Weg' })
  await ready
  expect(await warningsOf(gone, async () => ({ i18n }))).toEqual(onEach([]))
})
