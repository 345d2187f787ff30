import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as ask, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer } from 'node:http2'
import { connect as dial, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Boom from '@hapi/boom'
import Router from '@koa/router'
import * as OpenApiValidator from 'express-openapi-validator'
import createError from 'http-errors'
import { afterAll, describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { expresses, type Route } from '../support/frameworks.ts'
import { send, type RawRequest } from '../support/raw.ts'
import { parse, throws } from '../support/guarantees.ts'
import { expressApps, koaApps, onAll, onThese, type App } from '../support/served.ts'
import { lowerCased, sentHeaders } from '../support/standard-answer.ts'
import { answers, record } from '../support/whole-answer.ts'

const TEXTS = {
  401: 'Log in first',
  403: 'Not for you',
  405: 'Not this way',
  407: 'Log in to the proxy',
  416: 'Not that part',
  426: 'Upgrade first',
  429: 'Later',
  500: 'Something broke',
  503: 'Not now',
}
type Status = keyof typeof TEXTS

const errors = {
  401: { status: 401, message: TEXTS[401] },
  403: { status: 403, message: TEXTS[403] },
  405: { status: 405, message: TEXTS[405] },
  407: { status: 407, message: TEXTS[407] },
  416: { status: 416, message: TEXTS[416] },
  426: { status: 426, message: TEXTS[426] },
  429: { status: 429, message: TEXTS[429] },
  500: { status: 500, message: TEXTS[500] },
  503: { status: 503, message: TEXTS[503] },
  1001: { status: 401, message: 'The key is not known' },
} as const
const api = defineCatalog({ name: 'api', errors })
const challenging = defineCatalog({ name: 'challenging', challenge: 'Bearer realm="house"', errors })

function bodyOf(status: Status): object {
  return { code: status, message: TEXTS[status] }
}

/** What each status needs, and what its answer on a connection that is closed afterwards has for it. */
const REQUIRED = [
  [401, 'WWW-Authenticate', 'Basic realm="api", charset="UTF-8"', {}],
  [403, 'WWW-Authenticate', 'Bearer error="insufficient_scope", scope="write"', {}],
  [405, 'Allow', 'GET, HEAD', {}],
  [407, 'Proxy-Authenticate', 'Basic realm="proxy"', {}],
  [416, 'Content-Range', 'bytes */1234', {}],
  [426, 'Upgrade', 'TLS/1.2, HTTP/2.0', { Connection: 'Upgrade, close' }],
  [429, 'Retry-After', '7', {}],
  [503, 'Retry-After', '7', {}],
] as const

const others = {
  'X-Secret': 'secret-7',
  'Set-Cookie': 'secret-7=1',
  Location: 'https://secret-7.example/',
  ETag: '"secret-7"',
}

function boom(status: number, headers: Readonly<Record<string, string>>): unknown {
  const error = new Boom.Boom('secret-7', { statusCode: status })
  error.output.headers = { ...headers }
  return error
}

describe('S01: the header that HTTP requires beside a status', () => {
  for (const [status, name, value, more] of REQUIRED) {
    for (const [whose, make] of Object.entries({
      'http-errors': () => createError(status, 'secret-7', { headers: { ...others, [name]: value } }),
      'an Error with a status': () =>
        Object.assign(new Error('secret-7'), { status, headers: { [name.toLowerCase()]: value, ...others } }),
      Boom: () => boom(status, { [name.toUpperCase()]: value, ...others }),
      'the cause of an Error': () =>
        new Error('outer', { cause: createError(status, { headers: { [name]: value } }) }),
    })) {
      answers(
        `S01: ${name} of a ${status} survives from ${whose}, and nothing else of its headers does`,
        {
          options: { catalog: api },
          route: () => {
            throw make()
          },
          secrets: ['secret-7'],
        },
        { status, body: bodyOf(status), headers: { [name]: value, ...more } },
      )
    }

    if (name !== 'Retry-After') {
      answers(
        `S01: ${name} is not sent with another status than ${status}`,
        {
          options: { catalog: api },
          route: throws(createError(500, { expose: false, headers: { [name]: value } })),
        },
        { status: 500, body: bodyOf(500) },
      )
      answers(
        `S01: ${name} of a ${status} survives a rule of the app that names its code`,
        {
          options: { catalog: api, identify: { when: (error) => error instanceof Error, error: status } },
          route: throws(createError(status, { headers: { [name]: value } })),
        },
        { status, body: bodyOf(status), headers: { [name]: value, ...more } },
      )
    }
  }

  onAll(
    'S01: where every answer is a 200, none of them is sent',
    {
      options: { catalog: api, httpStatus: 200 },
      routes: Object.fromEntries(
        REQUIRED.slice(0, 6).map(([status, name, value]) => [
          `/${status}`,
          throws(createError(status, { headers: { [name]: value } })),
        ]),
      ),
    },
    async ({ port }) => {
      for (const [status] of REQUIRED.slice(0, 6)) {
        const raw = await send(port, { path: `/${status}`, headers: { 'X-Request-ID': 's-1' } })
        const answer = parse(raw)
        expect(answer.status).toBe(200)
        expect(record(answer.headers)).toEqual(lowerCased(sentHeaders(bodyOf(status), { requestId: 's-1' })))
      }
    },
  )

  for (const [what, status, name, value] of [
    ['a part of a file', 416, 'Content-Range', 'bytes 0-9/10'],
    ['no length', 416, 'Content-Range', 'bytes */*'],
    ['a line break', 405, 'Allow', 'GET\r\nX-Evil: 1'],
    ['a character beyond Latin-1', 426, 'Upgrade', 'h2c日'],
    ['nothing', 426, 'Upgrade', ''],
    ['no challenge', 401, 'WWW-Authenticate', 'realm="api"'],
    ['a challenge with a text that does not end', 401, 'WWW-Authenticate', 'Basic realm="api'],
    ['an object', 405, 'Allow', { toString: () => 'GET' }],
    ['a list of what is no text', 405, 'Allow', ['GET', { toString: () => 'PUT' }]],
    ['more than 4 KiB', 405, 'Allow', 'GET,'.repeat(1025)],
  ] as const) {
    answers(
      `S01: ${name} of a foreign ${status} with ${what} is left out`,
      {
        options: { catalog: api },
        route: throws(Object.assign(new Error('x'), { status, headers: { [name]: value } })),
      },
      { status, body: bodyOf(status) },
    )
  }

  answers(
    'S01: an empty Allow is sent: no method is allowed',
    {
      options: { catalog: api },
      route: throws(createError(405, { headers: { Allow: '' } })),
    },
    // There is no blank after the colon for the reader of header lines to see.
    { status: 405, body: bodyOf(405), headers: { Allow: '' } },
  )
  answers(
    'S01: a header given as lines is one list',
    {
      options: { catalog: api },
      route: throws(createError(401, { headers: { 'WWW-Authenticate': ['Negotiate', 'Basic realm="x"'] } })),
    },
    { status: 401, body: bodyOf(401), headers: { 'WWW-Authenticate': 'Negotiate, Basic realm="x"' } },
  )

  for (const [what, headers] of [
    ['a getter that throws', Object.defineProperty({}, 'Allow', { enumerable: true, get: fail })],
    ['a Proxy that throws', new Proxy({}, { ownKeys: fail })],
    ['a text', 'Allow: GET'],
    ['a list', ['Allow', 'GET']],
    ['what all objects inherit', Object.create({ Allow: 'GET' })],
  ] as const) {
    answers(
      `S01: headers of a foreign error that are ${what} are ignored`,
      {
        options: { catalog: api },
        route: throws(Object.assign(new Error('x'), { status: 405, headers: headers as unknown })),
      },
      { status: 405, body: bodyOf(405) },
    )
  }
})

function fail(): never {
  throw new Error('hostile')
}

describe('S01: a BizError', () => {
  for (const [status, name, value, more] of REQUIRED.slice(1, 6)) {
    answers(
      `S01: sends ${name} with a ${status}, written in any case`,
      {
        options: { catalog: api },
        route: throws(new api.BizError(status as 403, { headers: { [name.toLowerCase()]: value } })),
      },
      { status, body: bodyOf(status), headers: { [name]: value, ...more } },
    )
    if (name === 'Allow') continue // says something beside any status
    answers(
      `S01: does not send ${name} with another status, and the log says so`,
      {
        options: { catalog: api },
        route: throws(new api.BizError(429, { headers: { [name]: value } })),
      },
      {
        status: 429,
        body: bodyOf(429),
        also: ({ reports }) => expect(reports[0]?.unusable).toEqual([`headers.${name}`]),
      },
    )
  }

  answers(
    'S01: sends no Content-Range that tells a part, and the log says so',
    {
      options: { catalog: api },
      route: throws(new api.BizError(416, { headers: { 'Content-Range': 'bytes 0-9/10' } })),
    },
    {
      status: 416,
      body: bodyOf(416),
      also: ({ reports }) => expect(reports[0]?.unusable).toEqual(['headers.Content-Range']),
    },
  )

  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`X-${index}`, 'v']))
  answers(
    'S01: of 40 headers 32 are sent, and the log names those that are not',
    { options: { catalog: api }, route: throws(new api.BizError(429, { headers: many })) },
    {
      status: 429,
      body: bodyOf(429),
      headers: Object.fromEntries(Object.entries(many).slice(0, 32)),
      also: ({ reports }) =>
        expect(reports[0]?.unusable).toEqual(
          Array.from({ length: 8 }, (_, index) => `headers.X-${32 + index}`),
        ),
    },
  )
  answers(
    'S01: of more than 8 KiB of headers the log names those that are not sent',
    {
      options: { catalog: api },
      route: throws(
        new api.BizError(429, {
          headers: { 'X-A': 'a'.repeat(4096), 'X-B': 'b'.repeat(4090), 'X-C': 'c' },
        }),
      ),
    },
    {
      status: 429,
      body: bodyOf(429),
      headers: { 'X-A': 'a'.repeat(4096), 'X-B': 'b'.repeat(4090) },
      also: ({ reports }) => expect(reports[0]?.unusable).toEqual(['headers.X-C']),
    },
  )
  answers(
    'S01: a header name has at most 128 characters, and stands once',
    {
      options: { catalog: api },
      route: throws(
        new api.BizError(429, {
          headers: { [`X-${'a'.repeat(126)}`]: '1', [`X-${'b'.repeat(127)}`]: '1', 'X-C': '1', 'x-c': '2' },
        }),
      ),
    },
    {
      status: 429,
      body: bodyOf(429),
      headers: { [`X-${'a'.repeat(126)}`]: '1', 'X-C': '1' },
      also: ({ reports }) =>
        expect(reports[0]?.unusable).toEqual([`headers.X-${'b'.repeat(54)}`, 'headers.x-c']),
    },
  )
})

describe('S01: a 401 says how to log in, and not why', () => {
  for (const [what, given, sent] of [
    ['error and its description', 'Bearer error="invalid_token", error_description="expired"', 'Bearer'],
    ['error after a realm', 'Bearer realm="api", error="invalid_token"', 'Bearer realm="api"'],
    ['error before a scope', 'Bearer error="invalid_token", scope="a b"', 'Bearer scope="a b"'],
    ['a param of its own', 'Token reason=locked, realm=x', 'Token realm=x'],
    ['error in upper case', 'Bearer ERROR=invalid_token', 'Bearer'],
    [
      'error in one of two challenges',
      'Bearer realm="a, error=\\"b\\"", error="x",Basic realm="c"',
      'Bearer realm="a, error=\\"b\\"", Basic realm="c"',
    ],
  ] as const) {
    answers(
      `S01: a foreign challenge loses ${what}`,
      {
        options: { catalog: api },
        route: throws(createError(401, { headers: { 'WWW-Authenticate': given } })),
      },
      { status: 401, body: bodyOf(401), headers: { 'WWW-Authenticate': sent } },
    )
  }

  for (const given of [
    'Negotiate YWJj==',
    'Digest realm="a", qop="auth", nonce="b", opaque="c", algorithm=SHA-256',
    'DPoP algs="ES256 PS256"',
    'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
  ]) {
    answers(
      `S01: a foreign challenge stays as it is: ${given}`,
      {
        options: { catalog: api },
        route: throws(createError(401, { headers: { 'WWW-Authenticate': given } })),
      },
      { status: 401, body: bodyOf(401), headers: { 'WWW-Authenticate': given } },
    )
  }

  answers(
    "S01: the catalog's challenge goes before a foreign one",
    {
      options: { catalog: challenging },
      route: throws(createError(401, { headers: { 'WWW-Authenticate': 'Bearer error="expired"' } })),
    },
    { status: 401, body: bodyOf(401), headers: { 'WWW-Authenticate': 'Bearer realm="house"' } },
  )
  answers(
    'S01: boom puts its message into the challenge, which stays inside',
    {
      options: { catalog: api },
      route: throws(Boom.unauthorized('secret-7', 'Basic', { realm: 'api' })),
      secrets: ['secret-7'],
    },
    { status: 401, body: bodyOf(401), headers: { 'WWW-Authenticate': 'Basic realm="api"' } },
  )
  answers(
    'S01: a concealed 401 has no foreign challenge, which would tell it from others',
    {
      options: { catalog: api, conceal: { 401: 401 } },
      route: throws(createError(401, { headers: { 'WWW-Authenticate': 'Bearer' } })),
    },
    { status: 401, body: bodyOf(401) },
  )
  answers(
    'S01: a concealed error has no header of its true status',
    {
      options: { catalog: api, conceal: { 405: 403 } },
      route: throws(createError(405, { headers: { Allow: 'GET' } })),
    },
    { status: 403, body: bodyOf(403) },
  )
  answers(
    'S01: a 401 of the catalog says what the catalog says, and the log tells what was left out',
    {
      options: { catalog: api },
      route: throws(new api.BizError(1001, { headers: { 'WWW-Authenticate': 'Bearer' } })),
    },
    {
      status: 401,
      body: { code: 1001, message: 'The key is not known' },
      also: ({ reports }) => expect(reports[0]?.unusable).toEqual(['headers.WWW-Authenticate']),
    },
  )
})

/** Sends one request to each app, and compares its answer as a whole. */
function answered(
  title: string,
  apps: readonly App[],
  request: RawRequest,
  status: Status,
  headers: Readonly<Record<string, string>>,
): void {
  onThese(title, apps, async ({ port }) => {
    const answer = parse(await send(port, { ...request, headers: { ...request.headers } }))
    const { 'x-request-id': _id, ...rest } = record(answer.headers)
    const { 'x-request-id': _, ...standard } = lowerCased(sentHeaders(bodyOf(status)))
    expect({ ...answer, headers: rest }).toEqual({
      status,
      headers: { ...standard, ...headers },
      body: JSON.stringify(bodyOf(status)),
    })
  })
}

const withApi = (options: HandlerOptions): HandlerOptions => ({
  ...options,
  catalog: api,
})

describe('S01: real libraries', () => {
  const root = mkdtempSync(join(tmpdir(), 'required-headers-'))
  writeFileSync(join(root, 'ten.txt'), '0123456789')
  afterAll(() => rmSync(root, { recursive: true }))

  for (const [version, lib] of expresses) {
    answered(
      `S01: a range that express.static does not have is a 416 with the length, on ${version}`,
      expressApps((app, options) => {
        app.use(lib.static(root), expressFace.errorHandler(withApi(options)))
      }).filter(([name]) => name === version),
      { path: '/ten.txt', headers: { Range: 'bytes=20-30' } },
      416,
      // Set by express.static for the success, and true of the file.
      { 'content-range': 'bytes */10' },
    )
  }

  const throwers: Readonly<Record<string, readonly [Status, Record<string, string>]>> = {
    '/405': [405, { Allow: 'GET, PUT' }],
    '/401': [401, { 'WWW-Authenticate': 'Basic realm="api"' }],
    '/416': [416, { 'Content-Range': 'items */3' }],
  }
  for (const [path, [status, headers]] of Object.entries(throwers)) {
    answered(
      `S01: ctx.throw(${status}, { headers })`,
      koaApps((app, options) => {
        app.use(koaFace.errorHandler(withApi(options)))
        app.use((context) => context.throw(status, 'secret-7', { headers: { ...headers, ...others } }))
      }),
      { path },
      status,
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    )
  }

  for (const [what, isThrown, allow] of [
    ['sets', false, 'HEAD, GET'],
    ['throws boom with', true, 'GET'],
  ] as const) {
    answered(
      `S01: Allow that @koa/router ${what} is sent`,
      koaApps((app, options) => {
        const router = new Router()
        router.get('/', (context) => {
          context.body = 'x'
        })
        app.use(koaFace.errorHandler(withApi(options)))
        app.use(router.routes())
        app.use(
          router.allowedMethods({
            throw: isThrown,
            methodNotAllowed: () => Boom.methodNotAllowed('secret-7', undefined, ['GET']),
          }),
        )
      }),
      { method: 'POST', path: '/' },
      405,
      { allow },
    )
  }

  answered(
    'S01: Allow of express-openapi-validator is sent',
    expressApps((app, options) => {
      app.use(
        OpenApiValidator.middleware({
          apiSpec: {
            openapi: '3.0.0',
            info: { title: 'x', version: '1' },
            paths: {
              '/users': {
                get: { responses: { 200: { description: 'x' } } },
                put: { responses: { 200: { description: 'x' } } },
              },
            },
          },
        }),
      )
      app.use(expressFace.errorHandler(withApi(options)))
    }),
    { method: 'DELETE', path: '/users' },
    405,
    { allow: 'PUT, GET' },
  )

  for (const [what, value, sent] of [
    ['the length of what was asked for stays', 'bytes */10', { 'content-range': 'bytes */10' }],
    ['which part was to follow goes', 'bytes 0-4/10', {}],
  ] as const) {
    const set: Route = (_request, response) => {
      response.setHeader('Content-Range', value)
      throw createError(416)
    }
    answers(
      `S01: of a Content-Range that stands on the response of a 416, ${what}`,
      { options: { catalog: api }, route: set },
      { status: 416, body: bodyOf(416), headers: sent },
    )
  }
})

describe('S01: Upgrade', () => {
  const route = throws(createError(426, { headers: { Upgrade: 'websocket' } }))

  onAll(
    'S01: is named in Connection, and the connection is kept or closed as before',
    { options: { catalog: api }, routes: { '/': route } },
    async ({ port }) => {
      const connections = []
      for (const version of ['1.1', '1.0']) {
        for (const asked of ['keep-alive', 'close']) {
          connections.push(await connectionOf(port, version, asked))
        }
      }
      expect(connections).toEqual([
        ['Upgrade, keep-alive', 'open'],
        ['Upgrade, close', 'closed'],
        ['Upgrade, keep-alive', 'open'],
        ['Upgrade, close', 'closed'],
      ])
    },
  )

  onAll(
    "S01: is an answer like others to Node's own client",
    { options: { catalog: api }, routes: { '/': route } },
    async ({ port }) => {
      const { status, headers, body } = await new Promise<{
        readonly status: number | undefined
        readonly headers: IncomingHttpHeaders
        readonly body: string
      }>((resolve, reject) => {
        ask({ port, host: '127.0.0.1', agent: false }, (response) => {
          let body = ''
          response.on('data', (chunk: Buffer) => (body += chunk.toString()))
          response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
        })
          .on('error', reject)
          .end()
      })
      expect([status, headers.upgrade, body]).toEqual([426, 'websocket', JSON.stringify(bodyOf(426))])
    },
  )

  const onHttp2: readonly App[] = [
    ...koaApps((app, options) => {
      app.use(koaFace.errorHandler(withApi(options)))
      app.use(() => {
        throw createError(426, { headers: { Upgrade: 'websocket' } })
      })
    }),
    [
      'node:http2 with the handler of Express',
      (options: HandlerOptions) => {
        const handle = expressFace.errorHandler(withApi(options))
        return (request, response) =>
          handle(createError(426, { headers: { Upgrade: 'websocket' } }), request, response, fail)
      },
    ],
  ]
  test.each(onHttp2)('S01: has no place on HTTP/2: %s', async (_name, makeListener) => {
    const server = createServer(
      makeListener({ logger: { error: () => {} } }) as unknown as Parameters<typeof createServer>[1],
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    try {
      const answer = await new Promise<readonly unknown[]>((resolve, reject) => {
        const stream = client.request({ ':path': '/' })
        let head: Readonly<Record<string, unknown>> = {}
        let body = ''
        stream.on('response', (headers) => (head = headers))
        stream.on('data', (chunk: Buffer) => (body += chunk.toString()))
        stream.on('error', reject)
        stream.on('end', () => resolve([head[':status'], head['upgrade'], head['connection'], body]))
        stream.end()
      })
      expect(answer).toEqual([426, undefined, undefined, JSON.stringify(bodyOf(426))])
    } finally {
      client.close()
      server.close()
    }
  })
})

/** The Connection of an answer, and whether a second request on the same connection is answered. */
function connectionOf(port: number, version: string, asked: string): Promise<readonly string[]> {
  const message = `GET / HTTP/${version}\r\nHost: x\r\nConnection: ${asked}\r\n\r\n`
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = dial(port, '127.0.0.1', () => socket.write(message))
    const told = (): string => /^connection: (.*)$/im.exec(received)?.[1] ?? 'none'
    const answersReceived = (): number => received.split(TEXTS[426]).length - 1
    socket.on('data', (chunk: Buffer) => {
      const before = answersReceived()
      received += chunk.toString()
      if (before === 0 && answersReceived() === 1) socket.write(message)
      if (answersReceived() === 2) {
        socket.destroy()
        resolve([told(), 'open'])
      }
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve([told(), 'closed']) : reject(error),
    )
    socket.on('close', () => resolve([told(), 'closed']))
  })
}
