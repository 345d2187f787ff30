import { show } from '../../../guard/setup-error.ts'
import type { OpenapiVersion } from '../schema.ts'
import { DocumentError } from './document.ts'

/**
 * Returns the version of OpenAPI that a document has.
 *
 * @throws DocumentError - for what is no document of OpenAPI 3
 */
export function versionOf(members: { readonly openapi: unknown; readonly swagger: unknown }): OpenapiVersion {
  const { openapi, swagger } = members
  if (openapi === undefined && swagger !== undefined) {
    throw new DocumentError('is Swagger 2.0. Convert it to OpenAPI 3 first.')
  }
  if (openapi === undefined) {
    throw new DocumentError('is no OpenAPI document: it has no openapi. Begin it with openapi: 3.1.1.')
  }
  const version = typeof openapi === 'string' || typeof openapi === 'number' ? String(openapi) : ''
  if (/^3\.0(?:\.|$)/.test(version)) return '3.0'
  // 3.2 has the schemas of 3.1.
  if (/^3\.[12](?:\.|$)/.test(version)) return '3.1'
  throw new DocumentError(`has the version ${show(openapi)}. Known are 3.0, 3.1 and 3.2.`)
}
