import { once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import createError from 'http-errors'
import type Koa from 'koa'
import { describe, expect, test, vi } from 'vitest'
import { errorHandler } from '../../src/adapters/koa/index.ts'
import { BizError, catalog } from '../../src/catalogs/cloud-waf.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { koaCallback, koas, listen } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { escaping } from '../support/served.ts'

type Handle = (context: Koa.Context) => unknown

interface Setup {
  readonly Version: typeof Koa
  readonly handle: Handle
  readonly options?: HandlerOptions<Catalog, Koa.Context>
  /** Does something with the app after `callback()`. */
  readonly late?: (app: Koa) => void
}

/** Sends a request to an app under our handler, or to plain Koa; waits until what follows the answer has been told. */
async function answerOf(app: Koa, { handle, options, late }: Setup, isPlain = false): Promise<string> {
  if (!isPlain)
    app.use(errorHandler<Catalog, Koa.Context>({ catalog, logger: { error: () => {} }, ...options }))
  app.use(handle)
  const { port, server } = await listen(koaCallback(app))
  late?.(app)
  try {
    const answer = await send(port, { path: '/', headers: { 'X-Request-ID': 'probe-1' } })
    await wait(20)
    return answer
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

function throwing(thrown: unknown): Handle {
  return () => {
    throw thrown
  }
}

/** What an app's own listener hears of one request. */
async function heardBy(setup: Setup, isPlain = false): Promise<readonly unknown[][]> {
  const heard: unknown[][] = []
  const app = new setup.Version()
  app.on('error', (...told: unknown[]) => heard.push(told))
  await answerOf(app, setup, isPlain)
  return heard
}

const fault = new Error('boom')
const internal = '{"code":500,"message":"Internal server error"}'

for (const [name, Version] of koas) {
  describe(`app.on('error') on ${name}`, () => {
    test("Q07: hears the server's fault once, after the answer, with the context", async () => {
      const app = new Version()
      const heard: unknown[][] = []
      app.on('error', (error: unknown, context: Koa.Context) =>
        heard.push([error, context.path, context.res.writableFinished]),
      )
      const answer = await answerOf(app, { Version, handle: throwing(fault) })
      expect(answer).toContain(internal)
      expect(heard).toEqual([[fault, '/', true]])
    })

    test('Q07: hears of a socket that the app itself destroys with an error', async () => {
      const own = new Error('of the app')
      const heard = await heardBy({
        Version,
        handle: (context) => void context.socket.destroy(own),
      }).catch((error: unknown) => error)
      expect(heard).toEqual([[own, expect.anything()]])
    })

    const unheard: readonly (readonly [what: string, handle: Handle])[] = [
      ['a BizError of 4xx', throwing(new BizError(1006))],
      ["another library's 4xx", throwing(createError(404))],
      ['a request that nothing answers', () => undefined],
      ['a success', (context) => void (context.body = 'fine')],
    ]
    for (const [what, handle] of unheard) {
      test(`Q07: hears nothing of ${what}`, async () => {
        expect(await heardBy({ Version, handle })).toEqual([])
      })
    }

    const faults: readonly (readonly [what: string, handle: Handle, error: unknown])[] = [
      ['a BizError of 5xx', throwing(new BizError(500)), expect.objectContaining({ code: 500 })],
      ['a code that the catalog does not have', throwing(new BizError(1 as 1006)), expect.any(BizError)],
      [
        'a response that is cut off for a 4xx',
        (context) => {
          context.res.write('part')
          throw fault
        },
        fault,
      ],
      [
        'a stream that fails midway',
        (context) => {
          const body = new PassThrough()
          body.write('part')
          setTimeout(() => body.destroy(fault), 10)
          context.body = body
        },
        fault,
      ],
      [
        'an app that answers by itself',
        (context) => {
          context.respond = false
          throw fault
        },
        fault,
      ],
    ]
    for (const [what, handle, error] of faults) {
      test(`Q07: hears once of ${what}`, async () => {
        expect(await heardBy({ Version, handle })).toEqual([[error, expect.objectContaining({ path: '/' })]])
      })
    }

    test('Q07: hears nothing of a client that left', async () => {
      const app = new Version()
      const heard: unknown[] = []
      const reported: boolean[] = []
      app.on('error', (error) => heard.push(error))
      app.use(
        errorHandler({
          logger: { error: () => {} },
          onReport: ({ clientGone }) => reported.push(clientGone),
        }),
      )
      app.use(async ({ res }) => {
        await once(res, 'close')
        throw fault
      })
      const { port, server } = await listen(koaCallback(app))
      const socket = connect(port, '127.0.0.1', () => socket.end('GET / HTTP/1.1\r\nHost: test\r\n\r\n'))
      socket.once('connect', () => setTimeout(() => socket.destroy(), 20))
      await expect.poll(() => reported, { interval: 5 }).toEqual([true])
      server.close()
      expect(heard).toEqual([])
    })

    const thrown: Readonly<Record<string, unknown>> = {
      'a text': 'boom',
      'an object': { a: 1, b: [true, null], c: undefined, d: new Date(0) },
      'an array': [1],
      'a function': throwing,
      'a Symbol': Symbol('s'),
      'a number': 7,
      'an empty text': '',
      'an Error of another realm': runInNewContext('new TypeError("boom")'),
      'an Error': fault,
    }
    for (const [what, value] of Object.entries(thrown)) {
      test(`Q07: hears ${what} as plain Koa tells it`, async () => {
        const [koas, ours] = await Promise.all(
          [true, false].map(async (isPlain) => {
            const messages: string[] = []
            const app = new Version()
            app.on('error', ({ message }: Error) => messages.push(message))
            await answerOf(app, { Version, handle: throwing(value) }, isPlain)
            return messages
          }),
        )
        expect([koas!.length, ours]).toEqual([1, koas])
      })
    }

    const cyclic: { self?: unknown } = {}
    cyclic.self = cyclic
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const beyondKoa: readonly (readonly [what: string, value: unknown, message: string])[] = [
      ['null', null, 'non-error thrown: null'],
      ['undefined', undefined, 'non-error thrown: undefined'],
      ['a BigInt', 7n, 'non-error thrown: "7"'],
      ['a cycle', cyclic, 'non-error thrown: {"self":"[Circular]"}'],
      ['a revoked Proxy', proxy, 'non-error thrown: "[Unreadable]"'],
    ]
    for (const [what, value, message] of beyondKoa) {
      test(`Q07: hears ${what} as an Error, where plain Koa fails or is silent`, async () => {
        const [[error] = []] = await heardBy({ Version, handle: throwing(value) })
        expect(error).toEqual(new Error(message))
      })
    }

    test("Q07: is not there for Koa's own listener, which would print what was logged", async () => {
      const printed = vi.spyOn(console, 'error').mockReturnValue()
      const heard: unknown[] = []
      await answerOf(new Version(), { Version, handle: throwing(fault) })
      await answerOf(new Version(), {
        Version,
        handle: throwing(fault),
        late: (app) => app.on('error', (error) => heard.push(error)),
      })
      const calls = [...printed.mock.calls]
      printed.mockRestore()
      expect([calls, heard]).toEqual([[], [fault]])
    })

    test('Q07: is there for an onerror of the app or its class', async () => {
      const heard: unknown[] = []
      class App extends Version {
        override onerror(error: Error): void {
          heard.push(error)
        }
      }
      await answerOf(new App(), { Version, handle: throwing(fault) })
      const app = new Version()
      app.onerror = (error) => heard.push(error)
      await answerOf(app, { Version, handle: throwing(fault) })
      expect(heard).toEqual([fault, fault])
    })

    test('Q07: tells a listener that was added with once a single time', async () => {
      const app = new Version()
      const heard = once(app, 'error')
      await answerOf(app, { Version, handle: throwing(fault) })
      expect(await heard).toEqual([fault, expect.objectContaining({ path: '/' })])
      expect(app.listenerCount('error')).toBe(0)
    })

    test('Q07: a listener that throws or rejects changes nothing, for the client, the others or the process', async () => {
      const app = new Version()
      const heard: unknown[] = []
      const escaped = await escaping(async () => {
        app.on('error', () => {
          throw new Error('a listener')
        })
        // oxlint-disable-next-line typescript/no-misused-promises -- what is tested
        app.on('error', () => Promise.reject(new Error('a listener')))
        app.on('error', (error) => heard.push(error))
        expect(await answerOf(app, { Version, handle: throwing(fault) })).toContain(internal)
      })
      expect([heard, escaped]).toEqual([[fault], []])
    })
  })
}
