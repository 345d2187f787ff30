import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect as connect2, constants, createServer } from 'node:http2'
import { connect, type AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import type { AnsweredRequest, Limiter } from '../../src/rate-limit/index.ts'
import { koaCallback, koas, type Route } from '../support/frameworks.ts'
import { expressApps, onThese, serve, type Served } from '../support/served.ts'
import { limitedOn, onLimited, routes, sendTo, type LimitedRequest } from './limited.ts'

const PATIENT = { timeout: 10_000, interval: 5 }

const policies = [{ name: 'hour', limit: 9, window: '1h' }] as const

/** Express's request and Koa's context have the raw response. */
const responseOf = (request: unknown): ServerResponse => (request as { res: ServerResponse }).res

async function connected({ port }: Pick<Served, 'port'>, bytes: string): Promise<{ leave: () => void }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(bytes)
  return { leave: () => socket.destroy() }
}

/** Is the client's key, and answers the request meanwhile. */
async function answeringEarly(request: unknown): Promise<string> {
  const response = responseOf(request)
  response.statusCode = 503
  response.end('late')
  await once(response, 'close')
  return 'client'
}

const GET = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n'

async function usedOf(limiter: Limiter<never>, key = 'client'): Promise<number> {
  const [standing] = (await limiter.peek(key)).policies
  return standing!.limit - standing!.remaining
}

/** A limiter whose answers do not count, and what it was told of them. */
function watching() {
  const told: unknown[] = []
  let limiter: Limiter<LimitedRequest> | undefined
  return {
    told,
    countIf: ({ status, code }: AnsweredRequest<unknown>): boolean => {
      told.push([status, code])
      return false
    },
    used: () => usedOf(limiter as Limiter<never>),
    routes: (more: Readonly<Record<string, Route>>) => (given: Limiter<LimitedRequest>) => {
      limiter = given
      return { ...routes, ...more }
    },
  }
}

describe('M15: countIf of a request that had to wait before it was counted', () => {
  for (const framework of ['Express 5', 'Express 4', 'Koa 3', 'Koa 2'] as const) {
    test(`M15: is told of an answer that was over by then, on ${framework}`, async () => {
      const { told, countIf, used, routes } = watching()
      const app = limitedOn(framework, {
        limit: { policies, key: answeringEarly, countIf },
        routes: routes({}),
      })
      await serve(...app, async (served) => {
        await sendTo(served)
        await expect.poll(() => told, PATIENT).toEqual([[503, undefined]])
        expect(await used()).toBe(0)
      })
    })

    test(`M15: is told of the answer to a client that had left by then, on ${framework}`, async () => {
      const { told, countIf, routes } = watching()
      let waits: (() => void) | undefined
      const waiting = new Promise<void>((resolve) => (waits = resolve))
      const limit = async (request: unknown): Promise<number> => {
        waits?.()
        await once(responseOf(request), 'close')
        return 9
      }
      const app = limitedOn(framework, {
        limit: { policies: [{ ...policies[0], limit }], key: () => 'client', timeout: '10s', countIf },
        routes: routes({
          '/': (_request, response) => {
            response.writeHead(401)
            response.end()
          },
        }),
      })
      await serve(...app, async (served) => {
        const { leave } = await connected(served, GET)
        await waiting
        leave()
        await expect.poll(() => told, PATIENT).toEqual([[401, undefined]])
      })
    })
  }
})

describe('M15: countIf of pipelined requests', () => {
  for (const framework of ['Express 5', 'Express 4', 'Koa 3', 'Koa 2'] as const) {
    for (const leaves of [false, true]) {
      test(`M15: is told of each${leaves ? ' that is answered after the client left' : ''}, on ${framework}`, async () => {
        const { told, countIf, used, routes } = watching()
        const begun: ServerResponse[] = []
        const app = limitedOn(framework, {
          limit: { policies, key: () => 'client', countIf },
          routes: routes({
            '/': async (_request, response) => {
              begun.push(response)
              if (leaves) await once(begun[0]!, 'close')
              response.statusCode = 401
              response.end('x')
            },
          }),
        })
        await serve(...app, async (served) => {
          const { leave } = await connected(served, GET.repeat(3))
          await expect.poll(() => begun, PATIENT).toHaveLength(3)
          if (leaves) leave()
          const each = [401, undefined]
          await expect.poll(() => told, PATIENT).toEqual([each, each, each])
          expect(await used()).toBe(0)
        })
      })
    }
  }
})

describe('M15: countIf of a client that leaves', () => {
  onThese(
    'M15: is told the error of a body that was cut short, as the log is',
    expressApps((app, options) => {
      const told: unknown[] = []
      app.get('/told', (_request, response) => void response.json(told))
      app.use(
        expressFace.rateLimit({
          policies,
          key: () => `request ${told.push('begun')}`,
          countIf: ({ status, code }) => told.push([status, code]) > 0,
        }),
      )
      app.use(express.json() as RequestHandler)
      app.use(expressFace.errorHandler(options))
    }),
    async (served) => {
      const head =
        'POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n'
      const { leave } = await connected(served, `${head}{"a":`)
      const told = async (): Promise<string> =>
        (await sendTo(served, { path: '/told' })).split('\r\n\r\n')[1]!
      await expect.poll(told, PATIENT).toBe('["begun"]')
      leave()
      await expect.poll(told, PATIENT).toBe('["begun",[499,400]]')
    },
  )

  onLimited(
    'M15: counts where the app ends the connection and answers nothing',
    {
      limit: { policies, key: () => 'client', countIf: () => false, skip: ({ path }) => path === '/used' },
      routes: (limiter) => ({
        '/': (_request, response) => {
          response.destroy()
          // Koa would answer.
          return new Promise(() => {})
        },
        '/used': async (_request, response) => {
          response.statusCode = 200
          response.end(String(await usedOf(limiter as Limiter<never>)))
        },
      }),
    },
    async (served) => {
      await sendTo(served).catch(() => {})
      expect(await sendTo(served, { path: '/used' })).toMatch(/\r\n1$/)
    },
  )

  for (const [name, Version] of koas) {
    test(`M15: waits for the answer of an app that told ${name} to leave it alone`, async () => {
      const { told, countIf } = watching()
      let begun = false
      const app = new Version()
      app.use(koaFace.rateLimit({ policies, key: () => 'client', countIf }))
      app.use(async (context) => {
        context.respond = false
        begun = true
        await once(context.res, 'close')
        setImmediate(() => {
          context.res.statusCode = 401
          context.res.end()
        })
      })
      await serve(
        name,
        () => koaCallback(app),
        async (served) => {
          const { leave } = await connected(served, GET)
          await expect.poll(() => begun, PATIENT).toBe(true)
          leave()
          await expect.poll(() => told, PATIENT).toEqual([[401, undefined]])
        },
      )
    })
  }
})

type Listener = (request: object, response: ServerResponse) => void

interface Http2Setup {
  readonly told: unknown[]
  readonly waits: boolean
  readonly answer: (response: ServerResponse) => unknown
}

/** Express itself does not run over HTTP/2; its limiter does, called with what node:http2 gives. */
const overHttp2: Readonly<Record<string, (setup: Http2Setup) => Listener>> = {
  "Express's limiter": ({ told, waits, answer }) => {
    const limiter = expressFace.rateLimit(optionsOf(told, waits))
    return (request, response) => limiter(request as never, response, () => void answer(response))
  },
  ...Object.fromEntries(
    koas.map(([name, Version]) => [
      name,
      ({ told, waits, answer }: Http2Setup) => {
        const app = new Version()
        app.use(koaFace.rateLimit(optionsOf(told, waits)))
        app.use(async (context) => {
          context.respond = false
          await answer(context.res)
        })
        return koaCallback(app) as never
      },
    ]),
  ),
}

/** What was told, where a request is being counted. */
const begun = new WeakSet<unknown[]>()

function optionsOf(told: unknown[], waits: boolean) {
  return {
    policies,
    timeout: '10s' as const,
    key: async (request: unknown): Promise<string> => {
      const response = responseOf(request) ?? (request as { stream: object }).stream
      begun.add(told)
      if (waits) await once(response, 'close')
      return 'client'
    },
    countIf: ({ status, code }: AnsweredRequest<unknown>): boolean => {
      told.push([status, code])
      return false
    },
  }
}

for (const [name, wrap] of Object.entries(overHttp2)) {
  for (const waits of [false, true]) {
    for (const how of ['writeHead', 'statusCode'] as const) {
      test(`M15: countIf over HTTP/2 is told ${how} of ${name} ${waits ? 'that a client left before it was counted' : 'that a client did not wait for'}`, async () => {
        const told: unknown[] = []
        const answer = async (response: ServerResponse): Promise<void> => {
          if (!waits) await once(response, 'close')
          if (how === 'writeHead') response.writeHead(401)
          else response.statusCode = 401
          response.end('x')
        }
        const server = createServer(wrap({ told, waits, answer }) as never)
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        const client = connect2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
        client.on('error', () => {})
        try {
          const stream = client.request({ ':path': '/' })
          stream.on('error', () => {})
          await expect.poll(() => begun.has(told), PATIENT).toBe(true)
          stream.close(constants.NGHTTP2_CANCEL)
          await expect.poll(() => told, PATIENT).toEqual([[401, undefined]])
        } finally {
          client.destroy()
          server.close()
        }
      })
    }
  }
}
