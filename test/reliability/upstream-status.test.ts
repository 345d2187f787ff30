import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DynamoDB from 'aws-sdk/clients/dynamodb.js'
import S3 from 'aws-sdk/clients/s3.js'
import OpenAI from 'openai4'
import twilio from 'twilio'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { IdentifyRule } from '../../src/identify/rules.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, type Route } from '../support/frameworks.ts'
import { freePort } from '../support/free-port.ts'
import { answersOn, each, expressWith } from '../support/stacks.ts'
import { serving as servingApp } from '../support/apps.ts'
import { recorder } from '../support/served.ts'
import { blames } from '../support/whose-fault.ts'

// It says on stderr that version 2 is old.
vi.hoisted(() => (process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1'))

type Respond = (status: number) => RequestListener

/** Answers in the words of one API. */
const json =
  (bodyOf: (status: number) => object, headers: object = {}): Respond =>
  (status) =>
  (_request, response) =>
    response
      .writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '7', ...headers })
      .end(JSON.stringify(bodyOf(status)))
const page: Respond = (status) => (_request, response) =>
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>s3cr3t')

const upstreams: Readonly<Record<string, Respond>> = {
  twilio: json((status) => ({
    code: 20003,
    message: 's3cr3t',
    more_info: 'https://twilio.test/20003',
    status,
  })),
  problem: json((status) => ({ type: 'https://twilio.test/20003', title: 's3cr3t', code: 20003, status })),
  s3: (status) => (_request, response) =>
    response
      .writeHead(status, { 'Content-Type': 'application/xml', 'x-amz-request-id': 'R1' })
      .end('<Error><Code>AccessDenied</Code><Message>s3cr3t</Message></Error>'),
  openai: json(
    () => ({
      error: { message: 's3cr3t', type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
    }),
    { 'x-request-id': 'req_1' },
  ),
  dynamodb: json(() => ({ __type: 'com.amazonaws.dynamodb#ThrottlingException', message: 's3cr3t' })),
  page,
  silent: () => () => {},
}

/** By path: `/401/openai/…`. */
const server = createServer((request, response) => {
  const [, status, api] = request.url!.split(/[/?]/)
  request.resume()
  upstreams[api!]!(Number(status))(request, response)
})
const origin = { up: '', down: '' }
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin.up = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  origin.down = `http://127.0.0.1:${await freePort()}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const at = (status: number, api: string): string => `${origin.up}/${status}/${api}`

type Ask = (base: string, timeout: number) => Promise<unknown>
const PATIENT = 30_000

class Elsewhere extends twilio.RequestClient {
  readonly base: string

  constructor(base: string, timeout: number) {
    super({ timeout })
    this.base = base
  }

  override request: twilio.RequestClient['request'] = (options) =>
    super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base) })
}

const askTwilio: Ask = (base, timeout) =>
  twilio('AC123', 's3cr3t', { httpClient: new Elsewhere(base, timeout) }).messages.create({
    to: '1',
    from: '2',
    body: 'x',
  })

const AMAZON = { region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 's3cr3t', maxRetries: 0 }
const s3 = (endpoint: string, timeout: number): S3 =>
  new S3({ ...AMAZON, endpoint, s3ForcePathStyle: true, httpOptions: { timeout } })
const askS3: Ask = (base, timeout) => s3(base, timeout).getObject({ Bucket: 'b', Key: 'k' }).promise()
const headS3: Ask = (base, timeout) => s3(base, timeout).headObject({ Bucket: 'b', Key: 'k' }).promise()
const askDynamoDb: Ask = (endpoint) =>
  new DynamoDB({ ...AMAZON, endpoint }).getItem({ TableName: 't', Key: { a: { S: '1' } } }).promise()

const askOpenAi: Ask = (baseURL, timeout) =>
  new OpenAI({ apiKey: 's3cr3t', baseURL, maxRetries: 0, timeout }).chat.completions.create({
    model: 'm',
    messages: [],
  })

const asking =
  (ask: Ask, base: () => string, timeout = PATIENT): Route =>
  async () =>
    void (await ask(base(), timeout))

let turn = 0

/** An error is recognized before a framework answers it: they take turns. */
function recognized(title: string, failing: Route, condition: string, headers = {}): void {
  blames(title, failing, condition, {}, headers, [frameworks[turn++ % frameworks.length]!])
}

describe('R02: the status that an SDK was answered is not ours', () => {
  const conditions: readonly (readonly [status: number, condition: string])[] = [
    ...[400, 401, 402, 403, 404, 409, 410, 413, 422, 451, 500, 503].map(
      (status) => [status, 'upstream-failed'] as const,
    ),
    [429, 'unavailable'],
    [408, 'upstream-timeout'],
    [504, 'upstream-timeout'],
  ]
  const told = { 'retry-after': '7' }
  const clients: readonly (readonly [name: string, api: string, ask: Ask, headers?: typeof told])[] = [
    ['twilio', 'twilio', askTwilio],
    ['twilio, which is answered a problem document', 'problem', askTwilio],
    ['aws-sdk 2', 's3', askS3],
    ['aws-sdk 2, which is answered nothing', 's3', headS3],
    // The only one of these that keeps the headers.
    ['openai 4', 'openai', askOpenAi, told],
    ['openai 4, which is answered a page', 'page', askOpenAi],
  ]
  for (const [name, api, ask, headers] of clients) {
    for (const [status, condition] of conditions) {
      recognized(
        `R02: ${status} of ${name} is ${condition}`,
        asking(ask, () => at(status, api)),
        // A 503 that tells the time says: later.
        status === 503 && headers !== undefined ? 'unavailable' : condition,
        headers,
      )
    }
    blames(
      `R02: a server that is down, asked by ${name}`,
      asking(ask, () => origin.down),
      'upstream-failed',
    )
    blames(
      `R02: a server that is silent, asked by ${name}`,
      asking(ask, () => at(0, 'silent'), 100),
      'upstream-timeout',
    )
  }

  blames(
    'R02: AWS throttles with a 400',
    asking(askDynamoDb, () => at(400, 'dynamodb')),
    'unavailable',
  )
})

const failing =
  (properties: object): Route =>
  () => {
    throw Object.assign(new Error('s3cr3t'), properties)
  }

/** The shapes that other SDKs document, or have in their source. */
const SHAPES: Readonly<Record<string, (status: number) => object>> = {
  'AWS SDK 3': (httpStatusCode) => ({
    name: 'AccessDenied',
    $fault: 'client',
    $metadata: { httpStatusCode, requestId: 'R1', attempts: 1 },
  }),
  '@octokit/request-error': (status) => ({
    name: 'HttpError',
    status,
    request: { method: 'GET', url: 'https://api.example', headers: {} },
    response: { status, headers: { date: 'x' }, data: {} },
  }),
  gaxios: (status) => ({
    status,
    code: String(status),
    config: { url: 'x' },
    response: { status, headers: {} },
  }),
  stripe: (statusCode) => ({
    type: 'StripeAuthenticationError',
    raw: { statusCode },
    statusCode,
    requestId: 'r',
  }),
  '@slack/web-api': (statusCode) => ({
    code: 'slack_webapi_http_error',
    statusCode,
    statusMessage: 'x',
    headers: { date: 'x', 'content-type': 'text/html' },
    body: 'x',
  }),
  '@notionhq/client': (status) => ({ code: 'unauthorized', status, headers: new Headers(), body: '{}' }),
  '@anthropic-ai/sdk': (status) => ({ status, headers: new Headers(), error: {}, requestID: null }),
  'openai, without headers': (status) => ({
    status,
    request_id: 'req_1',
    error: {},
    param: null,
    code: null,
  }),
  '@elastic/elasticsearch': (statusCode) => ({
    name: 'ResponseError',
    statusCode,
    meta: { statusCode, body: {} },
  }),
  '@azure RestError': (statusCode) => ({
    name: 'RestError',
    statusCode,
    request: {},
    code: 'AuthorizationFailed',
  }),
  algoliasearch: (status) => ({ name: 'ApiError', status, transporterStackTrace: [] }),
  minio: (statusCode) => ({
    code: 'AccessDenied',
    statusCode,
    amzRequestid: 'R1',
    amzId2: 'x',
    region: null,
  }),
  'Microsoft Graph': (statusCode) => ({
    statusCode,
    code: 'x',
    requestId: 'r',
    headers: new Headers(),
    body: '{}',
  }),
  'Speakeasy (mistral)': (statusCode) => ({ statusCode, body: '{}', rawResponse: new Response() }),
  'openapi-typescript-codegen': (status) => ({
    status,
    statusText: 'x',
    url: 'https://api.example',
    body: {},
  }),
  'discord.js': (status) => ({
    status,
    code: 50_001,
    method: 'GET',
    url: 'x',
    rawError: {},
    requestBody: {},
  }),
  'Vercel AI SDK': (statusCode) => ({
    statusCode,
    url: 'x',
    requestBodyValues: {},
    responseHeaders: {},
    isRetryable: false,
  }),
  Adyen: (statusCode) => ({ statusCode, errorCode: '010', responseBody: '{}' }),
  'web-push': (statusCode) => ({
    statusCode,
    headers: { 'content-length': '0', date: 'x' },
    body: '',
    endpoint: 'x',
  }),
  Hubspot: (status) => ({ status, body: {}, headers: { 'content-type': 'application/json' } }),
  'a client whose response has no headers': (status) => ({ status, response: { status } }),
}

describe('R02: what sets the error of an SDK apart is what was sent and what came back', () => {
  for (const [sdk, shape] of Object.entries(SHAPES)) {
    recognized(`R02: a 401 of ${sdk}`, failing(shape(401)), 'upstream-failed')
    recognized(`R02: a 429 of ${sdk}`, failing(shape(429)), 'unavailable')
    recognized(`R02: a 504 of ${sdk}`, failing(shape(504)), 'upstream-timeout')
    recognized(
      `R02: a 403 of ${sdk} beneath another error`,
      () => {
        throw new Error('order 7 failed', { cause: Object.assign(new Error('s3cr3t'), shape(403)) })
      },
      'upstream-failed',
    )
  }
  recognized(
    'R02: SendGrid has the status beside its response',
    failing({ code: 401, response: { headers: {}, body: {} } }),
    'upstream-failed',
  )
})

/** What apps give classes of their own. */
const OWN: Readonly<Record<string, object>> = {
  'a status alone': {},
  'a code': { code: 1004 },
  'a code and a link': { code: 'USER_GONE', moreInfo: 'https://docs.example' },
  'the id of our request': { requestId: 'r-1', code: 'USER_GONE' },
  'whether to try again': { retryable: false, requestId: 'r-1' },
  'what the client asked': { method: 'GET', url: '/users/7', path: '/users/7' },
  'a body to answer': { body: { message: 'gone' }, details: { id: 7 } },
  'headers to answer': { headers: { 'X-Gone': '1', Link: '</users>; rel="help"' } },
  'a problem document': {
    type: 'https://docs.example/gone',
    title: 'Gone',
    detail: 'x',
    instance: '/users/7',
  },
  'an error inside': { error: new Error('x'), data: {}, errors: [] },
  'the words of a status': { statusText: 'Not Found', error: 'Not Found', name: 'NotFoundError' },
  'the marks of tools': { __sentry_captured__: true, _isOperational: true, 'dd-trace': '7' },
  'what NestJS has': { response: { message: 'x', statusCode: 404 }, options: {}, getStatus: () => 404 },
}

describe('R02: the status of an error of the app is believed', () => {
  for (const [what, properties] of Object.entries(OWN)) {
    recognized(`R02: with ${what}`, failing({ status: 404, ...properties }), 'not-found')
  }
})

/** Libraries that nobody knows, as packages are installed. */
const folder = mkdtempSync(join(tmpdir(), 'app-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Fail = (name: string, properties: object) => never

function installed(name: string): Fail {
  const at = join(folder, 'node_modules', name)
  mkdirSync(at, { recursive: true })
  writeFileSync(
    join(at, 'index.cjs'),
    `class ApiError extends Error {}
     module.exports = (name, properties) => {
       const error = name === 'ApiError' ? new ApiError('s3cr3t') : new Error('s3cr3t')
       if (name !== 'ApiError' && name !== 'Error') error.name = name
       throw Object.assign(error, properties)
     }`,
  )
  return createRequire(import.meta.url)(join(at, 'index.cjs')) as Fail
}

const geocoder = installed('geo-coder')
const scoped = installed('@maps/geo-coder')
const serving = installed('express-geo')

interface Outcome {
  readonly statuses: readonly number[]
  readonly warnings: readonly string[]
}

/** What each of some routes is answered, and what one app of each framework is warned of. */
async function outcomes(
  fails: readonly (() => unknown)[],
  options: HandlerOptions = {},
  on = frameworks,
): Promise<Readonly<Record<string, Outcome>>> {
  const routes = Object.fromEntries(fails.map((fail, index) => [`/${index}`, fail]))
  const entries = on.map(async ({ name, listener }) => {
    const { log, options: recording } = recorder()
    const statuses = await servingApp(
      listener({ options: { ...recording, ...options }, routes }),
      async (port) => {
        const answered: number[] = []
        for (const path of Object.keys(routes)) {
          answered.push((await fetch(`http://127.0.0.1:${port}${path}`)).status)
        }
        return answered
      },
    )
    const warnings = log.filter(([level]) => level === 'warn').map(([, , message]) => message)
    return [name, { statuses, warnings }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

const onEach = (outcome: Outcome): Readonly<Record<string, Outcome>> =>
  Object.fromEntries(frameworks.map(({ name }) => [name, outcome]))

const advice = (status: number, name: string, library: string, when: string): string =>
  `Status ${status} was taken from "${name}", an error of ${library}. If another server answered it, say so: ` +
  `identify: [{ when: (e) => ${when}, condition: 'upstream-failed' }]`

const named = () => geocoder('QuotaError', { status: 403 })
const ofClass = () => geocoder('ApiError', { status: 404 })
const plain = () => geocoder('Error', { status: 404 })
const other = () => scoped('KeyError', { statusCode: 401 })
const quoted = () => geocoder(`It's "quoted" \\ and \n broken`, { status: 404 })
const long = () => geocoder('x'.repeat(100_000), { status: 404 })

describe('R02: a status that nothing but a library vouches for', () => {
  test('R02: is believed, and told once for each name of an error', async () => {
    expect(await outcomes([named, named, other, named, other])).toEqual(
      onEach({
        statuses: [403, 403, 401, 403, 401],
        warnings: [
          advice(403, 'QuotaError', 'geo-coder', "e.name === 'QuotaError'"),
          advice(401, 'KeyError', '@maps/geo-coder', "e.name === 'KeyError'"),
        ],
      }),
    )
  })

  test('R02: is told by the class where the error has no name of its own, and by the library where it has neither', async () => {
    expect(await outcomes([ofClass, plain])).toEqual(
      onEach({
        statuses: [404, 404],
        warnings: [
          advice(404, 'ApiError', 'geo-coder', "e.constructor.name === 'ApiError'"),
          advice(404, 'Error', 'geo-coder', "e.stack.includes('geo-coder')"),
        ],
      }),
    )
  })

  test('R02: is what the line that was told says, once it is written', async () => {
    for (const fail of [named, ofClass, plain, quoted]) {
      const told = Object.values(await outcomes([fail]))[0]!.warnings[0]!
      const [, line] = /identify: (\[.+\])$/.exec(told)!
      // eslint-disable-next-line no-eval -- it is code that a developer pastes
      const identify = (0, eval)(line!) as IdentifyRule[]
      expect(await outcomes([fail], { identify })).toEqual(onEach({ statuses: [502], warnings: [] }))
    }
  })

  test('R02: is told of in bounds, whatever the names are', async () => {
    const endless = Array.from({ length: 120 }, (_, index) => () => geocoder(`E${index}`, { status: 404 }))
    for (const { warnings } of Object.values(
      await outcomes([long, ...endless], {}, frameworks.slice(0, 1)),
    )) {
      expect(warnings).toHaveLength(100)
      expect(Math.max(...warnings.map(({ length }) => length))).toBeLessThan(500)
    }
  })

  test('R02: is not told of where it is no doubt', async () => {
    class NotFoundError extends Error {
      readonly status = 404
    }
    const quiet: readonly (() => unknown)[] = [
      () => {
        throw new NotFoundError()
      },
      () => geocoder('ShownError', { status: 404, expose: true }),
      () => geocoder('BrokenError', { status: 500 }),
      () => serving('ParamError', { status: 400 }),
      () => geocoder('FramelessError', { status: 404, stack: 'FramelessError: s3cr3t' }),
      () => geocoder('ForgedError', { status: 404, message: undefined }),
      () => {
        throw Object.assign(new Error('x\n    at f (/srv/node_modules/geo-coder/index.cjs:1:1)'), {
          status: 404,
        })
      },
      () => {
        throw { status: 404, message: 'no error' }
      },
    ]
    const { statuses, warnings } = Object.values(await outcomes(quiet))[0]!
    expect(statuses).toEqual([404, 404, 500, 400, 404, 404, 404, 404])
    expect(warnings).toEqual([])
  })

  test('R02: is not told of where the library serves: the router that cannot decode a path', async () => {
    const { options, log } = recorder()
    const on = expressWith((app) => app.get('/:id', (_request, response) => void response.end()))
    expect(await answersOn(on, { path: '/%zz' }, {}, options)).toEqual(each(on, 'malformed-request'))
    expect(log.map(([level]) => level)).toEqual(on.map(() => 'info'))
  })

  test('R02: is another server’s where the error bears a hint of that', async () => {
    const hints = [{ requestId: 'r-1' }, { retryable: true }, { body: '{}' }, { error: {} }, { headers: {} }]
    const fails = hints.map((hint) => () => geocoder('QuotaError', { status: 403, ...hint }))
    expect(await outcomes(fails)).toEqual(onEach({ statuses: hints.map(() => 502), warnings: [] }))
  })
})
