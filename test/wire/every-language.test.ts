import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldCode } from '../../src/catalog/field.ts'
import { FIELD_TEXTS, fieldEntry } from '../../src/catalog/field-texts.ts'
import { catalog as http } from '../../src/catalogs/http.ts'
import { byLocale, locales } from '../locales/texts.ts'
import { frameworks, isAskedFor, listen, type Route } from '../support/frameworks.ts'
import { exchange } from '../support/raw.ts'
import { standardAnswer } from '../support/standard-answer.ts'

// Every text that serves all apps, over the wire in every language: each status, and one answer with every fault of a field.

const BizError = http.BizError as unknown as new (status: number, options?: object) => Error
const statuses = Array.from(http, ({ status }) => status)
const fieldCodes = Object.keys(FIELD_TEXTS) as FieldCode[]

const LIMITS: Readonly<Record<string, string | number>> = {
  expected: 'string',
  format: 'hex',
  length: 4,
  max: 5,
  min: 3,
  step: 2,
}

function paramsOf(code: FieldCode): Readonly<Record<string, string | number>> {
  return Object.fromEntries(fieldEntry(code).params.map((name) => [name, LIMITS[name]!]))
}

const routes: Readonly<Record<string, Route>> = {
  ...Object.fromEntries(
    statuses.map((status) => [
      `/${status}`,
      () => {
        throw new BizError(status)
      },
    ]),
  ),
  '/fields': () => {
    throw new BizError(422, {
      fields: fieldCodes.map((code) => ({ path: code, code, params: paramsOf(code) })),
    })
  },
}
const paths = Object.keys(routes)

/** A text with its limits, each set apart from what is written around it where that runs from right to left (UAX #9). */
function filled(text: string, locale: string): string {
  const [open, close] = ['ar', 'he'].includes(locale) ? ['\u2068', '\u2069'] : ['', '']
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => `${open}${LIMITS[name]!}${close}`)
}

function expectedAnswer(path: string, locale: string): string {
  const texts = byLocale.get(locale)!
  const status = path === '/fields' ? 422 : Number(path.slice(1))
  const message = texts.get(`http.json/${status}/message`)!
  const fields = fieldCodes.map((code) => ({
    path: code,
    code,
    message: filled(texts.get(`fields.json/${code}/message`)!, locale),
    ...(fieldEntry(code).params.length > 0 && { params: paramsOf(code) }),
  }))
  const body = { code: status, message, ...(path === '/fields' && { details: { fields } }) }
  return standardAnswer(status, body, { locale, requestId: path.slice(1), isKept: path !== paths.at(-1) })
}

/** Asks for everything over one connection, each request sent before the answer to the last has come. */
async function askForAll(port: number, locale: string): Promise<readonly string[]> {
  const requests = paths.map((path) =>
    [
      `GET ${path} HTTP/1.1`,
      'Host: test',
      `Accept-Language: ${locale}`,
      `X-Request-ID: ${path.slice(1)}`,
      `Connection: ${path === paths.at(-1) ? 'close' : 'keep-alive'}`,
      '\r\n',
    ].join('\r\n'),
  )
  const responses = await exchange(port, requests.join(''))
  return responses.replace(/^Date: .*$/gm, 'Date: *').split(/(?=HTTP\/1\.1 )/)
}

test('there are 30 languages, 40 statuses and 28 faults', () => {
  expect([locales.length, statuses.length, fieldCodes.length]).toEqual([30, 40, 28])
})

// What a text becomes no framework changes: the first one has all languages, and the others take turns.
const asked = locales.filter(isAskedFor)
const others = frameworks.length - 1
const languagesOf = (framework: number): readonly string[] =>
  asked.filter((_, index) => framework === 0 || asked.length < others || index % others === framework - 1)

for (const [index, { name, listener }] of frameworks.entries()) {
  describe(name, () => {
    let port: number
    let server: Server

    beforeAll(async () => {
      ;({ port, server } = await listen(
        listener({ options: { catalog: http, logger: { error: () => {} } }, routes }),
      ))
    })
    afterAll(() => server.close())

    test.for(languagesOf(index))('answers every status and every fault of a field in %s', async (locale) => {
      expect(await askForAll(port, locale)).toEqual(paths.map((path) => expectedAnswer(path, locale)))
    })
  })
}
