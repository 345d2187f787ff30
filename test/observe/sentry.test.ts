import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as Sentry from '@sentry/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { BizError, defineCatalog } from '../../src/index.ts'
import { sentry, shouldHandleError, type SentryOptions } from '../../src/observe/sentry.ts'
import { SetupError } from '../../src/guard/setup-error.ts'

/** The status of a request, and the events that were sent of it. */
type Line = readonly [name: string, path: string, status: number, ...events: unknown[]]

let sent: readonly Line[]

beforeAll(async () => {
  const script = ['--import', 'tsx', 'test/observe/sentry-process.ts']
  const { stdout } = await promisify(execFile)(process.execPath, script)
  sent = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}, 90_000)

const sentOf = (name: string): readonly Line[] => sent.filter(([of]) => of === name).toSorted(byPath)

const OURS = 'auto.middleware.bizerror'

/** Who captures a fault first. On Koa, where it is told after us, and on Nest, which catches what is thrown, it is ours. */
const CAPTURERS: Readonly<Record<string, string>> = {
  'Express 5': 'auto.http.express',
  'Koa 3': OURS,
  'Fastify 5': 'auto.function.fastify',
  'Hono on Node': 'auto.http.hono.context_error',
  'Nest on Express': OURS,
}

interface Fault {
  readonly path: string
  readonly status?: number
  readonly what: string
  readonly catalog?: string
  readonly code?: string
  readonly group?: string
}

const faults: readonly Fault[] = [
  { path: '/fault', what: 'TypeError: boom' },
  { path: '/later', what: 'TypeError: boom later' },
  { path: '/known', what: 'BizError: Internal server error' },
  { path: '/timeout', status: 504, what: 'Error: connect ETIMEDOUT', group: 'upstream-timeout' },
  { path: '/object', what: 'Error: Object captured as exception with keys: kind, password' },
  { path: '/lost', status: 200, what: 'BizError: Lost', catalog: 'chat', code: '7' },
]
const text: Fault = { path: '/text', what: 'Error: boom text' }
const frozen: Fault = { path: '/frozen', what: 'Error: frozen' }
const mistakes: readonly Line[] = [
  ['', '/conflict', 409],
  ['', '/duplicate', 409],
  ['', '/gone', 200],
]

function event(name: string, by: string, fault: Fault): object {
  const { path, what, catalog = 'cloud-waf', code = '500', group = '{{ default }}' } = fault
  const hasRoute = name !== 'Express 5' && name !== 'Koa 3'
  const tags = {
    'bizerror.catalog': catalog,
    'bizerror.code': code,
    ...(hasRoute && { 'http.route': path }),
    request_id: `id-${path.slice(1)}`,
  }
  return { by, what, tags, fingerprint: ['bizerror', catalog, code, group] }
}

/** One event of each fault, and none of a mistake of the client's. */
function once(name: string, byOurs: readonly string[] = []): readonly Line[] {
  const told = [...faults, text, frozen].map((fault): Line => {
    const by = byOurs.includes(fault.path) ? OURS : CAPTURERS[name]!
    return [name, fault.path, fault.status ?? 500, event(name, by, fault)]
  })
  return [...mistakes.map(([, path, status]): Line => [name, path, status]), ...told].sort(byPath)
}

const byPath = ([, a]: Line, [, b]: Line): number => (a < b ? -1 : 1)

describe('a fault is one event, with its group and tags, and a mistake of a client is none,', () => {
  test('where it was thrown on Express, and shouldHandleError was asked', () => {
    // What is answered with 200, and what Sentry cannot mark, is left to us.
    expect(sentOf('Express 5')).toEqual(once('Express 5', ['/lost', '/text']))
  })

  test('where it was thrown on Fastify, and nothing was asked; but of a text, which Sentry cannot mark', () => {
    const theirs = { by: CAPTURERS['Fastify 5'], what: text.what }
    const expected = once('Fastify 5', ['/text']).map((line) =>
      line[1] === '/text' ? line.toSpliced(3, 0, theirs) : line,
    )
    expect(sentOf('Fastify 5')).toEqual(expected)
  })

  test('after the answer on Hono, and nothing was asked', () => {
    expect(sentOf('Hono on Node')).toEqual(once('Hono on Node', ['/object', '/text']))
  })

  test('where Koa emits it, too', () => {
    expect(sentOf('Koa 3')).toEqual(once('Koa 3'))
  })

  test('on Nest, of which no integration hears', () => {
    expect(sentOf('Nest on Express')).toEqual(once('Nest on Express'))
  })
})

test('a client that has left in front of a fault is no event', () => {
  expect(sentOf('a client that left')).toEqual([['a client that left', '/', 0]])
})

test('what an app captures by itself is its own event, and keeps what the app has set', () => {
  const event = {
    by: 'generic',
    what: 'BizError: Username already exists',
    tags: { 'bizerror.catalog': 'cloud-waf', 'bizerror.code': '1006', request_id: 'mine' },
    fingerprint: ['mine'],
  }
  expect(sentOf('the app')).toMatchObject([['the app', '/conflict', 0, event]])
})

describe('sentry refuses', () => {
  const advice = "Give Sentry itself, version 8 or later: import * as Sentry from '@sentry/node'."
  test.each([
    ['nothing', undefined, 'sentry was called with undefined. Give { client: Sentry }.'],
    [
      'Sentry in the place of options',
      Sentry,
      'sentry was given a client in the place of options. Give it as one: { client }.',
    ],
    ['no client', {}, `sentry has no client. ${advice}`],
    ['a client that is none', { client: {} }, `Option client is an object. ${advice}`],
    [
      'an option that there is not',
      { client: Sentry, level: 'error' },
      'sentry has no "level". Known are: client.',
    ],
  ])('%s', (_what, options, message) => {
    expect(() => sentry(options as SentryOptions)).toThrow(SetupError)
    expect(() => sentry(options as SentryOptions)).toThrow(
      expect.objectContaining({ message }) as unknown as Error,
    )
  })
})

describe('shouldHandleError', () => {
  const shop = defineCatalog({
    name: 'shop',
    errors: { TAKEN: { status: 409, message: 'Taken' }, BROKEN: { status: 500, message: 'Broken' } },
    foreign: { byStatus: { 500: 'BROKEN' } },
  })
  test.each([
    ['a mistake of the client', new BizError(1006), false],
    ["a fault of the server's", shop.errors.BROKEN(), true],
    ['an error that nobody knows', new TypeError('boom'), true],
    ['an error that a rule of the app knows', new RangeError('full'), false],
    ['an error that names its status', Object.assign(new Error('x'), { status: 404 }), false],
    ['a text, which Sentry cannot mark', 'boom', false],
    ['nothing', undefined, false],
  ])('says of %s whether it is captured', (_what, error, expected) => {
    const ask = shouldHandleError({ catalog: shop, identify: { when: RangeError, error: 'TAKEN' } })
    expect(ask(error)).toBe(expected)
  })
})
