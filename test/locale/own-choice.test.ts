import type { RequestListener } from 'node:http'
import Router from '@koa/router'
import cookieParser from 'cookie-parser'
import type { Request } from 'express'
import session from 'express-session'
import type Koa from 'koa'
import { createSession } from 'koa-session'
import { describe, expect, test } from 'vitest'
import { errorHandler, notFound } from '../../src/adapters/express/index.ts'
import { bizErrors } from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import { errorHeaders, readAnswer } from '../support/answers.ts'
import { expresses, koaCallback, koas, listen } from '../support/frameworks.ts'

const textIn = (locale: string): string => `Gone, in ${locale}`

const shop = defineCatalog({
  name: 'shop',
  errors: { GONE: { status: 410, message: textIn('en') } },
  locales: Object.fromEntries(
    ['de', 'fr', 'ja'].map((locale) => [locale, { shop: { GONE: { message: textIn(locale) } } }]),
  ),
})

declare module 'express-session' {
  interface SessionData {
    language: string
  }
}

/** As the guide has it. */
function isTag(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(value)
}

type Cookies = Readonly<Record<string, unknown>>

function ofExpress({ query, path, cookies, session }: Request): readonly string[] {
  return [query['lang'], path.split('/')[1], (cookies as Cookies)['lang'], session.language].filter(isTag)
}

function ofKoa(ctx: Koa.Context): readonly string[] {
  const { query, path, cookies } = ctx
  return [query['lang'], path.split('/')[1], cookies.get('lang'), sessionOf(ctx).language].filter(isTag)
}

const warnings: string[] = []
const logger = {
  error: () => {},
  warn: (_: unknown, message?: string) => void warnings.push(String(message)),
}

const expressApps = expresses.map(([name, express]): [string, RequestListener] => {
  const app = express()
  app.disable('x-powered-by')
  app.use(cookieParser())
  app.use(session({ secret: 's3cret', resave: false, saveUninitialized: false }))
  app.post('/language/:language', (req, res) => {
    req.session.language = req.params.language
    res.sendStatus(204)
  })
  app.get(['/tea', '/:language/tea'], () => {
    throw shop.errors.GONE()
  })
  app.use(notFound())
  app.use(errorHandler({ catalog: shop, locale: ofExpress, logger }))
  return [name, app]
})

const koaApps = koas.map(([name, KoaOf]): [string, RequestListener] => {
  const app = new KoaOf()
  app.keys = ['s3cret']
  bizErrors(app, { catalog: shop, locale: ofKoa, logger })
  app.use(createSession(app))
  const router = new Router()
  router.post('/language/:language', (ctx) => {
    sessionOf(ctx).language = ctx.params['language']
    ctx.status = 204
  })
  router.get(['/tea', '/:language/tea'], () => {
    throw shop.errors.GONE()
  })
  app.use(router.routes())
  return [name, koaCallback(app)]
})

function sessionOf(ctx: Koa.DefaultContext): { language?: string | undefined } {
  return ctx['session'] as { language?: string }
}

interface Row {
  readonly what: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** A request before it, whose cookies are sent. */
  readonly before?: string
  readonly locale: string
}

const rows: readonly Row[] = [
  {
    what: 'a query goes before all else',
    path: '/fr/tea?lang=ja',
    headers: { Cookie: 'lang=de' },
    locale: 'ja',
  },
  { what: 'a path goes before a cookie', path: '/fr/tea', headers: { Cookie: 'lang=de' }, locale: 'fr' },
  { what: 'a path may name a region', path: '/de-AT/tea', headers: {}, locale: 'de' },
  {
    what: 'a cookie goes before the header',
    path: '/tea',
    headers: { Cookie: 'lang=de', 'Accept-Language': 'fr' },
    locale: 'de',
  },
  {
    what: 'a session goes before the header',
    path: '/tea',
    headers: { 'Accept-Language': 'fr' },
    before: '/language/ja',
    locale: 'ja',
  },
  {
    what: 'a language that is not held leaves it to the next',
    path: '/it/tea',
    headers: { Cookie: 'lang=de' },
    locale: 'de',
  },
  {
    what: 'languages that are not held leave it to the header',
    path: '/it/tea',
    headers: { Cookie: 'lang=ko', 'Accept-Language': 'fr' },
    locale: 'fr',
  },
  {
    what: 'a list in the query is no choice',
    path: '/tea?lang=de&lang=ja',
    headers: { 'Accept-Language': 'fr' },
    locale: 'fr',
  },
  {
    what: 'an object in the query is no choice',
    path: '/tea?lang[a]=de',
    headers: { 'Accept-Language': 'fr' },
    locale: 'fr',
  },
  {
    what: 'words are no choice',
    path: '/tea?lang=deutsch',
    headers: { Cookie: 'lang=%00%ff' },
    locale: 'en',
  },
  {
    what: 'a session may hold nonsense',
    path: '/tea',
    headers: { 'Accept-Language': 'fr' },
    before: '/language/__proto__',
    locale: 'fr',
  },
]

async function answerTo(app: RequestListener, { path, headers, before }: Row): Promise<unknown> {
  const { port, server } = await listen(app)
  const origin = `http://127.0.0.1:${port}`
  try {
    const kept = before === undefined ? {} : { Cookie: await cookiesOf(`${origin}${before}`) }
    return await readAnswer(await fetch(`${origin}${path}`, { headers: { ...headers, ...kept } }))
  } finally {
    server.close()
  }
}

async function cookiesOf(url: string): Promise<string> {
  const response = await fetch(url, { method: 'POST' })
  expect(response.status).toBe(204)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

describe.each([...expressApps, ...koaApps])('on %s', (_, app) => {
  test.each(rows)('$what', async (row) => {
    warnings.length = 0
    const answer = {
      status: 410,
      headers: errorHeaders(row.locale),
      body: { code: 'GONE', message: textIn(row.locale) },
    }
    expect([await answerTo(app, row), warnings]).toEqual([answer, []])
  })
})
