import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { OpenapiComponents } from '../../../src/contract/openapi/components.ts'
import type { Openapi } from '../../../src/contract/openapi/openapi.ts'
import type { OpenapiVersion } from '../../../src/contract/openapi/schema.ts'

export const VERSIONS = ['3.0', '3.1'] as const

const OPENAPI = { '3.0': '3.0.4', '3.1': '3.1.1' }

/** A document that uses all components: an operation for each response. */
export function documentOf({ components }: Pick<Openapi, 'components'>, version: OpenapiVersion): object {
  const paths = Object.keys(components.responses).map((name, index) => [
    `/${index}`,
    {
      get: {
        operationId: `operation${index}`,
        summary: name,
        security: [],
        responses: {
          200: { description: 'OK' },
          '4XX': { $ref: `#/components/responses/${name}` },
        },
      },
    },
  ])
  const license = { name: 'MIT', url: 'https://opensource.org/license/mit' }
  return {
    openapi: OPENAPI[version],
    info: { title: 'Shop', version: '1.0.0', license },
    servers: [{ url: 'https://api.shop.test' }],
    paths: Object.fromEntries(paths),
    components,
  }
}

// Compiles the schema of each version once.
const specification = new Validator()

/** What is wrong with a document by the specification of its version. */
export async function faultsOf(document: object): Promise<unknown> {
  // As others read it.
  const read = JSON.parse(JSON.stringify(document)) as Record<string, unknown>
  const { valid, errors } = await specification.validate(read)
  return valid ? [] : errors
}

/** Compiles the schemas of components, as they are in a document of a version. */
export function schemasOf(
  components: OpenapiComponents,
  version: OpenapiVersion,
): (name: string) => ValidateFunction {
  const Version = version === '3.0' ? Ajv : Ajv2020
  const ajv = new Version({
    strict: false,
    allErrors: true,
    validateFormats: false,
    // Hundreds of schemas that validate a body or two each: compiling is what takes time.
    code: { optimize: false },
    inlineRefs: false,
  })
  ajv.addSchema({ $id: 'https://shop.test/', components })
  return (name) => {
    const validate = ajv.getSchema(`https://shop.test/#/components/schemas/${name}`)
    if (validate === undefined) throw new Error(`There is no schema ${name}.`)
    return validate
  }
}

/** The same components, whose bodies may have nothing that is not described. */
export function closed(components: OpenapiComponents): OpenapiComponents {
  return { ...components, schemas: close(components.schemas) as OpenapiComponents['schemas'] }
}

function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, close(member)])
  const isBody = 'properties' in value && 'required' in value && !('additionalProperties' in value)
  return { ...(Object.fromEntries(members) as object), ...(isBody ? { additionalProperties: false } : {}) }
}
