import { UsageError } from '../../cli/command.ts'
import { MAX_DEPTH, type Member, type Node } from './tree.ts'

/** As much of the package yaml as is used here. */
export interface Yaml {
  readonly parseAllDocuments: (
    text: string,
    options: { readonly lineCounter: LineCounter; readonly uniqueKeys: false; readonly logLevel: 'silent' },
  ) => readonly YamlDocument[] | { readonly empty: true }
  readonly LineCounter: new () => LineCounter
  readonly isMap: (node: unknown) => boolean
  readonly isSeq: (node: unknown) => boolean
  readonly isAlias: (node: unknown) => boolean
}

interface LineCounter {
  readonly linePos: (offset: number) => { readonly line: number }
}

interface YamlDocument {
  readonly errors: readonly Error[]
  readonly contents: unknown
}

interface YamlNode {
  readonly range?: readonly number[] | null
  readonly items?: readonly unknown[]
  readonly value?: unknown
  readonly source?: string
  readonly resolve?: (document: unknown) => unknown
}

/** More than any table has, also when aliases repeat what they stand for. */
const MAX_NODES = 1_000_000

/** Reads YAML with the lines of its values. Numbers stay as they are written: `0100` is a code. */
export function readYaml(text: string, file: string, yaml: Yaml): readonly Node[] {
  const lineCounter = new yaml.LineCounter()
  let documents: ReturnType<Yaml['parseAllDocuments']>
  try {
    documents = yaml.parseAllDocuments(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' })
  } catch (error) {
    throw new UsageError(`${file} is no YAML that can be read: ${firstLine(error)}.`, { cause: error })
  }
  if (!Array.isArray(documents)) return []
  let count = 0

  function nodeOf(document: YamlDocument, given: unknown, depth: number): Node {
    count += 1
    if (count > MAX_NODES)
      throw new UsageError(`${file} has more than ${MAX_NODES} values, aliases included. Split it.`)
    if (depth > MAX_DEPTH)
      throw new UsageError(`${file} is nested deeper than ${MAX_DEPTH} levels. Give the table alone.`)
    const node = (given ?? {}) as YamlNode
    const line = lineOf(node)
    if (yaml.isAlias(node)) {
      const target = node.resolve?.(document)
      return target === undefined ? scalar('', line, false) : nodeOf(document, target, depth + 1)
    }
    if (yaml.isMap(node)) {
      const pairs = (node.items ?? []) as readonly { readonly key: YamlNode; readonly value: unknown }[]
      const members = pairs.map(({ key, value }): Member => {
        return {
          name: textOf(key),
          line: lineOf(key ?? {}) || line,
          value: nodeOf(document, value, depth + 1),
        }
      })
      return { kind: 'map', members, line }
    }
    if (yaml.isSeq(node)) {
      return {
        kind: 'list',
        items: (node.items ?? []).map((item) => nodeOf(document, item, depth + 1)),
        line,
      }
    }
    const isNumber = typeof node.value === 'number' || typeof node.value === 'bigint'
    return scalar(
      node.value === null ? '' : textOf(node),
      line,
      isNumber ? undefined : typeof node.value !== 'boolean',
    )
  }

  function lineOf({ range }: YamlNode): number {
    return range ? lineCounter.linePos(range[0]!).line : 0
  }

  return documents.map((document) => {
    const [error] = document.errors
    if (error !== undefined) throw new UsageError(`${file} is no YAML that can be read: ${firstLine(error)}`)
    return nodeOf(document, document.contents, 0)
  })
}

function scalar(value: string, line: number, isString: boolean | undefined): Node {
  return { kind: 'scalar', value, isString, line }
}

function textOf(node: YamlNode | null): string {
  const { value = '', source } = node ?? {}
  const isNumber = typeof value === 'number' || typeof value === 'bigint'
  if (isNumber && source !== undefined) return source
  return isNumber || typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split('\n')[0]!
    .replace(/:$/, '')
}
