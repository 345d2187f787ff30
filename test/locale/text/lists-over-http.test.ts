import { Ajv } from 'ajv'
import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import type { Locales } from '../../../src/catalog/catalog.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { describeError } from '../../../src/handler/describe-error.ts'
import type { HandlerOptions } from '../../../src/handler/options.ts'
import { answersTo, errorHeaders, everywhere } from '../../support/answers.ts'

const users = defineCatalog({
  name: 'users',
  errors: { INVALID: { status: 400, message: 'Check it' } },
  foreign: { byCondition: { 'validation-failed': 'INVALID' } },
})

type Throw = () => never

/** Fails as a route does that validates by a schema of ajv's. */
function validating(...types: readonly string[]): Throw {
  const ajv = new Ajv({ allowUnionTypes: true })
  const validate = ajv.compile({ type: 'object', properties: { name: { type: types } } })
  return () => {
    validate({ name: [] })
    throw new Ajv.ValidationError(validate.errors!)
  }
}

function throwing(expected: string): Throw {
  return () => {
    throw users.errors.INVALID({ fields: [{ path: 'name', code: 'invalid_type', params: { expected } }] })
  }
}

/** Texts of the catalog in one language, and of the fields where ours are not in it. */
function textsIn(locale: string, expected?: string): Locales {
  const fields = expected === undefined ? undefined : { fields: { invalid_type: { message: expected } } }
  return { [locale]: { users: { INVALID: { message: 'Check it' } }, ...fields } }
}

function answers(fail: Throw, locale: string, options: HandlerOptions): Promise<unknown> {
  return answersTo(fail, { catalog: users, ...options }, { headers: { 'Accept-Language': locale } })
}

/** The answer in which the one field is told so. */
function said(locale: string, message: string, expected: string): unknown {
  const fields = [{ path: 'name', code: 'invalid_type', message, params: { expected } }]
  return everywhere({
    status: 400,
    headers: errorHeaders(locale),
    body: { code: 'INVALID', message: 'Check it', details: { fields } },
  })
}

describe('several types', () => {
  test.each([
    ['en', 'Wrong type; expected: string, number or null'],
    ['en-GB', 'Wrong type; expected: string, number or null'],
    ['de', 'Falscher Typ; erwartet: string, number oder null'],
    ['ja', '型が正しくありません（必要な型：string、number、またはnull）。'],
    ['zh-TW', expect.stringContaining('string、number或null')],
    ['fr', expect.stringContaining('string, number ou null')],
    ['es', expect.stringContaining('string, number o null')],
  ])('are alternatives in %s', async (locale, message) => {
    const fields = locale === 'en-GB' ? 'Wrong type; expected: {{expected}}' : undefined
    const options = { locales: textsIn(locale, fields) }
    expect(await answers(validating('string', 'number', 'null'), locale, options)).toEqual(
      said(locale, message, 'string, number, null'),
    )
  })

  test.each([
    ['{{expected}} :צפוי', '\u2068string\u2069 או \u2068null\u2069 :צפוי'],
    ['{{- expected}}', '\u2068string\u2069 או \u2068null\u2069'],
    ['{{expected, nobodys}}', '\u2068string\u2069 או \u2068null\u2069'],
  ])('are isolated one by one in a text from the right: %s', async (text, message) => {
    const options = { locales: textsIn('he', text) }
    expect(await answers(validating('string', 'null'), 'he', options)).toEqual(
      said('he', message, 'string, null'),
    )
  })

  test("are alternatives in the texts of an app's instance", async () => {
    const i18n = createInstance()
    await i18n.init({ resources: textsIn('de', 'Erwartet: {{expected}}') as never })
    expect(await answers(validating('string', 'null'), 'de', { i18n })).toEqual(
      said('de', 'Erwartet: string oder null', 'string, null'),
    )
  })

  test('follow English in a language that has no words for it', async () => {
    const options = { locales: textsIn('tlh', 'wej: {{expected}}') }
    expect(await answers(validating('string', 'null'), 'tlh', options)).toEqual(
      said('tlh', 'wej: string or null', 'string, null'),
    )
  })

  test.each([
    ['string, object', 'Tipo incorrecto; esperado: string u object'],
    ['string', 'Tipo incorrecto; esperado: string'],
    ['Euro, in cents', 'Tipo incorrecto; esperado: Euro, in cents'],
    ['string, ', 'Tipo incorrecto; esperado: string, '],
  ])('may be named by a throw: "%s"', async (expected, message) => {
    const options = { locales: textsIn('es', 'Tipo incorrecto; esperado: {{expected}}') }
    expect(await answers(throwing(expected), 'es', options)).toEqual(said('es', message, expected))
  })

  test('are alternatives where no response answers', () => {
    let error: unknown
    try {
      validating('string', 'null')()
    } catch (thrown) {
      error = thrown
    }
    const options = { catalog: users, locales: textsIn('de'), locale: 'de' }
    expect(describeError(error, options).details).toEqual({
      fields: [
        {
          path: 'name',
          code: 'invalid_type',
          message: 'Falscher Typ; erwartet: string oder null',
          params: { expected: 'string, null' },
        },
      ],
    })
  })
})
