import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { jwt, sign, verify } from 'hono/jwt'
import { validator } from 'hono/validator'
import { describe, expect, test } from 'vitest'
import { requiredHeaders } from '../../../src/guard/required-headers.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import { failureOf } from '../../support/failure-of.ts'

const none = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

/** What an app of Hono's throws for a request. */
async function thrownBy(app: Hono, init?: RequestInit): Promise<unknown> {
  let thrown: unknown
  app.onError((error, context) => {
    thrown = error
    return context.text('')
  })
  await app.request('/', init)
  return thrown
}

const signed = (claims: object): Promise<string> => sign({ ...claims }, 's', 'HS256')

async function conditionOf(token: string, options: Parameters<typeof verify>[2] = 'HS256'): Promise<unknown> {
  return recognize(await failureOf(() => verify(token, 's', options)), none)?.condition
}

function refused(token: string, secret: string, alg: 'HS256' | 'RS256'): Promise<unknown> {
  return thrownBy(new Hono().use(jwt({ secret, alg })), { headers: { Authorization: `Bearer ${token}` } })
}

function validating(target: 'json' | 'form'): Hono {
  return new Hono().use(validator(target, () => ({})))
}

describe('hono', () => {
  test('what verify() says of a token is its condition, and of a key that it cannot use none', async () => {
    expect(await conditionOf(await signed({ exp: 1 }))).toBe('token-expired')
    for (const token of [
      'none',
      'a.b.c',
      await signed({ nbf: 9e9 }),
      await signed({ iat: 9e9 }),
      await sign({}, 'other', 'HS256'),
    ]) {
      expect(await conditionOf(token), token).toBe('token-invalid')
    }
    const strict = { alg: 'HS256', iss: 'us', aud: 'them' } as const
    for (const claims of [{}, { iss: 'who' }, { iss: 'us' }, { iss: 'us', aud: 'who' }]) {
      expect(await conditionOf(await signed(claims), strict), JSON.stringify(claims)).toBe('token-invalid')
    }
    expect(await conditionOf(await signed({}), 'HS512')).toBe('token-invalid')
    expect(await conditionOf(await signed({}), '' as never)).toBeUndefined()
  })

  test('jwt() answers 401 whatever went wrong: its cause says whose fault it was', async () => {
    const token = `${btoa('{"alg":"RS256","typ":"JWT"}')}.${btoa('{}')}.AAAA`.replaceAll('=', '')
    expect(recognize(await refused(token, 's', 'HS256'), none)).toMatchObject({ condition: 'token-invalid' })
    expect(recognize(await refused(token, 'no key', 'RS256'), none)).toEqual({
      condition: undefined,
      status: 500,
    })
  })

  test('the status that an app chooses counts, whatever the cause', () => {
    for (const status of [401, 403, 404, 503] as const) {
      const error = new HTTPException(status, { cause: new Error('of the app') })
      expect(recognize(error, none)).toMatchObject({ condition: undefined, status })
    }
  })

  test('a validator that cannot read a body says so', async () => {
    for (const [target, type] of [
      ['json', 'application/json'],
      ['form', 'multipart/form-data; boundary=x'],
    ] as const) {
      const thrown = await thrownBy(validating(target), {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: '{',
      })
      expect(recognize(thrown, none)?.condition, target).toBe('malformed-body')
    }
  })

  test('of its response, the header that HTTP asks for beside the status is kept, and nothing else', () => {
    const headers = { 'WWW-Authenticate': 'Basic realm="a"', Allow: 'GET', 'Set-Cookie': 'a=1' }
    const withResponse = (status: 401 | 405): unknown =>
      new HTTPException(status, { res: new Response('secret', { headers }) })
    expect(requiredHeaders(401, withResponse(401))).toEqual({ 'WWW-Authenticate': 'Basic realm="a"' })
    expect(requiredHeaders(405, withResponse(405))).toEqual({ Allow: 'GET' })
  })

  test('the response of another server lends no header', () => {
    const upstream = new Response(null, { headers: { 'WWW-Authenticate': 'Basic realm="a"' } })
    Object.defineProperty(upstream, 'url', { value: 'https://upstream.example/' })
    for (const res of [
      upstream,
      { url: '', headers: { get: () => 'Basic realm="a"' } },
      { url: '', headers: { 'WWW-Authenticate': 'Basic realm="a"' } },
    ]) {
      expect(requiredHeaders(401, Object.assign(new Error('mine'), { status: 401, res }))).toBeUndefined()
    }
  })
})
