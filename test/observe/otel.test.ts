import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { SetupError } from '../../src/guard/setup-error.ts'
import { otel } from '../../src/observe/otel.ts'

/** A line of otel-process.ts: what a span holds, or a point of a metric. */
type Line = readonly [name: string, ...facts: unknown[]]

let lines: readonly Line[]

beforeAll(async () => {
  const script = ['--import', 'tsx', 'test/observe/otel-process.ts']
  const { stdout } = await promisify(execFile)(process.execPath, script)
  lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}, 60_000)

const of = (name: string): readonly unknown[] =>
  sorted(lines.filter(([of]) => of === name).map(([, ...facts]) => facts))

/** The points of a metric come in no order. */
function sorted(facts: readonly unknown[]): readonly unknown[] {
  return facts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

const [UNSET, ERROR] = [0, 2]

const spans = [
  ['/conflict', UNSET, null, 'cloud-waf', '1006'],
  ['/fault', ERROR, 'cloud-waf.500', 'cloud-waf', '500'],
  ['/concealed', UNSET, null, 'cloud-waf', '500'],
  ['/several', UNSET, null, 'cloud-waf', '1006'],
  ['/lost', ERROR, 'chat.7', 'chat', '7'],
  ['/gone', UNSET, null, 'chat', '8'],
]
const nowhere = ['/nowhere', UNSET, null, 'cloud-waf', '404']
const point = (count: number, type: string, status?: number, route?: string): unknown => [
  'bizerror.errors',
  count,
  {
    'error.type': type,
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(route !== undefined && { 'http.route': route }),
  },
]

describe("otel() marks the request's span, and counts the error by its true code,", () => {
  for (const name of ['Express 5', 'Koa 3']) {
    test(`on ${name}: as failed for a fault that no 4xx answers, and for an answer that is cut off`, () => {
      expect(of(name)).toEqual(
        sorted([
          ...spans,
          ['/cut', ERROR, 'cloud-waf.1006', 'cloud-waf', '1006'],
          nowhere,
          point(2, 'cloud-waf.1006', 409),
          point(1, 'cloud-waf.500', 500),
          point(1, 'cloud-waf.500', 404),
          point(1, 'chat.7', 200),
          point(1, 'chat.8', 200),
          point(1, 'cloud-waf.1006'),
          point(1, 'cloud-waf.404', 404),
        ]),
      )
    })
  }

  for (const name of ['Fastify 5', 'Hono on Node', 'Nest on Express']) {
    test(`on ${name}: as failed for a fault that no 4xx answers, with the pattern of the route`, () => {
      expect(of(name)).toEqual(
        sorted([
          ...spans,
          nowhere,
          point(1, 'cloud-waf.1006', 409, '/conflict'),
          point(1, 'cloud-waf.500', 500, '/fault'),
          point(1, 'cloud-waf.500', 404, '/concealed'),
          point(1, 'cloud-waf.1006', 409, '/several'),
          point(1, 'chat.7', 200, '/lost'),
          point(1, 'chat.8', 200, '/gone'),
          point(1, 'cloud-waf.404', 404),
        ]),
      )
    })
  }

  test('and not the span of a middleware around the error handler', () => {
    expect(of('a middleware')).toEqual(sorted([[{ code: UNSET }, {}]]))
    expect(of('the request')).toEqual(
      sorted([['/', ERROR, 'http.500', 'http', '500'], point(1, 'http.500', 500)]),
    )
  })

  test('once, whichever copy of this package was told of it', () => {
    expect(of('copies')).toEqual([[true]])
    expect(of('two copies')).toEqual([point(2, 'shop.500', 500, '/users/:id')])
  })

  test('and not as failed where the client has left', () => {
    expect(of('a client that left')).toEqual(
      sorted([['/', UNSET, null, null, null], point(1, 'cloud-waf.500')]),
    )
  })
})

test('otel refuses options, which it has not', () => {
  const given = otel as (options: object) => unknown
  expect(() => given({ tracer: 1 })).toThrow(
    new SetupError(
      'otel was given options, and has none: it uses the providers that are registered. Call it: otel().',
    ),
  )
})
