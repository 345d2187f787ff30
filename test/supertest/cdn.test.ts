import request, { type Test } from 'supertest'
import { afterEach, expect, test, vi } from 'vitest'
import { createApp } from '../../examples/cdn/on-koa.ts'

/** A client of an app of its own, which calls an action by its name. */
function connect(options?: Parameters<typeof createApp>[0]): (action: string, query?: object) => Test {
  const client = request.agent(createApp(options).callback())
  return (action, query) => client.get('/v2/index.php').query({ Action: action, Signature: 's', ...query })
}

afterEach(() => void vi.restoreAllMocks())

test('a new host is listed until it is deleted', async () => {
  const call = connect()
  const host = 'new.example'
  await call('AddCdnHost', { host }).expect(200, { code: 0, message: 'OK', data: { host } })
  await call('DescribeCdnHosts').expect(200, { code: 0, message: 'OK', data: ['www.example.com', host] })
  await call('DeleteCdnHost', { host }).expect(200, { code: 0, message: 'OK' })
  await call('DescribeCdnHosts').expect(200, { code: 0, message: 'OK', data: ['www.example.com'] })
})

test.each([
  [{}, 400, 4000, '(1012) Invalid request parameter. Check it and try again.'],
  [
    { host: 'www.example.com' },
    400,
    4000,
    '(2001) The domain name you submitted already exists. Do not add it again.',
  ],
  [
    { host: 'blocked.example' },
    403,
    4300,
    '(2113) The requested domain name is on the system blacklist, which cannot be worked with. Contact the vendor.',
  ],
  [
    { host: `${'a'.repeat(73)}.example` },
    400,
    4000,
    '(2114) The length of the domain name exceeds the system limit. Modify it and try again.',
  ],
  [
    { host: 'new.example', projectId: 'x' },
    400,
    4000,
    '(2130) Invalid ProjectID parameter. Check it and try again.',
  ],
])('a host as %j is refused with %i and %i', async (query, status, code, message) => {
  await connect()('AddCdnHost', query).expect(status, { code, message })
})

test('a host that is unknown cannot be deleted', async () => {
  await connect()('DeleteCdnHost', { host: 'unknown.example' }).expect(404, {
    code: 5000,
    message: '(2000) The accelerated domain name does not exist. Check it and try again.',
  })
})

test('a host that is online cannot be deleted, which the log is told as a fault', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await connect()('DeleteCdnHost', { host: 'www.example.com' }).expect(500, {
    code: 5100,
    message: 'Resource operation failed',
  })
  expect(stderr.mock.calls).toEqual([[expect.stringContaining('"code":5100'), expect.anything()]])
})

test('a Chinese reader gets the text of the vendor', async () => {
  await connect()('AddCdnHost', { host: 'new.example', projectId: 'x' })
    .set('Accept-Language', 'zh-Hans-CN, en;q=0.5')
    .expect(400, { code: 4000, message: '(2130)非法ProjectID参数，请确认后重试' })
    .expect('Content-Language', 'zh-CN')
})

test('an action that is unknown, and one that every object has, are no actions', async () => {
  const refused = { code: 4000, message: '(1011) Invalid request API. Check it and try again.' }
  const call = connect()
  await call('Explode').expect(400, refused)
  await call('constructor').expect(400, refused)
})

test('a request without a signature is not authenticated', async () => {
  await request(createApp().callback())
    .get('/v2/index.php')
    .query({ Action: 'DescribeCdnHosts' })
    .expect(401, { code: 4100, message: 'Authentication failed' })
})

test('where every status is 200, the code tells alone', async () => {
  await connect({ httpStatus: 200 })('Explode').expect(200, {
    code: 4000,
    message: '(1011) Invalid request API. Check it and try again.',
  })
})

test('a path that no middleware answers is not found', async () => {
  await request(createApp().callback())
    .get('/nowhere')
    .set('Accept-Language', 'de')
    .expect(404, { code: 5000, message: 'Ressource nicht vorhanden' })
    .expect('Content-Language', 'de')
})
