import { createInstance, type Resource } from 'i18next'
import { expect, test } from 'vitest'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: { GONE: { status: 410, message: 'Gone' }, 'cart.empty': { status: 409, message: 'Empty' } },
})

/** What clients of some languages are answered on every framework, and what each of their handlers warns of. */
async function answered(
  options: HandlerOptions,
  acceptLanguage: string,
): Promise<{ readonly answers: unknown; readonly warnings: readonly string[] }> {
  const warnings: string[] = []
  const logger = { error: () => {}, warn: (_: object, message: string) => void warnings.push(message) }
  const route = (): never => {
    throw shop.errors.GONE()
  }
  const request = { headers: { 'Accept-Language': acceptLanguage }, before: 2 }
  const answers = await answersOn(frameworks, request, { '/': route }, { catalog: shop, logger, ...options })
  return { answers, warnings: warnings.sort() }
}

function gone(locale: string, message: string): unknown {
  return everywhere({ status: 410, headers: errorHeaders(locale), body: { code: 'GONE', message } })
}

/** Each warning as often as there are frameworks. */
function each(...warnings: readonly string[]): readonly string[] {
  return warnings.flatMap((warning) => frameworks.map(() => warning)).sort()
}

async function appI18n(resources: Resource): Promise<ReturnType<typeof createInstance>> {
  const i18n = createInstance()
  await i18n.init({ resources })
  return i18n
}

const weg = { GONE: { message: 'Weg' } }

test.each([
  ['english', 'which no client can ask for. Rename it to "en"'],
  ['jp', 'which no client asks for: it is the code of a country, Japan. Rename it to "ja"'],
  ['de_AT.utf8', "which no client can ask for. Use BCP 47 tags such as 'zh-CN'"],
])("a language of the app's i18next that is called %s is told once", async (language, said) => {
  const i18n = await appI18n({ de: { shop: weg }, [language]: { shop: weg } })
  expect(await answered({ i18n }, 'de')).toEqual({
    answers: gone('de', 'Weg'),
    warnings: each(`Option i18n, ${language}.shop is in the language "${language}", ${said}.`),
  })
})

test("languages of i18next's own are not told", async () => {
  const i18n = await appI18n({ de: { shop: weg }, dev: { shop: weg }, cimode: { shop: weg } })
  expect(await answered({ i18n }, 'de')).toEqual({ answers: gone('de', 'Weg'), warnings: [] })
})

test("what stands in the app's i18next and cannot be used is told once", async () => {
  const i18n = await appI18n({ de: { shop: { GONE: { mesage: 'Weg' }, 'cart.empty': 'Leer' } } })
  expect(await answered({ i18n }, 'de')).toEqual({
    answers: gone('en', 'Gone'),
    warnings: each(
      'Option i18n, de.shop, GONE holds "mesage". Did you mean message?',
      'de/shop has no message for error GONE; the one in en is sent',
    ),
  })
})

test("a handler's locales may be our own texts alone", async () => {
  const locales = { de: { http: { 404: 'Nix da' } } }
  expect(await answered({ locales }, 'de')).toEqual({ answers: gone('en', 'Gone'), warnings: [] })
})

test('a nesting is told once, and sent as it stands', async () => {
  const resources = { de: { shop: { GONE: 'Weg: $t(more)' } } }
  const warning =
    'The message of error GONE in de/shop holds $t(…), which is not looked up: it is sent as it stands. Write out the text that it means.'
  const expected = { answers: gone('de', 'Weg: $t(more)'), warnings: each(warning) }
  expect(await answered({ locales: resources }, 'de')).toEqual(expected)
  expect(await answered({ i18n: await appI18n(resources) }, 'de')).toEqual(expected)
})

test('two names of one language may have a namespace each', async () => {
  const i18n = await appI18n({
    'zh-CN': { shop: { GONE: '已停售' } },
    zh_CN: { http: { 404: '没有' }, fields: {} },
  })
  expect(await answered({ i18n }, 'zh-CN')).toEqual({ answers: gone('zh-CN', '已停售'), warnings: [] })
})
