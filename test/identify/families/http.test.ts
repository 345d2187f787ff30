import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Boom from '@hapi/boom'
import Router, { type AllowedMethodsOptions } from '@koa/router'
import axios from 'axios'
import * as fc from 'fast-check'
import createError from 'http-errors'
import type { Context } from 'koa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { http } from '../../../src/identify/families/http.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import type { Framework } from '../../support/frameworks.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf, answersOn, each, expressWith, koaWith } from '../../support/stacks.ts'

const options = { catalog: conditionCatalog }

/** The answer to a status that no code of the catalog stands for. */
function generic(status: number, code: string, message: string): Answer {
  return { status, headers: errorHeaders(), body: { code, message } }
}

const secret = 'hunter2 at /srv/app'

describe('an HTTP error thrown from a route is its status', () => {
  const rows: readonly (readonly [what: string, make: () => unknown, answer: Answer])[] = [
    ['http-errors 400', () => createError(400, secret), answerOf('malformed-request')],
    ['http-errors 401', () => createError(401, secret), answerOf('not-authenticated')],
    ['http-errors 403', () => createError(403, secret), answerOf('forbidden')],
    ['http-errors 404', () => new createError.NotFound(secret), answerOf('not-found')],
    ['http-errors 405', () => createError(405, secret), answerOf('method-not-allowed')],
    ['http-errors 408', () => createError(408, secret), answerOf('request-timeout')],
    ['http-errors 409', () => createError(409, secret), answerOf('conflict')],
    ['http-errors 413', () => createError(413, secret), answerOf('body-too-large')],
    ['http-errors 415', () => createError(415, secret), answerOf('unsupported-media-type')],
    ['http-errors 500', () => createError(500, secret), answerOf('unrecognized')],
    ['http-errors 502', () => createError(502, secret), answerOf('upstream-failed')],
    ['http-errors 504', () => createError(504, secret), answerOf('timeout')],
    [
      'http-errors 422',
      () => createError(422, secret),
      generic(422, 'unprocessable_content', 'Unprocessable content'),
    ],
    [
      'http-errors 410',
      () => createError(410, secret),
      generic(410, 'no_longer_available', 'No longer available'),
    ],
    ['http-errors 418', () => createError(418, secret), generic(418, 'bad_request', 'Bad request')],
    ['http-errors around an Error', () => createError(404, new Error(secret)), answerOf('not-found')],
    [
      'http-errors around an error that has a request',
      () => createError(404, Object.assign(new Error(secret), { request: {}, response: { status: 500 } })),
      answerOf('not-found'),
    ],
    [
      'http-errors 429 with Retry-After',
      () => createError(429, secret, { headers: { 'Retry-After': '7', 'X-Secret': secret } }),
      answerOf('rate-limited', { 'retry-after': '7' }),
    ],
    [
      'http-errors 503 with retry-after',
      () => createError(503, secret, { headers: { 'retry-after': 1.5 } }),
      answerOf('unavailable', { 'retry-after': '2' }),
    ],
    [
      'http-errors 503 with a Retry-After that is none',
      () => createError(503, secret, { headers: { 'Retry-After': secret } }),
      answerOf('unavailable'),
    ],
    [
      'an Error with a status',
      () => Object.assign(new Error(secret), { status: 404 }),
      answerOf('not-found'),
    ],
    [
      'an Error with a statusCode',
      () => Object.assign(new Error(secret), { statusCode: 403 }),
      answerOf('forbidden'),
    ],
    ['boom 400', () => Boom.badRequest(secret, { secret }), answerOf('malformed-request')],
    [
      'boom 401',
      () => Boom.unauthorized(secret, 'Bearer', { realm: 'api' }),
      answerOf('not-authenticated', { 'www-authenticate': 'Bearer realm="api"' }),
    ],
    ['boom 404', () => Boom.notFound(secret), answerOf('not-found')],
    [
      'boom 405',
      () => Boom.methodNotAllowed(secret, undefined, ['GET']),
      answerOf('method-not-allowed', { allow: 'GET' }),
    ],
    ['boom 409', () => Boom.conflict(secret), answerOf('conflict')],
    ['boom 429', () => Boom.tooManyRequests(secret), answerOf('rate-limited')],
    [
      'boom 429 with Retry-After',
      () => {
        const error = Boom.tooManyRequests(secret)
        error.output.headers['Retry-After'] = 30
        return error
      },
      answerOf('rate-limited', { 'retry-after': '30' }),
    ],
    ['boom 500', () => Boom.badImplementation(secret), answerOf('unrecognized')],
    ['boom 503', () => Boom.serverUnavailable(secret), answerOf('unavailable')],
    [
      'boom with a text of its own in the payload',
      () => {
        const error = Boom.forbidden(secret)
        error.output.payload.message = secret
        error.output.payload['secret'] = secret
        return error
      },
      answerOf('forbidden'),
    ],
    [
      'an Error that was boomified',
      () => Boom.boomify(new Error(secret), { statusCode: 409 }),
      answerOf('conflict'),
    ],
  ]
  test.each(rows)('%s', async (_what, make, answer) => {
    const answers = await answersTo(() => {
      throw make()
    }, options)
    expect(answers).toEqual(everywhere(answer))
  })
})

function routedKoa(options: AllowedMethodsOptions): readonly Framework[] {
  return koaWith((app) => {
    const router = new Router()
    router.get('/known', (context) => {
      context.body = 'known'
    })
    app.use(router.routes()).use(router.allowedMethods(options))
  })
}

describe('what frameworks and routers throw is its status', () => {
  const koa = koaWith((app) =>
    app.use((context: Context, next) => {
      if (context.path === '/assert') context.assert(false, 409, secret)
      if (context.path === '/throw')
        context.throw(403, secret, { user: secret, headers: { 'X-Secret': secret } })
      if (context.path === '/later') context.throw(503, { headers: { 'Retry-After': '9' } })
      if (context.path === '/biz') context.throw(new BizError(1006))
      return next()
    }),
  )
  test.each([
    ['/throw', 'forbidden', {}],
    ['/assert', 'conflict', {}],
    ['/later', 'unavailable', { 'retry-after': '9' }],
    ['/nowhere', 'not-found', {}],
  ] as const)("Koa's own: %s is %s", async (path, condition, headers) => {
    expect(await answersOn(koa, { path })).toEqual(each(koa, condition, headers))
  })

  test('a BizError that goes through `ctx.throw` stays what it is', async () => {
    const taken = {
      status: 409,
      headers: errorHeaders(),
      body: { code: 1006, message: 'Username already exists' },
    }
    expect(await answersOn(koa, { path: '/biz' })).toEqual({ 'Koa 3': taken, 'Koa 2': taken })
  })

  const notImplemented = generic(501, 'unrecognized', 'Not implemented')
  test.each([
    ['sets', false, { allow: 'HEAD, GET' }],
    // It does not say which methods are allowed: an app that throws has to set Allow itself.
    ['throws', true, {}],
  ] as const)('@koa/router that %s 405 and 501', async (_what, throws, headers) => {
    const router = routedKoa({ throw: throws })
    const [wrong, unknown] = await Promise.all([
      answersOn(router, { path: '/known', method: 'POST' }),
      answersOn(router, { path: '/known', method: 'PROPFIND' }),
    ])
    expect(wrong).toEqual(each(router, 'method-not-allowed', headers))
    const expected = { ...notImplemented, headers: { ...notImplemented.headers, ...headers } }
    expect(unknown).toEqual(Object.fromEntries(router.map(({ name }) => [name, expected])))
  })

  test('@koa/router that throws boom, as its documentation shows', async () => {
    const router = routedKoa({ throw: true, methodNotAllowed: () => Boom.methodNotAllowed(secret) })
    expect(await answersOn(router, { path: '/known', method: 'POST' })).toEqual(
      each(router, 'method-not-allowed'),
    )
  })

  test.each(['/%zz', '/%ff', '/%E0%A4%A'])("Express's URIError for %s", async (path) => {
    const express = expressWith((app) => app.get('/:id', (_request, response) => void response.end()))
    expect(await answersOn(express, { path })).toEqual(each(express, 'malformed-request'))
  })
})

describe('what `sendFile` passes on is its status', () => {
  const root = mkdtempSync(join(tmpdir(), 'secret-root-'))
  writeFileSync(join(root, 'there.txt'), 'there')
  afterAll(() => rmSync(root, { recursive: true }))

  const express = expressWith((app) =>
    app.use((request, response) => {
      const file = decodeURIComponent(request.path.slice(1))
      response.sendFile(file, { root, dotfiles: 'deny' })
    }),
  )
  const rows: readonly (readonly [what: string, path: string, headers: Record<string, string>, Answer])[] = [
    ['a file that is missing', '/gone.txt', {}, answerOf('not-found')],
    ['a file under a file', '/there.txt/gone', {}, answerOf('not-found')],
    ['a path out of the root', '/..%2Fetc%2Fpasswd', {}, answerOf('forbidden')],
    ['a hidden file', '/.env', {}, answerOf('forbidden')],
    ['a path with a null byte', '/a%00b', {}, answerOf('malformed-request')],
    [
      'a range that there is not',
      '/there.txt',
      { Range: 'bytes=100-200' },
      {
        ...generic(416, 'range_not_satisfiable', 'Range not satisfiable'),
        headers: errorHeaders('en', { 'content-range': 'bytes */5' }),
      },
    ],
    [
      'a precondition that does not hold',
      '/there.txt',
      { 'If-Match': '"other"' },
      generic(412, 'precondition_failed', 'Precondition failed'),
    ],
  ]
  test.each(rows)('%s', async (_what, path, headers, answer) => {
    expect(await answersOn(express, { path, headers })).toEqual(
      Object.fromEntries(express.map(({ name }) => [name, answer])),
    )
  })
})

describe("another server's status is never ours", () => {
  const upstream = createServer((_request, response) => {
    response.writeHead(401, { 'Content-Type': 'text/plain', 'WWW-Authenticate': secret }).end(secret)
  })
  let address = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/`
  })
  afterAll(() => void upstream.close())

  const ownRules = { name: 'HTTP', rules: http.rules }
  const isOurs = (error: object): boolean =>
    ownRules.rules.some(
      ({ property = '', matches }) => property in error && (matches?.(error, noFacts) ?? false),
    )

  test('when axios was refused there', async () => {
    const error = await axios.get(address, { proxy: false }).catch((reason: unknown) => reason as object)
    expect(error).toMatchObject({ name: 'AxiosError', status: 401 })
    expect(isOurs(error as object)).toBe(false)
  })

  test('when the response of fetch itself is thrown', async () => {
    const answers = await answersTo(async () => Promise.reject(await fetch(address)), options)
    expect(answers).toEqual(everywhere(answerOf('upstream-failed')))
  })

  test('when what it answered is the cause', async () => {
    const answers = await answersTo(() => {
      throw new Error('refused', { cause: { status: 401, headers: {}, body: { code: 1, message: 'x' } } })
    }, options)
    expect(answers).toEqual(everywhere(answerOf('unrecognized')))
  })

  // The shapes that SDKs document for their errors.
  test.each([
    ['an answer', { status: 401, response: { status: 401 } }],
    ['what was asked', { status: 401, request: { url: 'https://api.example' } }],
    ['how it was asked', { statusCode: 401, config: { url: 'https://api.example' } }],
    ['the answer of Elasticsearch', { statusCode: 401, body: {}, meta: { statusCode: 401 } }],
    ['the raw answer', { statusCode: 401, raw: { statusCode: 401 }, requestId: 'req_1' }],
  ])('when it stands beside %s', async (_what, facts) => {
    const answers = await answersTo(() => {
      throw Object.assign(new Error(secret), facts)
    }, options)
    expect(answers).toEqual(everywhere(answerOf('upstream-failed')))
  })
})

const noFacts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const throwing = (): never => {
  throw new Error('hostile')
}
const revoked = Proxy.revocable({}, {})
revoked.revoke()

function withStatus(status: unknown): Error {
  return Object.assign(new Error('x'), { status })
}

function boom(changed: object): object {
  return { isBoom: true, isServer: false, output: { statusCode: 404, headers: {}, payload: {} }, ...changed }
}

describe('the status of an error', () => {
  const table: readonly (readonly [what: string, thrown: unknown, status: number | undefined])[] = [
    ['a plain object with a status', { status: 404, message: '/srv/x.js' }, 404],
    ['a plain object with a statusCode', { statusCode: 422 }, 422],
    ['a frozen error', Object.freeze(withStatus(404)), 404],
    ['the first of two that is valid: statusCode', { status: 200, statusCode: 422 }, 422],
    ['the first of two that is valid: status', { status: 404, statusCode: 500 }, 404],
    [
      'the second, when the first cannot be read',
      Object.defineProperty({ statusCode: 503 }, 'status', { get: throwing }),
      503,
    ],
    ['an error whose response is null', { status: 404, response: null, request: undefined }, 404],
    ['an error with the id of its request', { status: 404, request: 'req-1' }, 404],
    ...[400, 407, 418, 421, 451, 499, 500, 511, 599].map(
      (status) => [`${status}`, withStatus(status), status] as const,
    ),
    ...[200, 204, 205, 304, 100, 103, 302, 399, 600, 999, 1e21, -1, 0, NaN, Infinity, 400.5, 404.0000001].map(
      (status) => [`${status}, which is no status of errors`, withStatus(status), undefined] as const,
    ),
    ['a string', withStatus('404'), undefined],
    ['a BigInt', withStatus(404n), undefined],
    ['a Symbol', withStatus(Symbol('404')), undefined],
    ['an object that becomes a number', withStatus({ valueOf: () => 404 }), undefined],
    ['a boxed number', withStatus(Object(404)), undefined],
    ['boom', boom({}), 404],
    ['boom whose output is none', boom({ output: 'x' }), undefined],
    ['boom whose output is a revoked Proxy', boom({ output: revoked.proxy }), undefined],
    ['boom whose status is none', boom({ output: { statusCode: '404' } }), undefined],
    ['boom that contradicts itself', boom({ isServer: true }), undefined],
    ['isBoom that is not true', boom({ isBoom: 'yes' }), undefined],
    ['isBoom alone', { isBoom: true }, undefined],
    ['an Error', new Error('x'), undefined],
    ['a system error', Object.assign(new Error('x'), { code: 'ENOENT', errno: -2 }), undefined],
    ['a thrown number', 404, undefined],
    ['a thrown string', '404', undefined],
    ['a function with a status', Object.assign(() => 1, { status: 404 }), undefined],
    ['null', null, undefined],
    ['undefined', undefined, undefined],
    ['an object without prototype', Object.create(null), undefined],
    ['a Proxy that throws', new Proxy({}, { get: throwing }), undefined],
    ['a revoked Proxy', revoked.proxy, undefined],
  ]
  test.each(table)('is known of %s', (_what, thrown, status) => {
    expect(recognize(thrown, noFacts)).toEqual(
      status === undefined ? undefined : { status, retryAfter: undefined, condition: undefined },
    )
  })

  test('is read without throwing, whatever is thrown', () => {
    const any = fc.anything({ withBigInt: true, withNullPrototype: true })
    const thrown = fc.record(
      {
        status: any,
        statusCode: any,
        isBoom: fc.oneof(fc.constant(true), any),
        isServer: fc.oneof(fc.boolean(), any),
        output: fc.oneof(fc.record({ statusCode: any, headers: any }, { requiredKeys: [] }), any),
        headers: any,
        expose: any,
        response: any,
        name: any,
        code: any,
        type: any,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(thrown, any), (thrown) => {
        const { status } = recognize(thrown, noFacts) ?? {}
        expect(status === undefined || (Number.isInteger(status) && status >= 400 && status <= 599)).toBe(
          true,
        )
      }),
    )
  })
})
