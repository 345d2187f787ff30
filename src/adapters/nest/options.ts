import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { Catalog } from '../../catalog/catalog.ts'
import { aFunction, checkOptions, isObject, type Checks } from '../../guard/options.ts'
import { isArray } from '../../guard/read.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import {
  BUNDLE_CHECKS,
  takeApart,
  type BizErrorsOptions as Bundle,
  type Parts as BundleParts,
} from '../bundle.ts'
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

const ASYNC_CHECKS: Checks<BizErrorsAsyncOptions> = {
  imports: [isArray, 'an array of modules'],
  useFactory: aFunction('that returns the options'),
  inject: [isArray, 'an array of what useFactory is given'],
  useClass: aFunction('that is a class'),
  useExisting: [(value) => value !== null, 'a class that is provided'],
}

/**
 * Checks where a module gets its options.
 *
 * @throws SetupError - when it has no way to them, or several
 */
export function checkAsync(given: BizErrorsAsyncOptions): BizErrorsAsyncOptions {
  const caller = 'BizErrorsModule.forRootAsync'
  const ways = ['useFactory', 'useClass', 'useExisting'] as const
  const options = checkOptions(caller, given, ASYNC_CHECKS, '{ useFactory }, { useClass } or { useExisting }')
  const count = ways.filter((way) => options[way] !== undefined).length
  if (count === 1) return options
  throw new SetupError(
    `${caller} was given ${count === 0 ? 'none' : 'several'} of useFactory, useClass and useExisting. Give one.`,
  )
}

/**
 * Checks what a module was made.
 *
 * @throws SetupError - for what is no object
 */
export function checkMade(made: unknown, { useFactory }: BizErrorsAsyncOptions): object {
  if (isObject(made)) return made
  const maker = useFactory === undefined ? 'createBizErrorsOptions' : 'useFactory'
  throw new SetupError(
    `BizErrorsModule.forRootAsync was given ${show(made)} by ${maker}. Return an object of options from it.`,
  )
}

const CHECKS: Checks<BizErrorsOptions> = {
  ...BUNDLE_CHECKS,
  reference: [isObject, "{ path: '/errors' }, {}, or nothing"],
}

/** The options of a module, one object for each of its parts. */
export interface Parts extends BundleParts<unknown> {
  readonly reference: NestReferenceOptions | undefined
}

/**
 * Takes the options of a module apart.
 *
 * @throws SetupError - for an option that does not exist or cannot work
 */
export function partsOf(given: object): Parts {
  const { reference, ...bundle } = checkOptions<BizErrorsOptions<Catalog, unknown>>(
    'BizErrorsModule',
    given,
    CHECKS,
    'an object of options, or nothing',
  )
  const parts = takeApart(bundle)
  return { ...parts, reference: reference && { ...parts.handler, ...reference } }
}
