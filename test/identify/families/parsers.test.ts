import type { IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import busboy from 'busboy'
import * as fc from 'fast-check'
import createError from 'http-errors'
import type { Middleware } from 'koa'
import { koaBody } from 'koa-body'
import multer from 'multer'
import getRawBody from 'raw-body'
import { afterAll, describe, expect, test } from 'vitest'
import { BizError } from '../../../src/catalogs/cloud-waf.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import { can, type Framework, type Route } from '../../support/frameworks.ts'
import { recorder } from '../../support/served.ts'
import { apps, serving, type Stack } from '../../support/apps.ts'
import { answersTo, errorHeaders, everywhere } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf, answersOn, each, expressWith, koaWith } from '../../support/stacks.ts'

// @koa/multer has no types.
const koaMulter = createRequire(import.meta.url)('@koa/multer') as (options: multer.Options) => {
  readonly fields: (fields: readonly multer.Field[]) => Middleware
}

interface Body {
  readonly type?: string
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

function posted({ type = 'application/json', body, headers }: Body): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type, ...headers }, body }
}

const form = 'application/x-www-form-urlencoded'
const long = JSON.stringify({ text: 'hunter2'.repeat(20) })
const deep = 'hunter2[a][b][c]=1'
const packed = zlib.gzipSync('{"hunter2":1}')

describe('what the parsers of Express pass on', () => {
  type Use = Stack['express']
  const rows: readonly (readonly [type: string, what: string, use: Use, body: Body, condition: string])[] = [
    [
      'entity.parse.failed',
      'JSON that is none',
      (app, lib) => app.use(lib.json()),
      { body: '{"hunter2"' },
      'malformed-body',
    ],
    [
      'entity.parse.failed',
      'JSON that is no object',
      (app, lib) => app.use(lib.json()),
      { body: '"hunter2"' },
      'malformed-body',
    ],
    [
      'entity.verify.failed',
      'a body that `verify` refuses',
      (app, lib) => app.use(lib.json({ verify: refuse(new Error('hunter2')) })),
      { body: '{}' },
      'forbidden',
    ],
    [
      'entity.verify.failed',
      'a body that `verify` refuses with a status',
      (app, lib) => app.use(lib.raw({ type: () => true, verify: refuse(createError(401, 'hunter2')) })),
      { body: 'x' },
      'not-authenticated',
    ],
    [
      'entity.too.large',
      'JSON over the limit',
      (app, lib) => app.use(lib.json({ limit: 50 })),
      { body: long },
      'body-too-large',
    ],
    [
      'entity.too.large',
      'JSON over the limit once it is unpacked',
      (app, lib) => app.use(lib.json({ limit: 50 })),
      { body: zlib.gzipSync(long), headers: { 'Content-Encoding': 'gzip' } },
      'body-too-large',
    ],
    [
      'entity.too.large',
      'a form over the limit',
      (app, lib) => app.use(lib.urlencoded({ extended: false, limit: 50 })),
      { type: form, body: long },
      'body-too-large',
    ],
    [
      'entity.too.large',
      'text over the limit',
      (app, lib) => app.use(lib.text({ limit: 50 })),
      { type: 'text/plain', body: long },
      'body-too-large',
    ],
    [
      'entity.too.large',
      'bytes over the limit',
      (app, lib) => app.use(lib.raw({ limit: 50 })),
      { type: 'application/octet-stream', body: long },
      'body-too-large',
    ],
    [
      'parameters.too.many',
      'a form with too many parameters',
      (app, lib) => app.use(lib.urlencoded({ extended: false, parameterLimit: 2 })),
      { type: form, body: 'hunter2=1&b=2&c=3' },
      'body-too-large',
    ],
    [
      'querystring.parse.rangeError',
      'a form that is nested too deep',
      (app, lib) => app.use(lib.urlencoded({ extended: true, depth: 1 } as object)),
      { type: form, body: deep },
      'malformed-body',
    ],
    [
      'encoding.unsupported',
      'a Content-Encoding that is none',
      (app, lib) => app.use(lib.json()),
      { body: '{}', headers: { 'Content-Encoding': 'hunter2' } },
      'unsupported-media-type',
    ],
    [
      'encoding.unsupported',
      'a Content-Encoding that the app does not take',
      (app, lib) => app.use(lib.json({ inflate: false })),
      { body: packed, headers: { 'Content-Encoding': 'gzip' } },
      'unsupported-media-type',
    ],
    [
      'charset.unsupported',
      'JSON in a charset that is none',
      (app, lib) => app.use(lib.json()),
      { type: 'application/json; charset=hunter2', body: '{}' },
      'unsupported-media-type',
    ],
    [
      'charset.unsupported',
      'text in a charset that is none',
      (app, lib) => app.use(lib.text()),
      { type: 'text/plain; charset=hunter2', body: 'x' },
      'unsupported-media-type',
    ],
    [
      'charset.unsupported',
      'a form in a charset that is none',
      (app, lib) => app.use(lib.urlencoded({ extended: false })),
      { type: `${form}; charset=hunter2`, body: 'x=1' },
      'unsupported-media-type',
    ],
    [
      'stream.encoding.set',
      'a request whose encoding the app has set, which is its own mistake',
      (app, lib) =>
        app.use((request, _response, next) => {
          request.setEncoding('utf8')
          next()
        }, lib.json()),
      { body: '{}' },
      'unrecognized',
    ],
  ]
  test.each(rows)('%s: %s', async (type, _what, use, body, condition) => {
    const types: unknown[] = []
    const express = expressWith((app, lib) => {
      use(app, lib)
      app.use(
        (
          error: { readonly type?: unknown },
          _request: unknown,
          _response: unknown,
          next: (error: unknown) => void,
        ) => {
          types.push(error.type)
          next(error)
        },
      )
    })
    expect(await answersOn(express, posted(body))).toEqual(each(express, condition))
    expect(types).toEqual([type, type])
  })

  test('a BizError that `verify` throws stays what it is', async () => {
    const express = expressWith((app, lib) => app.use(lib.json({ verify: refuse(new BizError(1006)) })))
    const taken = {
      status: 409,
      headers: errorHeaders(),
      body: { code: 1006, message: 'Username already exists' },
    }
    expect(await answersOn(express, posted({ body: '{}' }))).toEqual({
      'Express 5': taken,
      'Express 4': taken,
    })
  })
})

function refuse(error: Error): () => never {
  return () => {
    throw error
  }
}

describe('what raw-body rejects with', () => {
  type Read = (request: IncomingMessage) => Promise<unknown>
  const rows: readonly (readonly [type: string, what: string, read: Read, condition: string])[] = [
    ['entity.too.large', 'a long body', (request) => getRawBody(request, { limit: 5 }), 'body-too-large'],
    [
      'request.size.invalid',
      'a body that is not as long as it should be',
      (request) => getRawBody(request, { length: 99 }),
      'malformed-body',
    ],
    [
      'encoding.unsupported',
      'a charset of the client that is none',
      (request) => getRawBody(request, { encoding: 'hunter2' }),
      'unsupported-media-type',
    ],
    [
      'stream.not.readable',
      'a body that was read before, which is the app’s mistake',
      async (request) => {
        await getRawBody(request)
        return getRawBody(request)
      },
      'unrecognized',
    ],
  ]
  test.each(rows)('%s: %s', async (type, _what, read, condition) => {
    const types: unknown[] = []
    const route: Route = (request) =>
      read(request).catch((error: { readonly type?: unknown }) => {
        types.push(error.type)
        throw error
      })
    const request = posted({ type: 'application/octet-stream', body: 'hunter2 hunter2' })
    expect(await answersTo(route, { catalog: conditionCatalog }, request)).toEqual(
      everywhere(answerOf(condition)),
    )
    expect(types).toEqual([type, type, type, type])
  })
})

describe('what the parsers of Koa throw', () => {
  const parse = koaWith((app) =>
    app.use(
      bodyParser({ enableTypes: ['json', 'form', 'text'], jsonLimit: 50, formLimit: 50, textLimit: 50 }),
    ),
  )
  const koaBodies = koaWith((app) =>
    app.use(
      koaBody({
        jsonLimit: 50,
        formLimit: 50,
        textLimit: 50,
        queryString: { depth: 1, strictDepth: true },
      } as object),
    ),
  )
  const both = { '@koa/bodyparser': parse, 'koa-body': koaBodies }
  const rows: readonly (readonly [what: string, body: Body, condition: string])[] = [
    ['JSON that is none', { body: '{"hunter2"' }, 'malformed-body'],
    ['JSON that is no object', { body: '"hunter2"' }, 'malformed-body'],
    ['JSON that would change a prototype', { body: '{"__proto__":{"hunter2":1}}' }, 'malformed-body'],
    ['JSON over the limit', { body: long }, 'body-too-large'],
    ['a form over the limit', { type: form, body: long }, 'body-too-large'],
    ['text over the limit', { type: 'text/plain', body: long }, 'body-too-large'],
    [
      'a Content-Encoding that is none',
      { body: '{}', headers: { 'Content-Encoding': 'hunter2' } },
      'unsupported-media-type',
    ],
  ]
  for (const [parser, koa] of Object.entries(both)) {
    test.each(rows)(`${parser}: %s`, async (_what, body, condition) => {
      expect(await answersOn(koa, posted(body))).toEqual(each(koa, condition))
    })
  }
  test('koa-body: a form that is nested too deep', async () => {
    expect(await answersOn(koaBodies, posted({ type: form, body: deep }))).toEqual(
      each(koaBodies, 'malformed-body'),
    )
  })
})

/** Where a body can be unpacked: the parser of Express 4 does not know br. */
const unpacking = apps({
  express: (app, lib) => app.use(lib.json()),
  koa: (app) => app.use(bodyParser()),
})

const text = Buffer.from('{"password":"hunter2"}')
/** What the server has at hand is broken, not what it was sent. */
const unpackOwn: Route = () => zlib.gunzipSync(text)

describe('a body that cannot be unpacked', () => {
  const whole = zlib.gzipSync(text)
  const rows: readonly (readonly [what: string, encoding: string, body: Buffer])[] = [
    ['gzip that is none', 'gzip', text],
    ['gzip that is cut short', 'gzip', whole.subarray(0, -9)],
    ['gzip with a wrong checksum', 'gzip', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8, 1)])],
    ['deflate that is none', 'deflate', text],
    ['deflate with a dictionary', 'deflate', zlib.deflateSync(text, { dictionary: Buffer.from('password') })],
    ['br that is none', 'br', text],
    ['br that is cut short', 'br', zlib.brotliCompressSync(text).subarray(0, -3)],
  ]
  for (const [what, encoding, body] of rows) {
    const able = unpacking.filter(({ name }) => encoding !== 'br' || can(name, 'unpack br'))
    test(`is malformed: ${what}`, async () => {
      const request = posted({ body: new Uint8Array(body), headers: { 'Content-Encoding': encoding } })
      expect(await answersOn(able, request)).toEqual(each(able, 'malformed-body'))
    })
  }

  test('is malformed where Node.js knows zstd, and unsupported elsewhere', async () => {
    const request = posted({ body: new Uint8Array(text), headers: { 'Content-Encoding': 'zstd' } })
    const knows = 'createZstdDecompress' in zlib
    expect(await answersOn(unpacking, request)).toEqual({
      ...each(unpacking, 'unsupported-media-type'),
      ...each(unpacking.slice(0, 1), knows ? 'malformed-body' : 'unsupported-media-type'),
    })
  })

  test("is not to blame for the server's own data", async () => {
    const [plain, encoded] = await Promise.all([
      answersTo(unpackOwn, { catalog: conditionCatalog }),
      answersTo(unpackOwn, { catalog: conditionCatalog }, { headers: { 'Content-Encoding': 'gzip' } }),
    ])
    expect(plain).toEqual(everywhere(answerOf('unrecognized')))
    expect(encoded).toEqual(everywhere(answerOf('unrecognized')))
  })
})

function part(disposition: string, content: string, ...headers: readonly string[]): string {
  return `--cut\r\n${[`Content-Disposition: form-data; ${disposition}`, ...headers].join('\r\n')}\r\n\r\n${content}\r\n`
}
const file = (name: string, content: string): string =>
  part(`name="${name}"; filename="hunter2.txt"`, content, 'Content-Type: text/plain')
const field = (name: string, content: string): string => part(`name="${name}"`, content)

function multipart(parts: string, type = 'multipart/form-data; boundary=cut'): RequestInit {
  return posted({ type, body: `${parts}--cut--\r\n` })
}

const uploadDir = mkdtempSync(join(tmpdir(), 'uploads-'))
afterAll(() => rmSync(uploadDir, { recursive: true }))

const PICTURES = [{ name: 'picture' }, { name: 'other' }]

function uploads(options: multer.Options): readonly Framework[] {
  return apps({
    express: (app) => app.use(multer(options).fields(PICTURES)),
    koa: (app) => app.use(koaMulter(options).fields(PICTURES)),
  })
}

describe('what multer passes on', () => {
  const rows: readonly (readonly [code: string, limits: object, parts: string, condition: string])[] = [
    ['LIMIT_PART_COUNT', { parts: 1 }, field('a', '') + field('b', '') + field('c', ''), 'body-too-large'],
    ['LIMIT_FILE_SIZE', { fileSize: 3 }, file('picture', 'hunter2'), 'body-too-large'],
    ['LIMIT_FILE_COUNT', { files: 1 }, file('picture', 'x') + file('other', 'x'), 'body-too-large'],
    ['LIMIT_FIELD_KEY', { fieldNameSize: 3 }, field('hunter2', ''), 'body-too-large'],
    ['LIMIT_FIELD_VALUE', { fieldSize: 3 }, field('a', 'hunter2'), 'body-too-large'],
    ['LIMIT_FIELD_COUNT', { fields: 1 }, field('a', '') + field('hunter2', ''), 'body-too-large'],
    ['LIMIT_UNEXPECTED_FILE', {}, file('hunter2', 'x'), 'malformed-body'],
    ['LIMIT_FIELD_NESTING', { fieldNestingDepth: 1 }, field('hunter2[a][b]', ''), 'malformed-body'],
    ['LIMIT_FIELD_ARRAY_INDEX', { fieldArrayIndexLimit: 1 }, field('hunter2[9]', ''), 'malformed-body'],
    ['MISSING_FIELD_NAME', {}, part('x="hunter2"', ''), 'malformed-body'],
    ['INVALID_FIELD_NAME', {}, field('hunter2[4294967294]', '') + field('hunter2', ''), 'malformed-body'],
  ]
  test.each(rows)('%s', async (code, limits, parts, condition) => {
    const { options, reports } = recorder()
    const frameworks = uploads({ limits })
    const answers = await answersOn(frameworks, multipart(parts), {}, options)
    expect(answers).toEqual(each(frameworks, condition))
    expect(reports.map(({ error }) => (error as { readonly code?: unknown }).code)).toEqual([
      code,
      code,
      code,
      code,
    ])
  })
})

/** As busboy's README has it. */
const readForm: Route = (request) =>
  new Promise((_resolve, reject) => {
    request.pipe(busboy({ headers: request.headers }).on('error', reject))
  })

const readFormAndSay: Route = async (request, response) => {
  try {
    await readForm(request, response)
  } catch (cause) {
    throw new BizError(400, { cause })
  }
}

describe('what busboy makes of multipart', () => {
  const stored = uploads({ dest: uploadDir })
  const rows: readonly (readonly [what: string, request: RequestInit])[] = [
    [
      'that ends in the middle',
      posted({ type: 'multipart/form-data; boundary=cut', body: file('a', 'hunter2') }),
    ],
    ['with a malformed part header', multipart(`--cut\r\nhunter2\r\n\r\nx\r\n`)],
    ['without a boundary', multipart(file('a', 'hunter2'), 'multipart/form-data')],
    ['with an empty type', multipart(file('a', 'hunter2'), 'Multipart/Form-Data; charset=utf-8')],
  ]
  test.each(rows)('%s is malformed under multer', async (_what, request) => {
    expect(await answersOn(stored, request)).toEqual(each(stored, 'malformed-body'))
  })

  test('without a boundary is malformed where the app calls busboy itself', async () => {
    const request = multipart(file('a', 'hunter2'), 'multipart/form-data')
    expect(await answersTo(readForm, { catalog: conditionCatalog }, request)).toEqual(
      everywhere(answerOf('malformed-body')),
    )
  })

  const cutShort = posted({ type: 'multipart/form-data; boundary=cut', body: file('a', 'hunter2') })

  test('that ends in the middle is malformed where the app calls busboy itself', async () => {
    expect(await answersTo(readForm, { catalog: conditionCatalog }, cutShort)).toEqual(
      everywhere(answerOf('malformed-body')),
    )
  })

  test('that ends in the middle is what the app says of it', async () => {
    const body = { code: 400, message: 'Bad request (JSON parse fail / missing required field)' }
    expect(await answersTo(readFormAndSay, {}, cutShort)).toEqual(
      everywhere({ status: 400, headers: errorHeaders(), body }),
    )
  })
})

function refusing(error: Error): readonly Framework[] {
  return uploads({ fileFilter: (_request, _file, done) => done(error) })
}

describe("an upload that fails for the app's own reasons", () => {
  const picture = multipart(file('picture', 'hunter2'))

  test('is no fault of the client when the folder is not there', async () => {
    const destination = join(uploadDir, 'hunter2', 'gone')
    const storage = multer.diskStorage({ destination: (_request, _file, done) => done(null, destination) })
    const stored = uploads({ storage })
    expect(await answersOn(stored, picture)).toEqual(each(stored, 'unrecognized'))
  })

  test.each([
    ['a code', Object.assign(new Error('hunter2'), { code: 'HUNTER2' })],
    ['a name', Object.assign(new Error('hunter2'), { name: 'NoSuchBucket' })],
    ['a cause', new Error('hunter2', { cause: new TypeError('x') })],
  ])('is no fault of the client when the storage names %s', async (_what, error) => {
    const stored = uploads({
      storage: {
        _handleFile: (_request, _file, done) => done(error),
        _removeFile: (_request, _file, done) => done(null),
      },
    })
    expect(await answersOn(stored, picture)).toEqual(each(stored, 'unrecognized'))
  })

  test('has the status that the fileFilter gives', async () => {
    const filtered = refusing(createError(415, 'hunter2'))
    expect(await answersOn(filtered, picture)).toEqual(each(filtered, 'unsupported-media-type'))
  })

  test('is no fault of the client when the fileFilter gives nothing but a text', async () => {
    const filtered = refusing(new Error('hunter2'))
    expect(await answersOn(filtered, picture)).toEqual(each(filtered, 'unrecognized'))
  })
})

function parsing(limits: object): readonly Framework[] {
  return koaWith((app) => app.use(koaBody({ multipart: true, formidable: { uploadDir, ...limits } })))
}

describe('what formidable gives koa-body', () => {
  const rows: readonly (readonly [
    code: number,
    what: string,
    limits: object,
    parts: string,
    condition: string,
  ])[] = [
    [1006, 'fields over the limit', { maxFieldsSize: 3 }, field('a', 'hunter2'), 'body-too-large'],
    [1007, 'too many fields', { maxFields: 1 }, field('a', '') + field('hunter2', ''), 'body-too-large'],
    [1008, 'a file under the minimum', { minFileSize: 99 }, file('a', 'hunter2'), 'validation-failed'],
    [
      1009,
      'files over the limit',
      { maxTotalFileSize: 3, maxFileSize: 99 },
      file('a', 'hunter2'),
      'body-too-large',
    ],
    [
      1010,
      'an empty file',
      { allowEmptyFiles: false, minFileSize: 0 },
      file('hunter2', ''),
      'validation-failed',
    ],
    [1012, 'a form that ends in the middle', {}, '--cut\r\nhunter2', 'malformed-body'],
    [
      1014,
      'an unknown encoding',
      {},
      part('name="a"; filename="b"', 'x', 'Content-Transfer-Encoding: hunter2'),
      'unsupported-media-type',
    ],
    [1015, 'too many files', { maxFiles: 1 }, file('a', 'x') + file('b', 'x'), 'body-too-large'],
    [
      1016,
      'a file over the limit',
      { maxFileSize: 3, maxTotalFileSize: 99 },
      file('a', 'hunter2'),
      'body-too-large',
    ],
  ]

  test.each(rows)('%i: %s', async (code, _what, limits, parts, condition) => {
    const { options, reports } = recorder()
    const koa = parsing(limits)
    expect(await answersOn(koa, multipart(parts), {}, options)).toEqual(each(koa, condition))
    expect(reports.map(({ error }) => (error as { readonly code?: unknown }).code)).toEqual([code, code])
  })

  test('1013: no boundary', async () => {
    const koa = parsing({})
    const request = multipart(file('a', 'hunter2'), 'multipart/form-data')
    expect(await answersOn(koa, request)).toEqual(each(koa, 'malformed-body'))
  })
})

describe('a client that closes in the middle of its body', () => {
  const stacks: Readonly<Record<string, readonly [frameworks: readonly Framework[], type: string]>> = {
    'a JSON parser': [unpacking, 'application/json'],
    multer: [uploads({}), 'multipart/form-data; boundary=cut'],
    'koa-body': [parsing({}), 'multipart/form-data; boundary=cut'],
  }
  for (const [parser, [frameworks, type]] of Object.entries(stacks)) {
    test.each(frameworks)(
      `gets no answer and no error in the log, under ${parser} on $name`,
      async ({ listener }) => {
        const { options, reports, log } = recorder()
        await serving(
          listener({ options: { catalog: conditionCatalog, ...options }, routes: {} }),
          async (port) => {
            const head = `POST / HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\nContent-Length: 999\r\n\r\n`
            const socket = connect(port, '127.0.0.1', () => {
              socket.write(head + file('picture', 'hunter2'), () => setTimeout(() => socket.destroy(), 20))
            })
            await expect.poll(() => reports.length, { timeout: 2_000, interval: 5 }).toBe(1)
          },
        )
        const { condition, status, sent, clientGone } = reports[0]!
        expect({ condition, status, sent, clientGone }).toEqual({
          condition: 'client-gone',
          status: 499,
          sent: false,
          clientGone: true,
        })
        expect(log.map(([level]) => level)).toEqual(['info'])
      },
    )
  }
})

const facts = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }
const encoded = { ...facts, encoded: true }
const unbounded = { ...facts, contentType: 'multipart/form-data' }

const throwing = (): never => {
  throw new Error('hostile')
}
const revoked = Proxy.revocable({}, {})
revoked.revoke()

function marked(properties: object): Error {
  return Object.assign(new Error('x'), properties)
}

describe('none of these is an error of a parser', () => {
  const lookAlikes: readonly (readonly [
    what: string,
    thrown: unknown,
    facts: typeof facts | typeof unbounded,
  ])[] = [
    ['a type without its status', marked({ type: 'entity.too.large' }), facts],
    ['a type whose status is a text', marked({ type: 'request.aborted', status: '400' }), facts],
    ['a type in an object', marked({ type: { toString: () => 'entity.too.large' } }), facts],
    ['a code of formidable without its httpCode', { code: 1009 }, facts],
    ['a code of formidable as a text', { code: '1009', httpCode: 413 }, facts],
    ['a code of multer without its name', { code: 'LIMIT_FILE_SIZE' }, facts],
    ['a name of multer with another code', marked({ name: 'MulterError', code: 'LIMIT_X' }), facts],
    ['a code of zlib without its errno', { code: 'Z_DATA_ERROR' }, encoded],
    ['no memory for zlib', marked({ code: 'Z_MEM_ERROR', errno: -4 }), encoded],
    ['a SyntaxError of the server', new SyntaxError('x'), facts],
    ['a SyntaxError with a body alone', Object.assign(new SyntaxError('x'), { body: '{' }), facts],
    ['storageErrors that are none', marked({ storageErrors: 'x' }), facts],
    ['storageErrors of a plain object', { name: 'Error', storageErrors: [] }, facts],
    ['storageErrors that are a revoked Proxy', marked({ storageErrors: revoked.proxy }), facts],
    ['another TypeError for a form without boundary', new TypeError('x'), unbounded],
    ['an Error with a code for a form without boundary', marked({ code: 'E_OWN' }), unbounded],
    [
      'an Error where the form has its boundary',
      new Error('x'),
      { ...facts, contentType: 'multipart/form-data; Boundary=x' },
    ],
    ['an Error where JSON was sent', new Error('x'), { ...facts, contentType: 'application/json' }],
    ['a Proxy that throws', new Proxy({}, { get: throwing, ownKeys: throwing }), unbounded],
    [
      'a Proxy that hides its keys',
      new Proxy(marked({ storageErrors: [] }), { ownKeys: throwing }),
      unbounded,
    ],
    ['a revoked Proxy', revoked.proxy, unbounded],
    ['a string', 'Unexpected end of form', unbounded],
  ]
  test.each(lookAlikes)('%s', (_what, thrown, facts) => {
    expect(recognize(thrown, facts)).toBe(undefined)
  })
})

test('recognizing parsers never throws, whatever is thrown', () => {
  const any = fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true })
  const oneOf = (...values: readonly unknown[]): fc.Arbitrary<unknown> =>
    fc.oneof(fc.constantFrom(...values), any)
  const thrown = fc.record(
    {
      type: oneOf('request.aborted', 'entity.too.large', 'entity.verify.failed'),
      name: oneOf('Error', 'MulterError', 'SyntaxError'),
      code: oneOf(1002, 1009, 'LIMIT_FILE_SIZE', 'Z_DATA_ERROR'),
      status: oneOf(400, 403, 413),
      httpCode: oneOf(400, 500),
      errno: oneOf(-3),
      body: oneOf('x'),
      storageErrors: oneOf([], [new Error('x')]),
    },
    { requiredKeys: [] },
  )
  const request = fc.record({
    encoded: fc.boolean(),
    clientGone: fc.boolean(),
    contentType: fc.constantFrom(undefined, 'multipart/form-data', 'application/json'),
    authorization: fc.constant(undefined),
  })
  fc.assert(
    fc.property(thrown, request, (thrown, facts) => {
      const { condition = 'malformed-body', fields } = recognize(thrown, facts) ?? {}
      expect(conditionCatalog.get(condition)).toBeDefined()
      expect(fields).toBe(undefined)
    }),
  )
})
