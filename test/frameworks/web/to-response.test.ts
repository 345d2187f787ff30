import { expect, test } from 'vitest'
import { toResponse } from '../../../src/adapters/web/index.ts'
import { wholeOf } from './whole.ts'

const reply = {
  status: 416,
  headers: { 'Content-Type': 'text/plain', Vary: 'Origin, Accept-Language' },
  body: 'no',
}

test('a reply becomes a Response', async () => {
  expect(await wholeOf(toResponse(reply))).toEqual({
    status: 416,
    headers: { 'content-type': 'text/plain', vary: 'Origin, Accept-Language' },
    body: 'no',
  })
})

test('to HEAD it has no body', () => {
  expect(toResponse(reply, { method: 'HEAD' }).body).toBeNull()
})

test('a request as options lends its method alone', async () => {
  const request = new Request('http://localhost/', { method: 'HEAD', headers: { Cookie: 's3cr3t' } })
  const response = toResponse(reply, request)
  expect([response.headers.get('cookie'), response.body]).toEqual([null, null])
})

test('headers of a response that was begun stay, but for those that described the lost success', async () => {
  const onResponse = new Headers({
    'Access-Control-Allow-Origin': 'https://a.example',
    'Content-Type': 'image/png',
    'Content-Range': 'bytes */7',
    ETag: '"1"',
    Location: '/there',
    Vary: 'Origin',
  })
  onResponse.append('Set-Cookie', 'a=1')
  onResponse.append('Set-Cookie', 'b=2')
  const response = toResponse(reply, { onResponse })
  expect([...response.headers]).toEqual([
    ['access-control-allow-origin', 'https://a.example'],
    // What HTTP asks for beside a 416.
    ['content-range', 'bytes */7'],
    ['content-type', 'text/plain'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['vary', 'Origin, Accept-Language'],
  ])
  expect(onResponse.get('etag')).toBe('"1"')
})

test('Upgrade is sent where Connection names it, and nowhere else', () => {
  const upgrade = { status: 426, headers: { Upgrade: 'h2c', 'Content-Type': 'text/plain' }, body: '' }
  expect(Object.fromEntries(toResponse(upgrade).headers)).toEqual({ 'content-type': 'text/plain' })
  const named = { ...upgrade, headers: { ...upgrade.headers, Connection: 'Upgrade, close' } }
  expect(toResponse(named).headers.get('upgrade')).toBe('h2c')
})

test('Q08: what all objects have is no option of ours', () => {
  const polluted = { onResponse: new Headers({ 'X-Foreign': 'yes' }), method: 'HEAD', statusText: 'Foreign' }
  Object.assign(Object.prototype, polluted)
  try {
    const response = toResponse(reply)
    expect([response.headers.get('x-foreign'), response.statusText]).toEqual([null, 'Range Not Satisfiable'])
    expect(response.body).not.toBeNull()
  } finally {
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name)
  }
})

test.each(['set-cookie', '__proto__', 'constructor'])(
  'beside %s, other headers that were begun stay, and go as they do without it',
  (name) => {
    const onResponse = new Headers({ 'X-Limit': '7', ETag: '"1"', Vary: 'Origin' })
    onResponse.append(name, 'a=1')
    expect([...toResponse(reply, { onResponse }).headers]).toEqual(
      [
        [name, 'a=1'],
        ['content-type', 'text/plain'],
        ['vary', 'Origin, Accept-Language'],
        ['x-limit', '7'],
      ].sort(([a], [b]) => (a! < b! ? -1 : 1)),
    )
  },
)

test('where nothing that was begun stays, the headers are those of the reply', () => {
  const { headers } = toResponse(reply, { onResponse: new Headers({ ETag: '"1"' }) })
  expect([...headers]).toEqual([...toResponse(reply).headers])
})
