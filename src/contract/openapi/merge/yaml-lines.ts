import type { Section } from '../schema.ts'
import type { Changes } from './document.ts'
import { nameOf, type Yaml, type YamlMap, type YamlNode, type YamlPair } from './yaml.ts'
import { memberLines } from './yaml-text.ts'

/** What of a document has components. */
export interface Place {
  readonly root: YamlMap
  readonly components: YamlMap | undefined
  readonly sections: ReadonlyMap<Section, YamlMap | undefined>
  /** The sections that have changes. */
  readonly needed: readonly Section[]
}

/** Lines in the place of others. Positions are those of the text as it was. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

type Members = ReadonlyMap<string, object | undefined>

/** Changes the lines of components, and no other. Their maps are written by indentation. */
export function editLines(text: string, place: Place, changes: Changes, yaml: Yaml): string {
  const { root, components, sections, needed } = place
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const rootColumn = columnOf(root) ?? 0
  const indent = indentation()
  const column = (components && columnOf(components)) ?? rootColumn + indent.length
  const edits: Edit[] = []
  let missing = ''
  for (const section of needed) {
    const map = sections.get(section)
    if (map !== undefined && map.items.length > 0) {
      edits.push(...editsOf(map, changes[section]))
      continue
    }
    const added = lines(changes[section], column + indent.length)
    if (added === '') continue
    const pair = components && pairOf(components, section)
    if (pair !== undefined) edits.push(...under(pair, added))
    else missing += `${' '.repeat(column)}${section}:${newline}${added}`
  }
  if (missing !== '') edits.push(...newSections(missing))
  return applied(text, edits, newline)

  /** What a level is indented by: as in components, else as anywhere below the root. */
  function indentation(): string {
    for (const map of [components, ...root.items.map(({ value }) => value)]) {
      if (!yaml.isMap(map) || map.flow === true) continue
      const inner = columnOf(map)
      if (inner !== undefined && inner > rootColumn) return ' '.repeat(inner - rootColumn)
    }
    return '  '
  }

  /** The column of a map's keys. Undefined where it has none. */
  function columnOf({ items: [pair] }: YamlMap): number | undefined {
    return pair && startOf(pair) - lineStart(startOf(pair))
  }

  function lineStart(at: number): number {
    return text.lastIndexOf('\n', at - 1) + 1
  }

  function lineEnd(at: number): number {
    const end = text.indexOf('\n', at)
    return end === -1 ? text.length : end + 1
  }

  function pairOf({ items }: YamlMap, name: string): YamlPair | undefined {
    return items.find((pair) => nameOf(pair, yaml) === name)
  }

  function editsOf(map: YamlMap, members: Members): readonly Edit[] {
    const own = columnOf(map)!
    const left = new Map(members)
    const made: Edit[] = []
    for (const pair of map.items) {
      const name = nameOf(pair, yaml)
      if (!left.has(name)) continue
      const member = lines(new Map([[name, left.get(name)]]), own)
      left.delete(name)
      made.push({ start: lineStart(startOf(pair)), end: endOf(pair), text: member })
    }
    const at = endOf(map.items.at(-1)!)
    return [...made, { start: at, end: at, text: lines(left, own) }]
  }

  /** Adds sections to the components, or components to the document. */
  function newSections(added: string): readonly Edit[] {
    const pair = pairOf(root, 'components')
    if (pair !== undefined && (components === undefined || components.items.length === 0)) {
      return under(pair, added)
    }
    const last = components === undefined ? root.items.at(-1)! : components.items.at(-1)!
    const start = components === undefined ? `${' '.repeat(rootColumn)}components:${newline}` : ''
    return [{ start: endOf(last), end: endOf(last), text: start + added }]
  }

  /** Adds lines under a key that has nothing, or `{}`. */
  function under(pair: YamlPair, added: string): readonly Edit[] {
    const keyEnd = (pair.key as YamlNode).range![1]
    const [start, end] = (pair.value as YamlNode | null)?.range ?? [keyEnd, keyEnd]
    const at = lineEnd(end)
    // The blank before it goes, too.
    const emptied = end > start ? [{ start: start - 1, end, text: '' }] : []
    return [...emptied, { start: at, end: at, text: added }]
  }

  /** Where the lines of a member end: before comments and blank lines that stand in front of the next one. */
  function endOf(pair: YamlPair): number {
    const start = startOf(pair)
    const own = start - lineStart(start)
    const valueEnd = (pair.value as YamlNode | null)?.range?.[1] ?? start
    let end = lineEnd(start)
    for (let next = end; next < text.length; next = lineEnd(next)) {
      const depth = text.slice(next, lineEnd(next)).search(/\S/)
      if (depth === -1) continue
      if (depth <= own && text.slice(next, valueEnd).trim() === '') break
      end = lineEnd(next)
    }
    return end
  }

  function lines(members: Members, at: number): string {
    const before = ' '.repeat(at)
    return [...members]
      .flatMap(([name, member]) => (member === undefined ? [] : memberLines(name, member, indent)))
      .map((line) => (line === '' ? '' : before + line) + newline)
      .join('')
  }
}

function startOf({ key }: YamlPair): number {
  return (key as YamlNode).range![0]
}

function applied(text: string, edits: readonly Edit[], newline: string): string {
  let made = ''
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    made += text.slice(at, edit.start)
    // The last line may have no end.
    if (edit.text !== '' && made !== '' && !made.endsWith('\n')) made += newline
    made += edit.text
    at = edit.end
  }
  return made + text.slice(at)
}
