import type { DynamicModule, HttpServer, NestModule, Provider } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { SetupError } from '../../guard/setup-error.ts'
import type { HandlerOptions } from '../../handler/options.ts'
import type { AnyRequest } from './any-request.ts'
import { BIZ_ERRORS_OPTIONS, BizErrorsFilter } from './biz-errors-filter.ts'
import {
  checkAsync,
  checkMade,
  partsOf,
  type BizErrorsAsyncOptions,
  type BizErrorsOptions,
  type BizErrorsOptionsFactory,
  type Parts,
} from './options.ts'
import { keepOriginals } from './original.ts'
import { flowOf } from './flow.ts'
import { answerBodies } from './bodies.ts'
import { addHook, mount } from './mount.ts'
import { yieldToOthers } from './yield-to-others.ts'
import { APP_FILTER, HttpAdapterHost, Inject, Module, ModuleRef, Optional } from './packages.ts'
import { rateLimit } from './rate-limit.ts'
import { reference } from './reference.ts'
import { requestId, requestIdHook } from './request-id.ts'

/** HttpAdapterHost of @nestjs/core. */
interface AdapterHost {
  /** None in an app that is a microservice alone. With @nestjs/testing it comes late. */
  readonly httpAdapter: HttpServer | null | undefined
}

const PARTS = Symbol('bizerror.nest.parts')
const FILTER = Symbol('bizerror.nest.filter')
const GIVEN = Symbol('bizerror.nest.given')

/**
 * Answers the errors of a whole app, and gives its requests ids: import it in the root module. For Nest 10 to 12, on
 * Express and Fastify.
 *
 * @example
 * @Module({ imports: [BizErrorsModule.forRoot({ catalog: shop })] })
 * export class AppModule {}
 */
export class BizErrorsModule implements NestModule {
  private readonly parts: Parts
  private readonly adapterHost: AdapterHost | undefined

  /** Nest makes it. */
  constructor(parts?: object, filter?: object, adapterHost?: object, moduleRef?: object) {
    if (parts === undefined) {
      throw new SetupError(
        'BizErrorsModule was imported uncalled. Import BizErrorsModule.forRoot({ catalog })',
      )
    }
    this.parts = parts as Parts
    this.adapterHost = adapterHost as AdapterHost | undefined
    if (filter !== undefined) yieldToOthers(filter, moduleRef)
    this.prepare()
  }

  /**
   * Makes the module with options that are known.
   *
   * @throws SetupError - when an option is wrong
   */
  static forRoot<
    TCatalog extends Catalog = Catalog,
    TRequest = AnyRequest,
    TLimiterCatalog extends Catalog = TCatalog,
  >(options: BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog> = {}): DynamicModule {
    // Now: a mistake is told where it was made.
    return moduleOf([{ provide: PARTS, useValue: prepareParts(options) }])
  }

  /**
   * Makes the module with options that other providers know: `useFactory` and what to `inject`, `useClass` or
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
    const { imports = [], ...given } = checkAsync(options as BizErrorsAsyncOptions)
    const makeParts = (made: unknown): Parts => prepareParts(checkMade(made, given))
    return {
      ...moduleOf([...givenBy(given), { provide: PARTS, useFactory: makeParts, inject: [GIVEN] }]),
      imports,
    }
  }

  /** Mounts what comes behind CORS, and before all else of Nest's. Nest calls it. */
  configure(): void {
    const server = this.prepare()
    const { rateLimit: limits, reference: pages } = this.parts
    if (limits !== undefined) mount(server, rateLimit(limits).use)
    if (pages !== undefined) mount(server, reference(pages))
  }

  /** Prepares the server, as soon as it is there. */
  private prepare(): HttpServer | undefined {
    const server = this.adapterHost?.httpAdapter ?? undefined
    if (server === undefined || prepared.has(server)) return server
    prepared.add(server)
    const { answer } = flowOf(this.parts.handler)
    mountIds(server, this.parts.requestId)
    keepOriginals(server)
    answerBodies(server, answer)
    return server
  }
}

/** What stands on Fastify's reply is written in half the time of what stands on Node's response. */
function mountIds(server: HttpServer, options: Parts['requestId']): void {
  if (server.getType() === 'fastify') addHook(server, 'onRequest', requestIdHook(options))
  else mount(server, requestId(options))
}

/** Servers of apps that import the module more than once. */
const prepared = new WeakSet<object>()

Module({})(BizErrorsModule)
Optional()(BizErrorsModule, undefined, 0)
Inject(PARTS)(BizErrorsModule, undefined, 0)
Optional()(BizErrorsModule, undefined, 1)
Inject(FILTER)(BizErrorsModule, undefined, 1)
Optional()(BizErrorsModule, undefined, 2)
Inject(HttpAdapterHost)(BizErrorsModule, undefined, 2)
Optional()(BizErrorsModule, undefined, 3)
Inject(ModuleRef)(BizErrorsModule, undefined, 3)

/** Takes options apart, and sets up what answers by them. */
function prepareParts(options: object): Parts {
  const parts = partsOf(options)
  flowOf(parts.handler, 'BizErrorsModule')
  return parts
}

function moduleOf(providers: readonly Provider[]): DynamicModule {
  return {
    module: BizErrorsModule,
    // Middleware of global modules comes first, and every module's filters find the options.
    global: true,
    providers: [
      ...providers,
      { provide: BIZ_ERRORS_OPTIONS, useFactory: ({ handler }: Parts) => handler, inject: [PARTS] },
      {
        provide: FILTER,
        useFactory: (options: HandlerOptions) => new BizErrorsFilter(options),
        inject: [BIZ_ERRORS_OPTIONS],
      },
      { provide: APP_FILTER, useExisting: FILTER },
    ],
    exports: [BIZ_ERRORS_OPTIONS],
  }
}

/** The provider of the options as they were given, and of what makes them. */
function givenBy({ useFactory, useClass, useExisting, inject = [] }: BizErrorsAsyncOptions): Provider[] {
  if (useFactory !== undefined) return [{ provide: GIVEN, useFactory, inject }]
  const token = (useClass ?? useExisting)!
  const asked: Provider = {
    provide: GIVEN,
    useFactory: (factory: BizErrorsOptionsFactory) => factory.createBizErrorsOptions(),
    inject: [token],
  }
  return useClass === undefined ? [asked] : [{ provide: useClass, useClass }, asked]
}
