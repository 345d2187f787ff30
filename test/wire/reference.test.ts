import type { RequestListener } from 'node:http'
import helmet from 'helmet'
import koaHelmet from 'koa-helmet'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { shop } from '../contract/docs/tea-shop.ts'
import { serving } from '../support/apps.ts'
import { expresses, koaCallback, koas } from '../support/frameworks.ts'
import { send, type RawRequest } from '../support/raw.ts'

const options = {
  catalog: shop,
  docsUrl: '/errors/',
  conceal: [{ errors: ['DECLINED'], as: 'STOCK' }],
} as const
const pages = { ...options, hide: ['OLD'] }

interface App {
  readonly name: string
  readonly listener: RequestListener
}

/** Apps that serve the pages, and answer what is no page as a 404. */
function appsWith(isHelmeted: boolean): readonly App[] {
  return [
    ...expresses.map(([name, create]) => {
      const app = create()
      app.disable('x-powered-by')
      app.use(expressFace.requestId())
      if (isHelmeted) app.use(helmet())
      app.use('/errors', expressFace.reference(pages))
      app.use(expressFace.notFound())
      app.use(expressFace.errorHandler(options))
      return { name, listener: app as RequestListener }
    }),
    ...koas.map(([name, Version]) => {
      const app = new Version()
      app.use(koaFace.errorHandler(options))
      app.use(koaFace.requestId())
      if (isHelmeted) app.use(koaHelmet())
      app.use(koaFace.reference(pages))
      return { name, listener: koaCallback(app) }
    }),
  ]
}

/** The one response that all frameworks give, byte for byte. */
async function ask(request: RawRequest, apps = appsWith(false)): Promise<string> {
  const headers = { 'X-Request-ID': 't-1', ...request.headers }
  const answers = await Promise.all(
    apps.map(async ({ name, listener }) => [
      name,
      await serving(listener, (port) => send(port, { ...request, headers })),
    ]),
  )
  expect(answers).toHaveLength(4)
  const [[, first = ''] = []] = answers
  expect(answers).toEqual(answers.map(([name]) => [name, first]))
  return first
}

const headOf = (answer: string): string => answer.slice(0, answer.indexOf('\r\n\r\n'))
const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4)
const linesOf = (answer: string): readonly string[] => headOf(answer).split('\r\n')
const headerOf = (answer: string, name: string): string | undefined =>
  linesOf(answer)
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2)

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/** The head of a page, whatever its length and tag are. */
function headOfPage(type: string, locale: string, more: readonly string[] = []): readonly string[] {
  return [
    'HTTP/1.1 200 OK',
    'X-Request-ID: t-1',
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Length: *',
    `Content-Language: ${locale}`,
    'Vary: Accept, Accept-Language',
    'Cache-Control: max-age=300',
    ...more,
    'ETag: *',
    'X-Content-Type-Options: nosniff',
    'Date: *',
    'Connection: close',
  ]
}

const masked = (answer: string): readonly string[] =>
  linesOf(answer).map((line) => line.replace(/^(Content-Length|ETag): .*/, '$1: *'))

describe('a page is the same on every framework', () => {
  test.each([
    ['/errors/', {}, 'text/html', 'en'],
    ['/errors/', { Accept: '*/*' }, 'text/html', 'en'],
    ['/errors/10002', { 'Accept-Language': 'de-AT, en;q=0.5' }, 'text/html', 'de'],
    ['/errors/10002', { 'Accept-Language': 'fi' }, 'text/html', 'en'],
    ['/errors/10002?lang=ar', { 'Accept-Language': 'de' }, 'text/html', 'ar'],
    ['/errors/10002?lang=xx', { 'Accept-Language': 'de' }, 'text/html', 'de'],
    ['/errors/10002?lang=%00', {}, 'text/html', 'en'],
    ['/errors/10002', { Accept: 'text/markdown' }, 'text/markdown', 'en'],
    ['/errors/', { Accept: 'application/json' }, 'application/json', 'en'],
    ['/errors/?format=md&lang=de', { Accept: 'text/html' }, 'text/markdown', 'de'],
    ['/errors/10002?format=json', {}, 'application/json', 'en'],
    ['/errors/10002?format=pdf', {}, 'text/html', 'en'],
    ['/errors/404', {}, 'text/html', 'en'],
    ['/errors/auth%3Aa%2Fb%20%3Cx%3E', {}, 'text/html', 'en'],
    ['/errors/auth:a%2fb%20%3cx%3e', {}, 'text/html', 'en'],
  ] as const)('%s with %o is %s in %s', async (path, headers, type, locale) => {
    const answer = await ask({ path, headers })
    const policy = type === 'text/html' ? [`Content-Security-Policy: ${POLICY}`] : []
    expect(masked(answer)).toEqual(headOfPage(type, locale, policy))
    expect(headerOf(answer, 'Content-Length')).toBe(String(Buffer.byteLength(bodyOf(answer))))
  })

  test('HEAD has the head of GET, and no body', async () => {
    const whole = await ask({ path: '/errors/10003' })
    const head = await ask({ path: '/errors/10003', method: 'HEAD' })
    expect(linesOf(head)).toEqual(linesOf(whole))
    expect(bodyOf(head)).toBe('')
  })

  test.each(['"%"', 'W/"%"', '"other", W/"%"', '*'])(
    'who has it already (%s) is told so',
    async (pattern) => {
      const whole = await ask({ path: '/errors/10003' })
      const tag = headerOf(whole, 'ETag')!.slice(1, -1)
      const answer = await ask({
        path: '/errors/10003',
        headers: { 'If-None-Match': pattern.replace('%', tag) },
      })
      expect(linesOf(answer)).toEqual([
        'HTTP/1.1 304 Not Modified',
        ...linesOf(whole).filter((line) => !/^(?:HTTP|Content-(?:Type|Length))/.test(line)),
      ])
      expect(bodyOf(answer)).toBe('')
    },
  )

  test('another tag gets the whole page', async () => {
    const answer = await ask({ path: '/errors/10003', headers: { 'If-None-Match': '"x", y' } })
    expect(linesOf(answer)[0]).toBe('HTTP/1.1 200 OK')
  })

  test.each([
    ['/errors', 'errors/'],
    ['/errors?lang=de&q=a?b', 'errors/?lang=de&q=a?b'],
  ])('%s leads to the index, relatively', async (path, location) => {
    expect(await ask({ path })).toBe(
      [
        'HTTP/1.1 308 Permanent Redirect',
        'X-Request-ID: t-1',
        `Location: ${location}`,
        'Content-Type: text/plain; charset=utf-8',
        'Content-Length: 0',
        'Cache-Control: max-age=300',
        'Date: *',
        'Connection: close',
        '',
        '',
      ].join('\r\n'),
    )
  })

  test('the files of a page may be kept for ever, and are named by what they hold', async () => {
    const page = bodyOf(await ask({ path: '/errors/' }))
    const names = [...page.matchAll(/"(_\/[\w-]+\.(?:css|js))"/g)].map(([, name]) => name!)
    expect(names).toHaveLength(2)
    for (const name of names) {
      const answer = await ask({ path: `/errors/${name}` })
      expect(masked(answer)).toEqual([
        'HTTP/1.1 200 OK',
        'X-Request-ID: t-1',
        `Content-Type: text/${name.endsWith('css') ? 'css' : 'javascript'}; charset=utf-8`,
        'Content-Length: *',
        'Cache-Control: public, max-age=31536000, immutable',
        'ETag: *',
        'X-Content-Type-Options: nosniff',
        'Date: *',
        'Connection: close',
      ])
    }
  })

  test('what is hidden or concealed is in no page, nor in the catalog', async () => {
    const index = bodyOf(await ask({ path: '/errors/' }))
    const all = bodyOf(await ask({ path: '/errors/_/catalog.json' }))
    const list = bodyOf(await ask({ path: '/errors/?format=json' }))
    for (const text of [index, all, list]) {
      expect(text).toContain('10002')
      expect(text).not.toMatch(/\bOLD\b|Old code|10010|DECLINED|Card declined|10101/)
    }
    expect(JSON.parse(all)).toMatchObject({ formatVersion: 1, catalog: 'shop' })
  })

  test.each(['sold', '10002', '409 SOLD', 'payments zzz'])('?q=%s filters on the server', async (query) => {
    const answer = bodyOf(await ask({ path: `/errors/?format=json&q=${encodeURIComponent(query)}` }))
    const found = (JSON.parse(answer) as { errors: { code: unknown }[] }).errors.map(({ code }) => code)
    expect(found).toEqual(query.includes('zzz') ? [] : [10002])
    const page = bodyOf(await ask({ path: `/errors/?q=${encodeURIComponent(query)}` }))
    expect(page.includes('Sold out')).toBe(found.length > 0)
    expect(page).not.toContain('Product no longer available')
  })

  test('a query is told as text, whatever it holds', async () => {
    const query = '"><script>alert(1)</script>{{number}}'
    const page = bodyOf(await ask({ path: `/errors/?q=${encodeURIComponent(query)}` }))
    expect(page).toContain('“&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{number}}”')
    expect(page).not.toContain('<script>alert')
  })
})

describe('what is no page is left to the app, on every framework', () => {
  const missing = '{"code":404,"message":"Not found"}'

  test.each([
    ['GET', '/errors/99999'],
    ['GET', '/errors/10010'],
    ['GET', '/errors/10101'],
    ['GET', '/errors/%zz'],
    ['GET', '/errors/%00'],
    ['GET', '/errors//'],
    ['GET', '/errors/10002/'],
    ['GET', '/errors/10002/x'],
    ['GET', '/errors/_'],
    ['GET', '/errors/_/'],
    ['GET', '/errors/_/other.css'],
    ['GET', '/errors/__proto__'],
    ['GET', '/errors/constructor'],
    ['GET', '/errorsx'],
    ['POST', '/errors/'],
    ['DELETE', '/errors/10002'],
  ])('%s %s', async (method, path) => {
    const answer = await ask({ method, path })
    expect(linesOf(answer)[0]).toBe('HTTP/1.1 404 Not Found')
    expect(bodyOf(answer)).toBe(missing)
  })
})

test('a page goes on from the headers of the app, and has a policy of its own under helmet', async () => {
  const answer = await ask({ path: '/errors/10003' }, appsWith(true))
  expect(linesOf(answer).filter((line) => line.startsWith('Content-Security-Policy'))).toEqual([
    `Content-Security-Policy: ${POLICY}`,
  ])
  expect(headerOf(answer, 'Strict-Transport-Security')).toBeDefined()
})

test('Vary of the app is kept', async () => {
  const [[, create]] = expresses
  const app = create()
  app.use((_request, response, next) => {
    response.setHeader('Vary', 'Origin, accept')
    next()
  })
  app.use('/errors', expressFace.reference(pages))
  const answer = await serving(app, (port) => send(port, { path: '/errors/' }))
  expect(headerOf(answer, 'Vary')).toBe('Origin, accept, Accept-Language')
})

test('the page of each error is where Link of its answer leads', async () => {
  const [{ listener } = appsWith(false)[0]!] = appsWith(false)
  const answer = await serving(listener, (port) => send(port, { path: '/nowhere' }))
  const [, address = ''] = /<([^>]*)>; rel="help"/.exec(headerOf(answer, 'Link')!)!
  expect(address).toBe('/errors/404')
  expect(linesOf(await ask({ path: address }))[0]).toBe('HTTP/1.1 200 OK')
})

describe('reference refuses', () => {
  const faces: readonly (readonly [string, (options: never) => unknown])[] = [
    ['Express', expressFace.reference],
    ['Koa', koaFace.reference],
  ]
  for (const [face, reference] of faces) {
    test.each([
      ['an unknown option', { titel: 'Shop' }, 'reference has no "titel". Did you mean title?'],
      ['an empty title', { title: ' ' }, `Option title is " ". Give a name such as 'Shop API'.`],
      [
        'a code to hide',
        { hide: '1007' },
        'Option hide is "1007". Give an array of codes or keys, such as [1007].',
      ],
      [
        'an error that it has not',
        { catalog: shop, hide: ['GON'] },
        'Option hide holds "GON", which is no code or key of catalog shop. Name an error that it has.',
      ],
      ['no catalog', { catalog: {} }, 'Option catalog is an object. Give what defineCatalog returned.'],
    ])(`${face}: %s`, (_, options, message) => {
      const make = (): unknown => reference(options as never)
      expect(make).toThrow(SetupError)
      expect(make).toThrow(message)
    })
  }

  test.each(['errors', '/errors?x', '//', 7])('Koa: the path %o', (path) => {
    expect(() => koaFace.reference({ path } as never)).toThrow("Give a path such as '/errors'.")
  })
})
