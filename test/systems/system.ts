import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Code } from '../../src/catalog/code.ts'
import { isBizError } from '../../src/error/biz-error.ts'
import { describeError } from '../../src/handler/describe-error.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { read } from '../../src/guard/read.ts'
import { relayed } from '../../src/identify/relayed.ts'
import { parse } from '../support/guarantees.ts'
import { send, type RawRequest } from '../support/raw.ts'
import { onAll } from '../support/served.ts'
import { lowerCased, sentHeaders } from '../support/standard-answer.ts'
import { record } from '../support/whole-answer.ts'

/** One of the world's error systems: a small catalog of its real codes, and what its documentation shows of them. */
export interface System {
  readonly name: string
  /** The address of the public documentation. */
  readonly source: string
  readonly options: HandlerOptions & { readonly catalog: Parameters<typeof relayed>[0] }
  /** The errors as they are answered; at least three. */
  readonly cases: readonly Case[]
  /** What `catalog.ok` makes of data; at least one. */
  readonly successes: readonly Success[]
}

export interface Case {
  /** What holds: `a declined card is told with its decline code`. */
  readonly title: string
  /** Makes what the route throws. Left out: nothing is at the path. */
  readonly thrown?: (request: IncomingMessage, response: ServerResponse) => unknown
  /** To `/`, with the request id `probe-1`, unless it says otherwise. */
  readonly request?: Partial<RawRequest>
  readonly status: number
  /** What differs from our standard headers, names in any case; `null` takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** The whole body: an object in the order of its members, or a text as it is sent. */
  readonly body: object | string
  /**
   * The key of the error that `relayed` makes of the answer, where the envelope can be read; `null`: none.
   *
   * @default the key of what was thrown; none for a foreign error
   */
  readonly readAs?: Code | null
}

export interface Success {
  readonly title: string
  readonly data?: unknown
  /** What `catalog.ok` is given besides, where the envelope asks for it. */
  readonly request?: unknown
  readonly body: object
}

/** Throws each case on every framework, and compares whole answers. */
export function testSystem({ name, source, options, cases, successes }: System): void {
  describe(name, () => {
    test('Y01: a system has a source, and enough codes to be told from others', () => {
      expect(source).toMatch(/^https:\/\//)
      expect(options.catalog.size).toBeGreaterThanOrEqual(6)
      expect(cases.length).toBeGreaterThanOrEqual(3)
      expect(successes.length).toBeGreaterThanOrEqual(1)
    })

    for (const each of cases) testCase(each, options)

    for (const { title, data, request, body } of successes) {
      test(`Y03: ${title}`, () => {
        expect(JSON.stringify(options.catalog.ok(data, request))).toBe(JSON.stringify(body))
      })
    }
  })
}

function testCase(each: Case, options: System['options']): void {
  const { title, thrown, request, status, readAs } = each
  const path = request?.path ?? '/'
  const routes = thrown && {
    [path.split('?')[0]!]: (incoming: IncomingMessage, response: ServerResponse): never => {
      throw thrown(incoming, response)
    },
  }

  onAll(`Y02: ${title}`, { options, routes: routes ?? {} }, async ({ port, reports, log, reported }) => {
    const headers = { 'X-Request-ID': 'probe-1', ...request?.headers }
    const raw = await send(port, { path, ...request, headers })
    expectAnswer(raw, each)
    await reported(1)
    const { error, unusable } = reports[0]!
    expect({ unusable, warnings: log.filter(([level]) => level === 'warn') }).toEqual({ warnings: [] })
    expect(describeError(error, options).status).toBe(status)
    if (canBeRead(options.catalog)) {
      expect(readBack(raw, options.catalog)).toBe(readAs === undefined ? keyOf(error) : (readAs ?? undefined))
    }
    return raw
  })
}

/** Compares status, every header and the body, byte for byte. */
function expectAnswer(raw: string, { request, status, headers, body }: Case): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const expected = { ...lowerCased(sentHeaders(text)), ...lowerCased(headers ?? {}) }
  const found = parse(raw)
  expect({ status: found.status, headers: record(found.headers), body: found.body }).toEqual({
    status,
    headers: Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== null)),
    body: request?.method === 'HEAD' ? '' : text,
  })
}

function canBeRead({ envelope }: Catalog): boolean {
  return typeof read(envelope, 'body') !== 'function' || typeof read(envelope, 'read') === 'function'
}

/** The key of the error that another server makes of an answer which it got through an HTTP client. */
function readBack(raw: string, catalog: System['options']['catalog']): Code | undefined {
  const { status, headers, body } = parse(raw)
  const response = { status, headers: record(headers), data: body }
  const { key } = relayed(catalog)(Object.assign(new Error('answered'), { response })) ?? {}
  return key
}

function keyOf(error: unknown): Code | undefined {
  return isBizError(error) ? error.key : undefined
}
