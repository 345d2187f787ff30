import type { DumpApi } from '../dump/dump.ts'
import { memberLines } from './merge/yaml-text.ts'
import { OPENAPI, SECTIONS, type OpenapiSchema, type OpenapiVersion, type Section } from './schema.ts'
import type { OpenapiComponents } from './components.ts'

/**
 * Writes a document that has components alone, for others to refer to: as YAML, or as JSON.
 *
 * @param api - whose errors they are
 */
export function documentText(
  components: OpenapiComponents,
  version: OpenapiVersion,
  api: Required<DumpApi>,
  format: 'json' | 'yaml',
): string {
  const document = {
    openapi: OPENAPI[version],
    info: { title: api.title, version: api.version },
    paths: {},
    components,
  }
  if (format === 'json') return `${JSON.stringify(document, undefined, 2)}\n`
  // As others read it.
  const plain = JSON.parse(JSON.stringify(document)) as object
  return Object.entries(plain)
    .flatMap(([name, value]) => memberLines(name, value, '  '))
    .map((line) => `${line}\n`)
    .join('')
}

/**
 * Puts the components of several catalogs together.
 *
 * @param onClash - called with a name that two of them have
 */
export function allComponents(
  each: readonly OpenapiComponents[],
  onClash: (name: string) => never,
): OpenapiComponents {
  const all: Record<Section, Record<string, OpenapiSchema>> = {
    schemas: {},
    responses: {},
    headers: {},
    examples: {},
  }
  for (const components of each) {
    for (const section of SECTIONS) {
      for (const [name, component] of Object.entries(components[section])) {
        if (Object.hasOwn(all[section], name)) onClash(`${section}.${name}`)
        all[section][name] = component
      }
    }
  }
  return all
}
