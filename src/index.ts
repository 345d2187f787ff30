// Throwing. `BizError` is that of the cloud-waf reference catalog; a catalog of one's own brings its own.
export { BizError } from './catalogs/cloud-waf.ts'
export { isBizError, raise, type BizErrorOptions } from './error/biz-error.ts'
export type {
  BizErrorConstructor,
  ErrorFactories,
  ErrorFactory,
  OptionsWithAnyParams,
  OptionsWithParams,
  ParamsIn,
} from './error/typed-codes.ts'
export type { CatalogKeys, CodesOf, ConstantKeysOf, KeysOf } from './error/typed-keys.ts'

// Defining the codes of an API.
export { defineCatalog, defineErrors, type TypedCatalog } from './error/define-catalog.ts'
export type { Catalog, CatalogDefinition, Locales } from './catalog/catalog.ts'
export type { Code } from './catalog/code.ts'
export type { Entry, EntryDefinition } from './catalog/entry.ts'
export type { Module, ModuleDefinition } from './catalog/module.ts'
export type { ParamValue } from './catalog/template.ts'
export { SetupError } from './guard/setup-error.ts'

// Answering, on Express. Koa's face is `bizerror/koa`.
export * from './adapters/express/index.ts'
export type { ConcealDefinition, ConcealRule } from './answer/conceal.ts'
export type {
  EnvelopeFunction,
  EnvelopeMap,
  EnvelopeName,
  EnvelopeObject,
  ErrorDescription,
  HttpStatus,
  SuccessDefinition,
  TextFunction,
} from './catalog/envelope.ts'
export type { Condition } from './catalog/condition.ts'
export type { FieldCode } from './catalog/field.ts'
export type { ThrownField } from './error/thrown-fields.ts'
export type { ErrorTest, IdentifyRule } from './identify/rules.ts'
export { recognize, type RecognizedError } from './identify/recognition.ts'
export { relayed } from './identify/relayed.ts'
export type { Logger } from './report/logger.ts'
export type { ErrorAnswer, ErrorReport, FurtherError, Observer } from './report/report.ts'

// Reporting an error instead of answering it.
export { describeError, type DescribeErrorOptions } from './handler/describe-error.ts'
