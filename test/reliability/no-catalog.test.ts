import { readdirSync, readFileSync } from 'node:fs'
import Boom from '@hapi/boom'
import createError from 'http-errors'
import { describe, expect, test, vi } from 'vitest'
import * as express from '../../src/adapters/express/index.ts'
import * as koa from '../../src/adapters/koa/index.ts'
import { BizError, catalog as cloudWaf } from '../../src/catalogs/cloud-waf.ts'
import { BizError as HttpError, catalog as http } from '../../src/catalogs/http.ts'
import { defineCatalog, type TypedCatalog } from '../../src/error/define-catalog.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import { relayed } from '../../src/identify/relayed.ts'
import type { LimiterHandle } from '../../src/rate-limit/handle.ts'
import { limitHandler } from '../../src/rate-limit/index.ts'
import { expresses, frameworks, koas, type Framework } from '../support/frameworks.ts'
import { run, throws, type Outcome } from '../support/guarantees.ts'
import { onAll, recorder } from '../support/served.ts'
import { send } from '../support/raw.ts'
import { answers } from '../support/whole-answer.ts'

/** No catalog is named. */
const options = { catalog: undefined }

const folder = new URL('../../locales/', import.meta.url)
const languages = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

type Texts = Readonly<Record<string, { readonly message: string }>>

function textsOf(language: string): Texts {
  return JSON.parse(readFileSync(new URL(`${language}/http.json`, folder), 'utf8')) as Texts
}

let turn = 0
/** What is said is decided before a framework writes it: they take turns. */
function inTurn(): readonly Framework[] {
  return [frameworks[turn++ % frameworks.length]!]
}

describe('T01: where no catalog is named', () => {
  for (const language of languages) {
    const on = language === 'en' ? frameworks : inTurn()
    const { 404: missing, 500: broken, 418: teapot } = textsOf(language)
    const request = { headers: { 'Accept-Language': language } }
    const headers = { 'Content-Language': language }
    answers(
      `T01: a route that is not there is 404 in ${language}`,
      { options, request: { ...request, path: '/nowhere' } },
      { status: 404, body: { code: 404, message: missing!.message }, headers },
      on,
    )
    answers(
      `T01: an error that nobody knows is 500 in ${language}`,
      { options, route: throws(new Error('hunter2')), request, secrets: ['hunter2'] },
      { status: 500, body: { code: 500, message: broken!.message }, headers },
      on,
    )
    answers(
      `T01: a status that few throw is its own code in ${language}`,
      { options, route: throws(createError(418)), request },
      { status: 418, body: { code: 418, message: teapot!.message }, headers },
      on,
    )
  }

  const english = textsOf('en')
  // https://www.iana.org/assignments/http-status-codes
  const registered =
    '400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418 421 422 423 424 425 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511'
      .split(' ')
      .map(Number)
  test('T01: the codes are the statuses that are registered, in the words of http.json', () => {
    expect([...http].map(({ code, status, message }) => [code, status, message])).toEqual(
      registered.map((status) => [status, status, english[status]!.message]),
    )
  })
  for (const status of registered) {
    answers(
      `T01: an http-error ${status} is its status`,
      { options, route: throws(createError(status, 'hunter2')), secrets: ['hunter2'] },
      { status, body: { code: status, message: english[status]!.message } },
      inTurn(),
    )
  }
  for (const [status, code] of [
    [419, 400],
    [420, 400],
    [444, 400],
    [499, 400],
    [509, 500],
    [520, 500],
    [599, 500],
  ] as const) {
    answers(
      `T01: status ${status}, which is not registered, has the code of its class`,
      { options, route: throws(Object.assign(new Error('hunter2'), { status })), secrets: ['hunter2'] },
      { status, body: { code, message: english[code]!.message } },
      inTurn(),
    )
  }
  answers(
    'T01: a recognized error is the status of its condition',
    { options, route: throws(Object.assign(new Error('x'), { code: '23505', severity: 'ERROR' })) },
    { status: 409, body: { code: 409, message: 'Conflict' } },
  )
  answers(
    'T01: a foreign 401 keeps its challenge, and there is none of ours',
    { options, route: throws(Boom.unauthorized('hunter2', 'Bearer')), secrets: ['hunter2'] },
    {
      status: 401,
      body: { code: 401, message: 'Authentication required' },
      headers: { 'WWW-Authenticate': 'Bearer' },
    },
  )
  answers(
    'T01: a BizError brings its own catalog',
    { options, route: throws(new BizError(1006)), request: { headers: { 'Accept-Language': 'de' } } },
    {
      status: 409,
      body: { code: 1006, message: 'Benutzername bereits vergeben' },
      headers: { 'Content-Language': 'de' },
      also: ({ log }) => expect(log.filter(([level]) => level === 'warn')).toEqual([]),
    },
  )
  answers(
    'T01: a BizError of its own can be thrown',
    { options, route: throws(new HttpError(423, { details: { by: 'ann' } })) },
    { status: 423, body: { code: 423, message: 'Locked', details: { by: 'ann' } } },
  )
  answers(
    "T01: the app's own http.json goes before ours, in languages that we do not have",
    {
      options: { ...options, locales: { sk: { http: { 404: { message: 'Nenájdené' } } } } },
      request: { path: '/nowhere', headers: { 'Accept-Language': 'sk' } },
    },
    {
      status: 404,
      body: { code: 404, message: 'Nenájdené' },
      headers: { 'Content-Language': 'sk' },
      also: ({ log }) => expect(log.filter(([level]) => level === 'warn')).toEqual([]),
    },
  )
  answers(
    'T01: locales without texts for it are told of, with the remedy',
    {
      options: { ...options, locales: { nl: { shop: { 1: { message: 'Weg' } } } } },
      request: { path: '/nowhere' },
    },
    {
      status: 404,
      body: { code: 404, message: 'Not found' },
      also: ({ log }) =>
        expect(log.filter(([level]) => level === 'warn')).toEqual([
          [
            'warn',
            {},
            'Option locales holds no texts of catalog http, which serves where none is named. Name the catalog whose texts they are',
          ],
        ]),
    },
  )

  test('T01: rateLimit refuses with 429', () => {
    const limiter = express.rateLimit({
      policies: [{ name: 'one', limit: 1, window: '1h' }],
      key: () => 'all',
    })
    const passed: unknown[] = []
    for (let asked = 0; asked < 2; asked++) {
      const response = { headersSent: false, getHeader: () => undefined, setHeader: () => {} }
      const next = (error?: unknown): void => void passed.push(error)
      Reflect.apply(limiter, undefined, [{ method: 'GET', headers: {} }, response, next])
    }
    expect(passed.map((error) => error && describeError(error))).toEqual([
      undefined,
      {
        catalog: 'http',
        key: 429,
        code: 429,
        status: 429,
        message: 'Too many requests',
        sourceMessage: 'Too many requests',
        locale: 'en',
        retryable: true,
        retryAfter: 3600,
        violatedPolicies: ['one'],
      },
    ])
    limiter.close()
  })

  test('T01: its name stays taken', () => {
    expect(() => defineCatalog({ name: 'http', errors: { 404: { status: 404, message: 'x' } } })).toThrow(
      SetupError,
    )
  })
})

const shop = defineCatalog({ name: 'shop', errors: { 1: { status: 404, message: 'No such product' } } })
const billing = defineCatalog({ name: 'billing', errors: { 7: { status: 402, message: 'Not paid' } } })

/** The body of an answer. */
async function ask(port: number, path: string): Promise<string> {
  return (await send(port, { path, headers: { 'X-Request-ID': 'probe-1' } })).split('\r\n\r\n')[1]!
}

/** What is said where a function was given no catalog. */
function noCatalog(caller: string): string {
  return (
    `${caller} was given no option catalog, and serves http, whose codes are the statuses; the program has defined catalog own. ` +
    'Give { catalog }, the one that is meant'
  )
}

/** The program's own catalog: each test is a program of its own. */
function defineOwn(): TypedCatalog<{ readonly 1: { readonly status: 404; readonly message: 'x' } }> {
  return defineCatalog({ name: 'own', errors: { 1: { status: 404, message: 'x' } } })
}

const throwsOwn = (): never => {
  throw Reflect.construct(defineOwn().BizError, [1]) as Error
}

const warningsOf = ({ log }: Outcome): readonly unknown[] => log.filter(([level]) => level === 'warn')
const limits = { policies: [{ name: 'one', limit: 1, window: '1h' } as const], key: () => 'all' }

describe('T01: no catalog is named in a program that has defined one', () => {
  for (const framework of frameworks) {
    const warned = ['warn', {}, noCatalog('errorHandler')]

    test(`T01: the handler is answered by http, and tells it once, on ${framework.name}`, async () => {
      defineOwn()
      const outcome = await run(framework, { options, request: { path: '/nowhere' } })
      expect(JSON.parse(outcome.body)).toEqual({ code: 404, message: 'Not found' })
      expect(warningsOf(outcome)).toEqual([warned])
    })

    test(`T01: a catalog that is defined after the handler is told of with the first error, on ${framework.name}`, async () => {
      const outcome = await run(framework, { options, route: throwsOwn })
      expect(JSON.parse(outcome.body)).toEqual({ code: 1, message: 'x' })
      expect(warningsOf(outcome)).toEqual([warned])
    })

    test(`T01: nothing is told where the catalog is named, be it http or one of ours, on ${framework.name}`, async () => {
      const own = defineOwn()
      const outcomes = [own, http, cloudWaf].map((catalog) =>
        run(framework, { options: { catalog }, route: throws(new Error('x')) }),
      )
      expect((await Promise.all(outcomes)).map(warningsOf)).toEqual([[], [], []])
    })

    test(`T01: nothing is told where the program has catalogs of ours alone, on ${framework.name}`, async () => {
      expect(() => defineCatalog({ name: 'own', errors: {} })).toThrow(SetupError)
      const outcome = await run(framework, { options, route: throws(new BizError(1006)) })
      expect(warningsOf(outcome)).toEqual([])
    })
  }

  for (const [name, face, apps] of [
    ['Express', express, expresses],
    ['Koa', koa, koas],
  ] as const) {
    test(`T01: rateLimit tells it when it is called, or when it refuses first, on ${name}`, () => {
      const { options: recording, log } = recorder()
      const rateLimit = face.rateLimit as (options: object) => LimiterHandle
      rateLimit({ ...limits, logger: recording.logger }).close()
      expect(log).toEqual([])
      defineOwn()
      rateLimit({ ...limits, logger: recording.logger }).close()
      expect(log).toEqual([['warn', {}, noCatalog('rateLimit')]])
      rateLimit({ ...limits, catalog: http, logger: recording.logger }).close()
      expect(log).toHaveLength(1)
    })

    test(`T01: bizErrors tells it once for all that it mounts, on ${name}`, () => {
      const { options: recording, log } = recorder()
      defineOwn()
      const bizErrors = face.bizErrors as (app: unknown, options: object) => unknown
      bizErrors(new (apps[0][1] as new () => object)(), { ...recording, rateLimit: limits })
      expect(log).toEqual([['warn', {}, noCatalog('errorHandler')]])
    })
  }

  test('T01: a limiter that was made before the catalog tells it with its first refusal', () => {
    const { options: recording, log } = recorder()
    const limiter = express.rateLimit({ ...limits, logger: recording.logger })
    defineOwn()
    for (let asked = 0; asked < 3; asked++) {
      const response = { headersSent: false, getHeader: () => undefined, setHeader: () => {} }
      Reflect.apply(limiter, undefined, [{ method: 'GET', headers: {} }, response, () => {}])
    }
    limiter.close()
    expect(log).toEqual([['warn', {}, noCatalog('rateLimit')]])
  })

  test('T01: limitHandler tells it by the default logger', () => {
    const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    limitHandler()
    defineOwn()
    limitHandler({ catalog: http })
    limitHandler()
    const lines = say.mock.calls.map(([line]) => JSON.parse(String(line)) as { readonly msg: string })
    say.mockRestore()
    expect(lines.map(({ msg }) => msg)).toEqual([noCatalog('limitHandler')])
  })

  test('T01: describeError tells it once, of an error that brings no catalog', () => {
    const { options: recording, log } = recorder()
    const own = defineOwn()
    const given = { logger: recording.logger }
    describeError(Reflect.construct(own.BizError, [1]), given)
    expect(log).toEqual([])
    for (let time = 0; time < 3; time++) {
      expect(describeError(new Error('x'), given)).toMatchObject({ code: 500 })
      describeError(new Error('x'), { ...given, catalog: own })
    }
    expect(log).toEqual([['warn', {}, noCatalog('describeError')]])
  })
})

const WARNING =
  "Error 1006 of catalog cloud-waf was thrown in an app of catalog shop, and answered as cloud-waf has it. The BizError of 'bizerror' is that of cloud-waf: throw the BizError of shop."

describe("T02: the BizError of 'bizerror' in an app of another catalog", () => {
  const routes = {
    '/stray': throws(new BizError(1006)),
    '/wrapped': throws(new Error('x', { cause: new BizError(1006) })),
    '/unknown': () => {
      throw Reflect.construct(BizError, [1]) as Error
    },
    '/own': throws(new shop.BizError(1)),
    '/other': throws(new billing.BizError(7)),
    '/foreign': throws(new Error('x')),
    '/upstream': throws(
      Object.assign(new Error('x'), { response: { data: { code: 1006, message: 'Taken' }, status: 409 } }),
    ),
  }
  onAll(
    'T02: is answered, and told of once',
    { options: { catalog: shop }, routes },
    async ({ port, log }) => {
      const bodies = [await ask(port, '/stray'), await ask(port, '/stray'), await ask(port, '/wrapped')]
      expect(bodies).toEqual(Array(3).fill('{"code":1006,"message":"Username already exists"}'))
      expect(log.filter(([level]) => level === 'warn')).toEqual([['warn', {}, WARNING]])
    },
  )
  onAll(
    'T02: is told of by the code that was asked for',
    { options: { catalog: shop }, routes },
    async ({ port, log }) => {
      expect(await ask(port, '/unknown')).toBe('{"code":500,"message":"Internal server error"}')
      expect(log.filter(([level]) => level === 'warn')).toEqual([['warn', {}, WARNING.replace('1006', '1')]])
    },
  )
  onAll(
    'T02: nothing is told of other errors: several catalogs may live in one app',
    { options: { catalog: shop, identify: relayed(cloudWaf) }, routes },
    async ({ port, log }) => {
      const bodies = await Promise.all(
        ['/own', '/other', '/foreign', '/upstream'].map((path) => ask(port, path)),
      )
      expect(bodies).toEqual([
        '{"code":1,"message":"No such product"}',
        '{"code":7,"message":"Not paid"}',
        '{"code":500,"message":"Internal server error"}',
        '{"code":1006,"message":"Username already exists"}',
      ])
      expect(log.filter(([level]) => level === 'warn')).toEqual([])
    },
  )
  onAll(
    'T02: nothing is told where its catalog, or none, is named',
    { options: { catalog: cloudWaf }, routes },
    async ({ port, log }) => {
      expect(await ask(port, '/stray')).toBe('{"code":1006,"message":"Username already exists"}')
      expect(log.filter(([level]) => level === 'warn')).toEqual([])
    },
  )
})
