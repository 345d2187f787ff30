// By its public name: what entry points share has to be public (TS2742), and nearly nothing of this is.
import type { CatalogKeys, ParamsIn } from 'bizerror/catalog'
import type { Code } from '../catalog/code.ts'
import type { ApiError, SentParams } from './api-error.ts'

// A literal: to numbers and texts at large, every code is comparable, so that no switch would narrow, nor find a wrong one.
/**
 * A code that this build does not know: a newer server has it. It makes a switch that has a case for each known code
 * checkable: `default: error.code satisfies UnknownCode | undefined`.
 */
export type UnknownCode = 'a code that this build does not know'

// As JSON has them: dates and large integers are texts.
type ParamsOf<TEntry> = TEntry extends { readonly message: infer TMessage }
  ? string extends TMessage
    ? SentParams
    : { readonly [TName in keyof ParamsIn<TMessage>]: Exclude<ParamsIn<TMessage>[TName], bigint | Date> }
  : SentParams

/** The errors of an API by code, and those of codes that this build does not know: `ApiErrorOf<typeof shop>`. */
export type ApiErrorOf<TCatalog> = TCatalog extends { readonly $infer: infer TErrors }
  ? | {
        [TName in keyof TErrors]: TErrors[TName] extends never
          ? never
          : ApiError<CatalogKeys<Pick<TErrors, TName>>['codes'], ParamsOf<TErrors[TName]>>
      }[keyof TErrors]
    | ApiError<UnknownCode | undefined>
  : ApiError

/** The codes that clients of an API are told. */
export type ClientCodes<TCatalog> = TCatalog extends { readonly $infer: infer TErrors }
  ? CatalogKeys<TErrors>['codes']
  : Code

/** The errors that have one of these codes. */
export type ApiErrorAt<TCatalog, TCode> = TCatalog extends { readonly $infer: unknown }
  ? Extract<ApiErrorOf<TCatalog>, { readonly code: TCode }>
  : ApiError<TCode>
