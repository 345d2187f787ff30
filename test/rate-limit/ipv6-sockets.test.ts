import { createServer, request as send, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { memoryStore, type StoreFactory } from '../../src/rate-limit/index.ts'
import { say } from '../support/printed.ts'
import { expressApps, koaApps, recorder } from '../support/served.ts'
import { hundred } from './limited.ts'

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
)
// On CI, the tests fail instead.
const isSkipped = !hasIPv6 && !process.env['CI']
if (isSkipped) say('test/rate-limit/ipv6-sockets.test.ts DID NOT RUN: this machine has no address ::1.')

/** Counts in memory, and notes the keys. */
function noting(keys: string[]): StoreFactory {
  return (limits) => {
    const store = memoryStore()(limits)
    return {
      consume(key, cost) {
        keys.push(key)
        return store.consume(key, cost)
      },
      close: () => store.close(),
    }
  }
}

/** Runs a server on all addresses of both families, as servers do unless told otherwise. */
async function serveBoth(
  listener: RequestListener,
  use: (port: number) => Promise<unknown>,
): Promise<unknown> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** Returns what remains of 100. */
function ask(port: number, host: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    send({ host, port, headers, agent: false }, (response) => {
      response.resume()
      resolve(Number(response.headers['x-ratelimit-remaining']))
    })
      .on('error', reject)
      .end()
  })
}

describe.skipIf(isSkipped)('M04: a client of IPv6, over a socket', () => {
  for (const [ipv6Prefix, network] of [
    [undefined, '0:0:0:0::/56'],
    [64, '0:0:0:0::/64'],
    [32, '0:0::/32'],
    [128, '0:0:0:0:0:0:0:1/128'],
  ] as const) {
    const keys: string[] = []
    const limit = { ...hundred, ipv6Prefix, store: noting(keys) }
    for (const [name, makeListener] of [
      ...expressApps((app, { catalog, logger }) => {
        app.use(expressFace.rateLimit({ ...limit, catalog, logger } as object as never))
      }),
      ...koaApps((app, { catalog, logger }) => {
        app.use(koaFace.rateLimit({ ...limit, catalog, logger } as object as never))
      }),
    ]) {
      test(`M04: is counted as ${network} on ${name}, apart from one of IPv4`, async () => {
        keys.length = 0
        const { log, options } = recorder()
        await serveBoth(makeListener(options), async (port) => {
          const remaining = [
            await ask(port, '::1'),
            await ask(port, '127.0.0.1'),
            await ask(port, '::1', { 'X-Forwarded-For': '2001:db8::1' }),
            await ask(port, '127.0.0.1'),
          ]
          expect(remaining).toEqual([99, 99, 98, 98])
        })
        expect(keys).toEqual([network, '127.0.0.1', network, '127.0.0.1'])
        expect(log).toMatchObject([['warn', {}, expect.stringContaining('the app trusts no proxy')]])
      })
    }
  }
})
