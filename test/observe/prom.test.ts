import client from 'prom-client'
import * as fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { BizError, defineCatalog } from '../../src/index.ts'
import { SetupError } from '../../src/guard/setup-error.ts'
import { promCounter, type PromOptions } from '../../src/observe/prom.ts'
import { createResponder } from '../../src/handler/responder.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { sampleReport } from '../support/sample-report.ts'

const silent = { error: () => {} }

// Other files use the same.
beforeEach(() => client.register.clear())
afterAll(() => client.register.clear())

async function counted(register = client.register): Promise<readonly string[]> {
  const text = await register.metrics()
  return text.split('\n').filter((line) => line.startsWith('bizerror_errors_total{'))
}

const routes: Readonly<Record<string, Route>> = {
  '/conflict': () => {
    throw new BizError(1006)
  },
  '/concealed': () => {
    throw new BizError(1006, { as: 404 })
  },
  '/fault': () => {
    throw new TypeError('boom')
  },
  '/cut': (_request, response) => {
    response.writeHead(200)
    response.write('part')
    throw new BizError(1006)
  },
}

for (const { name, listener } of frameworks) {
  test(`promCounter counts by the true code, the status that was sent and the method, on ${name}`, async () => {
    const register = new client.Registry()
    const observe = promCounter({ client, register })
    const { port, server } = await listen(listener({ options: { logger: silent, observe }, routes }))
    for (const path of ['/conflict', '/conflict', '/concealed', '/fault', '/cut', '/nowhere']) {
      await send(port, { path })
    }
    await send(port, { method: 'PROPFIND', path: '/nowhere' })
    server.close()
    expect(await counted(register)).toEqual([
      'bizerror_errors_total{catalog="cloud-waf",code="1006",status="409",method="GET"} 2',
      'bizerror_errors_total{catalog="cloud-waf",code="1006",status="404",method="GET"} 1',
      'bizerror_errors_total{catalog="cloud-waf",code="500",status="500",method="GET"} 1',
      'bizerror_errors_total{catalog="cloud-waf",code="1006",status="",method="GET"} 1',
      'bizerror_errors_total{catalog="cloud-waf",code="404",status="404",method="GET"} 1',
      'bizerror_errors_total{catalog="cloud-waf",code="404",status="404",method="_OTHER"} 1',
    ])
  })
}

describe('the labels', () => {
  const shop = defineCatalog({ name: 'shop', errors: { GONE: { status: 410, message: 'Gone' } } })

  test('are bounded by the catalogs, whatever is thrown and whatever the client sends', async () => {
    let method = ''
    const answer = createResponder(
      { catalog: shop, logger: silent, observe: promCounter({ client }) },
      () => ({ method, route: undefined }),
    )
    const facts = {
      requestId: 'id',
      requestIdHeader: 'X-Request-ID',
      vary: undefined,
      acceptLanguage: undefined,
      accept: undefined,
      encoded: false,
      contentType: undefined,
      authorization: undefined,
      clientGone: false,
    }
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: true }),
        fc.string(),
        (thrown, token) => {
          method = token
          answer(thrown, facts as never, undefined).report()
          answer(
            Object.assign(new Error('x'), { code: token, name: token }),
            facts as never,
            undefined,
          ).report()
          const made: unknown = Reflect.construct(shop.BizError, [token])
          answer(made, facts as never, undefined).report()
        },
      ),
    )
    const lines = await counted()
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThan(60)
    for (const line of lines) {
      expect(line).toMatch(
        /^bizerror_errors_total\{catalog="shop",code="(?:GONE|[a-z_]+)",status="[45]\d\d",method="(?:[A-Z]+|_OTHER)"\} \d+$/,
      )
    }
  })

  test('are of 2,000 codes at most, where catalogs are made without end', async () => {
    const counter = promCounter({ client })
    for (let tenant = 0; tenant < 2_100; tenant++) {
      counter.onReport!(sampleReport({ catalog: `tenant-${tenant}`, code: 'GONE' }), undefined)
    }
    // A code that is known stays itself.
    counter.onReport!(sampleReport({ catalog: 'tenant-7', code: 'GONE' }), undefined)
    const lines = await counted()
    expect(lines).toHaveLength(2_001)
    expect(lines.at(-1)).toBe(
      'bizerror_errors_total{catalog="_OTHER",code="_OTHER",status="500",method="GET"} 100',
    )
    expect(lines[7]).toBe('bizerror_errors_total{catalog="tenant-7",code="GONE",status="500",method="GET"} 2')
  })
})

describe('promCounter', () => {
  test('shares the counter of a registry among handlers', async () => {
    for (const counter of [promCounter({ client }), promCounter({ client })]) {
      counter.onReport!(sampleReport(), undefined)
    }
    expect(await counted()).toEqual([
      'bizerror_errors_total{catalog="shop",code="500",status="500",method="GET"} 2',
    ])
  })

  const noClient = "Give prom-client itself: import client from 'prom-client'."
  test.each([
    ['nothing', undefined, 'promCounter was called with undefined. Give { client }.'],
    [
      'its client in the place of options',
      client,
      'promCounter was given a client in the place of options. Give it as one: { client }.',
    ],
    ['no client', {}, `promCounter has no client. ${noClient}`],
    ['a registry as its client', { client: client.register }, `Option client is an object. ${noClient}`],
    [
      'a registry that is none',
      { client, register: new Map() },
      'Option register is an object. Give a registry of prom-client, such as new client.Registry().',
    ],
    [
      'an option that there is not',
      { client, prefix: 'x' },
      'promCounter has no "prefix". Known are: client, register.',
    ],
  ])('refuses %s', (_what, options, message) => {
    expect(() => promCounter(options as PromOptions)).toThrow(new SetupError(message))
  })

  test('refuses a registry where the name is another metric', () => {
    const register = new client.Registry()
    const taken = { name: 'bizerror_errors_total', help: 'Mine', registers: [register] }
    expect(new client.Gauge(taken)).toBeDefined()
    expect(() => promCounter({ client, register })).toThrow(
      new SetupError(
        'promCounter found another metric named bizerror_errors_total. Give a registry without one: { register }.',
      ),
    )
  })
})
