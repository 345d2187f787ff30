import { asyncHandler, BizError, errorHandler, notFound, rateLimit, requestId } from 'bizerror'
import { catalog } from 'bizerror/catalogs/cloud-waf'
import { bizError } from 'bizerror/testing'
import 'bizerror/testing/vitest'
import type express from 'express'
import type { Express } from 'express'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { expresses } from '../support/frameworks.ts'

function createApp(create: typeof express, logger = { error: () => {} }): Express {
  const app = create()
  app.disable('x-powered-by')
  app.use(requestId())
  app.use(create.json())
  app.get('/users', (_req, res) => {
    res.json(catalog.ok([]))
  })
  app.post('/users', () => {
    throw new BizError(1006)
  })
  app.get(
    '/users/:id',
    asyncHandler(async () => {
      await Promise.resolve()
      throw new BizError(1001)
    }),
  )
  app.get('/reports', () => {
    throw new Error('connect ECONNREFUSED 10.0.0.7:5432')
  })
  const limit = rateLimit({
    catalog,
    policies: [{ name: 'charts', limit: 2, window: '10m', error: 4005 }],
  })
  app.get('/charts', limit, (_req, res) => {
    res.json(catalog.ok([3, 1, 2]))
  })
  app.use(notFound())
  app.use(errorHandler({ catalog, logger }))
  return app
}

for (const [version, create] of expresses) {
  describe(`errorHandler on ${version}`, () => {
    const app = createApp(create)

    test('a coded error is answered in the language of the client', async () => {
      await request(app)
        .post('/users')
        .set('Accept-Language', 'de')
        .expect(409, { code: 1006, message: 'Benutzername bereits vergeben' })
        .expect('Content-Language', 'de')
    })

    test('a client that wants no language of ours gets English', async () => {
      await request(app)
        .post('/users')
        .set('Accept-Language', 'eo')
        .expect(409, { code: 1006, message: 'Username already exists' })
        .expect('Content-Language', 'en')
    })

    test('the head says what caches, browsers and logs have to know, and no more', async () => {
      const response = await request(app).post('/users').set('X-Request-ID', 'req_abc')
      const { date: _date, connection: _connection, ...headers } = response.headers
      expect(headers).toEqual({
        'x-request-id': 'req_abc',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '49',
        'content-language': 'en',
        vary: 'Accept-Language',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
    })

    test('HEAD is answered without a body', async () => {
      const { text } = await request(app).head('/users/7').expect(404).expect('Content-Length', '40')
      expect(text).toBeUndefined()
    })

    test('a body that is no JSON is a bad request, and nothing of it comes back', async () => {
      await request(app)
        .post('/users')
        .type('json')
        .send('{"password":"hunter2",}')
        .expect(400, { code: 400, message: 'Bad request (JSON parse fail / missing required field)' })
    })

    test('what went wrong in the server is told to the log alone', async () => {
      const error = vi.fn<() => void>()
      await request(createApp(create, { error }))
        .get('/reports')
        .expect(500, { code: 500, message: 'Internal server error' })
      expect(error).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ code: 500, method: 'GET', route: '/reports' }),
        'connect ECONNREFUSED 10.0.0.7:5432',
      )
    })
  })

  test(`asyncHandler on ${version} hands a rejection on`, async () => {
    await request(createApp(create)).get('/users/7').expect(404, { code: 1001, message: 'User not found' })
  })

  test(`notFound on ${version} answers for a path and for a method that no route has`, async () => {
    const app = createApp(create)
    await request(app).get('/nowhere').expect(404, { code: 404, message: 'Resource not found' })
    await request(app).put('/users').expect(404, { code: 404, message: 'Resource not found' })
  })

  describe(`requestId on ${version}`, () => {
    const app = createApp(create)
    const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

    test('the id of the client comes back with a success and with an error', async () => {
      await request(app).get('/users').set('X-Request-ID', 'a').expect(200).expect('X-Request-ID', 'a')
      await request(app)
        .post('/users')
        .set('X-Request-ID', 'b')
        .expect(bizError(1006))
        .expect('X-Request-ID', 'b')
    })

    test('a request without an id, or with one that could forge a line of the log, gets a new one', async () => {
      await request(app).get('/users').expect(200).expect('X-Request-ID', uuid)
      await request(app).get('/users').set('X-Request-ID', 'a b').expect(200).expect('X-Request-ID', uuid)
    })
  })

  describe(`rateLimit on ${version}`, () => {
    // The clock stands still until a test moves it.
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
    afterEach(() => void vi.useRealTimers())

    test('what is beyond the limit is refused until the window is over', async () => {
      const app = createApp(create)
      await request(app).get('/charts').expect(200).expect('X-RateLimit-Remaining', '1')
      await request(app).get('/charts').expect(200).expect('X-RateLimit-Remaining', '0')
      await request(app)
        .get('/charts')
        .set('Accept-Language', 'de')
        .expect(429, { code: 4005, message: 'Anfragelimit erreicht' })
        .expect('Retry-After', '600')
        .expect('X-RateLimit-Limit', '2')
        .expect('X-RateLimit-Remaining', '0')
      vi.advanceTimersByTime(599_999)
      await request(app).get('/charts').expect(429).expect('Retry-After', '1')
      vi.advanceTimersByTime(1)
      await request(app)
        .get('/charts')
        .expect(200, { code: 0, message: 'OK', data: [3, 1, 2] })
    })

    test('of ten requests at once as many pass as the limit says', async () => {
      const app = createApp(create)
      const answers = await Promise.all(Array.from({ length: 10 }, () => request(app).get('/charts')))
      const refused = answers.filter(({ status }) => status !== 200)
      expect(refused).toEqual(Array(8).fill(expect.toBeBizError(4005, { status: 429, retryAfter: 600 })))
    })
  })
}
