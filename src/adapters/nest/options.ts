import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { checkOptions, isObject, type Checks } from '../../guard/options.ts'
import { DEFAULTS, HANDLER_CHECKS, type HandlerOptions } from '../../handler/options.ts'
import type { RateLimitOptions } from '../../rate-limit/options.ts'
import { isLogger } from '../../report/logger.ts'
import type { BizErrorsOptions as Bundle } from '../node/bundle.ts'
import type { RequestIdOptions } from '../node/request-id.ts'
import type { AnyRequest } from './any-request.ts'
import type { NestReferenceOptions } from './reference.ts'

/** The options of `BizErrorsModule`: those of the filter, and of the middleware that runs before all of the app's. */
export interface BizErrorsOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = AnyRequest,
  TLimiterCatalog extends Catalog = TCatalog,
> extends Bundle<TCatalog, TRequest, TLimiterCatalog> {
  /** Serves pages that document every error of the catalog. @default none */
  readonly reference?: Pick<NestReferenceOptions, 'path' | 'title' | 'hide'> | undefined
}

/** Makes the options, in a class that `forRootAsync` is given. */
export interface BizErrorsOptionsFactory<
  TCatalog extends Catalog = Catalog,
  TRequest = AnyRequest,
  TLimiterCatalog extends Catalog = TCatalog,
> {
  /** Returns the options, or a promise of them. */
  createBizErrorsOptions():
    | BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog>
    | Promise<BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog>>
}

/** Where `forRootAsync` gets the options: one of `useFactory`, `useClass` and `useExisting`. */
export interface BizErrorsAsyncOptions<
  TCatalog extends Catalog = Catalog,
  TRequest = AnyRequest,
  TLimiterCatalog extends Catalog = TCatalog,
> extends Pick<ModuleMetadata, 'imports'> {
  /** Returns the options, or a promise of them. It is given what `inject` names. */
  readonly useFactory?: (
    // As in Nest's own modules.
    // oxlint-disable-next-line typescript/no-explicit-any
    ...args: any[]
  ) =>
    | BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog>
    | Promise<BizErrorsOptions<TCatalog, TRequest, TLimiterCatalog>>
  /** What `useFactory` is given. */
  readonly inject?: FactoryProvider['inject']
  /** A class that makes the options, of which an instance is made. */
  readonly useClass?: Type<BizErrorsOptionsFactory<TCatalog, TRequest, TLimiterCatalog>>
  /** A provider that makes the options, and is there already. */
  readonly useExisting?: FactoryToken<BizErrorsOptionsFactory<TCatalog, TRequest, TLimiterCatalog>>
}

// oxlint-disable-next-line typescript/no-unsafe-function-type
type FactoryToken<TFactory> = Type<TFactory> | string | symbol

const CHECKS: Checks<BizErrorsOptions> = {
  ...HANDLER_CHECKS,
  requestId: [isObject, '{ header }, { generate }, or nothing'],
  rateLimit: [isObject, '{ policies }, or nothing'],
  reference: [isObject, "{ path: '/errors' }, {}, or nothing"],
}

/** The options of a module, one object for each of its parts. */
export interface Parts {
  readonly handler: HandlerOptions
  readonly requestId: RequestIdOptions | undefined
  readonly rateLimit: RateLimitOptions | undefined
  readonly reference: NestReferenceOptions | undefined
}

/**
 * Takes the options of a module apart.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function partsOf(given: object): Parts {
  const { requestId, rateLimit, reference, ...handler } = checkOptions<BizErrorsOptions<Catalog, unknown>>(
    'BizErrorsModule',
    given,
    CHECKS,
    'an object of options, or nothing',
  )
  const { catalog, logger } = handler
  const shared = { catalog: catalog ?? DEFAULTS.catalog, ...(isLogger(logger) && { logger }) }
  return {
    handler,
    requestId,
    rateLimit: rateLimit && { ...shared, ...rateLimit },
    reference: reference && { ...handler, ...reference },
  }
}
