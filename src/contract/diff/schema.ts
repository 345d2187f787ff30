import { isObject } from '../../guard/options.ts'
import { readOwn } from '../../guard/own.ts'
import { isArray } from '../../guard/read.ts'
import type { DiffLevel } from './change.ts'

/** What another schema does to clients that read bodies by the old one. */
export interface SchemaChange {
  readonly level: DiffLevel
  readonly details: readonly string[]
}

/** They say nothing that a program reads. */
const ANNOTATIONS = [
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
]
/** They are compared member by member. */
const OBJECTS = ['properties', 'required', 'additionalProperties']
const MAX_DEPTH = 16

/**
 * Compares the JSON Schemas of a body. A member that is gone, may be missing or is something else breaks clients; one
 * more does not. What else differs is not judged.
 */
export function compareSchemas(before: unknown, after: unknown): SchemaChange {
  const breaking: string[] = []
  const risky: string[] = []
  const safe: string[] = []

  function compare(was: unknown, is: unknown, path: string, depth: number): void {
    if (!isObject(was) || !isObject(is) || depth > MAX_DEPTH) {
      if (JSON.stringify(was) !== JSON.stringify(is)) risky.push(path)
      return
    }
    const [olds, nexts] = [propertiesOf(was), propertiesOf(is)]
    const [needed, sure] = [requiredOf(was), requiredOf(is)]
    for (const name of Object.keys(olds)) {
      const at = path === 'body' ? name : `${path}.${name}`
      if (!Object.hasOwn(nexts, name)) breaking.push(`without ${at}`)
      else {
        if (needed.has(name) && !sure.has(name)) breaking.push(`${at} may be missing`)
        if (!needed.has(name) && sure.has(name)) safe.push(`always with ${at}`)
        compare(readOwn(olds, name), readOwn(nexts, name), at, depth + 1)
      }
    }
    for (const name of Object.keys(nexts)) {
      if (!Object.hasOwn(olds, name)) safe.push(`with ${path === 'body' ? name : `${path}.${name}`}`)
    }
    const rest = new Set([...Object.keys(was), ...Object.keys(is)])
    for (const word of rest) {
      if (ANNOTATIONS.includes(word) || OBJECTS.includes(word)) continue
      if (JSON.stringify(readOwn(was, word)) === JSON.stringify(readOwn(is, word))) continue
      const isOfType = word === 'type' || word === 'const'
      const details = isOfType ? breaking : risky
      details.push(`another ${word} of ${path}`)
    }
  }

  compare(before, after, 'body', 0)
  const details = [...breaking, ...risky, ...safe]
  if (breaking.length > 0) return { level: 'breaking', details }
  if (risky.length > 0) return { level: 'risky', details }
  return { level: safe.length > 0 ? 'safe' : 'docs', details }
}

function propertiesOf(schema: object): object {
  const properties = readOwn(schema, 'properties')
  return isObject(properties) ? properties : {}
}

function requiredOf(schema: object): ReadonlySet<unknown> {
  const required = readOwn(schema, 'required')
  return new Set(isArray(required) ? required : [])
}
