import { createPrivateKey } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { EventEmitter, once } from 'node:events'
import { get, type RequestListener, type Server as HttpServer } from 'node:http'
import { createServer as createTlsServer, get as getTls } from 'node:https'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import axios from 'axios'
import * as fc from 'fast-check'
import got from 'got'
import ky from 'ky'
import superagent from 'superagent'
import { Agent, interceptors, request as undiciRequest, RetryAgent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { CONDITIONS, type Condition } from '../../../src/catalog/condition.ts'
import { network } from '../../../src/identify/families/network.ts'
import { recognize } from '../../../src/identify/recognize.ts'
import type { ErrorReport } from '../../../src/report/report.ts'
import { frameworks, listen, type Route } from '../../support/frameworks.ts'
import { converse } from '../../support/converse.ts'
import { answersTo, errorHeaders, everywhere, type Answer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'

const WAIT = 60
/** Longer than anything takes on a busy machine. */
const PATIENT = 20_000

// Servers that do not help.

const upstream: Readonly<Record<string, RequestListener>> = {
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/hang-up': (request) => request.socket.destroy(),
  '/cut': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 })
    response.write('{"secret":"s3cr3t"', () => setTimeout(() => response.destroy(), 5))
  },
  '/stall': (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 })
    response.write('{"secret":"s3cr3t"')
  },
  '/silence': () => {},
  '/loop': (_request, response) => response.writeHead(302, { Location: '/loop' }).end(),
  '/page': (_request, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('<html>s3cr3t'),
  ...Object.fromEntries(
    [401, 404, 418, 429, 500, 503].map((status): [string, RequestListener] => [
      `/${status}`,
      (_request, response) => {
        const headers = {
          'Content-Type': 'application/json',
          'Retry-After': '7',
          'WWW-Authenticate': 'Bearer s3cr3t',
        }
        response.writeHead(status, headers).end('{"code":"s3cr3t","message":"s3cr3t"}')
      },
    ]),
  ),
}

const open: { close: () => unknown }[] = []
let up: string
let refusing: string
let speechless: string
let queue: string

async function portOf(server: Server | HttpServer): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  const served = await listen((request, response) => upstream[request.url!]!(request, response))
  open.push({ close: () => (served.server.closeAllConnections(), served.server.close()) })
  up = `http://127.0.0.1:${served.port}`

  // The local port of a connection: taken, so that nobody else listens on it meanwhile.
  const busy = connect(served.port, '127.0.0.1')
  open.push({ close: () => busy.destroy() })
  await once(busy, 'connect')
  refusing = `http://127.0.0.1:${busy.localPort}`

  const noHttp = createServer((socket) =>
    socket.on('error', () => {}).once('data', () => socket.end('s3cr3t\r\n\r\n')),
  )
  speechless = `http://127.0.0.1:${await portOf(noHttp)}`

  // Listens and takes no connection: the few that its system takes for it are filled here.
  const worker = new Worker(
    `const { createServer } = require('node:net'), { parentPort } = require('node:worker_threads')
     const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 1)
     })`,
    { eval: true },
  )
  open.push({ close: () => worker.terminate() })
  const [port] = (await once(worker, 'message')) as [number]
  await sleep(20)
  queue = `http://127.0.0.1:${port}`
  for (let filled = 0; filled < 4; filled++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    open.push({ close: () => socket.destroy() })
  }
})

afterAll(async () => {
  for (const resource of open) await resource.close()
})

interface Patience {
  readonly signal?: AbortSignal
  readonly timeout?: number
}

type Get = (url: string, patience: Patience) => PromiseLike<unknown>

/** What goes wrong, and how a client is asked for it. */
const SITUATIONS = {
  'a port that refuses': () => [refusing, {}],
  'a reset': () => [`${up}/reset`, {}],
  'a connection that is closed': () => [`${up}/hang-up`, {}],
  'a body that is cut off': () => [`${up}/cut`, {}],
  'what is not HTTP': () => [speechless, {}],
  'a name that is not known': () => ['http://name.invalid/', {}],
  'a server that speaks no TLS': () => [up.replace('http:', 'https:'), {}],
  'a 401': () => [`${up}/401`, {}],
  'a 404': () => [`${up}/404`, {}],
  'a 418': () => [`${up}/418`, {}],
  'a 429': () => [`${up}/429`, {}],
  'a 500': () => [`${up}/500`, {}],
  'a 503': () => [`${up}/503`, {}],
  'JSON that is none': () => [`${up}/page`, {}],
  'a redirect to itself': () => [`${up}/loop`, {}],
  'an answer that does not come': () => [`${up}/silence`, { timeout: WAIT }],
  'a body that does not come': () => [`${up}/stall`, { timeout: WAIT }],
  'a signal that times out': () => [`${up}/silence`, { signal: AbortSignal.timeout(WAIT) }],
  'a signal of the app': () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), WAIT)
    return [`${up}/silence`, { signal: controller.signal }]
  },
} as const satisfies Readonly<Record<string, () => readonly [url: string, patience: Patience]>>

type Situation = keyof typeof SITUATIONS

const situations = (words: RegExp): readonly Situation[] =>
  (Object.keys(SITUATIONS) as Situation[]).filter((situation) => words.test(situation))

const statuses = situations(/^a \d/)
const late = new Set(situations(/not come|signal/))

interface Client {
  readonly name: string
  readonly get: Get
  /** What this client makes no error of: the caller sees the response, or goes on waiting. */
  readonly silent?: readonly Situation[]
  /** Errors without any mark: they are a plain SyntaxError or Error. */
  readonly unmarked?: readonly Situation[]
}

const deadline = ({ signal, timeout }: Patience): { signal?: AbortSignal } =>
  timeout === undefined ? (signal === undefined ? {} : { signal }) : { signal: AbortSignal.timeout(timeout) }

const clients: readonly Client[] = [
  {
    name: 'node:http',
    get: (url, patience) =>
      new Promise((resolve, reject) => {
        const request = url.startsWith('https') ? getTls : get
        request(url, deadline(patience), (response) => {
          response.toArray().then(resolve, reject)
        }).on('error', reject)
      }),
    silent: [...statuses, 'JSON that is none', 'a redirect to itself'],
  },
  {
    name: 'fetch',
    get: async (url, patience) => (await fetch(url, deadline(patience))).json(),
    silent: statuses,
    unmarked: ['JSON that is none', 'a redirect to itself'],
  },
  {
    name: 'undici',
    get: async (url, { signal, timeout }) => {
      const { body } = await undiciRequest(url, {
        headersTimeout: timeout ?? 0,
        bodyTimeout: timeout ?? 0,
        signal: signal ?? null,
      })
      return body.json()
    },
    silent: [...statuses],
    unmarked: ['JSON that is none', 'a redirect to itself'],
  },
  {
    name: 'axios',
    get: (url, patience) => axios.get(url, patience),
    silent: ['JSON that is none', 'a body that does not come'],
  },
  {
    name: 'axios with fetch',
    get: (url, patience) => axios.get(url, { ...patience, adapter: 'fetch' }),
    silent: ['JSON that is none'],
    unmarked: ['a redirect to itself'],
  },
  {
    name: 'got',
    get: (url, { signal, timeout = PATIENT }) =>
      got(url, { retry: { limit: 0 }, timeout: { request: timeout }, ...(signal && { signal }) }).json(),
  },
  {
    name: 'ky',
    get: (url, { signal, timeout = PATIENT }) =>
      ky(url, { retry: 0, timeout, signal: signal ?? null }).json(),
    silent: ['a body that does not come'],
    unmarked: ['JSON that is none', 'a redirect to itself'],
  },
  {
    name: 'superagent',
    get: (url, { timeout = PATIENT }) => superagent.get(url).timeout(timeout),
    silent: situations(/signal/),
  },
]

function conditionFor({ unmarked = [] }: Client, situation: Situation): Condition | 'unrecognized' {
  if (unmarked.includes(situation)) return 'unrecognized'
  if (situation === 'a 429' || situation === 'a 503') return 'unavailable'
  return late.has(situation) ? 'upstream-timeout' : 'upstream-failed'
}

function answerOf(condition: Condition | 'unrecognized', headers: Answer['headers'] = {}): Answer {
  return {
    status: condition === 'unrecognized' ? 500 : CONDITIONS[condition],
    headers: errorHeaders('en', headers),
    body: { code: condition, message: `It is ${condition}` },
  }
}

/** A server that answers tells when to come back. */
const toldBy = (path: string): Answer['headers'] =>
  errorHeaders('en', path === '/500' ? { 'retry-after': '7' } : {})

/** Asks once, whatever the number of frameworks: what comes of it is the same for all. */
function asking(ask: () => unknown): Route {
  let asked: Promise<void> | undefined
  const once = async (): Promise<void> => void (await ask())
  return () => (asked ??= once())
}

/** Answers DNS questions with an error code (RFC 1035, section 4.1.1), or none at all. */
async function resolveFrom(code: number | undefined): Promise<void> {
  const server = createSocket('udp4')
  server.on('message', (question, { port, address }) => {
    if (code === undefined) return
    const answer = Buffer.from(question)
    answer.writeUInt16BE(0x81_80 | code, 2)
    server.send(answer, port, address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const resolver = new Resolver({ timeout: code === undefined ? WAIT : PATIENT, tries: 1 })
    resolver.setServers([`127.0.0.1:${server.address().port}`])
    await resolver.resolve4('upstream.test')
  } finally {
    server.close()
  }
}

/** Asks a server with a certificate for a name that is not its own. */
async function shakeHands(server: object, client: object): Promise<void> {
  const tls = createTlsServer({ key: KEY, cert: ELSEWHERE, ...server }, (_request, response) =>
    response.end(),
  )
  tls.on('tlsClientError', () => {})
  const port = await portOf(tls)
  const dispatcher = new Agent({ connect: { ca: ELSEWHERE, ...client } })
  try {
    await undiciRequest(`https://127.0.0.1:${port}/`, { dispatcher })
  } finally {
    await dispatcher.destroy()
  }
}

describe.concurrent('another server', () => {
  for (const client of clients) {
    for (const situation of Object.keys(SITUATIONS) as Situation[]) {
      if (client.silent?.includes(situation)) continue
      const condition = conditionFor(client, situation)
      test(`is ${condition} for ${situation}, asked with ${client.name}`, async () => {
        const answers = await answersTo(
          asking(() => client.get(...SITUATIONS[situation]())),
          { catalog: conditionCatalog },
        )
        const told = statuses.includes(situation) ? { 'retry-after': '7' } : {}
        expect(answers).toEqual(everywhere(answerOf(condition, told)))
      })
    }
  }

  type Failure = readonly [
    condition: Condition,
    ask: () => unknown,
    headers?: Readonly<Record<string, string>>,
  ]
  const more: Readonly<Record<string, Failure>> = {
    'a resolver that fails': ['upstream-failed', () => resolveFrom(2)],
    'a resolver that knows no such name': ['upstream-failed', () => resolveFrom(3)],
    'a resolver that refuses': ['upstream-failed', () => resolveFrom(5)],
    'a resolver that is silent': ['upstream-timeout', () => resolveFrom(undefined)],
    'a certificate that nobody vouches for': ['upstream-failed', () => shakeHands({}, { ca: undefined })],
    'a certificate for another name': ['upstream-failed', () => shakeHands({}, {})],
    'a certificate that has expired': [
      'upstream-failed',
      () => shakeHands({ cert: EXPIRED }, { ca: EXPIRED }),
    ],
    'no common version of TLS': [
      'upstream-failed',
      () => shakeHands({ minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' }),
    ],
    'no common cipher': [
      'upstream-failed',
      () =>
        shakeHands(
          { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
          { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
        ),
    ],
    'a connection that nobody takes': [
      'upstream-timeout',
      () => undiciRequest(queue, { dispatcher: new Agent({ connect: { timeout: 50 } }) }),
    ],
    'a 500 that undici throws': [
      'upstream-failed',
      () => undiciRequest(`${up}/500`, { dispatcher: new Agent().compose(interceptors.responseError()) }),
      { 'retry-after': '7' },
    ],
    'a 503 after all tries of undici': [
      'unavailable',
      () =>
        undiciRequest(`${up}/503`, {
          dispatcher: new RetryAgent(new Agent(), { maxRetries: 1, minTimeout: 1, maxTimeout: 1 }),
        }),
      { 'retry-after': '7' },
    ],
    'more than undici may read': [
      'upstream-failed',
      async () => {
        const dispatcher = new Agent({ maxResponseSize: 5 })
        await (await undiciRequest(`${up}/500`, { dispatcher })).body.text()
      },
    ],
    'a longer answer than axios may read': [
      'upstream-failed',
      () => axios.get(`${up}/page`, { maxContentLength: 5 }),
    ],
    'a pipe that the other side has closed': [
      'upstream-failed',
      async () => {
        const port = await portOf(createServer((socket) => socket.end()))
        const socket = connect(port, '127.0.0.1').resume()
        await once(socket, 'end')
        await new Promise((resolve, reject) => {
          socket.on('error', reject).write('x', (error) => (error ? reject(error) : resolve(undefined)))
        })
      },
    ],
    'all addresses of a name refusing': [
      'upstream-failed',
      () => fetch(refusing.replace('127.0.0.1', 'localhost')),
    ],
    'several servers, none of which helps': [
      'upstream-failed',
      () => Promise.any([axios.get(refusing), got(`${up}/500`, { retry: { limit: 0 } })]),
    ],
    'a failure that the app has wrapped': [
      'upstream-failed',
      async () => {
        try {
          await fetch(refusing)
        } catch (error) {
          throw new Error('no prices today', { cause: error })
        }
      },
    ],
    'a wait of the app that it gives up': [
      'upstream-timeout',
      () => sleep(5000, undefined, { signal: AbortSignal.timeout(5) }),
    ],
  }
  for (const [situation, [condition, ask, headers]] of Object.entries(more)) {
    test(`is ${condition} for ${situation}`, async () => {
      const answers = await answersTo(asking(ask), { catalog: conditionCatalog })
      expect(answers).toEqual(everywhere(answerOf(condition, headers)))
    })
  }

  test('is none of a stream of our own that ends before its time', async () => {
    const cutOff = asking(() => {
      const source = new PassThrough()
      setImmediate(() => source.destroy())
      return pipeline(source, new PassThrough())
    })
    const answers = await answersTo(cutOff, { catalog: conditionCatalog })
    expect(answers).toEqual(everywhere(answerOf('unrecognized')))
  })

  test.each([
    ['/500', 502, 'Bad gateway'],
    ['/silence', 504, 'Gateway timeout'],
  ])('keeps its status in cloud-waf, which has no code for it: %s', async (path, status, message) => {
    expect(
      await answersTo(asking(() => axios.get(up + path, { timeout: path === '/silence' ? WAIT : PATIENT }))),
    ).toEqual(everywhere({ status, headers: toldBy(path), body: { code: 500, message } }))
  })

  test.each([
    ['backend_error', '/500', 502],
    ['backend_timeout', '/silence', 504],
  ] as const)('is %s in secrets', async (code, path, status) => {
    const answers = await answersTo(
      asking(() => axios.get(up + path, { timeout: path === '/silence' ? WAIT : PATIENT })),
      { catalog: secrets },
      { headers: { 'X-Request-ID': 'n-1' } },
    )
    const { message } = secrets.get(code)
    expect(answers).toEqual(
      everywhere({
        status,
        headers: toldBy(path),
        body: { error: { code, message, request_id: 'n-1' } },
      }),
    )
  })
})

/** Gives up on the upstream when the client leaves, as an app should. */
const forwarding =
  (ask: (signal: AbortSignal) => PromiseLike<unknown>): Route =>
  async (_request, response) => {
    const controller = new AbortController()
    response.once('close', () => controller.abort())
    await ask(controller.signal)
  }

interface Witness {
  readonly reports: ErrorReport[]
  readonly levels: string[]
}

/** Leaves while the route runs, and returns what was reported. */
async function leave(framework: (typeof frameworks)[number], fail: Route, request: string): Promise<Witness> {
  const reports: ErrorReport[] = []
  const levels: string[] = []
  const log = (level: string) => () => levels.push(level)
  const route = new EventEmitter()
  const running = once(route, 'begin')
  const { port, server } = await listen(
    framework.listener({
      options: {
        catalog: conditionCatalog,
        logger: { error: log('error'), info: log('info') },
        onReport: (report) => reports.push(report),
      },
      routes: {
        '/': (incoming, response) => {
          route.emit('begin')
          return fail(incoming, response)
        },
      },
    }),
  )
  const { socket, text } = await converse(port, request)
  await running
  await sleep(20)
  socket.destroy()
  await expect.poll(() => reports.length, { interval: 5, timeout: PATIENT }).toBe(1)
  expect(text()).not.toContain('"code"')
  server.close()
  return { reports, levels }
}

const GET = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'
const UPLOAD = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf'

describe('a client that leaves', () => {
  const routes: Readonly<Record<string, readonly [route: Route, request: string]>> = {
    'while fetch waits': [forwarding((signal) => fetch(`${up}/silence`, { signal })), GET],
    'while axios waits': [forwarding((signal) => axios.get(`${up}/silence`, { signal })), GET],
    'while got waits': [forwarding((signal) => got(`${up}/silence`, { signal })), GET],
    'while the app sleeps': [forwarding((signal) => sleep(5000, undefined, { signal })), GET],
    'in the middle of its upload': [
      async (request) => {
        for await (const _chunk of request);
      },
      UPLOAD,
    ],
    'in the middle of a download': [
      async (_request, response) => {
        const source = await new Promise<NodeJS.ReadableStream>((resolve) => get(`${up}/stall`, resolve))
        await pipeline(source, response)
      },
      GET,
    ],
  }
  for (const framework of frameworks) {
    for (const [when, [route, request]] of Object.entries(routes)) {
      test(`${when} is nobody's fault on ${framework.name}`, async () => {
        const { reports, levels } = await leave(framework, route, request)
        expect(
          reports.map(({ condition, status, sent, clientGone }) => ({ condition, status, sent, clientGone })),
        ).toEqual([{ condition: 'client-gone', status: 499, sent: false, clientGone: true }])
        expect(levels).toEqual(['info'])
      })
    }

    test(`is not what an upstream is that breaks off in the middle of a download on ${framework.name}`, async () => {
      const reports: ErrorReport[] = []
      const levels: string[] = []
      const { port, server } = await listen(
        framework.listener({
          options: {
            catalog: conditionCatalog,
            logger: { error: () => levels.push('error'), info: () => levels.push('info') },
            onReport: (report) => reports.push(report),
          },
          routes: {
            '/': async (_request, response) => {
              const source = await new Promise<NodeJS.ReadableStream>((resolve) => get(`${up}/cut`, resolve))
              await pipeline(source, response)
            },
          },
        }),
      )
      const { closed } = await converse(port, GET)
      expect(await closed()).not.toContain('"code"')
      await expect.poll(() => reports.length, { interval: 5, timeout: PATIENT }).toBe(1)
      expect(reports.map(({ condition, sent, clientGone }) => ({ condition, sent, clientGone }))).toEqual([
        { condition: 'upstream-failed', sent: false, clientGone: false },
      ])
      expect(levels).toEqual(['error'])
      server.close()
    })
  }
})

// What cannot be had on loopback, as Node makes it.
describe('system errors', () => {
  test.each<readonly [code: string, syscall: string, Condition]>([
    ['EHOSTUNREACH', 'connect', 'upstream-failed'],
    ['EHOSTDOWN', 'connect', 'upstream-failed'],
    ['ENETUNREACH', 'connect', 'upstream-failed'],
    ['ENETDOWN', 'connect', 'upstream-failed'],
    ['ECONNABORTED', 'write', 'upstream-failed'],
    ['ETIMEDOUT', 'connect', 'upstream-timeout'],
    ['ETIMEDOUT', 'read', 'upstream-timeout'],
    ['EAI_AGAIN', 'getaddrinfo', 'upstream-failed'],
    ['EAI_FAIL', 'getaddrinfo', 'upstream-failed'],
  ])('%s of %s is %s', (code, syscall, condition) => {
    const error = Object.assign(new Error(`${syscall} ${code}`), { errno: -1, code, syscall })
    expect(conditionOf(error)).toBe(condition)
  })

  test.each(['ENOENT', 'EACCES', 'EMFILE', 'ENOSPC', 'EADDRINUSE', 'EADDRNOTAVAIL'])(
    '%s is a fault of our own',
    (code) => {
      expect(conditionOf(Object.assign(new Error('x'), { errno: -1, code, syscall: 'open' }))).toBeUndefined()
    },
  )
})

const HERE = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }
const GONE = { ...HERE, clientGone: true }

const conditionOf = (value: unknown, facts = HERE): string | undefined => recognize(value, facts)?.condition

const named = (name: string, more: object = {}): Error => Object.assign(new Error('x'), { name, ...more })
const coded = (code: unknown, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more })

describe('what only looks like an error of a network', () => {
  test.each<readonly [string, unknown]>([
    ['a record with a code', { code: 'ECONNRESET', syscall: 'read' }],
    ['a record with a name', { name: 'AbortError', message: 'x' }],
    ['a code without a call', coded('ECONNREFUSED')],
    ['a code in an array', coded(['ECONNRESET'])],
    ['a timeout of a middleware that says its status', coded('ETIMEDOUT', { timeout: 5 })],
    ['a setting that axios refuses', coded('ERR_BAD_OPTION', { isAxiosError: true })],
    ['a request that axios cannot make', coded('ERR_BAD_REQUEST', { isAxiosError: true })],
    ['an address that axios cannot read', coded('ERR_INVALID_URL', { isAxiosError: true })],
    ['axios by a flag that is text', coded('ERR_BAD_RESPONSE', { isAxiosError: 'true' })],
    ['an argument that undici refuses', coded('UND_ERR_INVALID_ARG')],
    ['a response without headers', named('Error', { response: { status: 404 } })],
    ['a response with a status that is text', named('Error', { response: { status: '404', headers: {} } })],
    ['a response that is text', named('Error', { response: 'no' })],
    ['a response that throws', named('Error', { response: new Proxy({}, { get: throwing }) })],
    ['a record with a response', { response: { status: 404, headers: {} } }],
    ['a Proxy that throws', new Proxy({}, { get: throwing })],
    ['a revoked Proxy', revoked()],
  ])('is not recognized: %s', (_what, value) => {
    expect(conditionOf(value)).toBeUndefined()
    expect(conditionOf(value, GONE)).toBeUndefined()
  })

  test('is answered by its own status: a TimeoutError or AbortError of the app that has one', () => {
    for (const name of ['TimeoutError', 'AbortError']) {
      expect(recognize(named(name, { status: 408 }), HERE)).toMatchObject({
        condition: undefined,
        status: 408,
      })
      expect(recognize(named(name, { statusCode: 503 }), HERE)).toMatchObject({
        condition: undefined,
        status: 503,
      })
    }
  })

  test('is recognized for what it is, however much hangs on it', () => {
    const error = coded('ECONNRESET', { errors: Array<string>(100_000).fill('x') })
    Object.assign(error, { cause: error, response: error, request: error })
    expect(recognize(error, HERE)).toEqual({ condition: 'upstream-failed' })
    expect(recognize(error, GONE)).toEqual({ condition: 'client-gone' })
    expect(recognize(Object.freeze(coded('UND_ERR_SOCKET')), HERE)).toEqual({ condition: 'upstream-failed' })
  })

  test('never makes recognize throw, whatever stands beside a mark', () => {
    const marks = network.rules.flatMap(({ property, values = [{ status: 500, headers: {} }] }) =>
      values.map((value): Record<string, unknown> => ({ [property!]: value })),
    )
    const getter = fc.oneof(
      fc.anything().map((value) => () => value),
      fc.constantFrom<() => unknown>(
        throwing,
        revoked,
        () => new Error('x'),
        () => 500,
      ),
    )
    const names = [
      'stack',
      'name',
      'code',
      'syscall',
      'status',
      'response',
      'isAxiosError',
      'timeout',
      'cause',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...marks),
        fc.dictionary(fc.constantFrom(...names), getter, { noNullPrototype: true }),
        fc.boolean(),
        (mark, getters, clientGone) => {
          const error = { ...mark }
          for (const [name, get] of Object.entries(getters)) {
            if (!(name in mark)) Object.defineProperty(error, name, { get })
          }
          const condition = conditionOf(error, { ...HERE, clientGone })
          expect(condition === undefined || condition in CONDITIONS).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

function throwing(): never {
  throw new Error('hostile')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

// For loopback alone. Both are signed with the key themselves.
const KEY = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'E-jr0Y9jTJMJyxaTnAs9pxuSi4NFKFl9S3CDYU4pgQA',
    y: 'MVisY1Vyvhg1GdaAVi6-4FtNBbrTkd_NQTXwbR_EE7U',
    d: 'UlTgrz6NTPC943geFGUoS-dHsT5ReugK6uMwVSIAo9I',
  },
}).export({ format: 'pem', type: 'pkcs8' })
/** For elsewhere.test, until 2120. */
const ELSEWHERE = `-----BEGIN CERTIFICATE-----
MIIBgDCCASagAwIBAgIUcCvd+9Xf1YlIRIcqXnplx0bqeEQwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOZWxzZXdoZXJlLnRlc3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEy
MDAxMDEwMDAwMDBaMBkxFzAVBgNVBAMMDmVsc2V3aGVyZS50ZXN0MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEE+jr0Y9jTJMJyxaTnAs9pxuSi4NFKFl9S3CDYU4p
gQAxWKxjVXK+GDUZ1oBWLr7gW00FutOR381BNfBtH8QTtaNKMEgwGQYDVR0RBBIw
EIIOZWxzZXdoZXJlLnRlc3QwDAYDVR0TBAUwAwEB/zAdBgNVHQ4EFgQUc1BAYEwU
rHERlnnA/qfYJ5wbXUcwCgYIKoZIzj0EAwIDSAAwRQIhAI108HPIdLdBQeirN4Xa
d8/iDQiu9S90bQ7uPRhIpRhMAiAnWJ76BfEJXgwfGo2NOey3C5uMYDDRMk5VxgcY
5V2jtQ==
-----END CERTIFICATE-----`
/** For 127.0.0.1, until 2020. */
const EXPIRED = `-----BEGIN CERTIFICATE-----
MIIBcTCCARagAwIBAgIUHQwoARqYqV2+31p5sZcdfDMlkSowCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZXhwaXJlZC50ZXN0MB4XDTIwMDEwMTAwMDAwMFoXDTIwMDEw
MjAwMDAwMFowFzEVMBMGA1UEAwwMZXhwaXJlZC50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEE+jr0Y9jTJMJyxaTnAs9pxuSi4NFKFl9S3CDYU4pgQAxWKxj
VXK+GDUZ1oBWLr7gW00FutOR381BNfBtH8QTtaNAMD4wDwYDVR0RBAgwBocEfwAA
ATAMBgNVHRMEBTADAQH/MB0GA1UdDgQWBBRzUEBgTBSscRGWecD+p9gnnBtdRzAK
BggqhkjOPQQDAgNJADBGAiEAjqUNXchmlQKhXqFdVNldgfqPRY96VpKE9y9HZIzr
qRQCIQCXJb+joa7rJzgqwpmlLRhddO+c4+xH6KLX/Ji0LjSulg==
-----END CERTIFICATE-----`
