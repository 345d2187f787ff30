import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import busboy from 'busboy'
import { buildSync } from 'esbuild'
import type { Middleware } from 'koa'
import type multer from 'multer'
import { afterAll, describe, expect, test } from 'vitest'
import { packageOf, topFrame } from '../../src/identify/frames.ts'
import { can, type Framework, type Route } from '../support/frameworks.ts'
import { answersOn, each } from '../support/stacks.ts'
import { apps } from '../support/apps.ts'
import { recorder } from '../support/served.ts'
import { blames } from '../support/whose-fault.ts'

type Multer = typeof multer
type KoaMulter = (options: multer.Options) => { readonly any: () => Middleware }
const requireHere = createRequire(import.meta.url)
const ownMulter = requireHere('multer') as Multer
const ownKoaMulter = requireHere('@koa/multer') as KoaMulter

/** Both, in one file without a node_modules above it. */
const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))
const bundle = join(folder, 'bundle.cjs')
buildSync({
  stdin: {
    contents: "exports.multer = require('multer'); exports.koaMulter = require('@koa/multer')",
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  platform: 'node',
  outfile: bundle,
})
const bundled = requireHere(bundle) as { readonly multer: Multer; readonly koaMulter: KoaMulter }

function uploads(
  options: multer.Options = {},
  from = { multer: ownMulter, koaMulter: ownKoaMulter },
): readonly Framework[] {
  return apps({
    express: (app) => app.use(from.multer(options).any()),
    koa: (app) => app.use(from.koaMulter(options).any()),
  })
}

const FORM = 'multipart/form-data; boundary=cut'
const file = '--cut\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nhunter2\r\n'

function posted(type: string, body: string | Uint8Array<ArrayBuffer>, headers: object = {}): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type, ...headers }, body }
}

/** What busboy cannot read, as clients send it. */
const BROKEN: Readonly<Record<string, RequestInit>> = {
  'a form that ends in the middle': posted(FORM, file),
  'a malformed part header': posted(FORM, '--cut\r\nhunter2\r\n\r\nx\r\n--cut--\r\n'),
  'a form without a boundary': posted('multipart/form-data', file),
  'a form whose type is in capitals': posted('Multipart/Form-Data; charset=utf-8', file),
}

const readForm: Route = (request) =>
  new Promise((resolve, reject) => {
    const form = busboy({ headers: request.headers }).on('error', reject).on('close', resolve)
    form.on('file', (_name, stream) => void stream.resume().on('error', () => {}))
    request.pipe(form)
  })

describe('R03: what busboy cannot read is the client’s', () => {
  for (const [what, request] of Object.entries(BROKEN)) {
    blames(`R03: ${what}, under multer`, uploads(), 'malformed-body', request)
    blames(`R03: ${what}, under multer in a bundle`, uploads({}, bundled), inBundle(what), request)
    blames(`R03: ${what}, under busboy itself`, readForm, 'malformed-body', request)
  }
  blames(
    'R03: a form of pairs that is cut in an escape, under busboy itself',
    apps({
      express: (app) => app.use(readForm),
      koa: (app) => app.use(({ req, res }) => readForm(req, res)),
    }).filter(({ name }) => can(name, 'await a middleware')),
    'malformed-body',
    posted('application/x-www-form-urlencoded', 'a=%4'),
  )
})

/** What busboy throws before multer has hold of it says nothing of where it was made. */
function inBundle(what: string): string {
  return /boundary|capitals/.test(what) ? 'unrecognized' : 'malformed-body'
}

/** A message that a client has sent, and that looks as if busboy had made the error. */
const FORGED = 'x\n    at Multipart._final (/srv/node_modules/busboy/lib/types/multipart.js:588:17)'
const gunzip = promisify(zlib.gunzip)

/** Faults of the server's, none of which has a mark. */
const FAULTS: Readonly<Record<string, () => unknown>> = {
  'an Error': () => {
    throw new Error('pool timeout')
  },
  'an Error in busboy’s words': () => {
    throw new Error('Unexpected end of form')
  },
  'an Error whose message looks like a stack': () => {
    throw new Error(FORGED)
  },
  'an Error without frames': () => {
    throw Object.assign(new Error('x'), { stack: 'Error: x' })
  },
  'a rejection': () => Promise.reject(new TypeError('x is not a function')),
  'JSON that the server has kept': () => JSON.parse('{"a":') as unknown,
  'data that the server has packed': () => gunzip(Buffer.from('hunter2')),
  'data that the server has packed, at once': () => zlib.inflateSync(Buffer.from('hunter2')),
  'a stream of packed data': () =>
    new Promise((_resolve, reject) => {
      zlib.createBrotliDecompress().on('error', reject).end('hunter2')
    }),
}

/** Whatever a client can say of its request. */
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  ...[
    'multipart/form-data',
    FORM,
    'application/x-www-form-urlencoded',
    'application/json',
    'text/plain',
    '*/*',
  ].map((type) => ({ 'Content-Type': type })),
  ...['gzip', 'deflate', 'br', 'zstd', 'identity', 'x'].map((encoding) => ({ 'Content-Encoding': encoding })),
  { 'Content-Encoding': 'gzip', 'Content-Type': 'multipart/form-data' },
  { Authorization: 'Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImstOSJ9.e30.x' },
  { Authorization: 'Basic ZXZhOmV2YQ==', Range: 'bytes=9-1', 'If-Match': '"x"', Accept: 'text/html' },
]

describe('R03: no header turns a fault of the server’s into one of the client’s', () => {
  for (const [what, fail] of Object.entries(FAULTS)) {
    for (const headers of HEADERS) {
      blames(`R03: ${what}, under ${JSON.stringify(headers)}`, fail, 'unrecognized', { headers })
    }
  }

  const parsing = apps({
    express: (app, lib) => app.use(lib.json()).use(async () => void (await gunzip(Buffer.from('hunter2')))),
    koa: (app) => app.use(bodyParser()).use(async () => void (await gunzip(Buffer.from('hunter2')))),
  }).filter(({ name }) => can(name, 'await a middleware'))
  const packed = zlib.gzipSync('{"a":1}')
  for (const type of ['application/json', 'text/x-unknown']) {
    blames(
      `R03: packed data of the server's, after a packed body of type ${type}`,
      parsing,
      'unrecognized',
      posted(type, new Uint8Array(packed), { 'Content-Encoding': 'gzip' }),
    )
  }
  blames(
    'R03: a packed body that is broken',
    parsing,
    'malformed-body',
    posted('application/json', new Uint8Array(packed.subarray(0, -9)), { 'Content-Encoding': 'gzip' }),
  )
})

/** A storage that ends an upload. */
const storage = (fail: (done: (error: Error) => void) => void): multer.Options => ({
  storage: {
    _handleFile: (_request, part, done) => {
      part.stream.resume()
      fail(done)
    },
    _removeFile: (_request, _file, done) => done(null),
  },
})

describe('R03: an upload that the app ends is no fault of the client', () => {
  const whole = posted(FORM, `${file}--cut--\r\n`)
  for (const [where, from] of [
    ['', undefined],
    [' in a bundle', bundled],
  ] as const) {
    blames(
      `R03: a storage that fails${where}`,
      uploads(
        storage((done) => done(new Error('quota'))),
        from,
      ),
      'unrecognized',
      whole,
    )
    blames(
      `R03: a storage that fails later${where}`,
      uploads(
        storage((done) => setTimeout(done, 5, new Error('quota'))),
        from,
      ),
      'unrecognized',
      whole,
    )
    blames(
      `R03: a filter that fails with the client's words${where}`,
      uploads({ fileFilter: (_request, _file, done) => done(new Error(FORGED)) }, from),
      'unrecognized',
      whole,
    )
  }

  test('R03: where no frames are kept, nobody is blamed', async () => {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    try {
      const { options, log } = recorder()
      const on = uploads()
      expect(await answersOn(on, posted(FORM, file), {}, options)).toEqual(each(on, 'unrecognized'))
      expect(log.map(([level]) => level)).toEqual(on.map(() => 'error'))
    } finally {
      Error.stackTraceLimit = limit
    }
  })
})

const stacked = (message: string, ...frames: readonly string[]): Error =>
  Object.assign(new Error(message), {
    stack: [`Error: ${message}`, ...frames.map((at) => `    at ${at}`)].join('\n'),
  })

describe('R03: the frame in which an error was made', () => {
  test.each<readonly [string, Error, string | undefined]>([
    ['on Linux', stacked('x', 'f (/srv/node_modules/busboy/lib/index.js:7:12)'), 'busboy'],
    ['on Windows', stacked('x', String.raw`f (C:\srv\node_modules\busboy\lib\index.js:7:12)`), 'busboy'],
    ['of a scope', stacked('x', 'f (/srv/node_modules/@fastify/busboy/lib/main.js:7:12)'), '@fastify/busboy'],
    ['of a module', stacked('x', 'file:///srv/node_modules/jose/dist/index.js:7:12'), 'jose'],
    ['of a module on Windows', stacked('x', 'async f (file:///C:/srv/node_modules/jose/a.js:7:12)'), 'jose'],
    [
      'with pnpm',
      stacked('x', 'f (/srv/node_modules/.pnpm/busboy@1.6.0/node_modules/busboy/a.js:7:12)'),
      'busboy',
    ],
    [
      'with Yarn',
      stacked('x', 'f (/srv/.yarn/cache/busboy-1.6.0.zip/node_modules/busboy/a.js:7:12)'),
      'busboy',
    ],
    ['in a package of a package', stacked('x', 'f (/srv/node_modules/a/node_modules/b/c.js:7:12)'), 'b'],
    [
      'in what is built in',
      stacked('x', 'JSON.parse (<anonymous>)', 'f (/srv/node_modules/jws/a.js:7:12)'),
      'jws',
    ],
    [
      'in Node.js',
      stacked('x', 'Zlib.onerror (node:zlib:190:17)', 'f (/srv/node_modules/a/b.js:7:12)'),
      undefined,
    ],
    ['in the app', stacked('x', 'f (/srv/app.js:7:12)', 'g (/srv/node_modules/a/b.js:7:12)'), undefined],
    ['in a message', stacked(FORGED, 'f (/srv/app.js:7:12)'), undefined],
    ['after a message of several lines', stacked('a\nb', 'f (/srv/node_modules/a/b.js:7:12)'), 'a'],
    [
      'where the message has changed',
      Object.assign(stacked(FORGED, 'f (/srv/app.js:7:12)'), { message: 'y' }),
      undefined,
    ],
    ['where there are no frames', stacked('x'), undefined],
    ['where the stack is no text', Object.assign(new Error('x'), { stack: [] }), undefined],
  ])('R03: is read %s', (_where, error, library) => {
    expect(packageOf(topFrame(error))).toBe(library)
  })
})
