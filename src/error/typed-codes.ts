import type { Code } from '../catalog/code.ts'
import type { EntryDefinition } from '../catalog/entry.ts'
import type { ParamValue } from '../catalog/template.ts'
import type { BizError, BizErrorOptions } from './biz-error.ts'

// These types tell the compiler of a catalog. Its words to developers depend on how they are cut: a type that is named
// by a message alone is short to read, a union that stands in a property is shown with its members, and a type that
// distributes over thousands of keys takes seconds. test/types holds messages, editors and cost.

/** One object of errors by key, as it is written. */
export type ErrorDefinitions = Readonly<Record<Code, EntryDefinition>>

/** The type of an error says its status and its message as they are written. */
export interface ToldEntry {
  readonly status: number
  readonly message: string
}

/** An error with a code of its own. */
export type Coded<TCode, TStatus, TMessage> = TCode extends Code
  ? { readonly code: TCode; readonly status: TStatus; readonly message: TMessage }
  : { readonly status: TStatus; readonly message: TMessage }

/** An error whose status is that of its parent, its module or its catalog. */
export type Inheriting<TEntry> = TEntry extends {
  readonly code: infer TCode extends Code
  readonly message: infer TMessage
}
  ? { readonly code: TCode; readonly status: number; readonly message: TMessage }
  : TEntry extends { readonly message: infer TMessage }
    ? { readonly status: number; readonly message: TMessage }
    : never

/** The `errors` of a definition as one object, however many parts they are written in. */
export type Whole<TErrors> = TErrors extends readonly (infer TPart)[]
  ? (TPart extends unknown ? (part: TPart) => void : never) extends (part: infer TWhole) => void
    ? TWhole
    : never
  : TErrors

/** A key that is quoted, as in JSON, is a number where it reads as one; one that is not known may be either. */
type KeyOf<TName> = string extends TName
  ? Code
  : TName extends `${infer TNumber extends number}`
    ? TNumber
    : TName

/** An error that is a template needs params. */
type Placeholders = `${string}{{${string}}}${string}`

/** The keys of a catalog. Properties, since the compiler prints an alias by its name. */
export interface KeysOf<TErrors> {
  /** Every one, a success as well. */
  readonly all: { [TName in keyof TErrors]: KeyOf<TName> }[keyof TErrors]
  /** All but a success that stands among them. */
  readonly thrown: {
    [TName in keyof TErrors]: TErrors[TName] extends { readonly status: 200 } ? never : KeyOf<TName>
  }[keyof TErrors]
  /** The keys whose text is always the same: they can be answered instead of others. */
  readonly constant: {
    [TName in keyof TErrors]: TErrors[TName] extends
      { readonly status: 200 } | { readonly message: Placeholders }
      ? never
      : KeyOf<TName>
  }[keyof TErrors]
}

/** The error that has a key. */
export type EntryAt<TErrors, TKey> = TKey extends keyof TErrors
  ? TErrors[TKey]
  : TKey extends number
    ? `${TKey}` extends keyof TErrors
      ? TErrors[`${TKey}`]
      : never
    : never

/** The code that clients see: the key, unless the entry has one of its own. */
export type ToldCode<TKey, TEntry> = TEntry extends { readonly code: infer TCode extends Code }
  ? TCode
  : TKey extends Code
    ? TKey
    : Code

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
  readonly [TName in keyof TErrors]: TErrors[TName] extends { readonly status: 200 }
    ? never
    : ErrorFactory<KeyOf<TName>, TErrors[TName], KeysOf<TErrors>>
}

/** A catalog's BizError: only its keys compile, and params are asked for exactly when the message has them. */
export interface BizErrorConstructor<TErrors> {
  new <const TKey extends KeysOf<TErrors>['thrown'], const TAs extends KeysOf<TErrors>['constant'] = never>(
    key: TKey,
    ...options: OptionsFor<MessageOf<EntryAt<TErrors, TKey>>, TAs>
  ): BizError<TKey, EntryAt<TErrors, TKey>>
  readonly prototype: BizError
}

/** The errors that have one of these keys. */
export type BizErrorAt<TErrors, TKey> = {
  [TEach in TKey & Code]: BizError<TEach, EntryAt<TErrors, TEach>>
}[TKey & Code]
