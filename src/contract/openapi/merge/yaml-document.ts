import { isRecord } from '../../../guard/read.ts'
import { SECTIONS, type Section } from '../schema.ts'
import {
  DocumentError,
  presentOf,
  USERS,
  type AuthoredDocument,
  type Changes,
  type Present,
} from './document.ts'
import { versionOf } from './version.ts'
import { nameOf, type Yaml, type YamlDocument, type YamlMap } from './yaml.ts'
import { editLines, type Place } from './yaml-lines.ts'

/**
 * Reads a document that is YAML. What it does not change stays as it is written, with its comments.
 *
 * @throws DocumentError - for what is no such document
 */
export function readYamlDocument(text: string, yaml: Yaml): AuthoredDocument {
  const document = parsed(text, yaml)
  const { contents } = document
  if (!yaml.isMap(contents)) throw new DocumentError('is no OpenAPI document: it is no map.')
  const version = versionOf({
    openapi: scalarOf(contents.get('openapi', true), yaml),
    swagger: scalarOf(contents.get('swagger', true), yaml),
  })
  const components = mapAt(contents, 'components', 'components', yaml)
  const sections = new Map(
    SECTIONS.map((section) => [
      section,
      components && mapAt(components, section, `components.${section}`, yaml),
    ]),
  )
  const membersOf = (section: Section): ReadonlyMap<string, Present> =>
    presentIn(sections.get(section), document, yaml)
  return {
    version,
    present: membersOf,
    changed(changes) {
      refuseAnchors(sections, changes, yaml)
      const needed = SECTIONS.filter((section) => changes[section].size > 0)
      const made = edited(text, { root: contents, components, sections, needed }, changes, document, yaml)
      // It is read once more before it takes the place of what a person wrote.
      parsed(made, yaml)
      return made
    },
  }
}

function parsed(text: string, yaml: Yaml): YamlDocument {
  let documents: readonly YamlDocument[]
  try {
    documents = yaml.parseAllDocuments(text, { logLevel: 'silent' }) as readonly YamlDocument[]
  } catch (error) {
    // RangeError: it nests deeper than the stack.
    throw new DocumentError(`cannot be read as YAML: ${firstLine(error)}`)
  }
  const [document, ...others] = documents
  if (document === undefined) throw new DocumentError('is empty. Begin it with openapi: 3.1.1.')
  if (others.length > 0) throw new DocumentError('holds several YAML documents. Name a file with one.')
  const [error] = document.errors
  if (error !== undefined) throw new DocumentError(`cannot be read as YAML: ${firstLine(error)}`)
  return document
}

function firstLine(error: unknown): string {
  return String(isRecord(error) || error instanceof Error ? (error as Error).message : error)
    .split('\n')[0]!
    .replace(/:$/, '.')
}

function scalarOf(node: unknown, yaml: Yaml): unknown {
  return yaml.isScalar(node) ? (node.source ?? node.value) : node === undefined ? undefined : null
}

/** The map under a name. Undefined where there is none, or nothing in it. */
function mapAt(parent: YamlMap, name: string, path: string, yaml: Yaml): YamlMap | undefined {
  const node: unknown = parent.get(name, true)
  if (node === undefined || (yaml.isScalar(node) && node.value === null)) return undefined
  if (yaml.isAlias(node)) {
    throw new DocumentError(`has ${path} as an alias (*${node.source}). Write it out.`)
  }
  if (!yaml.isMap(node)) throw new DocumentError(`has ${path} that is no map. Make it one.`)
  if (node.has('$ref')) {
    throw new DocumentError(`has ${path} in another place ($ref), which is not followed. Name that file.`)
  }
  return node
}

function presentIn(
  section: YamlMap | undefined,
  document: YamlDocument,
  yaml: Yaml,
): ReadonlyMap<string, Present> {
  const present = new Map<string, Present>()
  for (const pair of section?.items ?? []) {
    const name = nameOf(pair, yaml)
    if (name === '<<') {
      for (const merged of mergedNames(pair.value, document, yaml)) present.set(merged, USERS)
    } else {
      present.set(name, presentOf(plainOf(pair.value, document, yaml)))
    }
  }
  return present
}

/** The names that a merge key brings in: they stand somewhere else. */
function mergedNames(value: unknown, document: YamlDocument, yaml: Yaml): readonly string[] {
  const node = yaml.isAlias(value) ? value.resolve(document) : value
  return yaml.isMap(node) ? node.items.map((pair) => nameOf(pair, yaml)) : []
}

/** The data of a node. Undefined where aliases make more of it than it is worth. */
function plainOf(node: unknown, document: YamlDocument, yaml: Yaml): unknown {
  try {
    return yaml.isMap(node) ? node.toJS(document, { maxAliasCount: 100 }) : undefined
  } catch {
    return undefined
  }
}

/** Others may refer to what stands in a component that is replaced. */
function refuseAnchors(
  sections: ReadonlyMap<Section, YamlMap | undefined>,
  changes: Changes,
  yaml: Yaml,
): void {
  for (const section of SECTIONS) {
    for (const pair of sections.get(section)?.items ?? []) {
      const name = nameOf(pair, yaml)
      if (!changes[section].has(name)) continue
      yaml.visit(pair.value, {
        Node(_, { anchor }) {
          if (anchor === undefined) return
          throw new DocumentError(
            `has the anchor &${anchor} in components.${section}.${name}, which is replaced. Move it out of there.`,
          )
        },
      })
    }
  }
}

/** Changes the lines of components. Where they are written in braces, the document is written anew. */
function edited(text: string, place: Place, changes: Changes, document: YamlDocument, yaml: Yaml): string {
  const { root, components, sections, needed } = place
  if (needed.length === 0) return text
  const maps = [root, components, ...needed.map((section) => sections.get(section))]
  const isBlock = maps.every((map) => map === undefined || map.items.length === 0 || map.flow !== true)
  if (!isBlock || root.flow === true || hasEnd(text)) return rewritten(changes, document)
  return editLines(text, place, changes, yaml)
}

/** Whether what is added at the end would stand behind the end of the document. */
function hasEnd(text: string): boolean {
  return /^\.\.\.(?:\s|$)/m.test(text)
}

function rewritten(changes: Changes, document: YamlDocument): string {
  for (const section of SECTIONS) {
    for (const [name, component] of changes[section]) {
      const path = ['components', section, name]
      if (component === undefined) document.deleteIn(path)
      else document.setIn(path, document.createNode(component))
    }
  }
  return document.toString({ lineWidth: 0 })
}
