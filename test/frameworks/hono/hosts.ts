import { once } from 'node:events'
import { connect, createServer as createHttp2Server, type ClientHttp2Session } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { expect, test } from 'vitest'
import { catalog } from '../../../src/catalogs/cloud-waf.ts'
import type { ErrorReport } from '../../../src/report/report.ts'
import { parse } from '../../support/guarantees.ts'
import { send, type RawRequest } from '../../support/raw.ts'
import { recorder } from '../../support/served.ts'
import { lowerCased, standardHeaders } from '../../support/standard-answer.ts'

// oxlint-disable-next-line typescript/no-explicit-any
export type App = Hono<any, any, any>

/** A whole response: names of headers in lower case, values that stand twice joined by ` | `. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Recording = ReturnType<typeof recorder>['options']

/** An app that is served, and what it reported so far. */
export interface Served {
  readonly host: string
  readonly app: App
  readonly send: (request: RawRequest) => Promise<Answer>
  /** Of the server on Node. */
  readonly port: number | undefined
  readonly reports: readonly ErrorReport[]
  readonly log: ReturnType<typeof recorder>['log']
  /** Resolves once so many errors were reported. */
  readonly reported: (count: number) => Promise<void>
}

type Lend = (app: App, use: (host: Pick<Served, 'send' | 'port'>) => Promise<unknown>) => Promise<unknown>

/** Where Hono runs: `app.fetch` alone, as on the edge, and @hono/node-server. */
export const HOSTS: Readonly<Record<string, Lend>> = {
  bare: (app, use) => use({ port: undefined, send: (request) => fetchFrom(app, request) }),
  'HTTP/1': (app, use) =>
    withServer(createServer(app), (port) => use({ port, send: (request) => sendTo(port, request) })),
  'HTTP/2': (app, use) =>
    withServer(createServer(app, createHttp2Server), async (port) => {
      const client = connect(`http://127.0.0.1:${port}`)
      try {
        return await use({ port, send: (request) => sendOver(client, request) })
      } finally {
        client.close()
      }
    }),
}

function createServer(app: App, create?: unknown): Server {
  return createAdaptorServer({
    fetch: app.fetch,
    ...(create === undefined ? {} : { createServer: create }),
  } as never) as Server
}

/** @hono/node-server puts classes of its own in the place of the host's: gives these back afterwards. */
async function withServer(server: Server, use: (port: number) => Promise<unknown>): Promise<unknown> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.close()
    ;(server as { closeAllConnections?: () => void }).closeAllConnections?.()
    restoreGlobals()
  }
}

const own = { Request: globalThis.Request, Response: globalThis.Response }

function restoreGlobals(): void {
  for (const [name, value] of Object.entries(own)) Object.defineProperty(globalThis, name, { value })
}

const ID = { 'X-Request-ID': 'probe-1' }

/** Asks an app as the edge does. */
export async function fetchFrom(
  app: App,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<Answer> {
  const request = new Request(`http://test${path}`, {
    method,
    headers: { ...ID, ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return answerOf(await app.fetch(request))
}

/** Takes a response apart. */
export async function answerOf(response: Response): Promise<Answer> {
  const values = new Map<string, string[]>()
  for (const [name, value] of response.headers) values.set(name, [...(values.get(name) ?? []), value])
  return { status: response.status, headers: recordOf(values), body: await response.text() }
}

/** Asks a server over a socket of its own. */
async function sendTo(port: number, request: RawRequest): Promise<Answer> {
  const { status, headers, body } = parse(
    await send(port, { ...request, headers: { ...ID, ...request.headers } }),
  )
  return { status, headers: recordOf(headers), body }
}

async function sendOver(
  client: ClientHttp2Session,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<Answer> {
  const stream = client.request({
    ':method': method,
    ':path': path,
    ...lowerCased({ ...ID, ...headers }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  })
  stream.end(body)
  const [head] = (await once(stream, 'response')) as [Record<string, string | string[]>]
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const values = Object.entries(head).map(([name, value]) => [name, [value].flat()] as const)
  return {
    status: Number(head[':status']),
    headers: recordOf(new Map(values.filter(([name]) => !name.startsWith(':')))),
    body: Buffer.concat(chunks).toString(),
  }
}

/** Those of the connection are not ours, and HTTP/2 has none. */
const OF_THE_HOST = new Set(['date', 'connection', 'keep-alive'])

function recordOf(headers: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries(
    [...headers]
      .filter(([name]) => !OF_THE_HOST.has(name))
      .map(([name, values]) => [name, values.join(' | ')]),
  )
}

/** Tests a behavior wherever Hono runs. What `use` returns must be the same everywhere. */
export function onHono(
  title: string,
  build: (options: Recording & { readonly catalog: typeof catalog }) => App,
  use: (served: Served) => Promise<unknown>,
  hosts = Object.keys(HOSTS),
): void {
  test(title, async () => {
    const results: (readonly [string, unknown])[] = []
    // One after the other: the classes of a host are global.
    for (const host of hosts) results.push([host, await served(host, build, use)])
    for (const [host, result] of results) {
      expect(result, `${host} as ${results[0]![0]}`).toEqual(results[0]![1])
    }
  })
}

async function served(
  host: string,
  build: (options: Recording & { readonly catalog: typeof catalog }) => App,
  use: (served: Served) => Promise<unknown>,
): Promise<unknown> {
  const { reports, log, options } = recorder()
  const app = build({ ...options, catalog })
  return HOSTS[host]!(app, (lent) =>
    use({
      host,
      app,
      ...lent,
      reports,
      log,
      reported: (count) =>
        expect.poll(() => reports.length, { timeout: 10_000, interval: 5 }).toBe(count) as Promise<void>,
    }),
  )
}

/** The answer that the contract promises. `null` takes a standard header away. */
export function answer(
  status: number,
  body: object,
  headers: Readonly<Record<string, string | null>> = {},
): Answer {
  const all = { 'x-request-id': 'probe-1', ...lowerCased(standardHeaders(body)), ...headers }
  return {
    status,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<
      string,
      string
    >,
    body: JSON.stringify(body),
  }
}

export const conflict = { code: 1006, message: 'Username already exists' }
export const missing = { code: 404, message: 'Resource not found' }
export const internal = { code: 500, message: 'Internal server error' }
export const malformed = { code: 400, message: 'Bad request (JSON parse fail / missing required field)' }
export const unauthenticated = { code: 401, message: 'Unauthenticated (missing/invalid/expired token)' }
