import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../examples/secrets/on-koa.ts'

/** A client of an app of its own. All its requests have one id, so that whole bodies can be compared. */
function connect(authorization = 'Bearer good') {
  const client = request.agent(createApp().callback())
  return client.set('X-Request-ID', 'req_abc').set('Authorization', authorization)
}

function errorBody(code: string, message: string, details?: object): object {
  return { error: { code, message, request_id: 'req_abc', ...(details && { details }) } }
}

describe('the token of the caller', () => {
  test.each([
    ['', 'authentication_required', 'Missing Authorization header'],
    ['Bearer expired', 'token_expired', 'Token exp passed'],
    ['Bearer forged', 'token_invalid', 'Signature failed'],
  ])('%j is refused with %s', async (authorization, code, message) => {
    await connect(authorization)
      .get('/v1/secrets/db/password')
      .expect(401, errorBody(code, message))
      .expect('WWW-Authenticate', 'Bearer')
  })
})

describe('secrets', () => {
  test('a secret can be read after it was written', async () => {
    const client = connect()
    await client
      .put('/v1/secrets/db/user')
      .send({ value: 'app', ttl: 3600 })
      .expect(200, { data: { path: 'db/user', version: 1 } })
    await client.get('/v1/secrets/db/user').expect(200, { data: { value: 'app', version: 1 } })
  })

  test('a secret that is not there is not found, in the language of the client', async () => {
    await connect()
      .get('/v1/secrets/db/user')
      .set('Accept-Language', 'fr-CA')
      .expect(404, errorBody('secret_not_found', 'Secret introuvable'))
      .expect('Content-Language', 'fr')
  })

  test('who writes over a version that is gone by is told so', async () => {
    const client = connect()
    await client.put('/v1/secrets/db/password').send({ value: 'new', version: 3 }).expect(200)
    await client
      .put('/v1/secrets/db/password')
      .send({ value: 'newer', version: 3 })
      .expect(409, errorBody('version_conflict', 'Concurrent modification'))
  })

  test('everything that is wrong with a secret is told at once', async () => {
    const fields = [
      { path: 'value', code: 'required' },
      { path: 'ttl', code: 'not_integer' },
    ]
    await connect()
      .put('/v1/secrets/db/user')
      .send({ ttl: 'soon' })
      .expect(422, errorBody('validation_error', 'Field-level validation; see details.fields', { fields }))
  })

  test('a secret that would live too long is refused with the longest time', async () => {
    await connect()
      .put('/v1/secrets/db/user')
      .send({ value: 'app', ttl: 2_592_001 })
      .expect(400, errorBody('ttl_exceeds_max', 'Requested TTL > role max_ttl', { max_ttl: 2_592_000 }))
  })

  test('malformed JSON is a bad request, and nothing of it comes back', async () => {
    await connect()
      .put('/v1/secrets/db/user')
      .type('json')
      .send('{"value":"hunter2",}')
      .expect(400, errorBody('invalid_request', 'Malformed JSON or shape'))
  })

  test('a method that the route has not is refused with those that it has', async () => {
    await connect()
      .post('/v1/secrets/db/password')
      .expect(405, errorBody('invalid_request', 'Method not allowed'))
      .expect('Allow', 'HEAD, GET, PUT')
  })
})

describe('webhooks', () => {
  test('a delivery that failed is no failure of the request: its record tells the code', async () => {
    const url = 'https://broken.example/hook'
    await connect()
      .post('/v1/webhooks/test')
      .set('Accept-Language', 'de')
      .send({ url })
      .expect(200, {
        data: {
          url,
          delivered: false,
          error: {
            code: 'webhook_delivery_failed',
            status: 502,
            message: 'Ziel hat nicht mit einem 2xx-Status geantwortet',
            locale: 'de',
            retryable: true,
            details: { status: 500 },
          },
        },
      })
  })
})

describe('limits', () => {
  // The clock stands still until a test moves it.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('a tenant tests two webhooks in an hour', async () => {
    const client = connect()
    const hook = { url: 'https://ok.example/hook' }
    const delivered = { data: { ...hook, delivered: true } }
    await client.post('/v1/webhooks/test').send(hook).expect(200, delivered)
    await client.post('/v1/webhooks/test').send(hook).expect(200, delivered)
    await client
      .post('/v1/webhooks/test')
      .send(hook)
      .expect(429, errorBody('quota_exceeded', 'Hard tenant quota'))
      .expect('Retry-After', '3600')
      .expect('X-RateLimit-Limit', '2')
    vi.advanceTimersByTime(3_600_000)
    await client.post('/v1/webhooks/test').send(hook).expect(200, delivered)
  })

  test('no minute holds more than a hundred calls of a caller', async () => {
    const client = connect()
    const answers = await Promise.all(
      Array.from({ length: 101 }, () => client.get('/v1/secrets/db/password')),
    )
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.map(({ status, body }) => [status, body])).toEqual([
      [429, errorBody('rate_limited', 'Caller-specific rate limit')],
    ])
  })
})
