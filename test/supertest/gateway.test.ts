import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../examples/gateway/on-express.ts'

afterEach(() => void vi.restoreAllMocks())

describe('the key of the caller', () => {
  test('a call without a key is challenged', async () => {
    await request(createApp())
      .get('/v1/quote')
      .expect(401, { code: 401, sub_code: 40102, message: 'API key is not provided.', data: null })
      .expect('WWW-Authenticate', 'Bearer')
  })

  test.each([
    ['invented', 401, 40103, 'API key is invalid.'],
    ['key-cold', 403, 40301, 'Account is frozen or restricted.'],
    ['key-poor', 402, 40201, 'Insufficient balance or call quota.'],
  ])('%s is refused with %i and %i', async (key, code, sub_code, message) => {
    await request(createApp())
      .get('/v1/quote')
      .set('X-API-Key', key)
      .expect(code, { code, sub_code, message, data: null })
  })

  test('a caller who can pay gets a quote', async () => {
    await request(createApp())
      .get('/v1/quote')
      .set('X-API-Key', 'key-rich')
      .expect(200, { code: 200, message: 'Success', data: { price: '12.30' } })
  })
})

describe('checkout', () => {
  test('an order that waits is paid', async () => {
    await request(createApp())
      .post('/orders/A1/checkout')
      .send({ method: 'alipay' })
      .expect(200, { code: 200, message: 'Success', data: { url: 'https://pay.example/A1' } })
  })

  test.each([
    ['A9', 'alipay', 404, 40411, 'Order record does not exist.', null],
    ['A2', 'alipay', 400, 40022, 'Order is not in pending state.', { state: 'paid' }],
    ['A3', 'alipay', 400, 40021, 'Order has expired before payment.', null],
    ['A1', 'shells', 400, 40024, 'Payment method is not supported.', null],
  ])('%s by %s is refused with %i and %i', async (order, method, code, sub_code, message, data) => {
    await request(createApp())
      .post(`/orders/${order}/checkout`)
      .send({ method })
      .expect(code, { code, sub_code, message, data })
  })

  test('a client that asks for a problem document gets one', async () => {
    await request(createApp())
      .post('/orders/A2/checkout')
      .set('Accept', 'application/problem+json')
      .set('Accept-Language', 'es-MX')
      .set('X-Request-ID', 'req_abc')
      .send({ method: 'alipay' })
      .expect(400, {
        type: '/errors/40022',
        title: 'Pedido no pendiente de pago',
        status: 400,
        detail: 'El pedido no está pendiente de pago.',
        code: 40022,
        action: 'Verifique el estado del pedido antes de iniciar el pago.',
        request_id: 'req_abc',
        details: { state: 'paid' },
      })
      .expect('Content-Type', 'application/problem+json')
      .expect('Content-Language', 'es')
      .expect('Vary', 'Accept-Language, Accept')
  })
})

test('what a provider said stays in the log', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await request(createApp())
    .get('/v1/forecast')
    .set('X-API-Key', 'key-rich')
    .expect(502, {
      code: 502,
      sub_code: 50201,
      message: 'The service request failed to be processed.',
      data: null,
    })
    .expect('Retry-After', '5')
  expect(stderr.mock.calls).toEqual([
    [expect.stringContaining('connect ECONNREFUSED 10.0.0.7:443'), expect.anything()],
  ])
})

describe('limits', () => {
  // The clock stands still until a test moves it.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('of twelve calls at once ten are answered, and in the next second again ten', async () => {
    const client = request.agent(createApp()).set('X-API-Key', 'key-rich')
    for (const _second of [1, 2]) {
      const answers = await Promise.all(Array.from({ length: 12 }, () => client.get('/v1/quote')))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.map(({ headers, body }) => [headers['retry-after'], body])).toEqual(
        Array.from({ length: 2 }, () => [
          '1',
          { code: 429, sub_code: 42901, message: 'Per-second rate limit exceeded.', data: null },
        ]),
      )
      vi.advanceTimersByTime(1000)
    }
  })

  test('an export is made once in an hour', async () => {
    const client = request.agent(createApp()).set('X-API-Key', 'key-rich')
    const made = { code: 200, message: 'Success', data: { id: 'export-1' } }
    await client.post('/v1/exports').expect(200, made)
    await client
      .post('/v1/exports')
      .expect(429, { code: 429, sub_code: 42902, message: 'Per-hour rate limit exceeded.', data: null })
      .expect('Retry-After', '3600')
      .expect('X-RateLimit-Limit', '1')
    vi.advanceTimersByTime(3_600_000)
    await client.post('/v1/exports').expect(200, made)
  })

  test('a health check counts for nothing, and tells no limits', async () => {
    const client = request.agent(createApp()).set('X-API-Key', 'key-rich')
    const { headers } = await client.get('/health').expect(200, { code: 200, message: 'Success', data: null })
    expect(Object.keys(headers).filter((name) => name.includes('ratelimit'))).toEqual([])
    await client.get('/v1/quote').expect(200).expect('X-RateLimit-Remaining', '9')
  })
})
