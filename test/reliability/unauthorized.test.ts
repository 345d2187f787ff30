import createError from 'http-errors'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { ENVELOPES, type EnvelopeName } from '../../src/catalog/envelope.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { frameworksInTurn, isAskedFor, type Framework, type Route } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'
import { apps, pipeline, serving, type Stack } from '../support/apps.ts'
import { holds } from '../support/guarantees.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { CAUSES, login, SAME_CODE_CAUSES } from './login.ts'

const LOCALES = [undefined, 'en', 'de', 'ja', 'zh-TW', 'ar', 'xx'].filter(
  (locale) => locale === undefined || isAskedFor(locale),
)
const METHODS = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']
const SHAPES: Readonly<Record<string, HandlerOptions['envelope']>> = {
  ...Object.fromEntries(Object.keys(ENVELOPES).map((name) => [name, name as EnvelopeName])),
  'a function': (error) => ({ ...error }),
}
const conceal = { 401: 401 }

interface Asked {
  readonly method: string
  readonly locale: string | undefined
}
const EVERY: readonly Asked[] = METHODS.flatMap((method) => LOCALES.map((locale) => ({ method, locale })))
/** Each method and each locale: neither depends on the other, nor on the cause. */
const EACH: readonly Asked[] = LOCALES.concat(METHODS.slice(LOCALES.length)).map((_, index) => ({
  method: METHODS[index % METHODS.length]!,
  locale: LOCALES[index % LOCALES.length],
}))

/** Sends every request and returns the bytes of each answer. */
function answers(
  { listener }: Framework,
  options: HandlerOptions,
  route: Route,
  requests: readonly RawRequest[],
): Promise<readonly string[]> {
  return serving(
    listener({ options: { logger: { error: () => {} }, ...options }, routes: { '/': route } }),
    (port) => pipeline(port, requests),
  )
}

/** Throws the cause that the query names. */
function throwing(causes: Readonly<Record<string, () => unknown>>): Route {
  const makers = Object.values(causes)
  return (request) => {
    throw makers[Number(request.url!.split('?')[1])]!()
  }
}

/** One request for each cause: the same but for the query, which no answer shows. */
function requestsFor(
  causes: object,
  method: string,
  acceptLanguage: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): readonly RawRequest[] {
  return Object.keys(causes).map((_, index) => ({
    method,
    path: `/?${index}`,
    headers: {
      'X-Request-ID': 'l-1',
      ...(acceptLanguage !== undefined && { 'Accept-Language': acceptLanguage }),
      ...headers,
    },
  }))
}

/** By all that is asked, the answers of all causes are one. Returns it, so that frameworks can be compared. */
async function sameForAll(
  framework: Framework,
  options: HandlerOptions,
  causes: Readonly<Record<string, () => unknown>>,
  groups = EACH,
): Promise<readonly string[]> {
  const names = Object.keys(causes)
  const requests = groups.flatMap(({ method, locale }) => requestsFor(causes, method, locale))
  const responses = await answers(framework, { catalog: login, ...options }, throwing(causes), requests)
  return groups.map(({ method, locale }, group) => {
    const answered = responses.slice(group * names.length, (group + 1) * names.length)
    const [first] = answered
    expect(first).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/)
    const others = names.filter((_, index) => answered[index] !== first)
    expect(others, `other than ${names[0]}, ${method} in ${locale}`).toEqual([])
    return first!
  })
}

let turn = 0

/** One test for each shape: a flat one on all frameworks, or on those whose turn it is, others on the first and another. */
function sameBytes(
  title: string,
  options: HandlerOptions,
  causes: Readonly<Record<string, () => unknown>>,
  groups = EACH,
): void {
  for (const [shape, envelope] of Object.entries(SHAPES)) {
    test(`${title}, as ${shape}`, async () => {
      const seen: (readonly string[])[] = []
      const [first, ...others] = frameworksInTurn()
      const on = shape === 'flat' ? others : [others[turn++ % others.length]!]
      for (const framework of [first!, ...on]) {
        seen.push(await sameForAll(framework, { ...options, ...(envelope && { envelope }) }, causes, groups))
      }
      for (const answered of seen) expect(answered, 'G12').toEqual(seen[0])
    })
  }
}

describe('L. 401: every cause has the same bytes, in every language and by every method', () => {
  sameBytes('P-L01, P-L04: four codes that are concealed', { conceal }, CAUSES.codes, EVERY)
  sameBytes('P-L01, P-L04: causes of one code, nothing concealed', {}, SAME_CODE_CAUSES)
  sameBytes('P-L02: codes with params, details, headers and more', { conceal }, CAUSES.adorned)
  sameBytes('P-L03: foreign errors and codes', { conceal }, { ...CAUSES.codes, ...CAUSES.foreign })
  sameBytes(
    'P-L03: foreign errors and causes of one code, nothing concealed',
    {},
    { ...SAME_CODE_CAUSES, ...CAUSES.foreign },
  )

  test('P-L01: the whole answer', async () => {
    const answer = standardAnswer(
      401,
      { code: 401, message: 'Anmeldung erforderlich' },
      { requestId: 'l-1', locale: 'de', after: { 'WWW-Authenticate': 'Bearer realm="api"' }, isKept: true },
    )
    const causes = { ...CAUSES.codes, ...CAUSES.adorned, ...CAUSES.foreign }
    const requests = requestsFor(causes, 'POST', 'de-AT')
    for (const framework of frameworksInTurn()) {
      const options = { catalog: login, conceal }
      for (const response of await answers(framework, options, throwing(causes), requests)) {
        expect(response).toBe(answer)
      }
    }
  })

  test('P-L01: an error that says `as` is the same, whatever else it says', async () => {
    const causes = {
      'as 401': () => new login.BizError(1001, { as: 401 }),
      'as 401 with details': () => new login.BizError(1002, { as: 401, details: { user: 'eva' } }),
      'as 401 from another status': () => new login.BizError(1404, { as: 401, headers: { 'X-User': 'eva' } }),
      'the code itself': () => new login.BizError(401, { details: { user: 'eva' } }),
    }
    for (const framework of frameworksInTurn()) await sameForAll(framework, {}, causes)
  })

  test('P-L04: problem documents that a client asked for are the same', async () => {
    const causes = { ...CAUSES.codes, ...CAUSES.adorned, ...CAUSES.foreign }
    for (const framework of frameworksInTurn()) {
      for (const locale of LOCALES) {
        const requests = requestsFor(causes, 'GET', locale, { Accept: 'application/problem+json' })
        const responses = await answers(
          framework,
          {
            catalog: login,
            conceal,
            envelope: { 'application/json': login.envelope, 'application/problem+json': 'problem' },
            docsUrl: 'https://example.com/errors/',
          },
          throwing(causes),
          requests,
        )
        expect(new Set(responses).size).toBe(1)
        expect(responses[0]).toContain('"type":"https://example.com/errors/401"')
      }
    }
  })

  test('P-L04: answers with status 200 for every error are the same', async () => {
    const causes = { ...CAUSES.codes, ...CAUSES.adorned, ...CAUSES.foreign }
    for (const framework of frameworksInTurn()) {
      for (const method of METHODS) {
        const responses = await answers(
          framework,
          { catalog: login, conceal, httpStatus: 200 },
          throwing(causes),
          requestsFor(causes, method, 'ja'),
        )
        expect(new Set(responses).size).toBe(1)
      }
    }
  })

  const throwers: Stack = {
    express(app) {
      app.get('/throw', (_request, response) => {
        response.status(401)
        throw createError(401, 'no such user')
      })
    },
    koa(app) {
      app.use((context, next) => {
        if (context.path === '/throw') context.throw(401, 'no such user', { user: 'eva' })
        return next()
      })
    },
  }
  test('P-L03: ctx.throw of Koa and http-errors of Express have the bytes of a code', async () => {
    for (const framework of apps(throwers)) {
      const headers = { 'X-Request-ID': 'l-1' }
      const [thrown, code] = await answers(
        framework,
        { catalog: login, conceal },
        () => {
          throw new login.BizError(1001)
        },
        [
          { path: '/throw', headers },
          { path: '/', headers },
        ],
      )
      expect(thrown).toBe(code)
    }
  })

  for (const framework of frameworksInTurn()) {
    test(`P-L05: the log has the true code and the true cause on ${framework.name}`, async () => {
      const reports: ErrorReport[] = []
      const records: (readonly [level: string, record: object])[] = []
      const logger = {
        error: (record: object) => records.push(['error', record]),
        info: (record: object) => records.push(['info', record]),
      }
      const causes = {
        code: () => new login.BizError(1003, { cause: new Error('token of eva expired at noon') }),
        foreign: () => createError(401, 'no such user'),
      }
      await answers(
        framework,
        { catalog: login, conceal, logger, onReport: (report) => reports.push(report) },
        throwing(causes),
        requestsFor(causes, 'GET', undefined),
      )
      // Another is that of the request that ends the connection.
      const own = reports.filter(({ requestId }) => requestId === 'l-1')
      expect(own.map(({ code, as, status }) => ({ code, as, status }))).toEqual([
        { code: 1003, as: 401, status: 401 },
        { code: 401, as: undefined, status: 401 },
      ])
      const cause = { message: 'token of eva expired at noon' }
      expect(
        records.filter(([, record]) => 'requestId' in record && record.requestId === 'l-1'),
      ).toMatchObject([
        ['info', { code: 1003, as: 401, err: { cause } }],
        ['info', { code: 401, err: { message: 'no such user' } }],
      ])
    })
  }

  const challenges = {
    'headers of a code': () =>
      new login.BizError(1001, { headers: { 'WWW-Authenticate': 'Bearer error="user not found"' } }),
    'headers of a foreign error': () =>
      createError(401, { headers: { 'www-authenticate': 'Bearer error="user not found"' } }),
    'a header of the app': () => createError(401),
  }
  for (const [what, make] of Object.entries(challenges)) {
    holds(
      `P-L06: WWW-Authenticate is that of the catalog and not that of ${what}`,
      {
        options: { catalog: login },
        route(_request, response) {
          if (what === 'a header of the app') {
            response.setHeader('WWW-Authenticate', 'Bearer error="user not found"')
          }
          throw make()
        },
        secrets: ['user not found'],
      },
      { status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="api"' } },
    )
  }
  const silent = defineCatalog({ name: 'silent', errors: { 401: { status: 401, message: 'Log in' } } })
  holds(
    'P-L06: a catalog without a challenge sends none, whatever the error brings',
    {
      options: { catalog: silent },
      route: () => {
        throw new silent.BizError(401, { headers: { 'WWW-Authenticate': 'Bearer', 'X-Reason': 'expired' } })
      },
    },
    { status: 401, headers: { 'WWW-Authenticate': null, 'X-Reason': null } },
  )
  holds(
    'P-L06: only a 401 has a challenge',
    {
      options: { catalog: login },
      route: () => {
        throw new login.BizError(1404)
      },
    },
    { status: 404, headers: { 'WWW-Authenticate': null } },
  )
})

const internal = { status: 500, body: { code: 500, message: 'Something broke' } }

describe('L. Leaks', () => {
  const secretive: Readonly<Record<string, unknown>> = {
    'an Error': new Error('db pass=s3cr3t'),
    'an Error that says status 500 and expose': Object.assign(new Error('db pass=s3cr3t'), {
      status: 500,
      expose: true,
    }),
    'an Error that says statusCode 503 and expose': Object.assign(new Error('db pass=s3cr3t'), {
      statusCode: 500,
      expose: true,
      headers: { 'X-Secret': 's3cr3t' },
      details: { pass: 's3cr3t' },
      body: 's3cr3t',
    }),
    'an http-error with expose': createError(500, 'db pass=s3cr3t', { expose: true }),
    'an Error with a cause': new Error('s3cr3t', { cause: new Error('s3cr3t') }),
    'an AggregateError': new AggregateError([new Error('s3cr3t')], 's3cr3t'),
    'a plain object': { message: 's3cr3t', code: 's3cr3t', status: 500, expose: true },
    'a text': 's3cr3t',
  }
  for (const [what, thrown] of Object.entries(secretive)) {
    holds(
      `P-L07: ${what} is the generic 500`,
      {
        options: { catalog: login },
        route: () => {
          throw thrown
        },
        secrets: ['s3cr3t', 'pass', 'X-Secret'],
      },
      internal,
    )
  }

  describe('NODE_ENV', () => {
    afterEach(() => vi.unstubAllEnvs())

    const thrown = {
      ...secretive,
      'a code': new login.BizError(1404, { cause: new Error('s3cr3t') }),
      'a 400': Object.assign(new SyntaxError('s3cr3t'), { status: 400, body: 's3cr3t', expose: true }),
      'null and undefined': null,
    }
    const causes = Object.fromEntries(
      Object.entries(thrown).map(([what, value]) => [what, () => value ?? new Error('s3cr3t')]),
    )
    for (const framework of frameworksInTurn()) {
      test(`P-L08: the answer is the same whatever NODE_ENV is on ${framework.name}`, async () => {
        const seen: (readonly string[])[] = []
        for (const env of [undefined, 'development', 'test', 'production']) {
          vi.stubEnv('NODE_ENV', env)
          seen.push(
            await answers(framework, { catalog: login }, throwing(causes), requestsFor(causes, 'GET', 'de')),
          )
        }
        for (const responses of seen) {
          expect(responses).toEqual(seen[0])
          expect(responses.join('')).not.toMatch(/s3cr3t| {4}at |node_modules/)
        }
      })
    }
  })

  describe('other statuses', () => {
    const hidden = {
      forbidden: () => new login.BizError(1403),
      'forbidden with details': () =>
        new login.BizError(1403, { details: { owner: 'eva' }, headers: { 'X-Owner': 'eva' } }),
      'forbidden with a status': () => new login.BizError(1403, { status: 410, retryAfter: 7 }),
      absent: () => new login.BizError(1404),
      'absent with details': () =>
        new login.BizError(1404, { details: { id: 7 }, headers: { 'X-Id': '7' }, retryAfter: 7 }),
      'absent with a cause': () => new login.BizError(1404, { cause: new Error('s3cr3t') }),
    }
    const rules = {
      'a rule by code': [{ errors: [1403, 1404], as: 1404 }],
      'a rule by code, with a third code': [{ errors: [1403, 1404], as: 404 }],
    } as const
    for (const [what, rule] of Object.entries(rules)) {
      for (const framework of frameworksInTurn()) {
        test(`P-L09: 403 and 404 are the same bytes by ${what} on ${framework.name}`, async () => {
          for (const method of METHODS) {
            const responses = await answers(
              framework,
              { catalog: login, conceal: rule },
              throwing(hidden),
              requestsFor(hidden, method, 'de'),
            )
            for (const [index, response] of responses.entries()) {
              expect(response, Object.keys(hidden)[index]!).toBe(responses[0])
            }
            expect(responses[0]).toMatch(/^HTTP\/1\.1 404 /)
          }
        })
      }
    }
    const byStatus = {
      ...hidden,
      'http-errors 403': () => createError(403, 'owned by eva'),
      'http-errors 404': () => createError(404, 'no such file'),
    }
    for (const framework of frameworksInTurn()) {
      test(`P-L09: 403 and 404 are the same bytes by rules of status on ${framework.name}`, async () => {
        const { 'forbidden with a status': _other, ...causes } = byStatus
        const responses = await answers(
          framework,
          { catalog: login, conceal: { 403: 404, 404: 404 } },
          throwing(causes),
          requestsFor(causes, 'GET', 'de'),
        )
        for (const [index, response] of responses.entries()) {
          expect(response, Object.keys(causes)[index]!).toBe(responses[0])
        }
      })
    }
  })

  const tokens = { headers: { Authorization: 'Bearer s3cr3t', Cookie: 'sid=s3cr3t', 'Set-Cookie': 's3cr3t' } }
  const drivers: Readonly<Record<string, Error>> = {
    axios: Object.assign(new Error('Request failed with status code 500'), {
      name: 'AxiosError',
      isAxiosError: true,
      code: 'ERR_BAD_RESPONSE',
      config: { ...tokens, auth: { username: 'eva', password: 's3cr3t' }, data: '{"password":"s3cr3t"}' },
      request: { ...tokens, path: '/?token=s3cr3t' },
      response: { status: 500, ...tokens, data: { token: 's3cr3t' } },
      toJSON: () => ({ config: tokens }),
    }),
    fetch: Object.assign(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }), {
      options: tokens,
    }),
    pg: Object.assign(new Error('duplicate key value violates unique constraint "users_email_key"'), {
      code: '23505',
      detail: 'Key (email)=(s3cr3t@example.com) already exists.',
      query: "INSERT INTO users (email) VALUES ('s3cr3t')",
      sql: "INSERT INTO users (email) VALUES ('s3cr3t')",
      parameters: ['s3cr3t'],
      internalQuery: 's3cr3t',
      table: 'users',
    }),
    mongo: Object.assign(new Error('E11000 duplicate key error collection: app.users index: email_1'), {
      name: 'MongoServerError',
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 's3cr3t@example.com' },
      errorResponse: { keyValue: { email: 's3cr3t' } },
    }),
  }
  for (const [driver, cause] of Object.entries(drivers)) {
    const throws = {
      itself: () => cause,
      'as the cause of a code': () => new login.BizError(500, { cause }),
      'as the cause of an error': () => new Error('s3cr3t-free', { cause }),
    }
    for (const [how, make] of Object.entries(throws)) {
      holds(
        `P-L11: nothing of an error of ${driver} thrown ${how} is in the answer`,
        {
          options: { catalog: login },
          route: () => {
            throw make()
          },
          secrets: ['s3cr3t', 'users', 'fetch', 'E11000', 'Axios', 'ECONN'],
        },
        // The others lack what the real ones have besides.
        driver === 'axios' && how !== 'as the cause of a code'
          ? { status: 502, body: { code: 500, message: 'Bad gateway' } }
          : internal,
      )
    }
    for (const framework of frameworksInTurn('log on stderr by itself')) {
      test(`P-L11: the log of an error of ${driver} has its message and none of its fields on ${framework.name}`, async () => {
        const lines: string[] = []
        vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
          lines.push(String(line))
          return true
        })
        try {
          const { 'as the cause of an error': _free, ...causes } = throws
          await answers(
            framework,
            // Undefined is not given: the default logger writes.
            { catalog: login, ...({ logger: undefined } as object) },
            throwing(causes),
            requestsFor(causes, 'GET', undefined),
          )
        } finally {
          vi.restoreAllMocks()
        }
        expect(lines).toHaveLength(2)
        for (const line of lines) {
          expect(line).toMatch(/^\{.*\}\n$/)
          expect(line).toContain(JSON.stringify(cause.message).slice(1, -1))
          expect(line).not.toMatch(/s3cr3t|Bearer|sid=/)
        }
      })
    }
  }

  for (const [face, errorHandler] of Object.entries({
    Express: expressFace.errorHandler,
    Koa: koaFace.errorHandler as typeof expressFace.errorHandler,
  })) {
    for (const option of ['debug', 'verbose', 'stack', 'dumpExceptions', 'showStack']) {
      test(`P-L12: there is no option ${option} that shows more, in production or out of it, on ${face}`, () => {
        for (const env of ['production', 'development']) {
          vi.stubEnv('NODE_ENV', env)
          const create = () => errorHandler({ [option]: true } as object)
          expect(create).toThrow(SetupError)
          expect(create).toThrow(`errorHandler has no "${option}"`)
        }
        vi.unstubAllEnvs()
      })
    }
  }
})
