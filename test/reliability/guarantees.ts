import { expect, test } from 'vitest'
import { frameworks, listen, type Framework, type Route } from '../contract/frameworks.ts'
import { send, type RawRequest } from '../contract/raw.ts'
import type { ErrorHandlerOptions } from '../../src/handler/options.ts'
import type { ErrorReport } from '../../src/handler/report.ts'

/** A request to a route that fails, on any framework. */
export interface Probe {
  readonly route?: Route
  readonly options?: ErrorHandlerOptions<unknown>
  readonly request?: Partial<RawRequest>
  /** Texts that may not leave the server, in any part of the response. */
  readonly secrets?: readonly string[]
}

/** What came back, and what was reported. */
export interface Outcome {
  readonly framework: string
  readonly raw: string
  readonly status: number
  /** Values by lower-case name; a name that stands twice has two. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
  readonly milliseconds: number
  readonly reports: readonly ErrorReport[]
  /** The logger's records, by level. */
  readonly log: readonly (readonly [level: string, record: object, message: string])[]
}

/** What a probe must come to. `null`: the header may not be there. */
export interface Expected {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string | null>>
  /** How many errors are reported. @default 1 */
  readonly reports?: number
  /** Texts that may not stand in the log. */
  readonly unlogged?: readonly string[]
  /** A closer look at each outcome: what was reported, logged, or sent as it is. */
  readonly also?: (outcome: Outcome) => void
}

/** Sends one probe to one framework, and a second request to see that the server lives. */
export async function run(framework: Framework, probe: Probe): Promise<Outcome> {
  const reports: ErrorReport[] = []
  const log: [string, object, string][] = []
  const logger = {
    error: (record: object, message: string) => log.push(['error', record, message]),
    warn: (record: object, message: string) => log.push(['warn', record, message]),
    info: (record: object, message: string) => log.push(['info', record, message]),
  }
  const onError = (report: ErrorReport) => reports.push(report)
  const routes = { '/alive': alive, ...(probe.route && { '/': probe.route }) }
  const { port, server } = await listen(
    framework.listener({ options: { logger, onError, ...probe.options }, routes }),
  )
  try {
    const { headers, ...request } = probe.request ?? {}
    const started = performance.now()
    const raw = await send(port, {
      path: '/',
      ...request,
      headers: { 'X-Request-ID': 'probe-1', ...headers },
    })
    const milliseconds = performance.now() - started
    expect(await send(port, { path: '/alive' }), 'G1: the next request is answered').toContain('alive')
    return { framework: framework.name, raw, milliseconds, reports, log, ...parse(raw) }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const alive: Route = (_request, response) => {
  response.end('alive')
  return undefined
}

function parse(raw: string): Pick<Outcome, 'status' | 'headers' | 'body'> {
  const end = raw.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = raw.slice(0, end).split('\r\n')
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(': ')
    const name = line.slice(0, colon).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 2)])
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body: raw.slice(end + 4) }
}

const MAX_BODY_BYTES = 65_536
const MAX_MILLISECONDS = 500

/** Checks G2 to G9 of an answer to an error. A failure names the guarantee. */
export function expectGuarantees(outcome: Outcome, probe: Probe, reported = 1): void {
  const { raw, status, headers, body, milliseconds, reports } = outcome
  const one = (name: string): string | undefined => {
    const values = headers.get(name) ?? []
    expect(values.length, `G2: ${name} at most once`).toBeLessThan(2)
    return values[0]
  }
  const bytes = Buffer.byteLength(body)
  const isHead = probe.request?.method === 'HEAD'
  expect(milliseconds, 'G2: answered in time').toBeLessThan(MAX_MILLISECONDS)
  expect(raw.match(/HTTP\/1\.1 \d/g), 'G2: one response').toHaveLength(1)
  expect(status >= 400 && status <= 599, `G3: ${status} is a status for errors`).toBe(true)

  expect(one('transfer-encoding'), 'G4: no Transfer-Encoding').toBe(undefined)
  if (isHead) expect(body, 'G4: HEAD has no body').toBe('')
  // A byte that is no UTF-8 would have been read as one of three bytes.
  else expect(one('content-length'), 'G4: Content-Length is exact, the body valid UTF-8').toBe(String(bytes))
  expect(bytes, 'G4: the body is bounded').toBeLessThanOrEqual(MAX_BODY_BYTES)

  for (const secret of [...LEAKS, ...(probe.secrets ?? [])]) {
    expect(raw, `G5: ${secret} stays inside`).not.toContain(secret)
  }

  expect(one('x-request-id'), 'G7: X-Request-ID').toMatch(/^[\w.:=-]{1,128}$/)
  expect(one('content-language'), 'G7: Content-Language').toMatch(/^[a-z]{2,3}(?:-\w+)*$/)
  expect(one('vary'), 'G7: Vary').toMatch(/accept-language|\*/i)
  expect(one('x-content-type-options'), 'G7: nosniff').toBe('nosniff')
  expect(one('cache-control'), 'G7: no-store').toBe('no-store')

  if (!isHead) expectSentence(JSON.parse(body) as object)
  expect(reports, 'G9: one report for each error').toHaveLength(reported)
  for (const report of reports) expect(report.requestId, 'G9: the id of the answer').toBe(one('x-request-id'))
  for (const [, record, message] of outcome.log) {
    expect(JSON.stringify([record, message]), 'G9: one line').not.toMatch(/[\r\n]/)
  }
}

// Stacks, files of the server, classes.
const LEAKS = ['    at ', 'node_modules', '.js:', '.ts:', 'TypeError', 'RangeError', '/srv/']

/** G8. The message stands in `message`, `detail`, or in `error`. */
function expectSentence(body: {
  readonly message?: unknown
  readonly detail?: unknown
  readonly error?: object
}): void {
  const message = body.message ?? body.detail ?? (body.error as { message?: unknown } | undefined)?.message
  expect(message, 'G8: a sentence').toMatch(/\S/)
  expect(message, 'G8: no placeholder, no leftovers').not.toMatch(/\{\{|undefined|\[object /)
}

/**
 * Runs a probe on every framework: the guarantees hold, the outcome is as expected, and the bytes are the same.
 *
 * @param on - apps of one's own instead of the four of the contract
 */
export function holds(
  title: string,
  probe: Probe,
  expected: Expected,
  on: readonly Framework[] = frameworks,
): void {
  test(title, async () => {
    const outcomes = await Promise.all(on.map((framework) => run(framework, probe)))
    for (const outcome of outcomes) {
      expectGuarantees(outcome, probe, expected.reports)
      expect([outcome.framework, outcome.status]).toEqual([outcome.framework, expected.status])
      if (expected.body) expect(JSON.parse(outcome.body)).toEqual(expected.body)
      for (const [name, value] of Object.entries(expected.headers ?? {})) {
        expect(outcome.headers.get(name.toLowerCase())?.join(' | ') ?? null, name).toBe(value)
      }
      for (const secret of expected.unlogged ?? []) {
        expect(JSON.stringify(outcome.log), `${secret} stays out of the log`).not.toContain(secret)
      }
      expect(outcome.raw, `G12: ${outcome.framework} as ${outcomes[0]!.framework}`).toBe(outcomes[0]!.raw)
      expected.also?.(outcome)
    }
  })
}

/** A route that throws one value, whatever it is. */
export function throws(value: unknown): Route {
  return () => {
    throw value
  }
}
