import { STATUS_CODES } from 'node:http'
import createError from 'http-errors'
import { BizError as CdnError } from '../../src/catalogs/cdn.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { BizError as GatewayError } from '../../src/catalogs/gateway.ts'
import { catalog as secrets, BizError as SecretsError } from '../../src/catalogs/secrets.ts'
import { ENVELOPES, type EnvelopeName } from '../../src/catalog/envelope.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Route } from '../support/frameworks.ts'
import type { RawRequest } from '../support/raw.ts'

export interface Case {
  readonly title: string
  readonly options?: HandlerOptions
  readonly route?: Route
  readonly request?: Partial<RawRequest>
  /** The whole response. */
  readonly expected: string
  /** What a framework gives that cannot do that, and why. */
  readonly but?: Readonly<Record<string, { readonly because: string; readonly expected: string }>>
}

const shop = defineCatalog({
  name: 'shop',
  locales: {
    de: {
      shop: {
        10002: { message: 'Nur noch {{left}} von {{product}} übrig' },
        10003: { message_one: 'Noch {{count}} Stück', message_other: 'Noch {{count}} Stücke' },
      },
    },
  },
  errors: {
    10001: { status: 404, title: 'No product', message: 'Product not found', action: 'Check the product id' },
    10002: { status: 409, message: 'Only {{left}} of {{product}} left' },
    10003: { status: 409, message: '{{count}} left' },
    10004: { status: 499, message: 'Client went away' },
  },
})

type Headers = Readonly<Record<string, string>>

/**
 * The response that the contract promises: these header lines, in this order, and nothing else. They are typed here
 * and not shared with the tests' support, since they are what clients rely on: a change there must not pass here.
 */
function answer(status: number, body: object | string, changed: Headers = {}, before: Headers = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const standard: Headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    'Content-Language': 'en',
    Vary: 'Accept-Language',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  const headers = {
    'X-Request-ID': 't-1',
    ...before,
    ...standard,
    ...changed,
    Date: '*',
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}`, ...lines, '', text].join('\r\n')
}

function throws(make: () => unknown): Route {
  return () => {
    throw make()
  }
}

const conflict = { code: 1006, message: 'Username already exists' }
const unauthenticated = { code: 401, message: 'Unauthenticated (missing/invalid/expired token)' }
const challenge = { 'WWW-Authenticate': 'ApiKey' }
const internal = { code: 500, message: 'Internal server error' }
const bad = { code: 400, message: 'Bad request (JSON parse fail / missing required field)' }
const missing = { code: 404, message: 'Resource not found' }

const throwing: readonly Case[] = [
  {
    title: 'a thrown code has the status, the text and the envelope of its catalog',
    route: throws(() => new BizError(1006)),
    expected: answer(409, conflict),
  },
  {
    title: 'a rejected promise is answered like a throw',
    route: async () => {
      await Promise.resolve()
      throw new BizError(1006)
    },
    expected: answer(409, conflict),
  },
  {
    title: 'params fill the placeholders of the message',
    route: throws(() => new shop.BizError(10002, { params: { left: 3, product: 'Tom & "Jerry"' } })),
    expected: answer(409, { code: 10002, message: 'Only 3 of Tom & "Jerry" left' }),
  },
  {
    title: 'details that the thrower gives are sent',
    route: throws(() => new shop.BizError(10001, { details: { id: 7, at: new Date(0) } })),
    expected: answer(404, {
      code: 10001,
      message: 'Product not found',
      details: { id: 7, at: '1970-01-01T00:00:00.000Z' },
    }),
  },
  {
    title: 'headers that the thrower gives come before ours, and none of ours is replaced',
    route: throws(() => new BizError(1006, { headers: { 'X-Retry-Hint': 'no', 'Cache-Control': 'public' } })),
    expected: answer(409, conflict, {}, { 'X-Retry-Hint': 'no' }),
  },
  {
    title: 'status 200 for an idempotent endpoint is kept, with the non-zero code',
    route: throws(() => new BizError(1051, { status: 200 })),
    expected: answer(200, { code: 1051, message: 'API Key not found or out of visible scope' }),
  },
  {
    title: 'an unusual status of an entry is sent as it is',
    route: throws(() => new shop.BizError(10004)),
    expected: answer(499, { code: 10004, message: 'Client went away' }),
  },
  {
    title: 'HEAD has the same headers and no body',
    route: throws(() => new BizError(1006)),
    request: { method: 'HEAD' },
    expected: answer(409, conflict).replace(JSON.stringify(conflict), ''),
  },
]

const project = 'Invalid ProjectID parameter. Check it and try again.'
const details = { name: 'a' }

/** The body of every envelope, of a code that refines another. */
const bodies: Readonly<Record<EnvelopeName, object>> = {
  flat: { code: 2130, message: project, details },
  nested: { error: { code: 2130, message: project, request_id: 't-1', details } },
  composite: { code: 4000, message: `(2130) ${project}`, details },
  'two-level': { code: 4000, sub_code: 2130, message: project, data: details },
  problem: {
    type: 'about:blank',
    title: project,
    status: 400,
    detail: project,
    code: 2130,
    request_id: 't-1',
    details,
  },
}

const everyEnvelope = Object.entries(bodies).map(([name, body]): Case => ({
  title: `${name}: the whole body of a code that refines another, with details`,
  options: { envelope: name as EnvelopeName },
  route: throws(() => new CdnError(2130, { details })),
  expected: answer(400, body, { 'Content-Type': ENVELOPES[name as EnvelopeName].contentType }),
}))

const envelopes: readonly Case[] = [
  ...everyEnvelope,
  {
    title: 'composite: the module code stands in the message of its common code',
    route: throws(() => new CdnError(2130)),
    expected: answer(400, { code: 4000, message: `(2130) ${project}` }),
  },
  {
    title: 'composite in Chinese: no blank after the module code',
    route: throws(() => new CdnError(2130)),
    request: { headers: { 'Accept-Language': 'zh-CN' } },
    expected: answer(
      400,
      { code: 4000, message: '(2130)非法ProjectID参数，请确认后重试' },
      { 'Content-Language': 'zh-CN' },
    ),
  },
  {
    title: 'composite: a common code stands alone',
    route: throws(() => new CdnError(4000)),
    expected: answer(400, { code: 4000, message: 'Invalid request parameter' }),
  },
  {
    title: 'two-level: global code and sub code',
    route: throws(() => new GatewayError(42901)),
    expected: answer(
      429,
      { code: 429, sub_code: 42901, message: 'Per-second rate limit exceeded.', data: null },
      { 'Retry-After': '1' },
    ),
  },
  {
    title: 'two-level: a global code has no sub code',
    route: throws(() => new GatewayError(404)),
    expected: answer(404, {
      code: 404,
      sub_code: null,
      message: 'Requested resource does not exist.',
      data: null,
    }),
  },
  {
    title: 'nested: request id, and details only when there are some',
    route: throws(() => new SecretsError('secret_not_found')),
    expected: answer(404, {
      error: { code: 'secret_not_found', message: 'Secret not found', request_id: 't-1' },
    }),
  },
  {
    title: 'nested: details.fields of a validation error',
    route: throws(() => new SecretsError('validation_error', { details: { fields: [{ path: 'ttl' }] } })),
    expected: answer(422, {
      error: {
        code: 'validation_error',
        message: 'Field-level validation; see details.fields',
        request_id: 't-1',
        details: { fields: [{ path: 'ttl' }] },
      },
    }),
  },
  {
    title: "problem: the handler's envelope goes before the catalog's",
    options: { envelope: 'problem', docsUrl: 'https://docs.example/errors/' },
    route: throws(() => new shop.BizError(10001, { details: { status: 200 } })),
    expected: answer(
      404,
      {
        type: 'https://docs.example/errors/10001',
        title: 'No product',
        status: 404,
        detail: 'Product not found',
        code: 10001,
        action: 'Check the product id',
        request_id: 't-1',
        details: { status: 200 },
      },
      {
        'Content-Type': 'application/problem+json',
        Link: '<https://docs.example/errors/10001>; rel="help"',
      },
    ),
  },
  {
    title: 'problem: a client that asks for it gets it where it is allowed',
    options: { envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' } },
    route: throws(() => new BizError(1006)),
    request: { headers: { Accept: 'application/problem+json, application/json;q=0.9' } },
    expected: answer(
      409,
      {
        type: 'about:blank',
        title: 'Username already exists',
        status: 409,
        detail: 'Username already exists',
        code: 1006,
        action: 'Choose another name',
        request_id: 't-1',
      },
      { 'Content-Type': 'application/problem+json', Vary: 'Accept-Language, Accept' },
    ),
  },
  {
    title: "problem: other clients get the catalog's envelope, and caches learn of the choice",
    options: { envelope: { 'application/json': 'flat', 'application/problem+json': 'problem' } },
    route: throws(() => new BizError(1006)),
    request: { headers: { Accept: '*/*' } },
    expected: answer(409, conflict, { Vary: 'Accept-Language, Accept' }),
  },
  {
    title: 'problem: asking has no effect where it is not allowed',
    route: throws(() => new BizError(1006)),
    request: { headers: { Accept: 'application/problem+json' } },
    expected: answer(409, conflict),
  },
  {
    title: "one's own envelope gets everything that a client may know",
    options: { envelope: (error) => ({ ...error, details: undefined }) },
    route: throws(() => new CdnError(4400, { retryAfter: 2, details: { secret: 1 } })),
    expected: answer(
      429,
      {
        code: 4400,
        status: 429,
        message: 'Quota exceeded',
        locale: 'en',
        title: 'Quota exceeded',
        description:
          'The number of requests exceeded the quota limit. For more information, please see the "Request Quota" section in the document.',
        retryable: true,
        retryAfter: 2,
        requestId: 't-1',
        catalog: 'cdn',
        key: 4400,
        sourceMessage: 'Quota exceeded',
      },
      { 'Retry-After': '2' },
    ),
  },
  {
    title: "one's own envelope that throws is replaced by the catalog's",
    options: {
      envelope: () => {
        throw new Error('broken')
      },
      logger: { error: () => {} },
    },
    route: throws(() => new BizError(1006)),
    expected: answer(409, conflict),
  },
  {
    title: "one's own envelope that returns no object is replaced by the catalog's",
    options: { envelope: () => Promise.reject(new Error('late')), logger: { error: () => {} } },
    route: throws(() => new BizError(1006)),
    expected: answer(409, conflict),
  },
  {
    title: 'httpStatus 200: the status is 200 and the body is as ever',
    options: { httpStatus: 200 },
    route: throws(() => new CdnError(2130)),
    expected: answer(200, { code: 4000, message: `(2130) ${project}` }),
  },
]

const languages: readonly Case[] = [
  {
    title: 'a reader in Hong Kong gets Traditional Chinese',
    route: throws(() => new BizError(1006)),
    request: { headers: { 'Accept-Language': 'zh-HK, en;q=0.5' } },
    expected: answer(409, { code: 1006, message: '使用者名稱已存在' }, { 'Content-Language': 'zh-TW' }),
  },
  {
    title: 'an unknown language gets the fallback, and Content-Language says so',
    route: throws(() => new BizError(1006)),
    request: { headers: { 'Accept-Language': 'tlh' } },
    expected: answer(409, conflict),
  },
  {
    title: "fallbackLocale goes before the catalog's language",
    options: { fallbackLocale: 'de' },
    route: throws(() => new BizError(1006)),
    expected: answer(
      409,
      { code: 1006, message: 'Benutzername bereits vergeben' },
      { 'Content-Language': 'de' },
    ),
  },
  {
    title: "the app's choice goes before Accept-Language",
    options: { locale: () => 'de-AT' },
    route: throws(() => new BizError(1006)),
    request: { headers: { 'Accept-Language': 'fr' } },
    expected: answer(
      409,
      { code: 1006, message: 'Benutzername bereits vergeben' },
      { 'Content-Language': 'de' },
    ),
  },
  {
    title: 'an app whose choice fails leaves it to Accept-Language',
    options: {
      locale: () => {
        throw new Error('no session')
      },
      logger: { error: () => {} },
    },
    route: throws(() => new BizError(1006)),
    request: { headers: { 'Accept-Language': 'en' } },
    expected: answer(409, conflict),
  },
  {
    title: 'a translated message is filled with the same params',
    route: throws(() => new shop.BizError(10002, { params: { left: 3, product: '{{left}} $t(x)' } })),
    request: { headers: { 'Accept-Language': 'de' } },
    expected: answer(
      409,
      { code: 10002, message: 'Nur noch 3 von {{left}} $t(x) übrig' },
      { 'Content-Language': 'de' },
    ),
  },
  {
    title: 'count chooses the plural form',
    route: throws(() => new shop.BizError(10003, { params: { count: 1 } })),
    request: { headers: { 'Accept-Language': 'de' } },
    expected: answer(409, { code: 10003, message: 'Noch 1 Stück' }, { 'Content-Language': 'de' }),
  },
  {
    title: 'a text that is missing in a language is taken from the fallback, and Content-Language says so',
    options: { logger: { error: () => {} } },
    route: throws(() => new shop.BizError(10001)),
    request: { headers: { 'Accept-Language': 'de' } },
    expected: answer(404, { code: 10001, message: 'Product not found' }),
  },
]

const foreign: readonly Case[] = [
  {
    title: 'a path that no route takes',
    request: { path: '/<script>' },
    expected: answer(404, missing),
  },
  {
    title: "a path that no route takes, in the handler's catalog and envelope",
    options: { catalog: secrets },
    request: { path: '/nowhere' },
    expected: answer(404, {
      error: { code: 'invalid_path', message: 'Path format violation', request_id: 't-1' },
    }),
  },
  {
    title: 'a catalog that names no code for a status gives the generic text, in the language of the client',
    options: { catalog: shop },
    request: { path: '/nowhere', headers: { 'Accept-Language': 'de' } },
    expected: answer(404, { code: 404, message: 'Nicht gefunden' }, { 'Content-Language': 'de' }),
  },
  {
    title: "malformed JSON: the catalog's text, not the parser's",
    route: () => undefined,
    request: {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"password":"hunter2",}',
    },
    expected: answer(400, bad),
  },
  {
    title: 'http-errors: the status counts, the message does not',
    route: throws(() => createError(403, 'user bob is banned', { headers: { 'X-Bob': 'yes' } })),
    expected: answer(403, { code: 403, message: 'Authenticated but lacks permission' }),
  },
  {
    title: 'http-errors: a status without a code of its own takes that of its class, and its own text',
    route: throws(() => createError(413)),
    expected: answer(413, '{"code":400,"message":"Content too large"}'),
  },
  {
    title: 'a plain object with a status',
    route: throws(() => ({ status: 404, message: '/srv/app/x.js missing' })),
    expected: answer(404, missing),
  },
  ...[
    ['an Error', () => new Error('db pass=s3cr3t')],
    ['a string', () => 'secret'],
    ['a Symbol', () => Symbol('secret')],
    ['an object without prototype', () => Object.create(null)],
    ['an error with status 200', () => Object.assign(new Error('x'), { status: 200 })],
    ['an error with a fraction of a status', () => Object.assign(new Error('x'), { status: 400.5 })],
    ['a frozen Error', () => Object.freeze(new Error('x'))],
    ['a look-alike', () => ({ name: 'BizError', isBizError: true, code: 1006, message: 'x' })],
    ['an unknown code', () => Reflect.construct(BizError, ['__proto__'])],
    [
      'a hostile Proxy',
      () =>
        new Proxy(new Error('x'), {
          get: () => {
            throw new Error('trap')
          },
        }),
    ],
  ].map(([name, make]): Case => ({
    title: `${String(name)} is the generic 500`,
    options: { logger: { error: () => {} } },
    route: throws(make as () => unknown),
    expected: answer(500, internal),
  })),
  {
    title: 'null is the generic 500',
    options: { logger: { error: () => {} } },
    route: throws(() => null),
    expected: answer(500, internal),
    but: {
      'Express 5': {
        because: 'to its router, what is thrown and falsy is no error: it goes on to the next middleware',
        expected: answer(404, missing),
      },
    },
  },
  {
    title: "the app's own rule recognizes a foreign error, and a rule that fails is passed over",
    options: {
      logger: { error: () => {} },
      identify: [
        () => {
          throw new Error('broken rule')
        },
        (error) => (error instanceof RangeError ? new BizError(4002) : undefined),
      ],
    },
    route: throws(() => new RangeError('secret')),
    expected: answer(400, { code: 4002, message: 'Invalid time range (stime > etime / span too wide)' }),
  },
]

const headers: readonly Case[] = [
  {
    title: 'what described the lost success goes; what the app set for the browser stays',
    route: (_request, response) => {
      response.statusCode = 201
      response.statusMessage = 'Created'
      response.setHeader('ETag', '"1"')
      response.setHeader('Content-Encoding', 'gzip')
      response.setHeader('Content-Disposition', 'attachment')
      response.setHeader('Cache-Control', 'public')
      response.setHeader('Content-Language', 'fr')
      response.setHeader('Location', '/users/1')
      response.setHeader('X-Accel-Redirect', '/private/1')
      response.setHeader('CDN-Cache-Control', 'max-age=9')
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Vary', 'Origin')
      throw new BizError(1006)
    },
    expected: [
      'HTTP/1.1 409 Conflict',
      'X-Request-ID: t-1',
      'Cache-Control: no-store',
      'Content-Language: en',
      'Access-Control-Allow-Origin: *',
      'Vary: Origin, Accept-Language',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${JSON.stringify(conflict).length}`,
      'X-Content-Type-Options: nosniff',
      'Date: *',
      'Connection: close',
      '',
      JSON.stringify(conflict),
    ].join('\r\n'),
    but: {
      Web: {
        because: 'a function of a Request has no response yet that could bear headers when it throws',
        expected: answer(409, conflict),
      },
    },
  },
  {
    title: 'Retry-After of an entry',
    route: throws(() => new BizError(5008)),
    expected: answer(429, { code: 5008, message: 'Alert in cooldown (debounce)' }, { 'Retry-After': '60' }),
  },
  {
    title: 'Retry-After of the throw is rounded up',
    route: throws(() => new BizError(5008, { retryAfter: 1.2 })),
    expected: answer(429, { code: 5008, message: 'Alert in cooldown (debounce)' }, { 'Retry-After': '2' }),
  },
  {
    title: 'Retry-After of a Date is the seconds until then',
    route: throws(() => new BizError(5008, { retryAfter: new Date(Date.now() + 29_500) })),
    expected: answer(429, { code: 5008, message: 'Alert in cooldown (debounce)' }, { 'Retry-After': '30' }),
  },
  {
    title: 'header values that would split the response are left out',
    route: throws(
      () =>
        new BizError(1006, {
          headers: { 'X-A': 'a\r\nSet-Cookie: evil=1', 'X-B': '日本', 'Set-Cookie': 'a=1' },
        }),
    ),
    expected: answer(409, conflict),
  },
]

const unauthorized: readonly Case[] = [
  ...[
    ['no cause at all', () => new BizError(401)],
    ['details', () => new BizError(401, { details: { user: 'bob' } })],
    ['a cause', () => new BizError(401, { cause: new Error('expired') })],
    ['headers', () => new BizError(401, { headers: { 'X-Cause': 'expired' } })],
    ['retryAfter', () => new BizError(401, { retryAfter: 30 })],
    ['http-errors', () => createError(401, 'no such user')],
    ['a plain object', () => ({ status: 401, message: 'no such user' })],
    ['another code, concealed by the throw', () => new BizError(1003, { as: 401, details: { a: 1 } })],
  ].map(([name, make]): Case => ({
    title: `401 is one constant response: ${String(name)}`,
    route: throws(make as () => unknown),
    expected: answer(401, unauthenticated, challenge),
  })),
  {
    title: '401 keeps its own code unless it is concealed',
    route: throws(() => new BizError(1005)),
    expected: answer(401, { code: 1005, message: 'Session expired' }, challenge),
  },
  {
    title: 'conceal by status: every 401 becomes one code',
    options: { conceal: { 401: 401 } },
    route: throws(() => new BizError(1005)),
    expected: answer(401, unauthenticated, challenge),
  },
  ...([1001, 1002, 1003] as const).map((code): Case => ({
    title: `conceal by code: ${code} cannot be told from the others`,
    options: { conceal: [{ errors: [1001, 1002, 1003], as: 1002 }] },
    route: throws(() => new BizError(code, { details: { code } })),
    expected: answer(401, { code: 1002, message: 'Invalid password' }, challenge),
  })),
]

export const cases: readonly Case[] = [
  ...throwing,
  ...envelopes,
  ...languages,
  ...foreign,
  ...headers,
  ...unauthorized,
]
