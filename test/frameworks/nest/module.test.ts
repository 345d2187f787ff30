import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Scope,
  UseFilters,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { describe, expect, test } from 'vitest'
import {
  BIZ_ERRORS_OPTIONS,
  BizErrorsFilter,
  BizErrorsModule,
  type BizErrorsOptions,
  type BizErrorsOptionsFactory,
  type HandlerOptions,
} from '../../../src/adapters/nest/index.ts'
import { defineCatalog, describeError, SetupError } from '../../../src/index.ts'
import { readAnswer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { answerOf } from '../../support/stacks.ts'
import { conflict, onBoth, platforms, running, start, type Setup } from './apps.ts'

const silent = { error: () => {} }
const options: BizErrorsOptions<typeof conditionCatalog> = { catalog: conditionCatalog, logger: silent }

function fail(): never {
  throw conflict()
}

@Controller()
class Orders {
  @Get()
  find(): never {
    return fail()
  }
}

@Injectable()
class Config {
  readonly catalog = conditionCatalog
}

@Module({ providers: [Config], exports: [Config] })
class ConfigModule {}

@Injectable()
class Factory implements BizErrorsOptionsFactory<typeof conditionCatalog> {
  readonly config: Config

  constructor(@Inject(Config) config: Config) {
    this.config = config
  }

  async createBizErrorsOptions(): Promise<typeof options> {
    return Promise.resolve({ catalog: this.config.catalog, logger: silent })
  }
}

@Module({ imports: [ConfigModule], providers: [Factory], exports: [Factory] })
class FactoryModule {}

const modules: readonly (readonly [what: string, module: () => DynamicModule])[] = [
  ['forRoot', () => BizErrorsModule.forRoot(options)],
  ['forRootAsync with useFactory', () => BizErrorsModule.forRootAsync({ useFactory: () => options })],
  [
    'forRootAsync with useFactory, which waits for what it injects',
    () =>
      BizErrorsModule.forRootAsync({
        imports: [ConfigModule],
        inject: [Config],
        useFactory: async ({ catalog }: Config) => Promise.resolve({ catalog, logger: silent }),
      }),
  ],
  [
    'forRootAsync with useClass',
    () => BizErrorsModule.forRootAsync({ imports: [ConfigModule], useClass: Factory }),
  ],
  [
    'forRootAsync with useExisting',
    () => BizErrorsModule.forRootAsync({ imports: [FactoryModule], useExisting: Factory }),
  ],
]

function filteredBy(filter: BizErrorsFilter): (app: INestApplication) => unknown {
  return (app) => app.useGlobalFilters(filter)
}

onBoth((platform) => {
  test.each(modules)('%s answers what is thrown and what no route takes on', async (_what, module) => {
    await running(platform, { controllers: [Orders], modules: [module()] }, async ({ ask }) => {
      const headers = { 'X-Request-ID': 't-1' }
      const taken = await ask('/', { headers })
      expect(taken.headers.get('x-request-id')).toBe('t-1')
      expect(await readAnswer(taken)).toEqual(answerOf('conflict'))
      expect(await readAnswer(await ask('/nowhere'))).toEqual(answerOf('not-found'))
    })
  })

  test('a filter of the app, without the module', async () => {
    const main = filteredBy(new BizErrorsFilter({ catalog: conditionCatalog, logger: silent }))
    await running(platform, { controllers: [Orders], modules: [], main }, async ({ ask }) => {
      const taken = await ask('/', { headers: { 'X-Request-ID': 't-1' } })
      expect(taken.headers.get('x-request-id')).toBe('t-1')
      expect(await readAnswer(taken)).toEqual(answerOf('conflict'))
      const nowhere = await ask('/nowhere')
      // Fastify's own is none: `req-2`.
      expect(nowhere.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
      expect(await readAnswer(nowhere)).toEqual(answerOf('not-found'))
    })
  })

  test('the filter of a controller has the options of the module', async () => {
    @Controller('filtered')
    @UseFilters(BizErrorsFilter)
    class Filtered {
      @Get()
      find(): never {
        return fail()
      }

      @Get('unforeseen')
      fail(): never {
        throw new Error('secret')
      }
    }
    await running(platform, { controllers: [Filtered] }, async ({ ask, log }) => {
      expect(await readAnswer(await ask('/filtered'))).toEqual(answerOf('conflict'))
      expect(await readAnswer(await ask('/filtered/unforeseen'))).toEqual(answerOf('unrecognized'))
      await expect
        .poll(() => log.map(([level, , message]) => [level, message]))
        .toEqual([
          ['info', 'It is conflict'],
          ['error', 'secret'],
        ])
    })
  })

  test('a class of the app can extend the filter', async () => {
    class AppFilter extends BizErrorsFilter {
      readonly seen: unknown[] = []

      override catch(...args: Parameters<BizErrorsFilter['catch']>): unknown {
        this.seen.push(args[0])
        return super.catch(...args)
      }
    }
    const filter = new AppFilter({ catalog: conditionCatalog, logger: silent })
    await running(
      platform,
      { controllers: [Orders], modules: [], main: filteredBy(filter) },
      async ({ ask }) => {
        expect(await readAnswer(await ask('/'))).toEqual(answerOf('conflict'))
        expect(filter.seen).toMatchObject([{ key: 'conflict' }])
      },
    )
  })

  test('a provider has the options for describeError', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Batch {
      readonly options: HandlerOptions

      constructor(@Inject(BIZ_ERRORS_OPTIONS) given: HandlerOptions) {
        this.options = given
      }

      describe(): string {
        return describeError(new Error('secret'), this.options).message
      }
    }
    @Controller('batch')
    class Batches {
      readonly batch: Batch

      constructor(@Inject(Batch) batch: Batch) {
        this.batch = batch
      }

      @Get()
      find(): string {
        return this.batch.describe()
      }
    }
    await running(platform, { controllers: [Batches], providers: [Batch] }, async ({ ask }) => {
      expect(await (await ask('/batch')).text()).toBe('It is unrecognized')
    })
  })

  test('limits all requests, also those that no route takes on, and serves the pages of the catalog', async () => {
    const given = {
      requestId: {
        header: 'X-Trace',
        generate: ({ method }: { readonly method: string }) => `own-${method}`,
      },
      rateLimit: { policies: [{ name: 'hour', limit: 2, window: '1h' }], key: () => 'all' },
      reference: { path: '/docs/errors', title: 'Orders' },
    } as const
    await running(platform, { controllers: [Orders], options: given }, async ({ ask }) => {
      const answers = [await ask('/'), await ask('/nowhere'), await ask('/')]
      expect(answers.map(({ headers }) => headers.get('x-trace'))).toEqual(['own-GET', 'own-GET', 'own-GET'])
      expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0'])
      expect(await Promise.all(answers.map(async (answer) => (await readAnswer(answer)).body))).toMatchObject(
        [{ code: 'conflict' }, { code: 'not-found' }, { code: 'rate-limited' }],
      )
    })
    await running(
      platform,
      { controllers: [Orders], options: { reference: given.reference } },
      async ({ ask }) => {
        const index = await ask('/docs/errors')
        expect([index.status, index.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
        expect(await index.text()).toContain('<title>Error codes · Orders</title>')
        const page = await ask('/docs/errors/conflict?lang=en', { headers: { Accept: 'application/json' } })
        expect(await page.json()).toMatchObject({ code: 'conflict' })
        expect(await readAnswer(await ask('/docs/errorsandmore'))).toEqual(answerOf('not-found'))
      },
    )
  })

  test('limits each client that a trusted proxy names, and its functions are given the request of the platform', async () => {
    const adapter =
      platform === 'Express' ? new ExpressAdapter() : new FastifyAdapter({ trustProxy: '127.0.0.1' })
    if (adapter instanceof ExpressAdapter) adapter.set('trust proxy', '127.0.0.1')
    const seen: unknown[] = []
    const given: BizErrorsOptions = {
      requestId: { generate: ({ hostname }) => hostname },
      rateLimit: {
        policies: [{ name: 'hour', limit: 1, window: '1h' }],
        skip: ({ ip, originalUrl }) => {
          seen.push([ip, originalUrl])
          return false
        },
      },
    }
    await running(platform, { controllers: [Orders], options: given, adapter }, async ({ ask }) => {
      const from = (ip: string): Promise<Response> => ask('/?a=1', { headers: { 'X-Forwarded-For': ip } })
      const answers = [await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]
      expect(answers.map(({ status }) => status)).toEqual([409, 409, 429])
      expect(answers[0]!.headers.get('x-request-id')).toBe('127.0.0.1')
    })
    expect(seen[1]).toEqual(['192.0.2.2', '/?a=1'])
  })

  test('has the headers of limits shown to scripts, and those of the app on its pages', async () => {
    const given: BizErrorsOptions = {
      rateLimit: {
        policies: [{ name: 'hour', limit: 2, window: '1h' }],
        key: () => 'all',
        exposeHeaders: true,
      },
      reference: {},
    }
    const setup: Setup = {
      controllers: [Orders],
      options: given,
      main: (app) => app.enableCors({ origin: 'https://shop.example', exposedHeaders: ['X-A'] }),
    }
    await running(platform, setup, async ({ ask }) => {
      for (const path of ['/', '/errors/conflict', '/']) {
        // oxlint-disable-next-line no-await-in-loop
        const { headers } = await ask(path, { headers: { 'X-Request-ID': 't-1' } })
        expect(headers.get('access-control-allow-origin')).toBe('https://shop.example')
        expect(headers.get('access-control-expose-headers')).toMatch(/^X-A, X-RateLimit-Limit, /)
        expect(headers.get('x-request-id')).toBe('t-1')
      }
    })
  })
})

describe('a mistake is told when it is made', () => {
  test.each([
    [{ catalogue: 1 }, 'BizErrorsModule has no "catalogue". Did you mean catalog?'],
    [null, 'BizErrorsModule was called with null. Give an object of options, or nothing.'],
    [{ locale: 'de' }, 'Option locale is "de". Give a function of the request.'],
    [{ reference: '/errors' }, 'Option reference is "/errors". Give { path: \'/errors\' }, {}, or nothing.'],
    [{ rateLimit: 100 }, 'Option rateLimit is 100. Give { policies }, or nothing.'],
    [{ conceal: { 401: 'NOBODY' } }, /NOBODY/],
  ])('forRoot(%o)', (given, message) => {
    expect(() => BizErrorsModule.forRoot(given as never)).toThrow(SetupError)
    expect(() => BizErrorsModule.forRoot(given as never)).toThrow(message)
  })

  test.each([
    [{ rateLimit: {} }, 'BizErrorsFilter has no "rateLimit"'],
    [5, 'BizErrorsFilter was called with 5. Give an object of options, or nothing.'],
    [null, 'BizErrorsFilter was called with null. Give an object of options, or nothing.'],
  ])('new BizErrorsFilter(%o)', (given, message) => {
    expect(() => new BizErrorsFilter(given as never)).toThrow(SetupError)
    expect(() => new BizErrorsFilter(given as never)).toThrow(message)
  })

  test.each([
    [{}, 'none of useFactory, useClass and useExisting. Give one.'],
    [
      { useFactory: () => ({}), useClass: Factory },
      'several of useFactory, useClass and useExisting. Give one.',
    ],
    [
      undefined,
      'BizErrorsModule.forRootAsync was called with undefined. Give { useFactory }, { useClass } or { useExisting }.',
    ],
    [
      { usefactory: () => ({}) },
      'BizErrorsModule.forRootAsync has no "usefactory". Did you mean useFactory?',
    ],
  ])('forRootAsync(%o)', (given, message) => {
    expect(() => BizErrorsModule.forRootAsync(given as never)).toThrow(SetupError)
    expect(() => BizErrorsModule.forRootAsync(given as never)).toThrow(message)
  })

  test.each(platforms)(
    'what a factory returns wrongly, or the module itself, starts no app on %s',
    async (platform) => {
      const async = BizErrorsModule.forRootAsync({ useFactory: () => ({ catalogue: 1 }) as never })
      await expect(start(platform, { modules: [async] })).rejects.toThrow(
        'BizErrorsModule has no "catalogue"',
      )
      class Nothing {
        createBizErrorsOptions(): never {
          return undefined as never
        }
      }
      for (const [given, maker] of [
        [{ useFactory: () => undefined as never }, 'useFactory'],
        [{ useClass: Nothing }, 'createBizErrorsOptions'],
      ] as const) {
        const none = BizErrorsModule.forRootAsync(given)
        // oxlint-disable-next-line no-await-in-loop
        await expect(start(platform, { modules: [none] })).rejects.toThrow(
          `BizErrorsModule.forRootAsync was given undefined by ${maker}. Return an object of options from it.`,
        )
      }
      await expect(start(platform, { modules: [BizErrorsModule] })).rejects.toThrow(
        'BizErrorsModule was imported uncalled. Import BizErrorsModule.forRoot({ catalog })',
      )
    },
  )
})

test.each(platforms)('that no catalog is named is told once, of the module on %s', async (platform) => {
  defineCatalog({ name: 'own', errors: { GONE: { status: 410, message: 'Gone' } } })
  for (const make of [
    (options: BizErrorsOptions) => BizErrorsModule.forRoot(options),
    (options: BizErrorsOptions) => BizErrorsModule.forRootAsync({ useFactory: () => options }),
  ]) {
    const warned: string[] = []
    const logger = { error: () => {}, warn: (_: object, message: string) => void warned.push(message) }
    // oxlint-disable-next-line no-await-in-loop
    await running(platform, { modules: [make({ logger })] }, ({ ask }) => ask('/nowhere'))
    expect(warned).toEqual([expect.stringMatching(/^BizErrorsModule was given no option catalog, /)])
  }
})

test('the types of a catalog, and of the request, go through', () => {
  const shop = defineCatalog({ name: 'shop', errors: { SOLD_OUT: { status: 409, message: 'Sold out' } } })
  BizErrorsModule.forRoot({
    catalog: shop,
    logger: silent,
    conceal: { 404: 'SOLD_OUT' },
    locale: (request) => request.headers['x-language'] as string,
  })
  BizErrorsModule.forRoot({
    catalog: shop,
    logger: silent,
    locale: (request: { readonly user: { readonly language: string } }) => request.user.language,
  })
  const wrong = (): unknown =>
    BizErrorsModule.forRoot({
      catalog: shop,
      // @ts-expect-error: the catalog has no such error
      conceal: { 404: 'SOLD' },
    })
  expect(wrong).toThrow(SetupError)
})

test('an app without options answers as HTTP has it, and its log is that of Nest', async () => {
  class Root {
    readonly isRoot = true
  }
  @Controller()
  class Failures {
    @Get()
    find(): never {
      throw new Error('connect ECONNREFUSED 10.0.0.7:5432')
    }
  }
  const logged: unknown[][] = []
  const app = await NestFactory.create(
    { module: Root, imports: [BizErrorsModule.forRoot()], controllers: [Failures] },
    {
      logger: { log: () => {}, warn: (...line) => logged.push(line), error: (...line) => logged.push(line) },
    },
  )
  await app.listen(0, '127.0.0.1')
  try {
    const response = await fetch(await app.getUrl())
    expect([response.status, await response.json()]).toEqual([
      500,
      { code: 500, message: 'Internal server error' },
    ])
    expect(logged).toMatchObject([
      [
        { msg: 'connect ECONNREFUSED 10.0.0.7:5432', status: 500, err: { type: 'Error' } },
        undefined,
        'BizErrors',
      ],
    ])
    expect(Object.values(logged[0]![0] as object)).not.toContain(undefined)
  } finally {
    await app.close()
  }
})
