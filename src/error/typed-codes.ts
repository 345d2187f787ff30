import type { Code } from '../catalog/code.ts'
import type { Entry, EntryDefinition } from '../catalog/entry.ts'
import type { ParamValue } from '../catalog/template.ts'
import type { BizError, BizErrorOptions } from './biz-error.ts'
import type { CatalogKeys, CodeOf, KeyOf, Placeholders } from './typed-keys.ts'

// These types tell the compiler of a catalog. Its words to developers depend on how they are cut: a type that is named
// by a message alone is short to read, a union that stands in a property is shown with its members, and a type that
// distributes over thousands of keys takes seconds. test/types holds messages, editors and cost.

/** One object of errors by key, as it is written. */
export type ErrorDefinitions = Readonly<Record<Code, EntryDefinition>>

/**
 * The part of an entry that types tell: code, status and message as they are written, and nothing of its title. A status
 * that is inherited is a number. Never for the success, which nobody throws. The forms that are usual are told apart
 * first: that costs the compiler least.
 */
export type Told<TEntry, TName = unknown, TSuccess = never> = TEntry extends {
  readonly code?: never
  readonly status: infer TStatus
  readonly message: infer TMessage
}
  ? TName extends TSuccess
    ? never
    : { readonly status: TStatus; readonly message: TMessage }
  : TEntry extends {
        readonly code: infer TCode
        readonly status: infer TStatus
        readonly message: infer TMessage
      }
    ? TCode extends TSuccess
      ? never
      : { readonly code: TCode; readonly status: TStatus; readonly message: TMessage }
    : CodeOf<TName, TEntry> extends TSuccess
      ? never
      : {
          readonly [TMember in (keyof TEntry & 'code') | 'status' | 'message']: TMember extends 'status'
            ? number
            : TEntry[TMember & keyof TEntry]
        }

/** The code of the success, where the compiler knows it. */
export type SuccessCode<TCode> = number extends TCode ? never : string extends TCode ? never : TCode

/** The `errors` of a definition as one object, however many parts they are written in. */
export type Whole<TErrors> = TErrors extends readonly (infer TPart)[]
  ? (TPart extends unknown ? (part: TPart) => void : never) extends (part: infer TWhole) => void
    ? TWhole
    : never
  : TErrors

/** The errors of a definition and those of the catalog that it extends, if it does: its own ones win. */
export type Joined<TErrors, TBase> = unknown extends TBase
  ? Whole<TErrors>
  : Without<TBase, keyof Whole<TErrors>> & Whole<TErrors>

type Without<TBase, TNames> = {
  [TName in keyof TBase as TName extends TNames ? never : TName]: TBase[TName]
}

/** The error that has a key. */
export type EntryAt<TErrors, TKey> = TKey extends keyof TErrors
  ? TErrors[TKey]
  : TKey extends number
    ? `${TKey}` extends keyof TErrors
      ? TErrors[`${TKey}`]
      : never
    : never

type MessageOf<TEntry> = TEntry extends { readonly message: infer TMessage } ? TMessage : never

type NameIn<TPlaceholder extends string> = TPlaceholder extends `${infer TName},${string}`
  ? NameIn<TName>
  : TPlaceholder extends ` ${infer TRest}` | `${infer TRest} ` | `-${infer TRest}`
    ? NameIn<TRest>
    : TPlaceholder

type NamesIn<TMessage> = TMessage extends `${string}{{${infer TPlaceholder}}}${infer TRest}`
  ? NameIn<TPlaceholder> | NamesIn<TRest>
  : never

/** The params that a message needs. `count` is a number, since it chooses the plural form. */
export type ParamsIn<TMessage> = {
  readonly [TName in NamesIn<TMessage>]: TName extends 'count' ? number : ParamValue
}

/** The options that a throw gives for a message with placeholders. */
export interface OptionsWithParams<TMessage, TAs> extends BizErrorOptions<TAs> {
  /** The values of the placeholders, by name. */
  readonly params: ParamsIn<TMessage>
}

/** The options for a message that only run time knows: its key is computed, or its catalog is loaded. */
export interface OptionsWithAnyParams<TAs> extends BizErrorOptions<TAs> {
  /** The values of the placeholders, by name. */
  readonly params?: Readonly<Record<string, ParamValue>> | undefined
}

type IsUnion<TType, TAll = TType> = TType extends unknown ? ([TAll] extends [TType] ? false : true) : never

/**
 * The arguments of a throw after its key: params are required exactly when the message has placeholders. Where the key
 * is one of several, only run time knows the params, and they are optional. The compiler takes a wrong key for any of
 * the keys: so it complains of that key, and not of a missing argument.
 */
export type OptionsFor<TMessage, TAs> = string extends TMessage
  ? [options?: OptionsWithAnyParams<TAs>]
  : [IsUnion<TMessage>] extends [false]
    ? [TMessage] extends [Placeholders]
      ? [options: OptionsWithParams<TMessage, TAs>]
      : [options?: BizErrorOptions<TAs>]
    : [options?: OptionsWithAnyParams<TAs>]

/** Makes the error of one key. */
export type ErrorFactory<TKey, TEntry, TKeys extends { readonly constant: unknown }> = <
  const TAs extends TKeys['constant'] = never,
>(
  ...options: OptionsFor<MessageOf<TEntry>, TAs>
) => BizError<TKey, TEntry>

/** A catalog's errors by key, ready to be thrown: `throw errors.SOLD_OUT({ params })`. */
export type ErrorFactories<TErrors> = {
  readonly [TName in keyof TErrors]: TErrors[TName] extends never
    ? never
    : ErrorFactory<KeyOf<TName>, TErrors[TName], CatalogKeys<TErrors>>
}

/** A catalog's BizError: only its keys compile, and params are asked for exactly when the message has them. */
export interface BizErrorConstructor<TErrors> {
  new <
    const TKey extends CatalogKeys<TErrors>['all'],
    const TAs extends CatalogKeys<TErrors>['constant'] = never,
  >(
    key: TKey,
    ...options: OptionsFor<MessageOf<EntryAt<TErrors, TKey>>, TAs>
  ): BizError<TKey, EntryAt<TErrors, TKey>>
  readonly prototype: BizError
}

/** The errors that have one of these keys. */
export type BizErrorAt<TErrors, TKey> = {
  [TEach in TKey & Code]: BizError<TEach, EntryAt<TErrors, TEach>>
}[TKey & Code]

/** The entry that has one of these keys. */
export type EntryOf<TErrors, TKey extends Code> = Entry<TKey, CodeAt<TErrors, TKey> & Code>

/** The codes of the errors that have these keys. */
export type CodeAt<TErrors, TKey> = TKey extends unknown ? CodeOf<TKey, EntryAt<TErrors, TKey>> : never
