import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { expect } from 'vitest'
import {
  bizErrors,
  errorHandler,
  notFound,
  requestId,
  requestIdOf,
} from '../../../src/adapters/hono/index.ts'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { answer, conflict, internal, missing, onHono } from './hosts.ts'

onHono(
  'a BizError has the status, the text and the headers of its catalog, thrown or rejected',
  (options) =>
    bizErrors(new Hono(), options)
      .get('/thrown', () => {
        throw new BizError(1006)
      })
      .get('/rejected', async () => {
        await Promise.resolve()
        throw new BizError(1006)
      }),
  async ({ send }) => {
    expect(await send({ path: '/thrown' })).toEqual(answer(409, conflict))
    expect(await send({ path: '/rejected' })).toEqual(answer(409, conflict))
  },
)

onHono(
  'HEAD has the same headers and no body',
  (options) =>
    bizErrors(new Hono(), options).get('/', () => {
      throw new BizError(1006)
    }),
  async ({ send }) => {
    expect(await send({ method: 'HEAD', path: '/' })).toEqual({ ...answer(409, conflict), body: '' })
  },
)

onHono(
  'what is no Error goes past onError, and is answered as 500',
  (options) =>
    bizErrors(new Hono(), options)
      .get('/text', () => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw 'x'
      })
      .get('/null', () => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw null
      })
      .get('/undefined', () => Promise.reject(undefined))
      .get('/object', () => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw { status: 404, headers: { 'x-a': '1' } }
      }),
  async ({ send, reports, reported }) => {
    for (const path of ['/text', '/null', '/undefined']) {
      expect(await send({ path }), path).toEqual(answer(500, internal))
    }
    expect((await send({ path: '/object' })).status).toBe(404)
    await reported(4)
    return reports.map(({ error, status, route }) => ({ error, status, route }))
  },
)

onHono(
  'a request that no route takes on, and c.notFound(), are the 404',
  (options) => bizErrors(new Hono(), options).get('/gone', (context) => context.notFound()),
  async ({ send, reports, reported }) => {
    expect(await send({ path: '/nowhere' })).toEqual(answer(404, missing))
    expect(await send({ path: '/gone' })).toEqual(answer(404, missing))
    expect(await send({ path: '/gone', method: 'POST' })).toEqual(answer(404, missing))
    await reported(3)
    return reports.map(({ status, method, route }) => ({ status, method, route }))
  },
)

onHono(
  'headers for the browser stay, those of the lost success go, and none of ours is replaced',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(cors({ origin: 'https://app.example', credentials: true }))
    app.use(async (context, next) => {
      context.header('Set-Cookie', 'a=1')
      context.header('Set-Cookie', 'b=2', { append: true })
      context.header('ETag', '"1"')
      context.header('Content-Encoding', 'gzip')
      context.header('Cache-Control', 'public')
      await next()
    })
    app.get('/', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send }) => {
    const kept = {
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'set-cookie': 'a=1 | b=2',
      vary: 'Accept-Language, Origin',
    }
    const headers = { Origin: 'https://app.example' }
    expect(await send({ path: '/', headers })).toEqual(answer(409, conflict, kept))
    expect(await send({ path: '/nowhere', headers })).toEqual(answer(404, missing, kept))
  },
)

onHono(
  'a middleware that fails after the success takes its place',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(async (_context, next) => {
      await next()
      throw new BizError(1006)
    })
    app.get('/', (context) => context.json({ id: 7 }, 201, { Location: '/7', 'X-Kept': 'yes' }))
    return app
  },
  async ({ send }) => {
    expect(await send({ path: '/' })).toEqual(answer(409, conflict, { 'x-kept': 'yes' }))
  },
)

onHono(
  'a middleware around us sees the answer and may change it',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use(async (context, next) => {
      await next()
      context.header('X-Seen', String(context.res.status))
    })
    app.get('/', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send }) => {
    expect(await send({ path: '/' })).toEqual(answer(409, conflict, { 'x-seen': '409' }))
    expect(await send({ path: '/nowhere' })).toEqual(answer(404, missing, { 'x-seen': '404' }))
  },
)

onHono(
  'of an HTTPException the status counts, and its text does not',
  (options) =>
    bizErrors(new Hono(), options)
      .get('/own', () => {
        throw new HTTPException(404, { message: 'no secret' })
      })
      .get('/response', () => {
        throw new HTTPException(404, { res: new Response('secret', { status: 404 }) })
      }),
  async ({ send }) => {
    expect(await send({ path: '/own' })).toEqual(answer(404, missing))
    expect(await send({ path: '/response' })).toEqual(answer(404, missing))
  },
)

onHono(
  'a thrown Response is the answer, and so is a redirect in an HTTPException',
  (options) =>
    bizErrors(new Hono(), options)
      .get('/thrown', () => {
        // oxlint-disable-next-line typescript/only-throw-error
        throw new Response('teapot', { status: 418 })
      })
      .get('/redirect', (context) => {
        throw new HTTPException(302 as never, { res: context.redirect('/login') })
      }),
  async ({ send, reports }) => {
    const thrown = await send({ path: '/thrown' })
    expect([thrown.status, thrown.body]).toEqual([418, 'teapot'])
    const redirect = await send({ path: '/redirect' })
    expect([redirect.status, redirect.headers['location']]).toEqual([302, '/login'])
    expect(reports).toEqual([])
  },
)

onHono(
  'a Response that is thrown takes the place of a success, of which nothing stays but what was set for the browser',
  (options) => {
    const app = bizErrors(new Hono(), options)
    const late = {
      thrown: () =>
        new Response('none of that', {
          status: 403,
          headers: { 'Cache-Control': 'no-store', 'Set-Cookie': 'b=2', Vary: 'Cookie' },
        }),
      redirect: () =>
        new HTTPException(302 as never, {
          res: new Response('elsewhere', { status: 302, headers: { Location: '/' } }),
        }),
    }
    for (const [path, make] of Object.entries(late)) {
      app.use(`/${path}`, async (_context, next) => {
        await next()
        // oxlint-disable-next-line typescript/only-throw-error
        throw make()
      })
      app.use(`/${path}`, cors({ origin: 'https://app' }), compress({ threshold: 0 }))
      app.get(`/${path}`, (context) => {
        context.header('Set-Cookie', 'a=1')
        return context.text('a success', 200, {
          ETag: '"1"',
          'Cache-Control': 'public',
          'Content-Length': '9',
        })
      })
    }
    return app
  },
  async ({ send }) => {
    const headers = { 'Accept-Encoding': 'gzip', Origin: 'https://app' }
    const thrown = await send({ path: '/thrown', headers })
    expect([thrown.status, thrown.body]).toEqual([403, 'none of that'])
    const { 'content-length': _, ...others } = thrown.headers
    expect(others).toEqual({
      'access-control-allow-origin': 'https://app',
      'cache-control': 'no-store',
      'content-type': expect.stringMatching(/^text\/plain; ?charset=UTF-8$/),
      'set-cookie': 'a=1 | b=2',
      vary: 'Accept-Encoding, Origin, Cookie',
      'x-request-id': 'probe-1',
    })
    const redirect = await send({ path: '/redirect', headers })
    expect([redirect.status, redirect.body]).toEqual([302, 'elsewhere'])
    expect(redirect.headers).toMatchObject({ location: '/', 'access-control-allow-origin': 'https://app' })
    expect(redirect.headers).not.toHaveProperty('etag')
    expect(redirect.headers).not.toHaveProperty('content-encoding')
  },
)

onHono(
  'what a handler returns and is no Response is an error like others',
  (options) => {
    const app = bizErrors(new Hono(), options)
    const values = { text: 'x', number: 7, object: { statusCode: 200, headers: {}, body: '' } }
    for (const [path, value] of Object.entries(values)) app.get(`/${path}`, () => value as never)
    return app
  },
  async ({ send, reports, reported }) => {
    for (const path of ['/text', '/number', '/object']) {
      expect(await send({ path }), path).toEqual(answer(500, internal))
    }
    await reported(3)
    expect(reports.map(({ error }) => (error as Error).message)).toEqual([
      'A handler returned "x". Return a Response',
      'A handler returned 7. Return a Response',
      'A handler returned an object. Return a Response',
    ])
  },
)

onHono(
  'every response tells the id, which handlers know as requestId',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.get('/ok', (context) => context.text(context.get('requestId')))
    app.get('/own', () => new Response('own'))
    const empty = new Response(null, { status: 204 })
    app.get('/empty', () => empty)
    app.get('/plain', (context) => context.text(requestIdOf(context)))
    return app
  },
  async ({ send }) => {
    for (const path of ['/ok', '/own', '/plain']) {
      expect((await send({ path })).headers['x-request-id'], path).toBe('probe-1')
    }
    for (const id of ['first', 'second']) {
      const { headers } = await send({ path: '/empty', headers: { 'X-Request-ID': id } })
      expect(headers['x-request-id']).toBe(id)
    }
    expect((await send({ path: '/ok' })).body).toBe('probe-1')
    expect((await send({ path: '/plain' })).body).toBe('probe-1')
    const made = await send({ path: '/ok', headers: { 'X-Request-ID': '<script>' } })
    expect(made.body).toMatch(/^[0-9a-f-]{36}$/)
    expect(made.headers['x-request-id']).toBe(made.body)
  },
)

onHono(
  'the pieces by themselves: errorHandler, notFound, requestId',
  (options) => {
    const app = new Hono()
    app.onError(errorHandler(options))
    app.notFound(notFound(options))
    app.use(requestId({ header: 'X-Correlation-ID', generate: () => 'made-1' }))
    app.get('/', () => {
      throw new BizError(1006)
    })
    app.get('/ok', (context) => context.text('ok'))
    return app
  },
  async ({ send }) => {
    const told = { 'x-request-id': null, 'x-correlation-id': 'made-1' }
    expect(await send({ path: '/' })).toEqual(answer(409, conflict, told))
    expect(await send({ path: '/nowhere' })).toEqual(answer(404, missing, told))
    expect((await send({ path: '/ok' })).headers['x-correlation-id']).toBe('made-1')
  },
)

onHono(
  'errorHandler and notFound answer without any middleware',
  (options) => {
    const app = new Hono()
    app.onError(errorHandler(options))
    app.notFound(notFound(options))
    app.get('/', () => {
      throw new BizError(1006)
    })
    app.get('/gone', (context) => context.notFound())
    return app
  },
  async ({ send }) => {
    expect(await send({ path: '/' })).toEqual(answer(409, conflict))
    expect(await send({ path: '/nowhere' })).toEqual(answer(404, missing))
    expect(await send({ path: '/gone' })).toEqual(answer(404, missing))
  },
)

onHono(
  'reports name the route, and not the middleware before it',
  (options) => {
    const app = bizErrors(new Hono(), options)
    app.use('/users/*', async (context, next) => {
      if (context.req.query('early') !== undefined) throw new BizError(1006)
      await next()
    })
    app.get('/users/:id', () => {
      throw new BizError(1006)
    })
    return app
  },
  async ({ send, reports, reported }) => {
    await send({ path: '/users/7' })
    await send({ path: '/users/7?early' })
    await reported(2)
    expect(
      reports.map(({ method, route, sent, clientGone }) => ({ method, route, sent, clientGone })),
    ).toEqual([
      { method: 'GET', route: '/users/:id', sent: true, clientGone: false },
      { method: 'GET', route: '/users/:id', sent: true, clientGone: false },
    ])
  },
)

onHono(
  'a response whose headers cannot be sent is an error like others',
  (options) =>
    bizErrors(new Hono(), options)
      .get('/value', (context) => context.json({}, 200, { 'X-Name': 'hunter2 \u20ac', 'X-Other': '1' }))
      .get('/name', () => new Response('', { headers: { 'hunter2 x': '1' } })),
  async ({ send, reports, reported }) => {
    expect(await send({ path: '/value' })).toEqual(answer(500, internal))
    expect(await send({ path: '/name' })).toEqual(answer(500, internal))
    await reported(2)
    return reports.map(({ status, sent }) => ({ status, sent }))
  },
)
