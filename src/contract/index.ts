/**
 * What follows from a catalog, for programs: the command line `bizerror` is made of the same functions.
 */
export { createDump, type DumpOptions } from './dump/create.ts'
export { parseDump } from './dump/parse.ts'
export { writeDump } from './dump/write.ts'
export type {
  Dump,
  DumpApi,
  DumpConceal,
  DumpEntry,
  DumpEnvelope,
  DumpForeign,
  DumpForeignAnswer,
  DumpHandler,
  DumpModule,
  DumpOwnEnvelope,
  DumpTexts,
} from './dump/dump.ts'
export { createAnswers } from './answers/create.ts'
export type { Answer, AnswerRequest, Answers } from './answers/answers.ts'
export { clientCatalog, type ClientCatalogOptions } from './client-catalog.ts'
export { generateClient, type LanguageName } from './codegen/generate.ts'
export type { Target } from './codegen/language.ts'
export { openapi, type Openapi, type OpenapiOptions } from './openapi/openapi.ts'
export type { OpenapiComponents, OpenapiDetail } from './openapi/components.ts'
export type { OpenapiResponses } from './openapi/operation.ts'
export type { OpenapiResponse } from './openapi/responses.ts'
export type { OpenapiSchema, OpenapiVersion } from './openapi/schema.ts'
export { diff } from './diff/diff.ts'
export type { Change } from './diff/change.ts'
export type { DiffOptions } from './diff/comparison.ts'
export type { Finding, Level } from './findings/finding.ts'
export type { ClientCatalog } from '../catalog/client-catalog.ts'
export type { Config } from './cli/config.ts'
