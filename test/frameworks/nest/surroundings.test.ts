import { AsyncLocalStorage } from 'node:async_hooks'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  Catch,
  Controller,
  Get,
  HttpCode,
  HttpException,
  Module,
  Redirect,
  Req,
  Version,
  VersioningType,
  type ExceptionFilter,
  type INestApplication,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { expect, test } from 'vitest'
import { frameworkErrors, genReqId } from '../../../src/adapters/fastify/index.ts'
import {
  BizErrorsFilter,
  BizErrorsModule,
  nestLogger,
  requestIdOf,
} from '../../../src/adapters/nest/index.ts'
import { readAnswer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf } from '../../support/stacks.ts'
import { conflict, onBoth, platforms, running, type Setup } from './apps.ts'

const silent = { error: () => {} }

@Controller()
class Orders {
  @Get('orders')
  find(): never {
    throw conflict()
  }

  @Get('fine')
  @HttpCode(202)
  fine(): object {
    return { fine: true }
  }

  @Get('moved')
  @Redirect('/fine', 301)
  moved(): void {}

  @Get('versioned')
  @Version('2')
  versioned(): never {
    throw conflict()
  }
}

const badJson = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a' }

test.each(platforms)('a testing module on %s answers as the app does', async (platform) => {
  const module = await Test.createTestingModule({
    imports: [BizErrorsModule.forRoot({ catalog: conditionCatalog, logger: silent, reference: {} })],
    controllers: [Orders],
  }).compile()
  const app = module.createNestApplication(
    platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter(),
    { logger: false },
  )
  await app.listen(0, '127.0.0.1')
  const url = await app.getUrl()
  try {
    const taken = await fetch(`${url}/orders`, { headers: { 'X-Request-ID': 't-1' } })
    expect(taken.headers.get('x-request-id')).toBe('t-1')
    expect(await readAnswer(taken)).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(await readAnswer(await fetch(url, badJson))).toMatchObject({ body: { code: 'malformed-body' } })
    const fine = await fetch(`${url}/fine`, { headers: { 'X-Request-ID': 't-1' } })
    expect([fine.status, fine.headers.get('x-request-id')]).toEqual([202, 't-1'])
    expect((await fetch(`${url}/errors`)).status).toBe(200)
  } finally {
    await app.close()
  }
})

test('Fastify without @fastify/middie, with ids and errors of bizerror/fastify', async () => {
  const options = { catalog: conditionCatalog, logger: silent }
  const adapter = new FastifyAdapter({
    skipMiddie: true,
    frameworkErrors: frameworkErrors(options) as never,
    genReqId: genReqId(),
  })
  const setup = { adapter, controllers: [Orders], options: { reference: {} } }
  await running('Fastify', setup, async ({ ask }) => {
    const taken = await ask('/orders')
    expect(taken.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    expect(await readAnswer(taken)).toEqual(answerOf('conflict'))
    expect(await readAnswer(await ask('/orders/%FF'))).toEqual(answerOf('malformed-request'))
    expect((await ask('/errors')).status).toBe(200)
  })
})

test("the id of the app's own genReqId on Fastify is that of the request, with the filter alone, too", async () => {
  const seen: string[] = []
  @Controller()
  class Ids {
    @Get()
    find(@Req() request: object): never {
      seen.push(requestIdOf(request))
      throw new Error('hunter2')
    }
  }
  const adapter = new FastifyAdapter({ genReqId: () => 'own-1' })
  const setup: Setup = {
    adapter,
    modules: [],
    controllers: [Ids],
    main: (app, recording) =>
      app.useGlobalFilters(new BizErrorsFilter({ catalog: conditionCatalog, ...recording })),
  }
  await running('Fastify', setup, async ({ ask, reports, reported }) => {
    const { headers } = await ask('/', { headers: { 'X-Request-ID': 't-1' } })
    await reported(1)
    expect([headers.get('x-request-id'), ...seen, reports[0]!.requestId]).toEqual(['own-1', 'own-1', 'own-1'])
  })
})

test('nestLogger hands records on to any logger of Nest', () => {
  const lines: unknown[] = []
  const logger = nestLogger({ error: (line) => lines.push(line), warn: (line) => lines.push(line) })
  logger.error({ status: 500, route: undefined }, 'failed')
  logger.warn({}, 'look')
  expect(lines).toEqual([{ msg: 'failed', status: 500 }, { msg: 'look' }])
})

function versioned(app: INestApplication): unknown {
  return app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' })
}

onBoth((platform) => {
  test('successes and redirects stay as they are', async () => {
    await running(platform, { controllers: [Orders] }, async ({ ask, reports }) => {
      const fine = await ask('/fine')
      expect([fine.status, await fine.json()]).toEqual([202, { fine: true }])
      const moved = await ask('/moved', { redirect: 'manual' })
      expect([moved.status, moved.headers.get('location')]).toEqual([301, '/fine'])
      expect(reports).toEqual([])
    })
  })

  test('a filter of the app goes before ours for what it catches, and may hand on', async () => {
    @Catch(HttpException)
    class OwnFilter extends BizErrorsFilter implements ExceptionFilter {
      override catch(exception: unknown, host: Parameters<BizErrorsFilter['catch']>[1]): unknown {
        // oxlint-disable-next-line promise/valid-params
        return super.catch(new HttpException('other', 410, { cause: exception }), host)
      }
    }
    const providers = [
      { provide: APP_FILTER, useFactory: () => new OwnFilter({ catalog: conditionCatalog, logger: silent }) },
    ]
    await running(platform, { controllers: [Orders], providers }, async ({ ask }) => {
      expect(await readAnswer(await ask('/orders'))).toEqual(answerOf('conflict'))
      expect((await ask('/nowhere')).status).toBe(410)
      // Not what a parser threw: another exception was made of it.
      expect((await ask('/', badJson)).status).toBe(410)
    })
  })

  test('a version that there is not is a 404', async () => {
    await running(platform, { controllers: [Orders], main: versioned }, async ({ ask }) => {
      const ofVersion = (version: string): Promise<Response> =>
        ask('/versioned', { headers: { 'X-Version': version } })
      expect(await readAnswer(await ofVersion('2'))).toEqual(answerOf('conflict'))
      expect(await readAnswer(await ofVersion('3'))).toEqual(answerOf('not-found'))
    })
  })

  test('hooks run in the context of the request', async () => {
    const storage = new AsyncLocalStorage<string>()
    const seen: unknown[] = []
    @Module({})
    class Context implements NestModule {
      configure(consumer: MiddlewareConsumer): void {
        consumer
          .apply((_request: unknown, _response: unknown, next: () => void) => storage.run('here', next))
          .forRoutes('*')
      }
    }
    const options = {
      onAnswer: () => seen.push(['answer', storage.getStore()]),
      onReport: () => seen.push(['report', storage.getStore()]),
    }
    await running(platform, { controllers: [Orders], imports: [Context], options }, async ({ ask }) => {
      await (await ask('/orders')).text()
      await expect
        .poll(() => seen)
        .toEqual([
          ['answer', 'here'],
          ['report', 'here'],
        ])
    })
  })

  test('two modules of one app, as a library brings one, answer once', async () => {
    const modules = [
      BizErrorsModule.forRoot({ catalog: conditionCatalog, logger: silent }),
      BizErrorsModule.forRoot({
        catalog: conditionCatalog,
        logger: silent,
        requestId: { header: 'X-Trace' },
      }),
    ]
    await running(platform, { controllers: [Orders], modules }, async ({ ask }) => {
      expect(await readAnswer(await ask('/orders'))).toEqual(answerOf('conflict'))
      expect(await readAnswer(await ask('/', badJson))).toEqual(answerOf('malformed-body'))
    })
  })

  test('requests at once get each their own answer', async () => {
    await running(platform, { controllers: [Orders] }, async ({ app, ask }) => {
      const asked = Array.from({ length: 60 }, async (_, index) => {
        const id = `id-${index}`
        const path = ['/orders', '/nowhere', '/']
        const init = index % 3 === 2 ? badJson : {}
        const response = await ask(path[index % 3]!, {
          ...init,
          headers: { ...(index % 3 === 2 && badJson.headers), 'X-Request-ID': id },
        })
        const { code } = (await response.json()) as { code: string }
        return [response.headers.get('x-request-id') === id, code]
      })
      const codes = ['conflict', 'not-found', 'malformed-body']
      expect(await Promise.all(asked)).toEqual(asked.map((_, index) => [true, codes[index % 3]]))
      expect(((app.getHttpServer() as Server).address() as AddressInfo).port).toBeGreaterThan(0)
    })
  })
})
