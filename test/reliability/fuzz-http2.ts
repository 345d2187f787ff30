// The cases of fuzz.ts over HTTP/2, where another response of Node's carries what we write.
import { connect, createServer, type ClientHttp2Session } from 'node:http2'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { koaCallback, koas, type Route } from '../support/frameworks.ts'
import { buildThrown, CANARY, expectedStatus, type Case, type Fuzzer } from './fuzz.ts'
import { expectGuarantees, parse } from '../support/guarantees.ts'
import { recorder } from '../support/served.ts'
import { startWatch } from '../support/stopwatch.ts'

type Build = (route: Route, options: HandlerOptions) => RequestListener

/** Express itself does not run over HTTP/2; its error handler does. */
const APPS: Readonly<Record<string, Build>> = {
  "Express's handler": (route, options) => {
    const handle = expressFace.errorHandler(options)
    return (request, response) => {
      void (async () => {
        try {
          await route(request, response)
        } catch (error) {
          handle(error, request, response, () => {})
        }
      })()
    }
  },
  ...Object.fromEntries(
    koas.map(([name, Version]): [string, Build] => [
      name,
      (route, options) => {
        const app = new Version()
        app.use(koaFace.errorHandler(options))
        app.use((context) => route(context.req, context.res) as Promise<void>)
        return koaCallback(app)
      },
    ]),
  ),
}

interface Target extends ReturnType<typeof recorder> {
  readonly name: string
  readonly session: ClientHttp2Session
  route: Route
  readonly close: () => void
}

async function aim([name, build]: [string, Build]): Promise<Target> {
  const recorded = recorder()
  const listener = build((request, response) => target.route(request, response), recorded.options)
  const server = createServer(listener as never)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const target: Target = {
    ...recorded,
    name,
    session,
    route: () => undefined,
    close() {
      session.destroy()
      server.close()
    },
  }
  return target
}

/** Starts one server of HTTP/2 for each app. */
export async function createHttp2Fuzzer(): Promise<Fuzzer> {
  const targets = await Promise.all(Object.entries(APPS).map(aim))
  return {
    async run(generated) {
      const answers: string[] = []
      for (const target of targets) answers.push(await attack(target, generated))
      expect(new Set(answers).size, 'G12: the same on all').toBe(1)
    },
    close: () => targets.forEach((target) => target.close()),
  }
}

const MAX_WAIT = 1_000

/** Sends a case to one app, checks the guarantees, and returns the answer without what differs by design. */
async function attack(target: Target, { thrown, request }: Case): Promise<string> {
  const { value, writes } = buildThrown(thrown)
  target.route = () => Promise.reject(value)
  target.reports.length = 0
  target.log.length = 0
  const { 'Accept-Language': language, Accept: accept } = request.headers
  const elapsed = startWatch()
  const raw = await exchange(target.session, {
    ':method': request.method === 'HEAD' ? 'HEAD' : 'GET',
    ...(language === undefined ? {} : { 'accept-language': language }),
    ...(accept === undefined ? {} : { accept }),
    'x-request-id': 'probe-1',
  })
  const response = parse(raw)
  // Koa's comes when the stream is closed on the server's side too.
  for (let waited = 0; target.reports.length === 0 && waited < MAX_WAIT; waited++) await sleep(1)
  expectGuarantees(
    {
      framework: `${target.name} over HTTP/2`,
      raw,
      ...response,
      milliseconds: elapsed(),
      reports: target.reports,
      log: target.log as never,
    },
    { request: { method: request.method === 'HEAD' ? 'HEAD' : 'GET' }, secrets: [CANARY] },
  )
  // To `next` a falsy value is no error, but this handler was called with it.
  const status = expectedStatus(thrown, value)
  if (status !== undefined) expect(response.status).toBe(status)
  expect(target.reports[0]).toMatchObject({ sent: true, clientGone: false })
  expect(writes, 'G6: nothing is written on it').toEqual([])
  return raw
}

/** One request over a session. The response is written as HTTP/1 would have it; a broken stream rejects. */
function exchange(session: ClientHttp2Session, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/', ...headers })
    let head = ''
    const chunks: Buffer[] = []
    stream.on('response', ({ ':status': status, ...fields }) => {
      delete fields.date
      const lines = Object.entries(fields).flatMap(([name, value]) =>
        [value ?? []].flat().map((each) => `${name}: ${each}`),
      )
      head = [`HTTP/1.1 ${status} `, ...lines.sort()].join('\r\n')
    })
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('error', reject)
    stream.setTimeout(3_000, () => reject(new Error('G2: no whole answer in time')))
    stream.on('close', () => {
      if (stream.rstCode === 0) resolve(`${head}\r\n\r\n${Buffer.concat(chunks).toString()}`)
      else reject(new Error(`The stream was reset with ${stream.rstCode}`))
    })
    stream.end()
  })
}
