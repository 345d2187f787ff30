import type { Code } from '../catalog/code.ts'

/** A key that is quoted, as in JSON, is a number where it reads as one; one that is not known may be either. */
export type KeyOf<TName> = TName extends number
  ? TName
  : string extends TName
    ? Code
    : TName extends `${infer TNumber extends number}`
      ? TNumber
      : TName

/**
 * The code that clients are told: that of the entry, else the key. An entry that is not known may have any. (With the
 * entry in no other place than before `extends`, the error of a known entry is one of an unknown entry to the compiler.)
 */
export type CodeOf<TKey, TEntry> = TEntry extends { readonly code: infer TCode extends Code }
  ? TCode
  : TEntry extends { readonly code?: never; readonly message: unknown }
    ? TKey
    : Code

/** An error that is a template needs params. */
export type Placeholders = `${string}{{${string}}}${string}`

/** The keys of a catalog, and its codes. Properties, since the compiler prints an alias by its name. */
export interface CatalogKeys<TErrors> {
  /** Every key. */
  readonly all: {
    [TName in keyof TErrors]: TErrors[TName] extends never ? never : KeyOf<TName>
  }[keyof TErrors]
  /** The keys whose text is always the same: they can be answered instead of others. */
  readonly constant: {
    [TName in keyof TErrors]: TErrors[TName] extends { readonly message: Placeholders } ? never : KeyOf<TName>
  }[keyof TErrors]
  /** The codes that clients are told. */
  readonly codes: {
    [TName in keyof TErrors]: TErrors[TName] extends never ? never : CodeOf<KeyOf<TName>, TErrors[TName]>
  }[keyof TErrors]
}

/** The keys of a catalog's errors: `KeysOf<typeof shop>`. */
export type KeysOf<TCatalog> = TCatalog extends { readonly $infer: infer TErrors }
  ? CatalogKeys<TErrors>['all']
  : Code

/** The keys of a catalog's errors whose text is always the same: they can be answered instead of others. */
export type ConstantKeysOf<TCatalog> = TCatalog extends { readonly $infer: infer TErrors }
  ? CatalogKeys<TErrors>['constant']
  : Code

/** The codes that clients are told by a catalog: `CodesOf<typeof shop>`. */
export type CodesOf<TCatalog> = TCatalog extends { readonly $infer: infer TErrors }
  ? CatalogKeys<TErrors>['codes']
  : Code
