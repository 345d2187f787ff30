// Run by leaks.test.ts, once for each NODE_ENV: prints every answer, and what a pino logger wrote, as one line of JSON.
import { inspect } from 'node:util'
import createError from 'http-errors'
import { pino } from 'pino'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import { send, type RawRequest } from '../support/raw.ts'

// `canary-` may not be in an answer, `hidden-` neither in an answer nor in the log.

const authorization = 'Bearer hidden-authorization'
const headers = {
  Authorization: authorization,
  Cookie: 'sid=hidden-cookie',
  'Set-Cookie': 'sid=hidden-set-cookie',
  'X-Canary': 'canary-error-header',
}

/** What drivers, clients and parsers leave on their errors. */
const driverFields = {
  sql: "UPDATE users SET password = 'hidden-password' -- canary-sql",
  query: { text: 'SELECT canary-query', values: ['hidden-password'], parameters: ['canary-parameter'] },
  detail: 'Key (password)=(hidden-password) canary-detail already exists.',
  hint: 'canary-hint',
  table: 'canary-table',
  column: 'canary-column',
  constraint: 'canary-constraint',
  keyValue: { email: 'canary-key-value', password: 'hidden-password' },
  errors: { password: { value: 'hidden-password', message: 'canary-validation' } },
  config: { url: 'https://canary-config-url/', headers, data: '{"password":"hidden-password"}' },
  request: { headers, path: 'canary-request-path', _header: 'Authorization: hidden-authorization' },
  response: { status: 404, headers, data: { token: 'hidden-token', text: 'canary-response-data' } },
  options: { headers, password: 'hidden-password' },
  body: '{"password":"hidden-password","note":"canary-raw-body"}',
  headers,
  password: 'hidden-password',
  passwd: 'hidden-password',
  token: 'hidden-token',
  path: '/srv/canary-path',
  details: { note: 'canary-details', password: 'hidden-password' },
  params: { note: 'canary-params', left: 'canary-left' },
  expose: true,
}

/** Ways in which an object turns itself into text. */
const conversions = {
  toString: () => 'canary-to-string hidden-password',
  toJSON: () => ({ code: 'canary-to-json', message: 'canary-to-json', password: 'hidden-password' }),
  [Symbol.toPrimitive]: () => 'canary-to-primitive hidden-password',
  [inspect.custom]: () => 'canary-inspect hidden-password',
}

function define<TObject extends object>(object: TObject, members: object): TObject {
  return Object.defineProperties(object, Object.getOwnPropertyDescriptors(members))
}

/** Plants a canary in every place in which an error can carry text. */
function planted<TError extends object>(error: TError, members: object = {}): TError {
  // Defined, since some of them are getters on the error's class.
  return define(error, { ...driverFields, ...conversions, ...members })
}

function chained(): Error {
  const root = planted(new Error('canary-root-message'), { name: 'canary-root-name' })
  const middle = new TypeError('canary-middle-message', { cause: root })
  return planted(new Error('canary-message', { cause: middle }), {
    name: 'canary-name',
    stack: 'canary-name: canary-message\n    at canary-function (/srv/canary-file.js:1:1)',
    code: 'CANARY_CODE',
  })
}

const shop = defineCatalog({
  name: 'shop',
  errors: {
    404: { status: 404, message: 'Not there' },
    10002: { status: 409, message: 'Only {{left}} left', title: 'Few left', action: 'Hurry' },
  },
})

const errors: Readonly<Record<string, () => unknown>> = {
  chained,
  'a string': () => 'canary-string',
  'a function': () => planted(() => 'canary-function-source'),
  'a class': () => class CanaryClass extends Error {},
  'a plain object': () => planted({ message: 'canary-message', status: 404, name: 'canary-name' }),
  'an object that turns itself into text': () => conversions,
  'an AggregateError': () =>
    planted(new AggregateError([], 'canary-message'), {
      errors: [
        chained(),
        'canary-inner-string',
        planted(new BizError(1006)),
        { password: 'hidden-password' },
      ],
    }),
  'an http error': () => planted(createError(404, 'canary-message'), { status: 404 }),
  'an http error of the server': () => planted(createError(503, 'canary-message')),
  'an unauthorized http error': () => planted(createError(401, 'canary-message')),
  'a BizError': () => withStateChanged(new BizError(1006, { cause: chained() })),
  'a BizError of the server': () => withStateChanged(new BizError(500, { cause: chained() })),
  'a BizError with params': () =>
    withStateChanged(
      Reflect.construct(shop.BizError, [
        10002,
        { params: { left: 3, password: 'hidden-password', note: 'canary-param' }, cause: chained() },
      ]) as Error,
    ),
  'an unauthorized BizError': () =>
    new BizError(401, {
      details: { note: 'canary-details', password: 'hidden-password' },
      headers: { 'X-Canary': 'canary-header', 'WWW-Authenticate': 'canary-challenge' },
      cause: chained(),
    }),
  'a concealed BizError': () =>
    new BizError(2001, {
      as: 404,
      details: { note: 'canary-details' },
      headers: { 'X-Canary': 'canary-header' },
    }),
  'an unknown code': () =>
    Reflect.construct(BizError, ['canary-unknown-code', { cause: chained() }]) as unknown,
}

/** What is written on a BizError after it was made is not what it says. */
function withStateChanged(error: Error): Error {
  for (const name of [
    'message',
    'name',
    'stack',
    'code',
    'status',
    'params',
    'details',
    'headers',
    'retryAfter',
  ]) {
    const value = { note: `canary-assigned-${name}`, 'X-Canary': 'canary-assigned-header' }
    const text = name === 'message' || name === 'name' || name === 'stack' || name === 'code'
    Object.defineProperty(error, name, {
      value: text ? value.note : value,
      configurable: true,
      enumerable: true,
    })
  }
  return define(error, conversions)
}

const routes: Record<string, Route> = {}
for (const [name, make] of Object.entries(errors)) {
  routes[`/${name.replaceAll(' ', '-')}`] = (_request, response) => {
    // The app's own cookie goes to its client, as ever, and is no business of the log.
    response.setHeader('Set-Cookie', 'sid=hidden-app-cookie')
    throw make()
  }
}

const request = {
  method: 'POST',
  headers: {
    'X-Request-ID': 'probe-1',
    'X-Canary': 'canary-request-header',
    'User-Agent': 'canary-user-agent',
    'Accept-Language': 'canary',
    'Content-Type': 'application/json',
    Authorization: authorization,
    Cookie: 'sid=hidden-cookie',
    'Proxy-Authorization': 'Basic hidden-authorization',
  },
  body: '{"password":"hidden-password","note":"canary-body"}',
}
const query = '?token=hidden-token&password=hidden-password&note=canary-query-string'
const broken = '{"password": hidden-password, "note": canary-body}'

const requests: readonly RawRequest[] = [
  ...Object.keys(routes).map((path) => Object.assign({ path: path + query }, request)),
  { ...request, path: `/canary-path${query}` },
  { ...request, path: `/chained${query}`, body: broken },
  {
    ...request,
    path: `/chained${query}`,
    headers: { ...request.headers, 'Content-Encoding': 'canary-encoding' },
  },
]

type Envelope = NonNullable<HandlerOptions['envelope']>
// The flat one logs with pino, the others by default, to stderr.
const envelopes: readonly (readonly [string, Envelope])[] = [
  ['flat', 'flat'],
  ['nested', 'nested'],
  ['composite', 'composite'],
  ['two-level', 'two-level'],
  ['problem', 'problem'],
  ["one's own", (error) => ({ ...error })],
]

const answers: { framework: string; envelope: string; path: string; raw: string }[] = []
const lines: string[] = []
const logger = pino({ level: 'trace', base: null }, { write: (line) => void lines.push(line) })

for (const framework of frameworks) {
  // An envelope is filled before a framework writes it.
  const sent = framework === frameworks[0] ? envelopes : envelopes.slice(0, 2)
  for (const [name, envelope] of sent) {
    const { port, server } = await listen(
      framework.listener({ options: { envelope, ...(name === 'flat' && { logger }) }, routes }),
    )
    for (const each of requests) {
      answers.push({
        framework: framework.name,
        envelope: name,
        path: each.path,
        raw: await send(port, each),
      })
    }
    server.close()
  }
}

process.stdout.write(JSON.stringify({ requests: requests.length, answers, lines }))
