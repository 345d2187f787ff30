// What frameworks.md says that each of them does by itself, where other tests leave it out.
import fastify from 'fastify'
import createError from 'http-errors'
import { expect, test } from 'vitest'
import { bizErrors } from '../../../src/adapters/fastify/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { serving } from '../../support/apps.ts'
import { frameworks, type Route } from '../../support/frameworks.ts'
import { run, type Outcome } from '../../support/guarantees.ts'
import type { RawRequest } from '../../support/raw.ts'
import { send } from '../../support/raw.ts'
import { converse, keepAlive } from '../../support/converse.ts'
import { serve } from '../../support/served.ts'

const EXPRESS = ['Express 5', 'Nest on Express']
const FASTIFY = ['Fastify 5', 'Fastify 4', 'Nest on Fastify']
const HONO = ['Hono on Node', 'Hono']

const fail: Route = () => {
  throw new BizError(1006)
}

/** What a look at each outcome says, by the framework's name. */
async function onEach<TSeen>(
  request: Partial<RawRequest>,
  look: (outcome: Outcome) => TSeen,
  route = fail,
): Promise<Readonly<Record<string, TSeen>>> {
  const outcomes = await Promise.all(frameworks.map((framework) => run(framework, { request, route })))
  return Object.fromEntries(outcomes.map((outcome) => [outcome.framework, look(outcome)]))
}

function answering<TSeen>(
  ...groups: readonly (readonly [names: readonly string[], seen: TSeen])[]
): Readonly<Record<string, TSeen>> {
  return Object.fromEntries(groups.flatMap(([names, seen]) => names.map((name) => [name, seen])))
}

const statusOf = ({ status }: Outcome): number => status

test.each([
  ['JSON without a byte', { 'Content-Type': 'application/json' }, '', 409, 400, 400],
  ['a body of an unknown type', { 'Content-Type': 'text/csv' }, 'a,b', 409, 415, 409],
  [
    'an encoding that nobody knows',
    { 'Content-Type': 'application/json', 'Content-Encoding': 'nope' },
    '{}',
    415,
    409,
    409,
    415,
  ],
] as const)('P-J03: %s is what its framework makes of it', async (_what, headers, body, ...statuses) => {
  const [onExpress, onFastify, onHono, onWeb = onHono] = statuses
  expect(await onEach({ method: 'POST', headers, body }, statusOf)).toEqual(
    answering([EXPRESS, onExpress], [FASTIFY, onFastify], [HONO, onHono], [['Web'], onWeb]),
  )
})

test('P-A09: some frameworks hand on what looking at a Proxy threw, and not the Proxy', async () => {
  const hostile = new Proxy(new Error('x'), {
    getPrototypeOf: () => {
      throw new Error('looked at')
    },
  })
  const isThrown = ({ reports }: Outcome): boolean => reports[0]!.error === hostile
  const seen = await onEach({}, isThrown, () => {
    throw hostile
  })
  expect(seen).toEqual(
    answering([[...EXPRESS, 'Fastify 5', 'Nest on Fastify', 'Web'], true], [['Fastify 4', ...HONO], false]),
  )
})

test.each(frameworks.filter(({ name }) => !FASTIFY.includes(name)))(
  'P-E08: an upload that is still coming ends with its answer, or with its host, on $name',
  ({ name, listener }) =>
    serve(
      name,
      (options) => listener({ options, routes: { '/': fail } }),
      async ({ port }) => {
        const talk = await converse(port, keepAlive('/', ['Content-Length: 1000000'], 'POST') + '0123456789')
        const answer = await talk.until((text) => text.endsWith('}'), 'an answer')
        const connection = /^Connection: (.*)$/m.exec(answer)![1]
        expect(connection?.trim()).toBe(EXPRESS.includes(name) ? 'close' : 'keep-alive')
        talk.socket.destroy()
      },
    ),
)

test('S01: Upgrade stands beside a 426 where it is known to be HTTP/1', async () => {
  const seen = await onEach(
    {},
    ({ headers }) => headers.get('upgrade')?.[0],
    () => {
      throw createError(426, { headers: { Upgrade: 'websocket' } })
    },
  )
  expect(seen).toEqual(
    answering<string | undefined>(
      [[...EXPRESS, ...FASTIFY, 'Hono on Node'], 'websocket'],
      [['Hono', 'Web'], undefined],
    ),
  )
})

test('P-E07: a method that Fastify 5 was not told of is a 404 of the catalog', async () => {
  const app = fastify()
  await app.register(bizErrors, { catalog })
  app.all('/', fail as never)
  await app.ready()
  await serving(
    (request, response) => app.routing(request, response),
    async (port) => {
      expect(await send(port, { method: 'PROPFIND', path: '/' })).toContain('{"code":404,')
      expect(await send(port, { path: '/' })).toContain('{"code":1006,')
    },
  )
})
