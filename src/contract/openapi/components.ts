import { getOrMake } from '../../guard/memo.ts'
import { show } from '../../guard/setup-error.ts'
import type { Api } from './api.ts'
import { BODIES, furtherOf, partsOfAll } from './bodies.ts'
import { downgrade } from './downgrade.ts'
import type { Examples } from './examples.ts'
import { headerComponents } from './headers.ts'
import { codePart, createNames } from './names.ts'
import { ownComponents } from './own-schema.ts'
import { describe, responseOf, responseOfAny } from './responses.ts'
import { refTo, SECTIONS, type OpenapiVersion, type OpenapiSchema, type Section } from './schema.ts'
import type { BodyShape } from './shapes.ts'
import { meaningOf } from './texts.ts'
import type { CodeFacts, ToldCode, ToldError } from './told.ts'

/** The components of an OpenAPI document, by section and name. */
export type OpenapiComponents = Readonly<Record<Section, Readonly<Record<string, OpenapiSchema>>>>

/** Whether there are components for each code, or for each status. */
export type OpenapiDetail = 'code' | 'status'

export const DETAILS: readonly OpenapiDetail[] = ['code', 'status']

/** Errors that have components of their own. */
export interface Group {
  /** The name of its components without what stands before it: `Error10002`. */
  readonly name: string
  /** What it is in a message. */
  readonly what: string
  readonly errors: readonly ToldError[]
  /** The codes of foreign errors that belong to it. */
  readonly foreign: readonly CodeFacts[]
  /** Stands in its extension. */
  readonly facts: object
}

/** The groups that have components. */
export function groupsOf(api: Api, detail: OpenapiDetail): readonly Group[] {
  return detail === 'code' ? api.told.codes.map(groupOfCode) : groupsByStatus(api)
}

function groupOfCode({ code, errors }: ToldCode): Group {
  const facts = errors.map(({ entry: { status, retryable, retryAfter, module, params } }) => ({
    status,
    retryable,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(module === undefined ? {} : { module }),
    ...(params.length === 0 ? {} : { params }),
  }))
  return {
    name: `Error${codePart(code)}`,
    what: `the code ${show(code)}`,
    errors,
    foreign: [],
    facts: { code, ...(facts.length === 1 ? facts[0] : { errors: facts }) },
  }
}

function groupsByStatus(api: Api): readonly Group[] {
  const groups = new Map<number, ToldError[]>()
  for (const error of api.told.codes.flatMap(({ errors }) => errors)) {
    getOrMake(groups, api.answerOf(error).status, () => []).push(error)
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([status, errors]) => {
      const foreign = api.foreignAt(status)
      const codes = [...new Set([...errors, ...foreign].map(({ code }) => code))]
      return {
        name: `Status${status}`,
        what: `the status ${status}`,
        errors,
        foreign,
        facts: { status, codes },
      }
    })
}

/**
 * Writes the components of an API's errors.
 *
 * @throws SetupError - for codes that would have one name
 */
export function componentsOf(
  api: Api,
  examples: Examples,
  { version, detail }: { readonly version: OpenapiVersion; readonly detail: OpenapiDetail },
): OpenapiComponents {
  const { dump, name } = api
  // Envelopes that stand under several media types are described once.
  const shapes = [...new Map(api.shapes.map((shape) => [shape.prefix, shape])).values()].filter(
    (shape): shape is BodyShape & { readonly prefix: string } => shape.prefix !== undefined,
  )
  const checkNames = new Map(SECTIONS.map((section) => [section, createNames(dump.catalog)]))
  const components: Record<Section, Record<string, OpenapiSchema>> = {
    schemas: {},
    responses: {},
    headers: {},
    examples: {},
  }

  for (const shape of shapes) putAny(shape)
  if (shapes.some(({ body }) => typeof body === 'string')) {
    for (const [part, schema] of partsOfAll(api.factsOf(undefined, name))) {
      put('schemas', part, 'the schema of details', schema)
    }
  }
  const any = responseOfAny(api)
  for (const [header, value] of headerComponents(name, any.headers)) put('headers', header, 'a header', value)
  put('responses', `${name}Error`, 'the response to any error', any)
  for (const group of groupsOf(api, detail)) putGroup(group)
  return components

  function put(section: Section, component: string, what: string, value: object, facts?: object): void {
    checkNames.get(section)!(component, what)
    const owned = { ...value, 'x-bizerror': { catalog: dump.catalog, ...facts } }
    components[section][component] = section === 'schemas' && version === '3.0' ? downgrade(owned) : owned
  }

  /** Puts the schema of any error, and those of its parts. */
  function putAny({ prefix, body }: (typeof shapes)[number]): void {
    const component = `${prefix}Error`
    if (typeof body === 'string') {
      const facts = api.factsOf(undefined, prefix)
      const description = `An error of the API. The code says which: tell errors by it, and expect more of them.`
      put('schemas', component, 'the schema of any error', { description, ...BODIES[body](facts) })
      const [further, schema] = furtherOf(body, facts)
      put('schemas', further, 'the schema of further errors', schema)
    } else if (body === undefined) {
      const description = 'An error in a shape of the API, which has declared no schema.'
      put('schemas', component, 'the schema of any error', { description })
    } else {
      for (const [part, schema] of ownComponents(component, body)) {
        put('schemas', part, 'the schema of the envelope', schema)
      }
    }
  }

  function putGroup({ name: ending, what, errors, foreign, facts }: Group): void {
    for (const shape of shapes) {
      put('schemas', shape.prefix + ending, what, schemaOf(shape, errors, foreign), facts)
      for (const error of errors) {
        for (const { component, value } of examples(shape, error)) {
          put('examples', component, `an example of ${what}`, value)
        }
      }
    }
    const response = responseOf(api, examples, errors, (prefix) => refTo('schemas', prefix + ending))
    put('responses', name + ending, what, response, facts)
  }

  function schemaOf(
    { prefix, body }: (typeof shapes)[number],
    errors: readonly ToldError[],
    foreign: readonly CodeFacts[],
  ): OpenapiSchema {
    const isDeprecated = errors.every(({ entry }) => entry.deprecated !== undefined)
    return {
      description: errors.length === 1 ? meaningOf(errors[0]!.entry, dump) : describe(api, errors),
      ...(isDeprecated ? { deprecated: true } : {}),
      ...(typeof body === 'string'
        ? BODIES[body](api.factsOf(errors, prefix, foreign))
        : { allOf: [refTo('schemas', `${prefix}Error`)] }),
    }
  }
}
