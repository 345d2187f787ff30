import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../examples/cloud-waf/on-express.ts'

describe('users', () => {
  test('a new user can be read', async () => {
    const app = createApp()
    const user = { id: 3, username: 'alice' }
    await request(app)
      .post('/users')
      .send({ username: 'alice' })
      .expect(200, { code: 0, message: 'OK', data: user })
    await request(app).get('/users/3').expect(200, { code: 0, message: 'OK', data: user })
  })

  test('a name that is taken is a conflict, and the client is told in its language', async () => {
    await request(createApp())
      .post('/users')
      .set('Accept-Language', 'de')
      .send({ username: 'admin' })
      .expect(409, { code: 1006, message: 'Benutzername bereits vergeben' })
      .expect('Content-Language', 'de')
      .expect('Vary', 'Accept-Language')
  })

  test('a user that is not there is not found', async () => {
    await request(createApp()).get('/users/99').expect(404, { code: 1001, message: 'User not found' })
  })

  test('malformed JSON is a bad request, and nothing of it comes back', async () => {
    await request(createApp())
      .post('/users')
      .type('json')
      .send('{"password":"hunter2",}')
      .expect(400, { code: 400, message: 'Bad request (JSON parse fail / missing required field)' })
  })
})

describe('login', () => {
  test('the right password brings a token', async () => {
    await request(createApp())
      .post('/login')
      .send({ username: 'admin', password: 'correct horse' })
      .expect(200, { code: 0, message: 'OK', data: { token: 'a-session-token' } })
  })

  test('an unknown user, a locked one and a wrong password cannot be told apart', async () => {
    const client = request.agent(createApp()).set('X-Request-ID', 'req_abc')
    async function login(username: string, password: string): Promise<object> {
      const { status, headers, text } = await client.post('/login').send({ username, password })
      const { date: _date, ...told } = headers
      return { status, headers: told, text }
    }
    const wrong = await login('admin', 'wrong')
    expect(wrong).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'ApiKey' },
      text: '{"code":1002,"message":"Invalid password"}',
    })
    expect(await login('nobody', 'x')).toEqual(wrong)
    expect(await login('mallory', 'let me in')).toEqual(wrong)
  })
})

describe('API keys', () => {
  test('a key can be revoked, and revoked again', async () => {
    const app = createApp()
    await request(app)
      .post('/api-keys')
      .send({ name: 'deploy', scopes: ['guard.domain.read'] })
      .expect(200, { code: 0, message: 'OK', data: { id: 8, name: 'deploy' } })
    await request(app).delete('/api-keys/8').expect(200, { code: 0, message: 'OK' })
    await request(app)
      .delete('/api-keys/8')
      .expect(200, { code: 1051, message: 'API Key not found or out of visible scope' })
  })

  test.each([
    [{}, { code: 1055, message: 'API Key name is required' }],
    [
      { name: 'deploy', expires_in_days: 366 },
      { code: 1054, message: 'expires_in_days exceeds the upper bound of 365' },
    ],
    [
      { name: 'deploy', scopes: ['guard.domain.read', 'guard.*'] },
      {
        code: 1052,
        message: "Requested scope exceeds the user's RBAC boundary",
        details: { beyond: ['guard.*'] },
      },
    ],
  ])('a key as %j is refused', async (key, body) => {
    await request(createApp()).post('/api-keys').send(key).expect(400, body)
  })
})

describe('limits', () => {
  // The clock stands still until a test moves it.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('an alert rests for thirty seconds, and another one does not', async () => {
    const app = createApp()
    await request(app).post('/alerts/1/send').expect(200, { code: 0, message: 'OK' })
    await request(app)
      .post('/alerts/1/send')
      .expect(429, { code: 5008, message: 'Alert in cooldown (debounce)' })
      .expect('Retry-After', '30')
    await request(app).post('/alerts/2/send').expect(200)
    vi.advanceTimersByTime(30_000)
    await request(app).post('/alerts/1/send').expect(200)
  })

  test('a chart is drawn twice in ten minutes', async () => {
    const app = createApp()
    const chart = { code: 0, message: 'OK', data: { id: '7', points: [3, 1, 2] } }
    await request(app).get('/charts/7').expect(200, chart).expect('X-RateLimit-Remaining', '1')
    await request(app).get('/charts/7').expect(200, chart).expect('X-RateLimit-Remaining', '0')
    await request(app)
      .get('/charts/7')
      .set('Accept-Language', 'de')
      .expect(429, { code: 4005, message: 'Anfragelimit erreicht' })
      .expect('Retry-After', '600')
  })
})

test('a path that no route has is not found', async () => {
  await request(createApp())
    .get('/nowhere')
    .set('X-Request-ID', 'req_abc')
    .expect(404, { code: 404, message: 'Resource not found' })
    .expect('X-Request-ID', 'req_abc')
})
