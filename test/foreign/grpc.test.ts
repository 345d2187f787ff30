import { EventEmitter, once } from 'node:events'
import * as grpc from '@grpc/grpc-js'
import gax, { type APICallback } from 'google-gax'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Condition } from '../../src/catalog/condition.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { converse } from '../support/converse.ts'
import { frameworks } from '../support/frameworks.ts'
import { onThese } from '../support/served.ts'
import { becomes } from './becomes.ts'

const asIs = (bytes: Buffer): Buffer => bytes

const service = {
  take: {
    path: '/shop.Stock/Take',
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
} as const

const Stock = grpc.makeGenericClientConstructor(service, 'Stock')

/** A field of protobuf (https://protobuf.dev/programming-guides/encoding/#length-types). */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes])
}

/** A google.rpc.Status that asks for a delay (https://google.aip.dev/193), of this many seconds and a nanosecond. */
function statusWith(seconds: number): Buffer {
  const retryInfo = field(1, Buffer.from([0x08, seconds, 0x10, 1]))
  const type = Buffer.from('type.googleapis.com/google.rpc.RetryInfo')
  return field(3, Buffer.concat([field(1, type), field(2, retryInfo)]))
}

/** Answers with the status that it is asked for, and to `hang` with nothing. */
const server = new grpc.Server()
server.addService(service, {
  take({ request }: { readonly request: Buffer }, answer: grpc.sendUnaryData<Buffer>) {
    const [code, pushback, delay] = request.toString().split(' ')
    if (code === 'hang') return
    const metadata = new grpc.Metadata()
    if (pushback) metadata.set('grpc-retry-pushback-ms', pushback)
    if (delay) metadata.set('grpc-status-details-bin', statusWith(Number(delay)))
    answer({ code: Number(code), details: 'stock of hunter2', metadata })
  },
})

let stock: grpc.Client
const nobody = new Stock('127.0.0.1:1', grpc.credentials.createInsecure())

beforeAll(async () => {
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    )
  })
  stock = new Stock(`127.0.0.1:${port}`, grpc.credentials.createInsecure())
})

afterAll(() => {
  stock.close()
  nobody.close()
  server.forceShutdown()
})

type Started = readonly [call: grpc.ClientUnaryCall, ended: Promise<unknown>]

function start(client: grpc.Client, text: string, options: grpc.CallOptions = {}): Started {
  let call!: grpc.ClientUnaryCall
  const ended = new Promise((resolve, reject) => {
    call = client.makeUnaryRequest(
      service.take.path,
      asIs,
      asIs,
      Buffer.from(text),
      options,
      (error, value) => (error ? reject(error) : resolve(value)),
    )
  })
  return [call, ended]
}

const ask = (text: string, options?: grpc.CallOptions) => () => start(stock, text, options)[1]

const OTHERS: Readonly<Partial<Record<keyof typeof grpc.status, Condition>>> = {
  UNAVAILABLE: 'unavailable',
  RESOURCE_EXHAUSTED: 'unavailable',
  DEADLINE_EXCEEDED: 'upstream-timeout',
}

const statuses = (Object.keys(grpc.status) as (keyof typeof grpc.status)[]).filter(
  (name) => Number.isNaN(Number(name)) && name !== 'OK',
)

becomes(
  'R07: a status of gRPC is that of an upstream, whatever it says of us',
  statuses.map((name) => ({
    what: `${grpc.status[name]} ${name}`,
    fail: ask(String(grpc.status[name])),
    becomes: OTHERS[name] ?? 'upstream-failed',
    logged: { code: grpc.status[name], message: `${grpc.status[name]} ${name}: stock of hunter2` },
  })),
)

becomes('R07: a call of gRPC that got no answer becomes what happened to it', [
  {
    what: 'a connection that is refused',
    fail: () => start(nobody, '0')[1],
    becomes: 'unavailable',
    logged: { code: grpc.status.UNAVAILABLE },
  },
  {
    what: 'a deadline that has passed',
    fail: ask('hang', { deadline: new Date(0) }),
    becomes: 'upstream-timeout',
    logged: { code: grpc.status.DEADLINE_EXCEEDED },
  },
  {
    what: 'a call that the app cancels while its client waits',
    fail: () => {
      const [call, ended] = start(stock, 'hang')
      call.cancel()
      return ended
    },
    becomes: 'upstream-failed',
    logged: { code: grpc.status.CANCELLED },
  },
])

becomes('R14: what a server of gRPC says of trying again goes on as Retry-After', [
  { what: 'milliseconds', fail: ask('14 2500'), becomes: 'unavailable', headers: { 'retry-after': '3' } },
  { what: 'no time at all', fail: ask('8 0'), becomes: 'unavailable', headers: { 'retry-after': '1' } },
  { what: 'never', fail: ask('14 -1'), becomes: 'unavailable' },
  { what: 'what is no number', fail: ask('14 soon'), becomes: 'unavailable' },
  { what: 'more digits than a time has', fail: ask(`14 ${'9'.repeat(400)}`), becomes: 'unavailable' },
])

function unary(bytes: object, _metadata: unknown, _options: unknown, done: APICallback): { cancel(): void } {
  stock.makeUnaryRequest(service.take.path, asIs, asIs, bytes as Buffer, done as never)
  return { cancel: () => {} }
}

/** Asks as the Google Cloud libraries do, which try again for a moment. */
function askByGax(text: string): () => unknown {
  return () => {
    const backoff = gax.createBackoffSettings(1, 1, 1, 1000, 1, 1000, 20)
    const retry = gax.createRetryOptions([grpc.status.UNAVAILABLE], backoff)
    const call = gax.createApiCall(Promise.resolve(unary), new gax.CallSettings({ retry }))
    return call(Buffer.from(text))
  }
}

becomes('R07: what the Google Cloud libraries throw is what gRPC answered', [
  { what: '7 PERMISSION_DENIED', fail: askByGax('7'), becomes: 'upstream-failed', logged: { code: 7 } },
  {
    what: 'a service that was unavailable all the time',
    fail: askByGax('14'),
    becomes: 'upstream-timeout',
    logged: { type: 'GoogleError', code: grpc.status.DEADLINE_EXCEEDED },
  },
  {
    what: 'a quota that comes back',
    fail: askByGax('8  7'),
    becomes: 'unavailable',
    headers: { 'retry-after': '8' },
  },
  {
    what: 'a quota that comes back, of a server that says it twice',
    fail: askByGax('8 2000 7'),
    becomes: 'unavailable',
    headers: { 'retry-after': '2' },
  },
])

const begun = new EventEmitter()

onThese(
  "R07: a call of gRPC that is canceled because its client has left is nobody's fault",
  frameworks.map(({ name, listener }) => [
    name,
    (options) =>
      listener({
        options: { ...options, catalog: conditionCatalog },
        routes: {
          '/': async (_request, response) => {
            const [call, ended] = start(stock, 'hang')
            void once(response, 'close').then(() => call.cancel())
            begun.emit(name)
            return ended
          },
        },
      }),
  ]),
  async ({ framework, port, reports, log, reported }) => {
    const called = once(begun, framework)
    const { socket } = await converse(port, 'GET / HTTP/1.1\r\nHost: test\r\n\r\n')
    await called
    socket.destroy()
    await reported(1)
    expect(reports.map(({ condition, status, sent }) => ({ condition, status, sent }))).toEqual([
      { condition: 'client-gone', status: 499, sent: false },
    ])
    expect(log.map(([level]) => level)).toEqual(['info'])
  },
)
