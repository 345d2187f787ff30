import { Hono } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { bearerAuth } from 'hono/bearer-auth'
import { compress } from 'hono/compress'
import { cors } from 'hono/cors'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { HTTPException } from 'hono/http-exception'
import { jwk } from 'hono/jwk'
import { jwt, sign } from 'hono/jwt'
import { logger } from 'hono/logger'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { trimTrailingSlash } from 'hono/trailing-slash'
import type { MiddlewareHandler } from 'hono'
import { expect } from 'vitest'
import { bizErrors, requestIdOf } from '../../../src/adapters/hono/index.ts'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as http } from '../../../src/catalogs/http.ts'
import { defineCatalog } from '../../../src/error/define-catalog.ts'
import { answer, conflict, internal, missing, onHono, type App, type Recording } from './hosts.ts'

/** An app with one middleware: `/` fails, `/ok` does not. */
function behind(middleware: MiddlewareHandler): (options: Recording) => App {
  return (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(middleware)
    app.get('/ok', (context) => context.json({ id: 7 }))
    app.get('/', () => {
      throw new BizError(1006)
    })
    return app
  }
}

onHono(
  'cors: a browser may read the answer, and Vary tells of all that it depends on',
  behind(cors({ origin: ['https://app.example'], exposeHeaders: ['X-Total'], credentials: true })),
  async ({ send }) => {
    const kept = {
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'X-Total',
      vary: 'Accept-Language, Origin',
    }
    const headers = { Origin: 'https://app.example' }
    expect(await send({ path: '/', headers })).toEqual(answer(409, conflict, kept))
    expect(await send({ path: '/nowhere', headers })).toEqual(answer(404, missing, kept))
    const preflight = await send({
      method: 'OPTIONS',
      path: '/',
      headers: { ...headers, 'Access-Control-Request-Method': 'POST' },
    })
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([
      204,
      'https://app.example',
    ])
    expect(preflight.headers['x-request-id']).toBe('probe-1')
  },
)

onHono(
  'cors and exposeHeaders: the headers of both are exposed, each once',
  (options) => behind(cors({ exposeHeaders: ['X-Total', 'Link'] }))({ ...options, exposeHeaders: true }),
  async ({ send }) => {
    expect((await send({ path: '/' })).headers['access-control-expose-headers']).toBe(
      'X-Total,Link, Retry-After, X-Request-ID',
    )
  },
)

onHono('secureHeaders: an answer has them, as a success has', behind(secureHeaders()), async ({ send }) => {
  const ok = await send({ path: '/ok' })
  for (const path of ['/', '/nowhere']) {
    const { headers } = await send({ path })
    expect(headers['x-frame-options'], path).toBe('SAMEORIGIN')
    expect(headers['strict-transport-security'], path).toBe(ok.headers['strict-transport-security'])
    expect(headers['x-content-type-options'], path).toBe('nosniff')
  }
})

onHono(
  'compress: an answer is packed whole',
  behind(compress({ threshold: 1 })),
  async ({ host, send, port, app }) => {
    const { status, headers } = await send({ path: '/', headers: { 'Accept-Encoding': 'gzip' } })
    expect([status, headers['content-encoding']]).toEqual([409, 'gzip'])
    expect(headers['vary']).toBe('Accept-Language, Accept-Encoding')
    expect(headers['content-length']).toBeUndefined()
    // Clients unpack it.
    const whole = host === 'HTTP/1' ? await fetch(`http://127.0.0.1:${port}/`) : await app.request('/')
    expect(await whole.json()).toEqual(conflict)
  },
)

onHono('etag: an answer has none, and a success has', behind(etag()), async ({ send }) => {
  expect(await send({ path: '/' })).toEqual(answer(409, conflict))
  const { headers } = await send({ path: '/ok' })
  expect(headers['etag']).toBeDefined()
  const unchanged = await send({ path: '/ok', headers: { 'If-None-Match': headers['etag']! } })
  expect([unchanged.status, unchanged.headers['x-request-id']]).toEqual([304, 'probe-1'])
})

onHono(
  'basicAuth and bearerAuth: a 401 says how to log in, by its own challenge where the catalog has none',
  (options) => {
    const app = bizErrors(new Hono(), { ...options, catalog: http })
    app.use('/basic', basicAuth({ username: 'a', password: 'b' }))
    app.use('/bearer', bearerAuth({ token: 'secret' }))
    app.get('/basic', (context) => context.text('in')).get('/bearer', (context) => context.text('in'))
    return app
  },
  async ({ send }) => {
    const basic = await send({ path: '/basic' })
    expect([basic.status, basic.headers['www-authenticate']]).toEqual([401, 'Basic realm="Secure Area"'])
    const bearer = await send({ path: '/bearer', headers: { Authorization: 'Bearer wrong' } })
    expect([bearer.status, bearer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect((await send({ path: '/bearer', headers: { Authorization: 'Bearer secret' } })).body).toBe('in')
    const malformed = await send({ path: '/bearer', headers: { Authorization: 'Basic x' } })
    expect(malformed.status).toBe(400)
  },
)

const tokens = defineCatalog({
  name: 'tokens',
  errors: {
    EXPIRED: { code: 2001, status: 401, message: 'The token has expired' },
    INVALID: { code: 2002, status: 401, message: 'The token is no good' },
    LOGIN: { code: 2003, status: 401, message: 'Log in' },
    BROKEN: { code: 2004, status: 500, message: 'Something broke' },
    AWAY: { code: 2005, status: 502, message: 'A server is away' },
  },
  foreign: {
    byStatus: { 401: 'LOGIN', 500: 'BROKEN', 502: 'AWAY' },
    byCondition: { 'token-expired': 'EXPIRED', 'token-invalid': 'INVALID' },
  },
})

onHono(
  'R01: jwt and jwk: a token is told from one that the server cannot check, and no token is logged',
  (options) => {
    const app = bizErrors(new Hono(), { ...options, catalog: tokens })
    app.use('/hs', jwt({ secret: 's', alg: 'HS256' }))
    app.use('/broken', jwt({ secret: 'no key', alg: 'RS256' }))
    app.use('/keys', jwk({ jwks_uri: 'http://127.0.0.1:2/keys', alg: ['RS256'] }))
    app.use('/chosen', () => {
      throw new HTTPException(401, { cause: new Error('of the app') })
    })
    return app
  },
  async ({ send, log, reports, reported }) => {
    const codeOf = async (path: string, token?: string): Promise<number> => {
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
      return (JSON.parse((await send({ path, headers })).body) as { code: number }).code
    }
    const rs = `${btoa('{"alg":"RS256","typ":"JWT","kid":"1"}')}.${btoa('{"hunter2":1}')}.AAAA`.replaceAll(
      '=',
      '',
    )
    expect(await codeOf('/hs')).toBe(2003)
    expect(await codeOf('/hs', await sign({ exp: 1, hunter2: 1 }, 's', 'HS256'))).toBe(2001)
    expect(await codeOf('/hs', await sign({ hunter2: 1 }, 'other', 'HS256'))).toBe(2002)
    expect(await codeOf('/hs', 'hunter2')).toBe(2002)
    expect(await codeOf('/hs', rs)).toBe(2002)
    expect(await codeOf('/broken', rs)).toBe(2004)
    expect(await codeOf('/keys', rs)).toBe(2005)
    expect(await codeOf('/chosen')).toBe(2003)
    await reported(8)
    expect(JSON.stringify(log)).not.toMatch(/hunter2|eyJ/)
    return reports.map(({ condition, status }) => ({ condition, status }))
  },
)

onHono(
  'csrf: what it refuses is a 403 of the catalog',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(csrf())
    app.post('/', (context) => context.text('in'))
    return app
  },
  async ({ send }) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://evil.example' }
    expect(await send({ method: 'POST', path: '/', headers, body: 'a=1' })).toEqual(
      answer(403, { code: 403, message: 'Authenticated but lacks permission' }),
    )
  },
)

onHono(
  'timeout: its 504 is answered, and what fails later is told of and changes nothing',
  (options) => {
    const app = bizErrors(new Hono(), options)
    let release: () => void
    const late = new Promise<void>((resolve) => (release = resolve))
    app.use('/slow', timeout(20))
    app.get('/slow', async () => {
      await late
      throw new BizError(1006)
    })
    app.get('/release', (context) => {
      release()
      return context.text('released')
    })
    return app
  },
  async ({ send, reports, reported }) => {
    expect(await send({ path: '/slow' })).toEqual(answer(504, { code: 500, message: 'Gateway timeout' }))
    await reported(1)
    await send({ path: '/release' })
    await reported(2)
    expect(reports.map(({ status, sent, clientGone }) => ({ status, sent, clientGone }))).toEqual([
      { status: 504, sent: true, clientGone: false },
      { status: 409, sent: false, clientGone: false },
    ])
  },
)

onHono(
  'methodNotAllowed: its hook may throw, and Allow is sent',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(
      methodNotAllowed({
        app,
        onMethodNotAllowed: (_context, methods) => {
          throw new HTTPException(405, {
            res: new Response(null, { headers: { Allow: methods.join(', ') } }),
          })
        },
      }),
    )
    app.get('/', (context) => context.text('in'))
    return app
  },
  async ({ send, reports, reported }) => {
    const { status, headers } = await send({ method: 'DELETE', path: '/' })
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
    expect(await send({ path: '/nowhere' })).toEqual(answer(404, missing))
    await reported(3)
    expect(reports.filter(({ sent }) => sent).map(({ status }) => status)).toEqual([405, 404])
  },
)

onHono(
  "hono's requestId, before us and behind us: one id, everywhere",
  (options) => {
    const app = new Hono()
    app.use('/before/*', requestId({ generator: () => 'theirs-1' }))
    bizErrors(app, options)
    app.use('/behind/*', requestId({ generator: () => 'theirs-1' }))
    for (const path of ['/before', '/behind']) {
      app.get(`${path}/ok`, (context) => context.text(`${requestIdOf(context)} ${context.get('requestId')}`))
      app.get(`${path}/fails`, () => {
        throw new BizError(1006)
      })
    }
    return app
  },
  async ({ send, reports, reported }) => {
    // Neither takes it from a client, so that one is made.
    const headers = { 'X-Request-ID': '<>' }
    for (const path of ['/before', '/behind']) {
      const ok = await send({ path: `${path}/ok`, headers })
      expect([ok.body, ok.headers['x-request-id']], path).toEqual(['theirs-1 theirs-1', 'theirs-1'])
      expect(await send({ path: `${path}/fails`, headers }), path).toEqual(
        answer(409, conflict, { 'x-request-id': 'theirs-1' }),
      )
    }
    await reported(2)
    expect(reports.map((report) => report.requestId)).toEqual(['theirs-1', 'theirs-1'])
  },
)

const lines: string[] = []
onHono(
  'what middleware answers in the place of an error is sent whole, and has not the length of ours',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use('/slash/*', trimTrailingSlash())
    app.get('/slash', (context) => context.text('there'))
    app.use('/page/*', async (context, next) => {
      await next()
      if (context.res.status === 404) context.res = context.html('<p>Nothing here</p>', 404)
    })
    app.use('/other/*', async (context, next) => {
      await next()
      context.res = new Response('a text that is longer than that of the error in its place')
    })
    app.get('/other/one', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send, reported, reports }) => {
    const slash = await send({ path: '/slash/' })
    expect(slash.status).toBe(301)
    expect(slash.headers['location']).toMatch(/\/slash$/)
    const page = await send({ path: '/page/none' })
    expect([page.status, page.body]).toEqual([404, '<p>Nothing here</p>'])
    const other = await send({ path: '/other/one' })
    expect([other.status, other.body]).toEqual([
      200,
      'a text that is longer than that of the error in its place',
    ])
    await reported(3)
    return reports.map(({ status, sent }) => ({ status, sent }))
  },
)

onHono(
  'logger: it tells the status of the answer',
  behind(logger((line) => lines.push(line))),
  async ({ send }) => {
    lines.length = 0
    await send({ path: '/' })
    expect(lines.at(-1)).toMatch(/GET \/ .*409/)
  },
)

onHono(
  "an app's own handler of a sub-app answers there, and ours everywhere else",
  (options) => {
    const inner = new Hono()
    inner.onError((error, context) => context.text(`inner: ${error.message}`, 418))
    inner.get('/fails', () => {
      throw new Error('own')
    })
    inner.get('/text', () => {
      // oxlint-disable-next-line typescript/only-throw-error
      throw 'no error'
    })
    return bizErrors(new Hono(), options).route('/inner', inner)
  },
  async ({ send }) => {
    const { status, body, headers } = await send({ path: '/inner/fails' })
    expect([status, body, headers['x-request-id']]).toEqual([418, 'inner: own', 'probe-1'])
    expect(await send({ path: '/inner/text' })).toEqual(answer(500, internal))
    expect(await send({ path: '/inner/nowhere' })).toEqual(answer(404, missing))
  },
)

onHono(
  'an app with bizErrors inside another: each answers its own by its own catalog, once',
  (options) => {
    const inner = bizErrors(new Hono(), { ...options, catalog: http })
    inner.get('/foreign', () => {
      throw new HTTPException(403)
    })
    inner.get('/text', () => {
      // oxlint-disable-next-line typescript/only-throw-error
      throw 'no error'
    })
    const outer = bizErrors(new Hono(), options)
    outer.use('/late/*', async (_context, next) => {
      await next()
      throw new BizError(1006)
    })
    return outer.route('/inner', inner).route('/late', inner)
  },
  async ({ send, reports, reported }) => {
    expect(await send({ path: '/inner/foreign' })).toEqual(
      answer(403, { code: 403, message: 'Access denied' }),
    )
    expect(await send({ path: '/inner/text' })).toEqual(
      answer(500, { code: 500, message: 'Internal server error' }),
    )
    expect(await send({ path: '/late/foreign' })).toEqual(answer(409, conflict))
    await reported(4)
    return reports.map(({ catalog, status, sent }) => ({ catalog, status, sent }))
  },
)
