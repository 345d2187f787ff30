import type { DynamicModule, MiddlewareConsumer, NestModule, OnModuleInit, Provider } from '@nestjs/common'
import type { HttpAdapterHost as AdapterHost } from '@nestjs/core'
import type { Catalog } from '../../catalog/catalog.ts'
import { SetupError } from '../../guard/setup-error.ts'
import type { AnyRequest } from './any-request.ts'
import { BIZ_ERRORS_OPTIONS, BizErrorsFilter } from './biz-errors-filter.ts'
import {
  partsOf,
  type BizErrorsAsyncOptions,
  type BizErrorsOptions,
  type BizErrorsOptionsFactory,
  type Parts,
} from './options.ts'
import { keepOriginals } from './original.ts'
import { APP_FILTER, HttpAdapterHost, Inject, Module, Optional } from './packages.ts'
import { rateLimit } from './rate-limit.ts'
import { reference } from './reference.ts'
import { requestId } from './request-id.ts'

const PARTS = Symbol('bizerror.nest.parts')
const GIVEN = Symbol('bizerror.nest.given')

/**
 * Answers the errors of a whole app, and gives its requests ids: import it in the root module. For Nest 10 and 11, on
 * Express and Fastify.
 *
 * @example
 * @Module({ imports: [BizErrorsModule.forRoot({ catalog: shop })] })
 * export class AppModule {}
 */
export class BizErrorsModule implements NestModule, OnModuleInit {
  private readonly parts: Parts
  private readonly adapterHost: AdapterHost | undefined

  /** Nest makes it. */
  constructor(parts?: Parts, adapterHost?: AdapterHost) {
    if (parts === undefined) {
      throw new SetupError(
        'BizErrorsModule was imported uncalled. Import BizErrorsModule.forRoot({ catalog })',
      )
    }
    this.parts = parts
    this.adapterHost = adapterHost
  }

  /**
   * @throws SetupError - when an option is wrong
   */
  static forRoot<
    TCatalog extends Catalog = Catalog,
    TRequest = AnyRequest,
    TLimiterCatalog extends Catalog = TCatalog,
  >(options: BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog> = {}): DynamicModule {
    const parts = partsOf(options)
    // Now: a mistake is told where it was made.
    void new BizErrorsFilter(parts.handler)
    return moduleOf([{ provide: PARTS, useValue: parts }])
  }

  /**
   * The same with options that are made of other providers: `useFactory` and what to `inject`, `useClass` or
   * `useExisting`.
   *
   * @throws SetupError - when it has none of them, or several
   * @example
   * BizErrorsModule.forRootAsync({ inject: [Config], useFactory: (config: Config) => ({ catalog: shop, docsUrl: config.docs }) })
   */
  static forRootAsync<
    TCatalog extends Catalog = Catalog,
    TRequest = AnyRequest,
    TLimiterCatalog extends Catalog = TCatalog,
  >(options: BizErrorsAsyncOptions<TCatalog, TRequest, TLimiterCatalog>): DynamicModule {
    const { imports = [] } = options
    return {
      ...moduleOf([
        ...givenBy(options as BizErrorsAsyncOptions),
        { provide: PARTS, useFactory: partsOf, inject: [GIVEN] },
      ]),
      imports,
    }
  }

  /** Mounts what comes before the routes. Nest calls it. */
  configure(consumer: MiddlewareConsumer): void {
    const parts = this.parts
    const middleware = [
      requestId(parts.requestId),
      ...(parts.rateLimit ? [rateLimit(parts.rateLimit)] : []),
      ...(parts.reference ? [reference(parts.reference)] : []),
    ]
    consumer.apply(...middleware).forRoutes('*')
  }

  /** Nest calls it before it sets its error handler. */
  onModuleInit(): void {
    keepOriginals(this.adapterHost?.httpAdapter)
  }
}

Module({})(BizErrorsModule)
Optional()(BizErrorsModule, undefined, 0)
Inject(PARTS)(BizErrorsModule, undefined, 0)
Optional()(BizErrorsModule, undefined, 1)
Inject(HttpAdapterHost)(BizErrorsModule, undefined, 1)

function moduleOf(providers: readonly Provider[]): DynamicModule {
  return {
    module: BizErrorsModule,
    // Middleware of global modules comes first, and every module's filters find the options.
    global: true,
    providers: [
      ...providers,
      { provide: BIZ_ERRORS_OPTIONS, useFactory: ({ handler }: Parts) => handler, inject: [PARTS] },
      { provide: APP_FILTER, useClass: BizErrorsFilter },
    ],
    exports: [BIZ_ERRORS_OPTIONS],
  }
}

/** The provider of the options as they were given, and of what makes them. */
function givenBy({ useFactory, useClass, useExisting, inject = [] }: BizErrorsAsyncOptions): Provider[] {
  const ways = [useFactory, useClass, useExisting].filter((way) => way !== undefined)
  if (ways.length !== 1) {
    throw new SetupError(
      `BizErrorsModule.forRootAsync was given ${ways.length === 0 ? 'none' : 'several'} of useFactory, useClass and useExisting. Give one.`,
    )
  }
  if (useFactory !== undefined) return [{ provide: GIVEN, useFactory, inject }]
  const token = (useClass ?? useExisting)!
  const asked: Provider = {
    provide: GIVEN,
    useFactory: (factory: BizErrorsOptionsFactory) => factory.createBizErrorsOptions(),
    inject: [token],
  }
  return useClass === undefined ? [asked] : [{ provide: useClass, useClass }, asked]
}
