import { readdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog as cdn } from '../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../src/catalogs/secrets.ts'
import type { Code } from '../../src/catalog/code.ts'
import type { Entry } from '../../src/catalog/entry.ts'
import { filesOf } from '../locales/languages.ts'
import { frameworks, isAskedFor, listen, type Route } from '../support/frameworks.ts'
import { exchange } from '../support/raw.ts'
import { standardAnswer } from '../support/standard-answer.ts'

/** One code of one catalog, and all that the test needs to ask for it and to know its answer. */
interface Thrown {
  /** Its path, and its request id. */
  readonly id: string
  readonly catalog: (typeof catalogs)[number]
  readonly error: () => Error
  /** The entry that is answered. */
  readonly entry: Entry
}

const catalogs = [cloudWaf, cdn, gateway, secrets]
const folder = new URL('../../locales/', import.meta.url)
const locales = readdirSync(folder, { withFileTypes: true })
  .filter((file) => file.isDirectory())
  .map(({ name }) => name)
  .filter((name) => filesOf(name).includes('cdn.json'))

const thrown: readonly Thrown[] = catalogs.flatMap((catalog) => {
  const BizError = catalog.BizError as unknown as new (code: Code) => Error
  return Array.from<Entry>(catalog).map((entry) => ({
    id: `${catalog.name}.${entry.code}`,
    catalog,
    error: () => new BizError(entry.code),
    // The gateway's 200 is a success: thrown all the same, it is a mistake of the server.
    entry: entry.status === 200 ? gateway.get(500) : entry,
  }))
})

// The bodies and challenges as the four documents have them, written down without the code that makes them.

type Body = (entry: Entry, message: string, locale: string, requestId: string) => object

const bodies: Readonly<Record<string, Body>> = {
  'cloud-waf': ({ code }, message) => ({ code, message }),
  cdn({ code, parent }, message, locale) {
    if (parent === undefined) return { code, message }
    const blank = ['ja', 'zh-CN', 'zh-TW'].includes(locale) ? '' : ' '
    return { code: parent, message: `(${code})${blank}${message}` }
  },
  gateway: ({ code, parent }, message) =>
    parent === undefined
      ? { code, sub_code: null, message, data: null }
      : { code: parent, sub_code: code, message, data: null },
  secrets: ({ code }, message, _locale, requestId) => ({ error: { code, message, request_id: requestId } }),
}

const challenges: Readonly<Record<string, string>> = {
  'cloud-waf': 'ApiKey',
  gateway: 'Bearer',
  secrets: 'Bearer',
}

type Messages = Readonly<Record<string, { readonly message: string }>>

function readMessages(locale: string): ReadonlyMap<string, Messages> {
  return new Map(
    catalogs.map(({ name }) => [
      name,
      JSON.parse(readFileSync(new URL(`${locale}/${name}.json`, folder), 'utf8')) as Messages,
    ]),
  )
}

function expectedResponse(
  { id, catalog, entry }: Thrown,
  locale: string,
  message: string,
  isKept: boolean,
): string {
  const body = bodies[catalog.name]!(entry, message, locale, id)
  const challenge = entry.status === 401 ? challenges[catalog.name] : undefined
  return standardAnswer(entry.status, body, {
    locale,
    requestId: id,
    after: {
      ...(challenge !== undefined && { 'WWW-Authenticate': challenge }),
      ...(entry.retryAfter !== undefined && { 'Retry-After': String(entry.retryAfter) }),
    },
    isKept,
  })
}

/** Asks for every code over one connection, each request sent before the answer to the last has come. */
async function askForAll(port: number, locale: string): Promise<readonly string[]> {
  const requests = thrown.map(({ id }, index) =>
    [
      `GET /?${id} HTTP/1.1`,
      'Host: test',
      `Accept-Language: ${locale}`,
      `X-Request-ID: ${id}`,
      `Connection: ${index === thrown.length - 1 ? 'close' : 'keep-alive'}`,
      '\r\n',
    ].join('\r\n'),
  )
  const responses = await exchange(port, requests.join(''))
  return responses.replace(/^Date: .*$/gm, 'Date: *').split(/(?=HTTP\/1\.1 )/)
}

const silent = { error: () => {} }
const byId = new Map(thrown.map((each) => [each.id, each]))
// One route for all: to set one up takes some frameworks longer than all its answers.
const routes: Readonly<Record<string, Route>> = {
  '/': (request) => {
    throw byId.get(request.url!.split('?')[1]!)!.error()
  },
}

test('the four catalogs have 309 codes, in every language with the files of catalogs', () => {
  expect(thrown.length).toBe(309)
  // Which ones they are, test/locales says.
  expect(locales.length).toBeGreaterThanOrEqual(7)
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
      ;({ port, server } = await listen(listener({ options: { logger: silent }, routes })))
    })
    afterAll(() => server.close())

    for (const locale of languagesOf(index)) {
      test(`answers every code of the four catalogs as promised to a client that wants ${locale}`, async () => {
        const messages = readMessages(locale)
        const expected = thrown.map((each, index) =>
          expectedResponse(
            each,
            locale,
            messages.get(each.catalog.name)![each.entry.code]!.message,
            index < thrown.length - 1,
          ),
        )
        expect(await askForAll(port, locale)).toEqual(expected)
      })
    }
  })
}
