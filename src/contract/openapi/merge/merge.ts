import { SetupError } from '../../../guard/setup-error.ts'
import { fingerprintOf, type Finding } from '../../findings/finding.ts'
import type { OpenapiComponents } from '../components.ts'
import { pascal } from '../names.ts'
import { SECTIONS, type OpenapiVersion, type Section } from '../schema.ts'
import { DocumentError, type AuthoredDocument, type Present } from './document.ts'
import { readJsonDocument } from './json-document.ts'
import { readYamlDocument } from './yaml-document.ts'
import type { Yaml } from './yaml.ts'

/** The components of a catalog, which take the place of those that it had. */
export interface Owned {
  readonly catalog: string
  readonly components: OpenapiComponents
}

/** A document with the components of catalogs in it. */
export interface Merged {
  /** Undefined where a user's component has a name that is needed. */
  readonly text: string | undefined
  readonly findings: readonly Finding[]
  /** How many components are there that were not, that are other ones, and that are gone. */
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Other catalogs, whose components stay. */
  readonly others: readonly string[]
}

/** An OpenAPI document that components can be merged into. */
export interface OpenapiFile {
  readonly version: OpenapiVersion
  readonly merge: (owned: readonly Owned[]) => Merged
}

/** No document that people write is larger. */
export const MAX_DOCUMENT_LENGTH = 64 * 1024 * 1024

/** Whether a document is JSON: by its name, else by its first character. */
export function isJson(file: string, text: string): boolean {
  return /\.json$/i.test(file) || (!/\.ya?ml$/i.test(file) && /^\s*\{/.test(text))
}

/**
 * Reads a document as its author wrote it.
 *
 * @param file - where it is, for messages
 * @param yaml - the package, where the document is YAML
 * @throws SetupError - for what cannot be read, or is no document of OpenAPI 3
 */
export function openapiFile(file: string, given: string, yaml: Yaml | undefined): OpenapiFile {
  const text = given.replace(/^\uFEFF/, '')
  const document = asked(file, () => {
    if (text.length > MAX_DOCUMENT_LENGTH) {
      throw new DocumentError('has more than 64 MiB. Put the components into a document of their own.')
    }
    if (text.trim() === '') throw new DocumentError('is empty. Begin it with openapi: 3.1.1.')
    return yaml === undefined ? readJsonDocument(text) : readYamlDocument(text, yaml)
  })
  const mark = given.slice(0, given.length - text.length)
  return {
    version: document.version,
    merge: (owned) => asked(file, () => merged(file, text, mark, document, owned)),
  }
}

function asked<TResult>(file: string, ask: () => TResult): TResult {
  try {
    return ask()
  } catch (error) {
    if (error instanceof DocumentError) throw new SetupError(`${file} ${error.message}`)
    throw error
  }
}

function merged(
  file: string,
  text: string,
  mark: string,
  document: AuthoredDocument,
  owned: readonly Owned[],
): Merged {
  const catalogs = new Set(owned.map(({ catalog }) => catalog))
  const changes = Object.fromEntries(
    SECTIONS.map((section) => [section, new Map<string, object | undefined>()]),
  ) as Record<Section, Map<string, object | undefined>>
  const counts = { added: 0, changed: 0, removed: 0 }
  const others = new Set<string>()
  const taken: Finding[] = []
  const kept = new Set<string>()
  for (const section of SECTIONS) {
    const present = document.present(section)
    const wanted = new Map<string, { readonly catalog: string; readonly component: object }>()
    for (const { catalog, components } of owned) {
      for (const [name, component] of Object.entries(asRead(components[section]))) {
        const other = wanted.get(name)
        if (other !== undefined) throw new DocumentError(clash(section, name, other.catalog, catalog))
        wanted.set(name, { catalog, component })
      }
    }
    for (const [name, there] of present) {
      const owner = ownerOf(there)
      if (wanted.has(name) && (owner === undefined || (owner !== ANY && !catalogs.has(owner)))) {
        taken.push(takenFinding(file, text, section, name, wanted.get(name)!.catalog, owner))
      } else if (owner !== undefined && owner !== ANY && !catalogs.has(owner)) {
        others.add(owner)
      } else if (owner !== undefined && !wanted.has(name)) {
        changes[section].set(name, undefined)
        counts.removed++
        continue
      }
      kept.add(`${section}/${name}`)
    }
    for (const [name, { component }] of wanted) {
      kept.add(`${section}/${name}`)
      const there = present.get(name)
      if (there?.says(component) === true) continue
      counts[there === undefined ? 'added' : 'changed']++
      changes[section].set(name, component)
    }
  }
  const rest = { ...counts, others: [...others] }
  if (taken.length > 0) return { text: undefined, findings: taken, ...rest }
  const made = document.changed(changes)
  return { text: mark + made, findings: danglingIn(file, made, kept, [...catalogs]), ...rest }
}

/** Components as they are read from a document. */
function asRead(components: object): Readonly<Record<string, object>> {
  return JSON.parse(JSON.stringify(components)) as Readonly<Record<string, object>>
}

/** Of a component that says nothing of its catalog. */
const ANY = Symbol('any catalog')

function ownerOf({ mark }: Present): string | typeof ANY | undefined {
  if (mark === undefined) return undefined
  const { catalog } = mark
  return typeof catalog === 'string' ? catalog : ANY
}

function clash(section: Section, name: string, one: string, other: string): string {
  return `cannot have both catalogs: ${one} and ${other} each have a component ${section}.${name}. Write them into two documents.`
}

function takenFinding(
  file: string,
  text: string,
  section: Section,
  name: string,
  catalog: string,
  owner: string | typeof ANY | undefined,
): Finding {
  const whose = typeof owner === 'string' ? `is one of catalog ${owner}` : 'is not ours: it has no x-bizerror'
  return {
    rule: 'openapi-name-taken',
    level: 'error',
    message: `components.${section}.${name} ${whose}. Rename it.`,
    catalog,
    file,
    line: lineOf(
      text,
      new RegExp(`^[ \\t]*["']?${name.replaceAll(/[.-]/g, String.raw`\$&`)}["']?[ \\t]*:`, 'm'),
    ),
    fingerprint: fingerprintOf('openapi-name-taken', catalog, section, name),
  }
}

function lineOf(text: string, pattern: RegExp): number | undefined {
  const at = text.search(pattern)
  return at === -1 ? undefined : text.slice(0, at).split('\n').length
}

const REF = /#\/components\/(schemas|responses|headers|examples)\/([A-Za-z0-9._-]+)/g

/** The references to components of the catalogs that are not there, or not any more. */
function danglingIn(
  file: string,
  text: string,
  there: ReadonlySet<string>,
  catalogs: readonly string[],
): readonly Finding[] {
  const beginnings = catalogs.flatMap((catalog) => [`${pascal(catalog)}Error`, `${pascal(catalog)}Status`])
  return text.split('\n').flatMap((line, index) =>
    line.trimStart().startsWith('#')
      ? []
      : Array.from(line.matchAll(REF), ([ref, section = '', name = '']) => ({ ref, section, name }))
          .filter(
            ({ section, name }) =>
              !there.has(`${section}/${name}`) && beginnings.some((beginning) => name.startsWith(beginning)),
          )
          .map(({ ref, section, name }) => ({
            rule: 'openapi-dangling-ref',
            level: 'error' as const,
            message: `${ref} is not there: no error of the catalog has it, or has it any more. Remove the reference.`,
            file,
            line: index + 1,
            fingerprint: fingerprintOf('openapi-dangling-ref', section, name),
          })),
  )
}
