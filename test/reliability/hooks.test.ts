import { execFile } from 'node:child_process'
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { RequestListener, ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as expressFace from '../../src/adapters/express/index.ts'
import * as koaFace from '../../src/adapters/koa/index.ts'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { expresses, frameworks, koaCallback, koas, listen, type Route } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'

type Options = HandlerOptions

const silent = { error: () => {} }
const taken = new BizError(1006)
const fail = (): never => {
  throw taken
}

const failLater = async (): Promise<never> => {
  await wait(1)
  return fail()
}
const failMidway: Route = (_request, response) => {
  response.write('part')
  fail()
}

/** The raw response, by Express's request or Koa's context. */
function responseOf(request: unknown): ServerResponse {
  return (request as { readonly res: ServerResponse }).res
}

/** Sends requests to a server while it runs, and waits until so many events were noted. */
async function whileServing(
  listener: RequestListener,
  noted: readonly unknown[],
  count: number,
  paths: readonly string[] = ['/'],
): Promise<readonly string[]> {
  const { port, server } = await listen(listener)
  try {
    const answers = await Promise.all(paths.map((path) => send(port, { path })))
    await expect.poll(() => noted.length, { interval: 5 }).toBe(count)
    // What is told twice is told soon after.
    await wait(10)
    expect(noted).toHaveLength(count)
    return answers
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

for (const { name, listener } of frameworks) {
  describe(`hooks on ${name}`, () => {
    test('Q06: onAnswer is told, before anything is written, all that onReport is told but for the delivery', async () => {
      const noted: unknown[] = []
      const options: Options = {
        logger: silent,
        onAnswer: (...told) => noted.push(['answer', ...told, responseOf(told[1]).headersSent]),
        onReport: (...told) => noted.push(['report', ...told, responseOf(told[1]).headersSent]),
      }
      await whileServing(listener({ options, routes: { '/': fail } }), noted, 2)
      const [[, answer, request] = [], [, report] = []] = noted as [string, object, object][]
      expect(noted).toEqual([
        ['answer', answer, request, false],
        ['report', { ...answer, sent: true, clientGone: false }, request, true],
      ])
      expect(answer).toMatchObject({ code: 1006, status: 409, error: taken })
      expect([answer, report].map(Object.isFrozen)).toEqual([true, true])
    })

    test('Q06: onAnswer is told of an answer that can no longer be written', async () => {
      const noted: unknown[] = []
      const options: Options = {
        logger: silent,
        onAnswer: ({ status }) => noted.push(status),
        onReport: ({ sent, clientGone }) => noted.push([sent, clientGone]),
      }
      await whileServing(listener({ options, routes: { '/': failMidway } }), noted, 2)
      expect(noted).toEqual([409, [false, false]])
    })

    test('Q06: what onAnswer sets on the response is there when it is finished', async () => {
      const noted: unknown[] = []
      const watched: Route = (_request, response) => {
        response.once('finish', () => noted.push((response as { err?: unknown }).err))
        fail()
      }
      const options: Options = {
        logger: silent,
        onAnswer: ({ error }, request) => Object.assign(responseOf(request), { err: error }),
      }
      await whileServing(listener({ options, routes: { '/': watched } }), noted, 1)
      expect(noted).toEqual([taken])
    })

    test('Q06: both channels are told what the hooks are told, as long as somebody listens', async () => {
      const noted: unknown[] = []
      const hear = (message: unknown, channel: string | symbol): unknown => noted.push([channel, message])
      const unheard = listener({ options: { logger: silent }, routes: { '/': fail } })
      subscribe('bizerror.answer', hear)
      subscribe('bizerror.report', hear)
      try {
        await whileServing(unheard, noted, 2)
      } finally {
        unsubscribe('bizerror.answer', hear)
        unsubscribe('bizerror.report', hear)
      }
      const answer: unknown = expect.objectContaining({ code: 1006, status: 409, error: taken })
      const report: unknown = expect.objectContaining({ code: 1006, sent: true, clientGone: false })
      expect(noted).toEqual([
        ['bizerror.answer', answer],
        ['bizerror.report', report],
      ])
      await whileServing(unheard, noted, 2)
    })
  })
}

/** Everybody who is told of an error, and notes what `look` finds. */
function noting(look: () => unknown): { readonly noted: unknown[]; readonly options: Options } {
  const noted: unknown[] = []
  const note = (who: string) => (): unknown => noted.push([who, look()])
  const logger = { error: note('logger'), info: note('logger'), warn: note('logger') }
  return { noted, options: { logger, onAnswer: note('onAnswer'), onReport: note('onReport') } }
}

describe('the context of a request', () => {
  const context = new AsyncLocalStorage<string>()
  /** Opened by middleware, and not around the server, whose responses are closed outside of it. */
  const open = (url: string | undefined, next: () => unknown): unknown => context.run(url!, next)
  const apps: Readonly<Record<string, (options: Options) => RequestListener>> = Object.fromEntries([
    ...expresses.map(([name, create]) => [
      name,
      (options: Options) => {
        const app = create()
        app.use((request, _response, next) => open(request.url, next))
        app.use(expressFace.asyncHandler(failLater))
        app.use(expressFace.errorHandler(options))
        return app
      },
    ]),
    ...koas.map(([name, Version]) => [
      name,
      (options: Options) => {
        const app = new Version()
        app.use((ctx, next) => open(ctx.url, next))
        app.use(koaFace.errorHandler(options))
        app.use(failLater)
        return koaCallback(app)
      },
    ]),
  ])
  const paths = ['/1', '/2', '/3']
  for (const [name, appOf] of Object.entries(apps)) {
    test(`Q06: is there for logger and hooks, for each of several requests at once, on ${name}`, async () => {
      const { noted, options } = noting(() => context.getStore())
      await whileServing(appOf(options), noted, 9, paths)
      for (const path of paths) {
        expect(noted.filter((note) => String(note).endsWith(path))).toEqual(
          ['onAnswer', 'onReport', 'logger'].map((who) => [who, path]),
        )
      }
    })
  }

  for (const [name, Version] of koas) {
    test(`Q06: is there when a stream fails midway, on ${name}`, async () => {
      const { noted, options } = noting(() => context.getStore())
      const app = new Version()
      app.use((ctx, next) => open(ctx.url, next))
      app.use(koaFace.errorHandler(options))
      app.use((ctx) => {
        const body = new PassThrough()
        body.write('part')
        setTimeout(() => body.destroy(taken), 20)
        ctx.body = body
      })
      await whileServing(koaCallback(app), noted, 3)
      expect(noted).toEqual(['onAnswer', 'onReport', 'logger'].map((who) => [who, '/']))
    })

    // Koa 2.13 does not have it yet.
    if (!('currentContext' in Version.prototype)) continue
    test(`Q06: app.currentContext is the context of the request, on ${name}`, async () => {
      const app = new Version({ asyncLocalStorage: true })
      const { noted, options } = noting(() => app.currentContext?.url)
      app.use(koaFace.errorHandler(options))
      app.use(failLater)
      await whileServing(koaCallback(app), noted, 3, ['/1'])
      expect(noted).toEqual(['onAnswer', 'onReport', 'logger'].map((who) => [who, '/1']))
    })
  }
})

test('Q06: logger, hooks and channels find the span of OpenTelemetry active and open, on every framework', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    'test/reliability/traced-process.ts',
  ])
  const heard = ['answers', 'logger', 'onAnswer', 'onReport', 'reports'].map((who) => `heard.${who}`)
  expect(stdout.trim().split('\n')).toEqual(
    frameworks.flatMap(({ name }) =>
      ['/throws', '/rejects', '/nowhere'].map((path) => [name, path, ...heard].join(' ')),
    ),
  )
})
