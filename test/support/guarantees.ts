import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { can, frameworksInTurn, listen, type Ability, type Framework, type Route } from './frameworks.ts'
import { send, type RawRequest } from './raw.ts'
import { startWatch } from './stopwatch.ts'
import { ENVELOPES } from '../../src/catalog/envelope.ts'
import { read } from '../../src/guard/read.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { ErrorReport } from '../../src/report/report.ts'

/** A request to a route that fails, on any framework. */
export interface Probe {
  readonly route?: Route
  readonly options?: HandlerOptions
  readonly request?: Partial<RawRequest>
  /** Without it, a framework is left out. */
  readonly needs?: Ability
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
  /** Without those in which a busy machine let the process wait. */
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
  const onReport = (report: ErrorReport) => reports.push(report)
  const routes = { '/alive': alive, ...(probe.route && { '/': probe.route }) }
  const { port, server } = await listen(
    framework.listener({ options: { logger, onReport, ...probe.options }, routes }),
  )
  try {
    const { headers, ...request } = probe.request ?? {}
    const elapsed = startWatch()
    const raw = await send(port, {
      path: '/',
      ...request,
      headers: { 'X-Request-ID': 'probe-1', ...headers },
    })
    const milliseconds = elapsed()
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

/** Takes one whole response apart. */
export function parse(raw: string): Pick<Outcome, 'status' | 'headers' | 'body'> {
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

/** Checks G2 to G9 of an answer to an error. A failure names the guarantees that are broken, and what was found. */
export function expectGuarantees(outcome: Outcome, probe: Probe, reported = 1): void {
  // One `expect` for all of them: it takes longer than they do.
  expect(brokenGuarantees(outcome, probe, reported), outcome.framework).toEqual([])
}

function brokenGuarantees(outcome: Outcome, probe: Probe, reported: number): readonly string[] {
  const { raw, status, headers, body, milliseconds, reports, log } = outcome
  const broken: string[] = []
  const check = (found: unknown, holds: boolean, guarantee: string): void => {
    if (!holds) broken.push(`${guarantee}: ${inspect(found)}`)
  }
  const one = (name: string): string => {
    const values = headers.get(name) ?? []
    check(values, values.length < 2, `G2: ${name} at most once`)
    return values[0] ?? ''
  }
  const bytes = Buffer.byteLength(body)
  check(milliseconds, milliseconds < MAX_MILLISECONDS, 'G2: answered in time')
  check(raw, raw.match(/HTTP\/1\.1 \d/g)?.length === 1, 'G2: one response')
  check(status, status >= 400 && status <= 599, 'G3: a status for errors')

  check(headers, !headers.has('transfer-encoding'), 'G4: no Transfer-Encoding')
  const isHead = probe.request?.method === 'HEAD'
  if (isHead) check(body, body === '', 'G4: HEAD has no body')
  // A byte that is no UTF-8 would have been read as one of three bytes.
  else
    check(raw, one('content-length') === String(bytes), 'G4: Content-Length is exact, the body valid UTF-8')
  check(bytes, bytes <= MAX_BODY_BYTES, 'G4: the body is bounded')

  for (const secret of [...LEAKS, ...(probe.secrets ?? [])]) {
    check(raw, !raw.includes(secret), `G5: ${secret} stays inside`)
  }

  const requestId = one('x-request-id')
  check(requestId, /^[\w.:;=+/~|@#-]{1,200}$/.test(requestId), 'G7: X-Request-ID')
  check(headers, /^[a-z]{2,3}(?:-\w+)*$/.test(one('content-language')), 'G7: Content-Language')
  check(headers, /accept-language|\*/i.test(one('vary')), 'G7: Vary')
  check(headers, one('x-content-type-options') === 'nosniff', 'G7: nosniff')
  check(headers, one('cache-control') === 'no-store', 'G7: no-store')

  if (!isHead) {
    const sentence = sentenceOf(body)
    check(body, typeof sentence === 'string' && /\S/.test(sentence), 'G8: a sentence')
    check(body, !/\{\{|undefined|\[object /.test(String(sentence)), 'G8: no placeholder, no leftovers')
  }
  check(reports, reports.length === reported, 'G9: one report for each error')
  for (const report of reports) check(report, report.requestId === requestId, 'G9: the id of the answer')
  for (const [, , message] of log) check(message, !/[\p{Cc}\u2028\u2029]/u.test(message), 'G9: one line')
  return broken
}

// Stacks, files of the server, classes.
const LEAKS = ['    at ', 'node_modules', '.js:', '.ts:', 'TypeError', 'RangeError', '/srv/']

const SENTENCE = 'the sentence'

/** Where each envelope puts its sentence: `message`, `error.message`, `detail`. */
const PLACES = Object.values(ENVELOPES).map(({ error }) =>
  placeOf(
    error({ code: 1, status: 400, message: SENTENCE, title: 'Title', locale: 'en', retryable: false }),
  )!,
)

function placeOf(shape: object): readonly string[] | undefined {
  for (const [name, member] of Object.entries(shape)) {
    if (member === SENTENCE) return [name]
    const inner = typeof member === 'object' && member !== null ? placeOf(member as object) : undefined
    if (inner !== undefined) return [name, ...inner]
  }
  return undefined
}

function sentenceOf(body: string): unknown {
  try {
    const shape: unknown = JSON.parse(body)
    return PLACES.map((place) => place.reduce(read, shape)).find((found) => found !== undefined)
  } catch {
    return undefined
  }
}

/**
 * Runs a probe on every framework, or on those whose turn it is: the guarantees hold, the outcome is as expected, and the
 * bytes are the same.
 *
 * @param on - apps of one's own instead of the four of the contract
 */
export function holds(
  title: string,
  probe: Probe,
  expected: Expected,
  on: readonly Framework[] = frameworksInTurn(probe.needs),
): void {
  test(title, async () => {
    const able = on.filter(({ name }) => can(name, probe.needs))
    const outcomes = await Promise.all(able.map((framework) => run(framework, probe)))
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
