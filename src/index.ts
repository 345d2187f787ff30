// Throwing. `BizError` is that of the cloud-waf reference catalog; a catalog of one's own brings its own.
export { BizError } from './catalogs/cloud-waf.ts'
export { isBizError, type BizErrorConstructor, type BizErrorOptions } from './core/biz-error.ts'

// Defining the codes of an API.
export { defineCatalog, type TypedCatalog } from './core/define-catalog.ts'
export type { Catalog, CatalogDefinition, Locales } from './core/catalog.ts'
export type { Code, Entry, EntryDefinition, ParamsOf } from './core/entry.ts'
export type { Module, ModuleDefinition } from './core/module.ts'
export type { ParamValue } from './core/template.ts'
export { SetupError } from './core/setup-error.ts'

// Answering, on Express. Koa's face is `bizerror/koa`.
export { asyncHandler, errorHandler, notFound, requestId, requestIdOf } from './adapters/express.ts'
export type { RequestIdOptions } from './adapters/request-id.ts'
export type { ErrorHandlerOptions } from './handler/options.ts'
export type { ConcealDefinition, ConcealRule } from './core/conceal.ts'
export type { EnvelopeFunction, EnvelopeName, ErrorDescription, SuccessDefinition } from './core/envelope.ts'
export type { Condition } from './core/condition.ts'
export type { FieldCode } from './core/field.ts'
export type { ErrorTest, IdentifyRule } from './core/rules.ts'
export { relay } from './foreign/relay.ts'
export type { ErrorAnswer, ErrorReport, Logger } from './handler/report.ts'

// Reporting an error instead of answering it.
export { describe, type DescribeOptions } from './handler/describe.ts'
