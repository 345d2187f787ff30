import type { Api } from './api.ts'
import type { Examples } from './examples.ts'
import { headersOfAny, type Headers } from './headers.ts'
import { codePart } from './names.ts'
import { refTo, type OpenapiSchema } from './schema.ts'
import type { BodyShape } from './shapes.ts'
import { markdown, nameOf } from './texts.ts'
import type { ToldError } from './told.ts'

/** An OpenAPI Response Object. */
export interface OpenapiResponse {
  /** Which error it is, or a list of those that it may be. */
  readonly description: string
  /** By name. */
  readonly headers: Headers
  /** The body by media type. */
  readonly content: Readonly<Record<string, Content>>
}

interface Content {
  readonly schema: OpenapiSchema
  readonly examples?: Readonly<Record<string, OpenapiSchema>>
}

/** Writes a response that tells one of some errors. */
export function responseOf(
  api: Api,
  examples: Examples,
  errors: readonly ToldError[],
  schemaOf: (prefix: string) => OpenapiSchema,
): OpenapiResponse {
  const isOneCode = new Set(errors.map(({ entry }) => entry.code)).size === 1
  return {
    description: describe(api, errors),
    headers: Object.assign({}, ...errors.map((error) => api.headersOf(error))) as Headers,
    content: contentOf(api, schemaOf, (shape) =>
      Object.fromEntries(
        errors.flatMap((error) =>
          examples(shape, error).map(({ component, label }) => [
            isOneCode ? label : `${codePart(error.entry.code)}-${label}`,
            refTo('examples', component),
          ]),
        ),
      ),
    ),
  }
}

/** Writes the response that tells any error, those too that are not known yet. */
export function responseOfAny(api: Api): OpenapiResponse {
  const told = api.told.codes.flatMap(({ errors }) => errors)
  return {
    description: OTHERS,
    headers: headersOfAny(
      api.name,
      told.map((error) => api.headersOf(error)),
    ),
    content: contentOf(
      api,
      (prefix) => refTo('schemas', `${prefix}Error`),
      () => ({}),
    ),
  }
}

function contentOf(
  { shapes }: Api,
  schemaOf: (prefix: string) => OpenapiSchema,
  examplesOf: (shape: BodyShape) => Readonly<Record<string, OpenapiSchema>>,
): OpenapiResponse['content'] {
  return Object.fromEntries(
    shapes.map((shape) => {
      if (shape.prefix === undefined) return [shape.mediaType, { schema: { type: 'string' } }]
      const examples = examplesOf(shape)
      const schema = schemaOf(shape.prefix)
      return [shape.mediaType, Object.keys(examples).length === 0 ? { schema } : { schema, examples }]
    }),
  )
}

const OTHERS = 'Any other error. Tell errors by their code, and expect more of them.'

/** Names errors: the one that it is, or a list of all with their codes. */
export function describe({ dump }: Api, errors: readonly ToldError[]): string {
  const [first, ...others] = errors
  if (first === undefined) return OTHERS
  if (others.length === 0) return markdown(nameOf(first.entry, dump))
  return errors
    .map(({ entry }) => `- \`${String(entry.code).replaceAll('`', "'")}\`: ${markdown(nameOf(entry, dump))}`)
    .join('\n')
}
