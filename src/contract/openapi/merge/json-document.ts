import { isRecord } from '../../../guard/read.ts'
import { readOwn } from '../../../guard/own.ts'
import { SECTIONS, type Section } from '../schema.ts'
import { DocumentError, presentOf, type AuthoredDocument, type Changes } from './document.ts'
import { endOfValue, membersAt, type Member } from './json-text.ts'
import { versionOf } from './version.ts'

/**
 * Reads a document that is JSON. What it does not change stays as it is written.
 *
 * @throws DocumentError - for what is no such document
 */
export function readJsonDocument(text: string): AuthoredDocument {
  const document = parsed(text)
  if (!isRecord(document)) throw new DocumentError('is no OpenAPI document: it is no object.')
  const version = versionOf({ openapi: readOwn(document, 'openapi'), swagger: readOwn(document, 'swagger') })
  const components = checked(document, 'components', 'components')
  const sections = new Map(
    SECTIONS.map((section) => [section, checked(components, section, `components.${section}`)]),
  )
  return {
    version,
    present: (section) =>
      new Map(
        Object.entries(sections.get(section) ?? {}).map(([name, component]) => [name, presentOf(component)]),
      ),
    changed: (changes) => changedText(text, changes),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new DocumentError(`is no JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

function checked(
  parent: Readonly<Record<string, unknown>> | undefined,
  name: string,
  path: string,
): Readonly<Record<string, unknown>> | undefined {
  const value = readOwn(parent, name)
  if (value === undefined) return undefined
  if (!isRecord(value)) throw new DocumentError(`has ${path} that is no object. Make it one.`)
  if (Object.hasOwn(value, '$ref') && typeof value['$ref'] === 'string') {
    throw new DocumentError(`has ${path} in another place ($ref), which is not followed. Name that file.`)
  }
  return value
}

function changedText(text: string, changes: Changes): string {
  const style = styleOf(text)
  let changed = text
  for (const section of SECTIONS) {
    if (changes[section].size > 0) changed = withSection(changed, section, changes[section], style)
  }
  return changed
}

interface Style {
  /** What a level is indented by. Undefined: all stands on one line. */
  readonly indent: string | undefined
  readonly newline: string
}

function styleOf(text: string): Style {
  const first = /^\s*\{[ \t]*(\r?\n)([ \t]*)/.exec(text)
  if (first === null) return { indent: undefined, newline: '' }
  return { indent: first[2] === '' ? '  ' : first[2]!, newline: first[1]! }
}

function withSection(
  text: string,
  section: Section,
  changes: ReadonlyMap<string, object | undefined>,
  style: Style,
): string {
  const root = text.indexOf('{')
  const components = lastNamed(membersAt(text, root), 'components')
  const own =
    components === undefined ? undefined : lastNamed(membersAt(text, components.valueStart), section)
  const kept = own === undefined ? [] : membersAt(text, own.valueStart)
  const names = new Set(kept.map(({ name }) => name))
  const written = [
    ...kept.flatMap((member) => {
      const { name, start, valueEnd } = member
      if (!changes.has(name)) return [text.slice(start, valueEnd)]
      const component = changes.get(name)
      return component === undefined ? [] : [memberText(name, component, 3, style)]
    }),
    ...[...changes].flatMap(([name, component]) =>
      component === undefined || names.has(name) ? [] : [memberText(name, component, 3, style)],
    ),
  ]
  if (written.length === 0 && own === undefined) return text
  const value = objectText(written, 2, style)
  if (own !== undefined) return text.slice(0, own.valueStart) + value + text.slice(own.valueEnd)
  const member = `${JSON.stringify(section)}:${space(style)}${value}`
  if (components !== undefined) return withMember(text, components.valueStart, member, 1, style)
  return withMember(text, root, `"components":${space(style)}${objectText([member], 1, style)}`, 0, style)
}

function lastNamed(members: readonly Member[], name: string): Member | undefined {
  return members.findLast((member) => member.name === name)
}

/** Adds a member at the end of an object. */
function withMember(text: string, object: number, member: string, depth: number, style: Style): string {
  const members = membersAt(text, object)
  const last = members.at(-1)
  if (last !== undefined) {
    return `${text.slice(0, last.valueEnd)},${lineStart(depth + 1, style)}${member}${text.slice(last.valueEnd)}`
  }
  return text.slice(0, object) + objectText([member], depth, style) + text.slice(endOfValue(text, object))
}

function memberText(name: string, component: object, depth: number, style: Style): string {
  const { indent, newline } = style
  const value = JSON.stringify(component, undefined, indent)
  const lines = indent === undefined ? value : value.replaceAll('\n', newline + indent.repeat(depth))
  return `${JSON.stringify(name)}:${space(style)}${lines}`
}

function objectText(members: readonly string[], depth: number, style: Style): string {
  if (members.length === 0) return '{}'
  const start = lineStart(depth + 1, style)
  return `{${start}${members.join(`,${start}`)}${lineStart(depth, style)}}`
}

function lineStart(depth: number, { indent, newline }: Style): string {
  return indent === undefined ? '' : newline + indent.repeat(depth)
}

function space({ indent }: Style): string {
  return indent === undefined ? '' : ' '
}
