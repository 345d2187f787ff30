import './node-path.ts'
import type { Server } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import {
  BadRequestException,
  Catch,
  Controller,
  ParseIntPipe,
  UseFilters,
  UseGuards,
  type DynamicModule,
  type INestApplication,
  type INestMicroservice,
  type RpcExceptionFilter,
} from '@nestjs/common'
import { APP_FILTER, ExternalContextCreator, NestFactory } from '@nestjs/core'
import {
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  Payload,
  RpcException,
  Transport,
  type ClientProxy,
} from '@nestjs/microservices'
import { IoAdapter } from '@nestjs/platform-socket.io'
import { WsAdapter } from '@nestjs/platform-ws'
import { MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets'
import { firstValueFrom, throwError, type Observable } from 'rxjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { BizErrorsFilter, BizErrorsModule, rateLimit } from '../../../src/adapters/nest/index.ts'
import { defineCatalog, describeError } from '../../../src/index.ts'
import { exchange } from '../../support/raw.ts'
import { recorder } from '../../support/served.ts'

const shop = defineCatalog({
  name: 'shop',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    INVALID: { status: 400, message: 'Invalid' },
    INTERNAL: { status: 500, message: 'Something went wrong on our side' },
  },
  foreign: { byStatus: { 400: 'INVALID', 500: 'INTERNAL' } },
  locales: { de: { shop: { SOLD_OUT: { message: 'Nur noch {{left}} da' } } } },
})
const secret = 'hunter2'

function soldOut(): Error {
  return shop.errors.SOLD_OUT({ params: { left: 3 } })
}

const told = describeError(soldOut())
const internal = describeError(new Error(secret), { catalog: shop })
const invalid = describeError(new BadRequestException(), { catalog: shop })

function fail(error: unknown = soldOut()): never {
  throw error
}

class Root {
  readonly isRoot = true
}

class OwnError extends Error {}

@Catch(OwnError)
class OwnFilter implements RpcExceptionFilter {
  catch(): Observable<never> {
    return throwError(() => 'own')
  }
}

@Controller()
class Stock {
  readonly seen: unknown[] = []

  @MessagePattern('sold-out')
  soldOut(): never {
    return fail()
  }

  @MessagePattern('observable')
  observable(): object {
    return throwError(soldOut)
  }

  @MessagePattern('unforeseen')
  unforeseen(): never {
    return fail(new Error(secret))
  }

  @MessagePattern('exception')
  exception(): never {
    return fail(new RpcException(soldOut()))
  }

  @MessagePattern('text')
  text(): never {
    return fail(new RpcException(secret))
  }

  @MessagePattern({ cmd: 'pipe' })
  pipe(@Payload(ParseIntPipe) id: number): number {
    return id
  }

  @EventPattern('happened')
  happened(): never {
    return fail(new Error(secret))
  }

  @MessagePattern('own')
  own(): never {
    return fail(new OwnError())
  }

  @MessagePattern('fine')
  fine(): string {
    return 'fine'
  }
}

describe('a microservice over TCP', () => {
  const { options, log, reports } = recorder()
  let service: INestMicroservice
  let client: ClientProxy
  const root: DynamicModule = {
    module: Root,
    imports: [BizErrorsModule.forRoot({ catalog: shop, ...options, locale: () => fail(new Error('asked')) })],
    controllers: [Stock],
    providers: [{ provide: APP_FILTER, useClass: OwnFilter }],
  }

  beforeAll(async () => {
    service = await NestFactory.createMicroservice(root, {
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: 0 },
      logger: false,
      abortOnError: false,
    })
    await service.listen()
    const { port } = service.unwrap<NetServer>().address() as AddressInfo
    client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } })
  })
  afterAll(async () => {
    await client.close()
    await service.close()
  })

  async function answerTo(pattern: unknown, data: unknown = ''): Promise<unknown> {
    return firstValueFrom(client.send<unknown, unknown>(pattern, data)).then(
      (value) => ({ value }),
      (error: unknown) => error,
    )
  }

  test.each([
    ['a BizError', 'sold-out', told],
    ['a BizError of an observable', 'observable', told],
    ['a BizError in an RpcException', 'exception', told],
    ['an error that nobody foresaw', 'unforeseen', internal],
    ['an RpcException with a text', 'text', internal],
    ['what a pipe refuses', { cmd: 'pipe' }, invalid],
  ])('the client is told what %s is', async (_what, pattern, expected) => {
    expect(await answerTo(pattern, 'x')).toEqual(expected)
  })

  test('a filter of the app goes before ours for what it catches', async () => {
    expect(await answerTo('own')).toBe('own')
  })

  test('the log has what was thrown, and where', async () => {
    log.length = 0
    reports.length = 0
    await answerTo('unforeseen')
    expect(
      log.map(([level, record, message]) => [level, record['method'], record['route'], message]),
    ).toEqual([['error', 'rpc', 'unforeseen', secret]])
    expect(reports.map(({ status, sent, key }) => [status, sent, key])).toEqual([[500, true, 'INTERNAL']])
  })

  test('an event that fails is logged, though nobody is told', async () => {
    log.length = 0
    await firstValueFrom(client.emit('happened', ''), { defaultValue: undefined })
    expect(await answerTo('fine')).toEqual({ value: 'fine' })
    await expect.poll(() => log.map(([level, , message]) => [level, message])).toEqual([['error', secret]])
  })
})

/** A gateway, which takes no global filters: https://docs.nestjs.com/websockets/exception-filters */
@WebSocketGateway()
@UseFilters(BizErrorsFilter)
class StockGateway {
  @SubscribeMessage('sold-out')
  soldOut(): never {
    return fail()
  }

  @SubscribeMessage('unforeseen')
  unforeseen(): never {
    return fail(new Error(secret))
  }

  @SubscribeMessage('exception')
  exception(): never {
    return fail(new WsException(soldOut()))
  }

  @SubscribeMessage('observable')
  observable(): object {
    return throwError(soldOut)
  }

  @SubscribeMessage('pipe')
  pipe(@MessageBody(ParseIntPipe) id: number): number {
    return id
  }

  @UseGuards({ canActivate: () => fail() })
  @SubscribeMessage('guarded')
  guarded(): string {
    return 'never'
  }
}

/** An app with the gateway, on Express. */
async function startGateway(
  adapter: (app: INestApplication) => IoAdapter | WsAdapter,
  options: ReturnType<typeof recorder>['options'],
): Promise<{ readonly app: INestApplication; readonly port: number }> {
  const app = await NestFactory.create(
    {
      module: Root,
      imports: [BizErrorsModule.forRoot({ catalog: shop, ...options })],
      providers: [StockGateway],
    },
    { logger: false, abortOnError: false },
  )
  app.useWebSocketAdapter(adapter(app))
  await app.listen(0, '127.0.0.1')
  return { app, port: ((app.getHttpServer() as Server).address() as AddressInfo).port }
}

const events: readonly (readonly [event: string, data: unknown, expected: object])[] = [
  ['sold-out', '', told],
  ['observable', '', told],
  ['exception', '', told],
  ['guarded', '', told],
  ['unforeseen', '', internal],
  ['pipe', 'x', invalid],
]

describe('a gateway on ws', () => {
  const { options, log } = recorder()
  let app: INestApplication
  let socket: WebSocket
  const answers: unknown[] = []

  beforeAll(async () => {
    const started = await startGateway((made) => new WsAdapter(made), options)
    ;({ app } = started)
    socket = new WebSocket(`ws://127.0.0.1:${started.port}`)
    socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString('utf8'))))
    await new Promise((resolve) => socket.once('open', resolve))
  })
  afterAll(async () => {
    socket.terminate()
    await app.close()
  })

  test.each(events)('the client is told of %s', async (event, data, expected) => {
    answers.length = 0
    log.length = 0
    socket.send(JSON.stringify({ event, data }))
    await expect.poll(() => answers).toEqual([{ event: 'exception', data: expected }])
    expect(log.map(([, record]) => [record['method'], record['route']])).toEqual([['ws', event]])
  })

  test('a client that has left is told nothing, and the log has it all the same', async () => {
    const other = new WebSocket(socket.url)
    await new Promise((resolve) => other.once('open', resolve))
    log.length = 0
    other.send(JSON.stringify({ event: 'unforeseen', data: '' }))
    other.terminate()
    await expect.poll(() => log.map(([level, , message]) => [level, message])).toEqual([['error', secret]])
  })
})

describe('a gateway on socket.io', () => {
  const { options, log } = recorder()
  let app: INestApplication
  let port: number

  beforeAll(async () => {
    ;({ app, port } = await startGateway((made) => new IoAdapter(made), options))
  })
  afterAll(() => app.close())

  /** Socket.IO's protocol over WebSocket: https://socket.io/docs/v4/engine-io-protocol/ */
  async function answerTo(event: string, data: unknown, language: string): Promise<unknown> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      headers: { 'Accept-Language': language },
    })
    try {
      return await new Promise((resolve, reject) => {
        socket.on('error', reject)
        socket.on('message', (packet: Buffer) => {
          const text = packet.toString('utf8')
          if (text.startsWith('0')) socket.send('40')
          else if (text.startsWith('40')) socket.send(`42${JSON.stringify([event, data])}`)
          else if (text.startsWith('42')) resolve(JSON.parse(text.slice(2)))
        })
      })
    } finally {
      socket.terminate()
    }
  }

  test.each(events)('the client is told of %s', async (event, data, expected) => {
    log.length = 0
    expect(await answerTo(event, data, 'en')).toEqual(['exception', expected])
    expect(log.map(([, record]) => [record['method'], record['route']])).toEqual([['ws', event]])
  })

  test('in the language of its handshake', async () => {
    log.length = 0
    expect(await answerTo('sold-out', '', 'de-AT, en;q=0.5')).toMatchObject([
      'exception',
      { message: 'Nur noch 3 da', locale: 'de' },
    ])
    expect(log).toMatchObject([['info', { locale: 'de' }, 'Only 3 left']])
  })
})

describe('a resolver of GraphQL', () => {
  class Products {
    find(): never {
      return fail()
    }
  }

  test('fails with what graphql-js takes for its own error, and the log has the field', async () => {
    const { options, log } = recorder()
    const app = await NestFactory.create(
      {
        module: Root,
        imports: [BizErrorsModule.forRoot({ catalog: shop, ...options })],
        providers: [Products],
      },
      { logger: false, abortOnError: false },
    )
    await app.init()
    try {
      const products = app.get(Products)
      // As @nestjs/graphql makes a resolver.
      const resolve = app.get(ExternalContextCreator, { strict: false }).create(
        products,
        // oxlint-disable-next-line typescript/unbound-method
        products.find,
        'find',
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        'graphql',
      )
      const context = { req: { headers: { 'accept-language': 'de' } } }
      const error: unknown = await resolve({}, {}, context, { fieldName: 'product' })
      expect(error).toBeInstanceOf(Error)
      expect(error).toMatchObject({
        message: 'Nur noch 3 da',
        extensions: { code: 10002, status: 409, retryable: false },
      })
      expect(log).toMatchObject([['info', { method: 'graphql', route: 'product' }, 'Only 3 left']])
    } finally {
      await app.close()
    }
  })
})

describe('an app with a microservice beside it', () => {
  const warned: string[] = []
  const limited = rateLimit({
    catalog: shop,
    logger: { error: () => {}, warn: (_record, message) => warned.push(message) },
    policies: [{ name: 'one', limit: 1, window: '1h', error: 'INVALID' }],
  })

  @Controller()
  @UseGuards(limited)
  class Limited {
    @MessagePattern('limited')
    find(): string {
      return 'found'
    }
  }

  test.each([
    [true, told],
    [false, { status: 'error', message: 'Internal server error' }],
  ])('answers for it where it inherits the config (%s)', async (inheritAppConfig, expected) => {
    const { options } = recorder()
    const app = await NestFactory.create(
      {
        module: Root,
        imports: [BizErrorsModule.forRoot({ catalog: shop, ...options })],
        controllers: [Stock, Limited],
      },
      { logger: false, abortOnError: false },
    )
    const service = app.connectMicroservice(
      { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } },
      { inheritAppConfig },
    )
    await app.startAllMicroservices()
    await app.listen(0, '127.0.0.1')
    const { port } = service.unwrap<NetServer>().address() as AddressInfo
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port },
    })
    try {
      expect(await firstValueFrom(client.send('sold-out', '')).catch((error: unknown) => error)).toEqual(
        expected,
      )
      warned.length = 0
      expect(await firstValueFrom(client.send('limited', ''))).toBe('found')
      expect(await firstValueFrom(client.send('limited', ''))).toBe('found')
      expect(warned).toEqual(
        // Once.
        inheritAppConfig
          ? ['rateLimit counts requests of HTTP, and guards what is of kind rpc: count that by createLimiter']
          : [],
      )
      const { port: http } = (app.getHttpServer() as Server).address() as AddressInfo
      expect(await exchange(http, 'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain(
        '404',
      )
    } finally {
      await client.close()
      await app.close()
    }
  })
})
