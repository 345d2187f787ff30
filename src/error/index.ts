// The face of a catalog's own file, which server, client and tools share: nothing here needs Node or its types.
export { defineCatalog, defineErrors, type TypedCatalog } from './define-catalog.ts'
export type { BizError, BizErrorOptions } from './biz-error.ts'
export type { ThrownField } from './thrown-fields.ts'
export type {
  BizErrorConstructor,
  ErrorFactories,
  ErrorFactory,
  OptionsWithAnyParams,
  OptionsWithParams,
  ParamsIn,
} from './typed-codes.ts'
export type { CatalogKeys, CodesOf, ConstantKeysOf, KeysOf } from './typed-keys.ts'
export type { Catalog, CatalogDefinition, Locales } from '../catalog/catalog.ts'
export type { Code } from '../catalog/code.ts'
export type { Entry, EntryDefinition } from '../catalog/entry.ts'
export type {
  EnvelopeName,
  EnvelopeObject,
  ErrorDescription,
  HttpStatus,
  SuccessDefinition,
} from '../catalog/envelope.ts'
export type { FieldCode } from '../catalog/field.ts'
export type { Module, ModuleDefinition } from '../catalog/module.ts'
export type { ParamValue } from '../catalog/template.ts'
