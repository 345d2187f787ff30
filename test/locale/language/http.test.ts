import { expect, test } from 'vitest'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { errorHeaders, everywhere } from '../../support/answers.ts'
import { frameworks } from '../../support/frameworks.ts'
import { answersOn } from '../../support/stacks.ts'

const HELD = 'de en-GB es es-419 nb pt-BR pt-PT zh-CN zh-HK'.split(' ')

const tongues = defineCatalog({
  name: 'tongues',
  errors: { TAKEN: { status: 409, message: 'in en' } },
  locales: Object.fromEntries(
    HELD.map((locale) => [locale, { tongues: { TAKEN: { message: `in ${locale}` } } }]),
  ),
})

const rows: readonly (readonly [acceptLanguage: string, locale: string])[] = [
  ['es-MX', 'es-419'],
  ['es-ES', 'es'],
  ['en-AU', 'en-GB'],
  ['en-US', 'en'],
  ['pt-AO', 'pt-PT'],
  ['pt_BR', 'pt-BR'],
  ['zh-MO', 'zh-HK'],
  ['zh_TW', 'zh-HK'],
  ['nn', 'nb'],
  ['gsw, fr;q=0.8', 'de'],
  ['gsw, es;q=0.8', 'es'],
  ['yue', 'zh-HK'],
  ['lb-LU, *;q=0.1', 'de'],
  ['fr', 'en'],
]

test.each(rows)('a client that wants %s is answered in %s', async (acceptLanguage, locale) => {
  const route = (): never => {
    throw tongues.errors.TAKEN()
  }
  const request = { headers: { 'Accept-Language': acceptLanguage } }
  expect(await answersOn(frameworks, request, { '/': route }, { catalog: tongues })).toEqual(
    everywhere({
      status: 409,
      headers: errorHeaders(locale),
      body: { code: 'TAKEN', message: `in ${locale}` },
    }),
  )
})
