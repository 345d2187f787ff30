import { createRequire } from 'node:module'
import cors from 'cors'
import type Koa from 'koa'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { appendExposed, appendHelp } from '../../src/guard/append.ts'
import type { Route } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { apps } from '../support/apps.ts'
import { parse, throws } from '../support/guarantees.ts'
import { expressApps, onAll, serve } from '../support/served.ts'
import { answers, record } from '../support/whole-answer.ts'

// It has no types.
const koaCors = createRequire(import.meta.url)('@koa/cors') as (options?: object) => Koa.Middleware

const docsUrl = 'https://docs.example/errors/'
const linked = (code: string | number): string => `<${docsUrl}${code}>; rel="help"`

const taken = { code: 1006, message: 'Username already exists' }
const internal = { code: 500, message: 'Internal server error' }
const unauthenticated = { code: 401, message: 'Unauthenticated (missing/invalid/expired token)' }
const missing = { code: 404, message: 'Resource not found' }

describe('S03: the documentation of a code is linked', () => {
  answers(
    'S03: from an error in an envelope of its own',
    { options: { docsUrl }, route: throws(new BizError(1006)) },
    { status: 409, body: taken, headers: { Link: linked(1006) } },
  )
  answers(
    'S03: from a foreign error',
    { options: { docsUrl }, route: throws(new Error('x')) },
    { status: 500, body: internal, headers: { Link: linked(500) } },
  )
  answers(
    'S03: from what no route took',
    { options: { docsUrl } },
    { status: 404, body: missing, headers: { Link: linked(404) } },
  )
  answers(
    'S03: of the code that is shown, where the true one is concealed',
    { options: { docsUrl }, route: throws(new BizError(1003, { as: 401 })) },
    {
      status: 401,
      body: unauthenticated,
      headers: { Link: linked(401), 'WWW-Authenticate': 'ApiKey' },
    },
  )
  answers(
    'S03: at a path of the same server',
    { options: { docsUrl: '/errors#' }, route: throws(new BizError(1006)) },
    { status: 409, body: taken, headers: { Link: '</errors#1006>; rel="help"' } },
  )
  answers(
    'S03: after the links that the throw gives',
    {
      options: { docsUrl },
      route: throws(new BizError(1006, { headers: { link: '</users>; rel="up"' } })),
    },
    { status: 409, body: taken, headers: { Link: `</users>; rel="up", ${linked(1006)}` } },
  )
  for (const [what, link, sent] of [
    ['a text', '</style.css>; rel=preload', `</style.css>; rel=preload, ${linked(1006)}`],
    ['lines', ['</a>; rel=next', '</b>; rel=prev'], `</a>; rel=next, </b>; rel=prev, ${linked(1006)}`],
    ['the same link', linked(1006), linked(1006)],
    ['nothing', '', linked(1006)],
  ] as const) {
    const set: Route = (_request, response) => {
      response.setHeader('link', link as string | readonly string[])
      throw new BizError(1006)
    }
    answers(
      `S03: after what the app has set, be it ${what}`,
      { options: { docsUrl }, route: set },
      { status: 409, body: taken, headers: { Link: sent } },
    )
  }
  answers('S03: nowhere without docsUrl', { route: throws(new BizError(1006)) }, { status: 409, body: taken })

  const words = defineCatalog({
    name: 'words',
    errors: { 'a/b:c': { status: 409, message: 'x' } },
  })
  answers(
    'S03: with a code that is written as a part of the path',
    { options: { docsUrl, catalog: words }, route: throws(new words.BizError('a/b:c')) },
    {
      status: 409,
      body: { code: 'a/b:c', message: 'x' },
      headers: { Link: `<${docsUrl}a%2Fb%3Ac>; rel="help"` },
    },
  )

  test('S03: nothing in an address ends it', () => {
    expect(appendHelp(undefined, 'https://x.example/a>; rel="next", <b c\r\nX: "\\é\ud800')).toBe(
      '<https://x.example/a%3E;%20rel=%22next%22,%20%3Cb%20c%0D%0AX:%20%22%5C%C3%A9%EF%BF%BD>; rel="help"',
    )
  })
})

describe('S03: scripts of other origins may read the headers of an error', () => {
  const exposed = 'Retry-After, X-Request-ID, Link'
  answers(
    'S03: with exposeHeaders',
    { options: { exposeHeaders: true }, route: throws(new BizError(1006)) },
    { status: 409, body: taken, headers: { 'Access-Control-Expose-Headers': exposed } },
  )
  answers(
    'S03: not without it',
    { options: { exposeHeaders: false }, route: throws(new BizError(1006)) },
    { status: 409, body: taken },
  )
  answers(
    'S03: beside those that the throw names',
    {
      options: { exposeHeaders: true },
      route: throws(
        new BizError(1006, { headers: { 'access-control-expose-headers': 'X-Own', 'X-Own': '1' } }),
      ),
    },
    {
      status: 409,
      body: taken,
      headers: { 'X-Own': '1', 'Access-Control-Expose-Headers': `X-Own, ${exposed}` },
    },
  )

  const withCors = apps({
    express: (app) => app.use(cors({ exposedHeaders: ['X-Own', 'link'] })),
    koa: (app) => app.use(koaCors({ exposeHeaders: ['X-Own', 'link'], keepHeadersOnError: true })),
  })
  test.each(withCors.map(({ name, listener }) => [name, listener] as const))(
    'S03: beside those that cors exposes: %s',
    async (name, listener) => {
      await serve(
        name,
        (options) =>
          listener({
            options: { ...options, exposeHeaders: true },
            routes: { '/': throws(new BizError(1006)) },
          }),
        async ({ port }) => {
          const raw = await send(port, { path: '/', headers: { Origin: 'https://shop.example' } })
          const { 'access-control-expose-headers': names, link } = record(parse(raw).headers)
          expect([names, link]).toEqual(['X-Own,link, Retry-After, X-Request-ID', undefined])
        },
      )
    },
  )

  test.each(
    expressApps((app, options) => {
      app.use(
        expressFace.rateLimit({ policies: [{ name: 'all', limit: 9, window: '1h' }], exposeHeaders: true }),
        () => {
          throw new BizError(1006)
        },
        expressFace.errorHandler({ ...options, exposeHeaders: true }),
      )
    }),
  )('S03: once, where the limiter exposes its own: %s', async (name, makeListener) => {
    await serve(name, makeListener, async ({ port }) => {
      const { 'access-control-expose-headers': names } = record(
        parse(await send(port, { path: '/' })).headers,
      )
      expect(names).toBe(
        'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-ID, Link',
      )
    })
  })

  for (const [current, names, appended] of [
    [undefined, ['A', 'B'], 'A, B'],
    ['', ['A'], 'A'],
    ['X-Own', ['A', 'B'], 'X-Own, A, B'],
    ['a ,X-Own', ['A', 'B'], 'a ,X-Own, B'],
    ['A, b', ['a', 'B'], 'A, b'],
    ['*', ['A'], '*, A'],
    ['A, *', ['B'], 'A, *, B'],
    ['X-A', ['A'], 'X-A, A'],
    ['A', [], 'A'],
  ] as const) {
    test(`S03: ${JSON.stringify(names)} appended to ${JSON.stringify(current)} is "${appended}"`, () => {
      expect(appendExposed(current, names)).toBe(appended)
    })
  }
})

onAll(
  'S03: errors with status 200 are linked, and tell their headers',
  {
    options: { docsUrl, exposeHeaders: true, httpStatus: 200 },
    routes: { '/': throws(new BizError(1006)) },
  },
  async ({ port }) => {
    const { link, 'access-control-expose-headers': exposed } = record(
      parse(await send(port, { path: '/' })).headers,
    )
    expect([link, exposed]).toEqual([linked(1006), 'Retry-After, X-Request-ID, Link'])
  },
)
