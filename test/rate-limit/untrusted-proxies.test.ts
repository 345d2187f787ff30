import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { catalog } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Logger } from '../../src/report/logger.ts'
import { expresses } from '../support/frameworks.ts'
import { expressApps, koaApps, onThese, recorder, type Served } from '../support/served.ts'
import { atNoon, hundred, onLimited, routes, sendInTurn, standingOf, type Options } from './limited.ts'

atNoon()

/** Asks once with each of some headers, and returns what remains of 100 after each. */
async function remainingWith(
  served: Served,
  headers: readonly Readonly<Record<string, string>>[],
): Promise<readonly unknown[]> {
  const responses = await sendInTurn(
    served,
    headers.map((headers) => ({ headers })),
  )
  return responses.map((response) => standingOf(response).remaining)
}

const forwarded = ['1.1.1.1', '2.2.2.2', '3.3.3.3'].map((address) => ({ 'X-Forwarded-For': address }))

function setting(framework: string): string {
  return framework.startsWith('Express')
    ? "app.set('trust proxy', 1)"
    : 'app.proxy = true with app.maxIpsCount = 1'
}

function warnings(header: string, remedy: string): readonly unknown[] {
  const message = `A request came with ${header}, but the app trusts no proxy. Behind a proxy, all clients share one limit, that of its address: name it by ${remedy}`
  return [['warn', {}, message]]
}

describe('M05: a request that was forwarded, while the app trusts no proxy', () => {
  onLimited('M05: is warned of once, and the setting named', { limit: hundred, routes }, async (served) => {
    expect(await remainingWith(served, [{}, ...forwarded])).toEqual([99, 98, 97, 96])
    expect(served.log).toEqual(warnings('X-Forwarded-For', setting(served.framework)))
  })

  onLimited(
    'M05: is warned of where trust is off',
    { limit: hundred, routes, trust: false },
    async (served) => {
      expect(await remainingWith(served, forwarded)).toEqual([99, 98, 97])
      expect(served.log).toEqual(warnings('X-Forwarded-For', setting(served.framework)))
    },
  )

  onLimited(
    'M05: is warned of where the header is that of RFC 7239, which the framework does not read',
    { limit: hundred, routes },
    async (served) => {
      const headers = ['for=1.1.1.1', 'for="[2001:db8::1]:443"', 'nonsense'].map((Forwarded) => ({
        Forwarded,
      }))
      expect(await remainingWith(served, headers)).toEqual([99, 98, 97])
      const remedy = `${setting(served.framework)}, and let it send X-Forwarded-For, which is what is read`
      expect(served.log).toEqual(warnings('Forwarded', remedy))
    },
  )

  onLimited(
    'M05: is warned of once, whatever a client makes up, and nothing of it is told',
    { limit: hundred, routes },
    async (served) => {
      const madeUp = ['<script>', ',,,', 'a'.repeat(5000), '%0d%0a', '\u00e9'].flatMap((text) => [
        { 'X-Forwarded-For': text },
        { Forwarded: text, 'X-Forwarded-For': text },
      ])
      expect(await remainingWith(served, madeUp)).toEqual(madeUp.map((_, index) => 99 - index))
      expect(served.log).toEqual(warnings('X-Forwarded-For', setting(served.framework)))
    },
  )

  onLimited(
    'M05: is warned of once by all limiters of an app',
    {
      limit: ['hour', 'login'].map((name) => ({ policies: [{ name, limit: 100, window: '1h' }] })),
      routes,
    },
    async (served) => {
      await remainingWith(served, forwarded)
      expect(served.log).toEqual(warnings('X-Forwarded-For', setting(served.framework)))
    },
  )

  onLimited('M05: is not warned of where none was forwarded', { limit: hundred, routes }, async (served) => {
    const others = [{}, { 'X-Forwarded-For': '' }, { 'X-Forwarded-Proto': 'https' }, { Via: '1.1 a' }]
    expect(await remainingWith(served, others)).toEqual([99, 98, 97, 96])
    expect(served.log).toEqual([])
  })

  onLimited(
    'M05: is not warned of where a proxy is trusted, whether or not the header names an address',
    { limit: hundred, routes, trust: 1 },
    async (served) => {
      const headers = [...forwarded, { 'X-Forwarded-For': 'unknown' }, { Forwarded: 'for=4.4.4.4' }]
      expect(await remainingWith(served, headers)).toEqual([99, 99, 99, 99, 98])
      expect(served.log).toEqual([])
    },
  )

  onLimited(
    'M05: is not warned of where the app has a key of its own',
    { limit: { ...hundred, key: () => 'all' }, routes },
    async (served) => {
      expect(await remainingWith(served, forwarded)).toEqual([99, 98, 97])
      expect(served.log).toEqual([])
    },
  )
})

describe('M05: a server on a socket of the file system, which a proxy on the same machine asks', () => {
  for (const [name, makeListener] of [
    ...expressApps((app, recorder) => app.use(expressFace.rateLimit(limitOn(recorder) as object as never))),
    ...koaApps((app, recorder) => app.use(koaFace.rateLimit(limitOn(recorder) as object as never))),
  ]) {
    test(`M05: is warned on ${name} of a proxy that is not trusted, since its clients have no address`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bizerror-socket-'))
      const socketPath = join(folder, 'socket')
      const { log, options } = recorder()
      const server = createServer(makeListener(options)).listen(socketPath)
      try {
        await once(server, 'listening')
        const asked = request({ socketPath, headers: forwarded[0], agent: false }).end()
        const [response] = (await once(asked, 'response')) as [IncomingMessage]
        response.resume()
        expect(response.headers).not.toHaveProperty('x-ratelimit-limit')
        expect(log).toEqual([
          ...warnings('X-Forwarded-For', setting(name)),
          ['warn', {}, expect.stringContaining('A request without a key was let through')],
        ])
      } finally {
        server.close()
        server.closeAllConnections()
        rmSync(folder, { recursive: true })
      }
    })
  }
})

type Recorder = HandlerOptions & { readonly logger: Logger }

function limitOn({ logger }: Recorder): Options {
  return { ...hundred, catalog, logger }
}

describe('M05: the trust of an app', () => {
  for (const [trust, believes] of [
    [undefined, 'nobody'],
    [0, 'nobody'],
    [[], 'nobody'],
    ['loopback', 'some'],
    ['10.0.0.1, 10.1.0.0/16', 'some'],
    [['10.0.0.1'], 'some'],
    // What a function believes cannot be known.
    [() => false, 'some'],
  ] as const) {
    const shown = typeof trust === 'function' ? String(trust) : JSON.stringify(trust)
    onThese(
      `M05: believes ${believes} on Express where trust proxy is ${shown}`,
      expressApps((app, recorder) => {
        app.set('trust proxy', trust)
        app.use(expressFace.rateLimit(limitOn(recorder) as object as never))
      }),
      async (served) => {
        await remainingWith(served, forwarded)
        expect(served.log).toEqual(
          believes === 'some' ? [] : warnings('X-Forwarded-For', setting(served.framework)),
        )
      },
    )
  }

  onThese(
    'M05: on Express is that of the app which another one is mounted on',
    expresses.map(([name, create]) => [
      name,
      (recorder) => {
        const inner = create().use(expressFace.rateLimit(limitOn(recorder) as object as never))
        return create().use(inner).set('trust proxy', 1)
      },
    ]),
    async (served) => {
      expect(await remainingWith(served, forwarded)).toEqual([99, 99, 99])
      expect(served.log).toEqual([])
    },
  )

  for (const [proxy, believes] of [
    ['', 'nobody'],
    [0, 'nobody'],
    ['true', 'everybody'],
    [1, 'everybody'],
  ] as const) {
    onThese(
      `M05: believes ${believes} on Koa where app.proxy is ${JSON.stringify(proxy)}`,
      koaApps((app, recorder) => {
        Object.assign(app, { proxy })
        app.use(koaFace.rateLimit(limitOn(recorder) as object as never))
      }),
      async (served) => {
        const remaining = await remainingWith(served, forwarded)
        expect(remaining).toEqual(believes === 'nobody' ? [99, 98, 97] : [99, 99, 99])
        expect(served.log).toEqual(
          believes === 'nobody'
            ? warnings('X-Forwarded-For', setting(served.framework))
            : [['warn', {}, expect.stringContaining('The app believes every X-Forwarded-For')]],
        )
      },
    )
  }

  onThese(
    'M05: is not looked for in what all objects have',
    [
      ...expressApps((app, recorder) => app.use(expressFace.rateLimit(limitOn(recorder) as object as never))),
      ...koaApps((app, recorder) => app.use(koaFace.rateLimit(limitOn(recorder) as object as never))),
    ],
    async (served) => {
      const everybodys = Object.prototype as Record<string, unknown>
      everybodys['forwarded'] = 'for=1.1.1.1'
      try {
        expect(await remainingWith(served, [{}, {}])).toEqual([99, 98])
      } finally {
        delete everybodys['forwarded']
      }
      expect(served.log).toEqual([])
    },
  )

  onThese(
    'M05: is not missed where the app finds out the address in a way of its own',
    [
      ...expressApps((app, recorder) => {
        app.use((request, _response, next) => {
          Object.defineProperty(request, 'ip', { value: request.get('X-Forwarded-For') })
          next()
        })
        app.use(expressFace.rateLimit(limitOn(recorder) as object as never))
      }),
      ...koaApps((app, recorder) => {
        app.use((context, next) => {
          context.request.ip = context.get('X-Forwarded-For')
          return next()
        })
        app.use(koaFace.rateLimit(limitOn(recorder) as object as never))
      }),
    ],
    async (served) => {
      expect(await remainingWith(served, forwarded)).toEqual([99, 99, 99])
      expect(served.log).toEqual([])
    },
  )
})
