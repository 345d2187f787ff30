import { bodyParser } from '@koa/bodyparser'
import { errorHandler, rateLimit, requestId } from 'bizerror/koa'
import { BizError, catalog } from 'bizerror/catalogs/secrets'
import { bizError } from 'bizerror/testing'
import 'bizerror/testing/vitest'
import type Koa from 'koa'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { koas } from '../support/frameworks.ts'

function createApp(Version: typeof Koa, logger = { error: () => {} }): Koa {
  const app = new Version()
  app.use(errorHandler({ catalog, logger }))
  app.use(requestId())
  app.use(bodyParser())
  const limit = rateLimit({
    catalog,
    policies: [{ name: 'exports', limit: 2, window: '10m', error: 'quota_exceeded' }],
  })
  app.use(async (ctx, next) => {
    if (ctx.path === '/exports') await limit(ctx, next)
    else await next()
  })
  app.use(async (ctx) => {
    await Promise.resolve()
    if (ctx.path === '/secrets') ctx.body = catalog.ok([])
    if (ctx.path === '/secrets/db') throw new BizError('secret_not_found')
    if (ctx.path === '/backups') throw new Error('connect ECONNREFUSED 10.0.0.7:5432')
    if (ctx.path === '/exports') ctx.body = catalog.ok({ id: 'export-1' })
  })
  return app
}

/** The body of an error, for a request with the id that these tests send. */
function errorBody(code: string, message: string): object {
  return { error: { code, message, request_id: 'req_abc' } }
}

for (const [version, Version] of koas) {
  describe(`errorHandler on ${version}`, () => {
    const app = createApp(Version).callback()
    // All its requests have one id, so that whole bodies can be compared.
    const client = request.agent(app).set('X-Request-ID', 'req_abc')

    test('a coded error is answered in the language of the client', async () => {
      await client
        .get('/secrets/db')
        .set('Accept-Language', 'fr-CA')
        .expect(404, errorBody('secret_not_found', 'Secret introuvable'))
        .expect('Content-Language', 'fr')
    })

    test('a client that wants no language of ours gets English', async () => {
      await client
        .get('/secrets/db')
        .set('Accept-Language', 'eo')
        .expect(404, errorBody('secret_not_found', 'Secret not found'))
        .expect('Content-Language', 'en')
    })

    test('the head says what caches, browsers and logs have to know, and no more', async () => {
      const response = await client.get('/secrets/db')
      const { date: _date, connection: _connection, ...headers } = response.headers
      expect(headers).toEqual({
        'x-request-id': 'req_abc',
        'content-type': 'application/json; charset=utf-8',
        'content-length': '89',
        'content-language': 'en',
        vary: 'Accept-Language',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
    })

    test('what no middleware answers is answered with the code of the catalog', async () => {
      await client.get('/nowhere').expect(404, errorBody('invalid_path', 'Path format violation'))
    })

    test('over HTTP/2 the answer is the same', async () => {
      await request(app, { http2: true })
        .get('/secrets/db')
        .set('X-Request-ID', 'req_abc')
        .expect(404, errorBody('secret_not_found', 'Secret not found'))
        .expect('Content-Language', 'en')
    })

    test('HEAD is answered without a body', async () => {
      const { text } = await client.head('/secrets/db').expect(404).expect('Content-Length', '89')
      expect(text).toBeUndefined()
    })

    test('a body that is no JSON is a bad request, and nothing of it comes back', async () => {
      await client
        .post('/secrets')
        .type('json')
        .send('{"password":"hunter2",}')
        .expect(400, errorBody('invalid_request', 'Malformed JSON or shape'))
    })

    test('what went wrong in the server is told to the log alone', async () => {
      const error = vi.fn<() => void>()
      await request(createApp(Version, { error }).callback())
        .get('/backups')
        .set('X-Request-ID', 'req_abc')
        .expect(500, errorBody('internal_error', 'Unexpected server error'))
      expect(error).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ code: 'internal_error', method: 'GET', requestId: 'req_abc' }),
        'connect ECONNREFUSED 10.0.0.7:5432',
      )
    })
  })

  describe(`requestId on ${version}`, () => {
    const app = createApp(Version).callback()
    const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

    test('the id of the client comes back with a success and with an error', async () => {
      await request(app).get('/secrets').set('X-Request-ID', 'a').expect(200).expect('X-Request-ID', 'a')
      const missing = bizError('secret_not_found', { requestId: 'b' })
      await request(app)
        .get('/secrets/db')
        .set('X-Request-ID', 'b')
        .expect(missing)
        .expect('X-Request-ID', 'b')
    })

    test('a request without an id, or with one that could forge a line of the log, gets a new one', async () => {
      await request(app).get('/secrets').expect(200).expect('X-Request-ID', uuid)
      await request(app).get('/secrets').set('X-Request-ID', 'a b').expect(200).expect('X-Request-ID', uuid)
    })

    test('the id of the body is that of the head', async () => {
      const answer = await request(app).get('/secrets/db').expect('X-Request-ID', uuid)
      expect(answer).toBeBizError('secret_not_found', { requestId: answer.get('X-Request-ID') })
    })
  })

  describe(`rateLimit on ${version}`, () => {
    // The clock stands still until a test moves it.
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
    afterEach(() => void vi.useRealTimers())

    test('what is beyond the limit is refused until the window is over', async () => {
      const app = createApp(Version).callback()
      await request(app).get('/exports').expect(200).expect('X-RateLimit-Remaining', '1')
      await request(app).get('/exports').expect(200).expect('X-RateLimit-Remaining', '0')
      await request(app)
        .get('/exports')
        .set('Accept-Language', 'de')
        .set('X-Request-ID', 'req_abc')
        .expect(429, errorBody('quota_exceeded', 'Festes Kontingent des Mandanten überschritten'))
        .expect('Retry-After', '600')
        .expect('X-RateLimit-Limit', '2')
        .expect('X-RateLimit-Remaining', '0')
      vi.advanceTimersByTime(599_999)
      await request(app).get('/exports').expect(429).expect('Retry-After', '1')
      vi.advanceTimersByTime(1)
      await request(app)
        .get('/exports')
        .expect(200, { data: { id: 'export-1' } })
    })

    test('of ten requests at once as many pass as the limit says', async () => {
      const app = createApp(Version).callback()
      const answers = await Promise.all(Array.from({ length: 10 }, () => request(app).get('/exports')))
      const refused = answers.filter(({ status }) => status !== 200)
      expect(refused).toEqual(Array(8).fill(expect.toBeBizError('quota_exceeded', { status: 429 })))
    })
  })
}
