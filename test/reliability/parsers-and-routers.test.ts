import { holds } from '../support/guarantees.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import createError from 'http-errors'
import type { Middleware } from 'koa'
import multer from 'multer'
import { afterAll, describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { ErrorReport } from '../../src/report/report.ts'
import { can, type Route } from '../support/frameworks.ts'
import { exchange } from '../support/raw.ts'
import { apps, serving, type Stack } from '../support/apps.ts'
import { standardAnswer } from '../support/standard-answer.ts'
import { startWatch } from '../support/stopwatch.ts'

// @koa/multer has no types.
const koaMulter = createRequire(import.meta.url)('@koa/multer') as (options: multer.Options) => {
  readonly single: (name: string) => Middleware
}

const catalog = defineCatalog({
  name: 'parsers',
  errors: {
    400: { status: 400, message: 'The request cannot be read' },
    403: { status: 403, message: 'Not allowed' },
    404: { status: 404, message: 'Nothing is here' },
    405: { status: 405, message: 'Not with this method' },
    413: { status: 413, message: 'The request is too large' },
    415: { status: 415, message: 'Not in this format' },
    500: { status: 500, message: 'Something broke' },
  },
})
const options = { catalog }

const unreadable = { status: 400, body: { code: 400, message: 'The request cannot be read' } }
const forbidden = { status: 403, body: { code: 403, message: 'Not allowed' } }
const missing = { status: 404, body: { code: 404, message: 'Nothing is here' } }
const wrongMethod = { status: 405, body: { code: 405, message: 'Not with this method' } }
const tooLarge = { status: 413, body: { code: 413, message: 'The request is too large' } }
const unsupported = { status: 415, body: { code: 415, message: 'Not in this format' } }
const broken = { status: 500, body: { code: 500, message: 'Something broke' } }

const parsing = apps({
  express: (app, lib) => app.use(lib.json({ limit: '2kb' })),
  koa: (app) => app.use(bodyParser({ jsonLimit: '2kb' })),
})

const posted: Route = (_request, response) => {
  response.statusCode = 200
  response.end('taken')
}

function post(body: string, headers: Readonly<Record<string, string>> = {}) {
  return { method: 'POST', path: '/', body, headers: { 'Content-Type': 'application/json', ...headers } }
}

/** A parser that cannot unpack br refuses it with 415. */
function decodes(framework: string, encoding: string): boolean {
  return encoding !== 'br' || can(framework, 'unpack br')
}

function postBytes(body: Buffer, headers: readonly string[]): Buffer {
  const head = [
    'POST / HTTP/1.1',
    'Host: test',
    'Connection: close',
    'X-Request-ID: j-1',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

describe('J. Errors of parsers', () => {
  for (const body of [
    '{"password":"hunter2",}',
    '{"password":hunter2}',
    '{"password":"hunter2"',
    'hunter2',
    '{"__proto__":{"hunter2":"hunter2"}',
  ]) {
    holds(
      `P-J01: malformed JSON ${body} is 400, and nothing of it is in the answer or in the log`,
      { options, route: posted, request: post(body), secrets: ['hunter2', 'JSON', 'Unexpected'] },
      { ...unreadable, unlogged: ['hunter2'] },
      parsing,
    )
  }

  holds(
    'P-J02: a body over the limit is 413',
    { options, route: posted, request: post(JSON.stringify({ text: 'hunter2'.repeat(1000) })) },
    tooLarge,
    parsing,
  )
  holds(
    'P-J02: a body over the limit is 413 when it comes in chunks without Content-Length',
    {
      options,
      route: posted,
      request: {
        method: 'POST',
        path: '/',
        headers: {
          'Content-Type': 'application/json',
          // `send` writes what stands after the headers as it is.
          'Transfer-Encoding': `chunked\r\n\r\nc00\r\n"${'x'.repeat(3071)}\r\n0\r\n\r\n`,
        },
      },
    },
    tooLarge,
    parsing,
  )
  const bombs = {
    gzip: gzipSync(JSON.stringify('0'.repeat(10_000_000))),
    br: brotliCompressSync(JSON.stringify('0'.repeat(10_000_000))),
  }
  for (const [encoding, bomb] of Object.entries(bombs)) {
    for (const { name, listener } of parsing.filter(({ name }) => decodes(name, encoding))) {
      test(`P-J02: a ${encoding} bomb of 10 MB is 413 on ${name}`, async () => {
        const bytes = postBytes(bomb, [`Content-Encoding: ${encoding}`])
        const elapsed = startWatch()
        const raw = await serving(listener({ options, routes: { '/': posted } }), (port) =>
          exchange(port, bytes),
        )
        expect(raw).toBe(standardAnswer(413, tooLarge.body, { requestId: 'j-1' }))
        expect(elapsed(), 'G2: answered in time').toBeLessThan(500)
      })
    }
  }

  holds(
    'P-J03: Content-Encoding <i>bogus is 415 and not in the answer',
    {
      options,
      route: posted,
      request: post('{}', { 'Content-Encoding': '<i>bogus' }),
      secrets: ['bogus', 'BOGUS'],
    },
    unsupported,
    parsing,
  )
  for (const charset of ['<b>bogus', '"<b>bogus"', 'bogus']) {
    // The parser of Koa reads no charset, and that of Express 4 none that is no token: there is no error to answer.
    const reads = (name: string): boolean =>
      name === 'Express 5' || (name === 'Express 4' && charset !== '<b>bogus')
    holds(
      `P-J03: charset=${charset} is 415 and not in the answer, where the parser reads it`,
      {
        options,
        route: posted,
        request: post('{}', { 'Content-Type': `application/json; charset=${charset}` }),
        secrets: ['bogus', 'BOGUS'],
      },
      unsupported,
      parsing.filter(({ name }) => reads(name)),
    )
    for (const { name, listener } of parsing.filter(({ name }) => !reads(name))) {
      test(`P-J03: charset=${charset} is no error to the parser of ${name}`, async () => {
        const bytes = postBytes(Buffer.from('{}'), []).toString()
        const raw = await serving(listener({ options, routes: { '/': posted } }), (port) =>
          exchange(port, bytes.replace('/json', `/json; charset=${charset}`)),
        )
        expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
        expect(raw).not.toContain('bogus')
      })
    }
  }

  const packed = gzipSync('{"password":"hunter2"}')
  const undecodable: Readonly<Record<string, readonly [encoding: string, body: Buffer]>> = {
    'a gzip body that is not gzip': ['gzip', Buffer.from('{"password":"hunter2"}')],
    'a gzip body that is cut short': ['gzip', packed.subarray(0, packed.length - 9)],
    'a gzip body with a wrong checksum': [
      'gzip',
      Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 1)]),
    ],
    'a deflate body that is not deflate': ['deflate', Buffer.from('{"password":"hunter2"}')],
    'a br body that is not br': ['br', Buffer.from('{"password":"hunter2"}')],
  }
  for (const [what, [encoding, body]] of Object.entries(undecodable)) {
    for (const { name, listener } of parsing.filter(({ name }) => decodes(name, encoding))) {
      test(`P-J04: ${what} is 400 on ${name}`, async () => {
        const bytes = postBytes(body, [`Content-Encoding: ${encoding}`])
        const raw = await serving(listener({ options, routes: { '/': posted } }), (port) =>
          exchange(port, bytes),
        )
        expect(raw).toBe(standardAnswer(400, unreadable.body, { requestId: 'j-1' }))
      })
    }
  }

  for (const { name, listener } of parsing) {
    test(`P-J08: a client that closes in the middle of the body gets no answer and no error in the log on ${name}`, async () => {
      const reports: ErrorReport[] = []
      const levels: string[] = []
      const logger = {
        error: () => levels.push('error'),
        warn: () => levels.push('warn'),
        info: () => levels.push('info'),
      }
      const onReport = (report: ErrorReport) => reports.push(report)
      await serving(
        listener({ options: { catalog, logger, onReport }, routes: { '/': posted } }),
        async (port) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.write('POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n')
            socket.write('Content-Length: 100\r\n\r\n{"password":')
          })
          await delay(50)
          socket.destroy()
          for (let waited = 0; reports.length === 0 && waited < 500; waited += 10) await delay(10)
        },
      )
      expect(reports.map(({ status, sent }) => ({ status, sent }))).toEqual([{ status: 499, sent: false }])
      expect(levels).toEqual(['info'])
    })
  }

  holds(
    'P-J12: a 403 thrown while the body is verified is the generic 403',
    { options, request: post('{}'), secrets: ['tenant-7', 'signature'] },
    forbidden,
    apps({
      express: (app, lib) =>
        app.use(
          lib.json({
            verify() {
              throw createError(403, 'signature of tenant-7 is wrong')
            },
          }),
        ),
      // @koa/bodyparser has no verify: the middleware after it looks at the raw body.
      koa: (app) =>
        app.use(bodyParser()).use((context, next) => {
          if (context.method === 'POST') context.throw(403, 'signature of tenant-7 is wrong')
          return next()
        }),
    }),
  )
})

describe('J. Errors of validators', () => {
  const value = 'hunter2'
  const invalid = {
    zod: Object.assign(new Error(JSON.stringify([{ message: `Invalid ${value}` }])), {
      name: 'ZodError',
      issues: [{ code: 'invalid_enum_value', path: ['password'], received: value, message: value }],
    }),
    joi: Object.assign(new Error(`"password" with value "${value}" fails`), {
      name: 'ValidationError',
      isJoi: true,
      _original: { password: value },
      details: [{ message: value, path: ['password'], type: 'string.min', context: { value } }],
    }),
    ajv: Object.assign(new Error('validation failed'), {
      errors: [{ instancePath: '/password', keyword: 'minLength', params: { limit: 8 }, data: value }],
      ajv: true,
      validation: true,
    }),
  }
  const fieldsOf: Readonly<Record<string, object>> = {
    zod: { path: 'password', code: 'not_allowed', message: 'Not one of the allowed values' },
    joi: { path: 'password', code: 'too_short', message: 'Too short' },
  }
  for (const [library, error] of Object.entries(invalid)) {
    const field = fieldsOf[library]
    holds(
      `P-J11: an error of ${library} does not carry the input into the answer`,
      {
        options,
        route: () => {
          throw error
        },
        secrets: [value],
      },
      // The real ones of ajv have more members.
      field === undefined
        ? broken
        : { status: 400, body: { ...unreadable.body, details: { fields: [field] } } },
      parsing,
    )
  }
})

function part(disposition: string, content: string): string {
  return `--cut\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
}

function multipart(body: string, type = 'multipart/form-data; boundary=cut') {
  return { method: 'POST', path: '/', body, headers: { 'Content-Type': type } }
}

describe('J. Errors of uploads', () => {
  const limits = { fileSize: 10, fieldSize: 10, fields: 1, parts: 3 }
  const uploads = apps({
    express: (app) => app.use(multer({ limits }).single('picture')),
    koa: (app) => app.use(koaMulter({ limits }).single('picture')),
  })

  const file = (name: string, content: string) => part(`name="${name}"; filename="<i>x.png"`, content)
  const field = (name: string, content: string) => part(`name="${name}"`, content)

  const refused = {
    'multipart without a boundary': [
      multipart(`${file('picture', 'x')}--cut--`, 'multipart/form-data'),
      unreadable,
    ],
    'multipart that ends in the middle': [multipart(file('picture', 'x')), unreadable],
    'a malformed part header': [
      multipart(`--cut\r\n<b>: form-data\r\n${'x'.repeat(64)}\r\n\r\nx\r\n--cut--`),
      unreadable,
    ],
    'a file over the limit': [multipart(`${file('picture', 'x'.repeat(11))}--cut--`), tooLarge],
    'a field over the limit': [multipart(`${field('<b>note', 'x'.repeat(11))}--cut--`), tooLarge],
    'too many fields': [multipart(`${field('<b>a', '')}${field('b', '')}--cut--`), tooLarge],
    'a file under an unexpected name': [multipart(`${file('<b>other', 'x')}--cut--`), unreadable],
    'a field without a name': [multipart(`${part('x="y"', 'x')}--cut--`), unreadable],
  } as const
  for (const [what, [request, expected]] of Object.entries(refused)) {
    holds(
      `P-J10: ${what} is ${expected.status}, and the field's name is not in the answer`,
      { options, request, route: posted, secrets: ['<b>', '<i>', 'picture', 'Boundary'] },
      expected,
      uploads,
    )
  }
})

describe('J. Errors of routers', () => {
  const routed: Stack = {
    express(app, lib) {
      const router = lib.Router()
      router.get('/u/:id', (request, response) => void response.end(`user ${request.params['id']}`))
      router
        .route('/known')
        .get((_request, response) => void response.end('known'))
        .all((_request, response, next) => {
          response.set('Allow', 'HEAD, GET')
          next(createError(405))
        })
      app.use(router)
    },
    koa(app) {
      const router = new Router()
      router.get('/u/:id', (context) => {
        context.body = `user ${context.params['id']}`
      })
      router.get('/known', (context) => {
        context.body = 'known'
      })
      app.use(router.routes()).use(router.allowedMethods())
    },
  }
  const routers = apps(routed)

  for (const path of ['/u/%zz', '/u/%ff', '/u/%E0%A4%A']) {
    holds(
      `P-J05: ${path} is 400 on Express and not in the answer`,
      { options, request: { path }, secrets: ['%', 'decode'] },
      unreadable,
      routers.filter(({ name }) => name.startsWith('Express')),
    )
    for (const { name, listener } of routers.filter(({ name }) => name.startsWith('Koa'))) {
      test(`P-J05: ${path} is data to the router of ${name}, no error`, async () => {
        const raw = await serving(listener({ options, routes: {} }), (port) =>
          exchange(port, `GET ${path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`),
        )
        expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
        expect(raw.endsWith(`\r\n\r\nuser ${path.slice(3)}`), raw).toBe(true)
      })
    }
  }

  const unknown = {
    'a path with markup': '/<script>alert(1)</script>',
    'an encoded path with markup': '/%3Cscript%3Ealert(1)%3C/script%3E',
    'a path of 10 KB': `/alert(1)${'x'.repeat(10_240)}`,
    'a path that cannot be decoded': '/alert(1)%zz',
    'a path out of the root': '/../../alert(1)/passwd',
    'a whole address': 'http://alert(1)/alert(1)',
  }
  for (const [what, path] of Object.entries(unknown)) {
    holds(
      `P-J06: ${what} is 404 and not in the answer`,
      { options, request: { path }, secrets: ['script', 'alert', 'xxx', 'passwd'] },
      missing,
      routers,
    )
  }

  for (const method of ['POST', 'DELETE']) {
    holds(
      `P-J07: ${method} to a path that takes GET is 405 and keeps Allow`,
      { options, request: { method, path: '/known' } },
      { ...wrongMethod, headers: { Allow: 'HEAD, GET' } },
      routers,
    )
  }
  holds(
    'P-J07: allowedMethods that throws is 405 too',
    { options, request: { method: 'POST', path: '/known' } },
    wrongMethod,
    apps({
      ...routed,
      koa(app) {
        const router = new Router()
        router.get('/known', (context) => {
          context.body = 'known'
        })
        app.use(router.routes()).use(router.allowedMethods({ throw: true }))
      },
    }).filter(({ name }) => name.startsWith('Koa')),
  )
})

describe('J. Errors of files', () => {
  const root = mkdtempSync(join(tmpdir(), 'secret-root-'))
  writeFileSync(join(root, 'there.txt'), 'there')
  afterAll(() => rmSync(root, { recursive: true }))

  /** What koa-send throws: the error of fs, with a status. */
  const absent = () =>
    createError(
      404,
      Object.assign(new Error(`ENOENT: no such file or directory, stat '${root}/gone.txt'`), {
        code: 'ENOENT',
        path: `${root}/gone.txt`,
      }),
    )

  holds(
    'P-J09: a file that is missing is 404 without its path',
    { options, request: { path: '/gone' }, secrets: ['secret-root', 'gone', 'ENOENT'] },
    missing,
    apps({
      express: (app) => app.get('/gone', (_request, response) => response.sendFile('gone.txt', { root })),
      koa: (app) =>
        app.use((context, next) => {
          if (context.path === '/gone') throw absent()
          return next()
        }),
    }),
  )
  for (const path of ['/gone.txt', '/there.txt/gone', '/../package.json', '/.hidden', '/%00', '/']) {
    holds(
      `P-J09: ${path} of a static folder that does not have it is 404`,
      { options, request: { path }, secrets: ['secret-root', 'gone', 'ENOENT', 'package.json'] },
      missing,
      apps({
        express: (app, lib) => app.use(lib.static(root)),
        koa: (app) => app.use((_context, next) => next()),
      }),
    )
  }
  holds(
    'P-J09: a static folder that ends the request is 404 without its path',
    { options, request: { path: '/files/gone.txt' }, secrets: ['secret-root', 'gone', 'ENOENT'] },
    missing,
    apps({
      express: (app, lib) => app.use('/files', lib.static(root, { fallthrough: false })),
      koa: (app) =>
        app.use((context, next) => (context.path === '/files/gone.txt' ? Promise.reject(absent()) : next())),
    }),
  )
})
