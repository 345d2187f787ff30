/*
 * The part of the package `yaml` that is used, which a project installs where its document is YAML.
 */

/** Where a node stands in its text: its start, its end, and the end of what belongs to it. */
type Range = readonly [start: number, valueEnd: number, nodeEnd: number]

export interface YamlNode {
  readonly range?: Range | null | undefined
  readonly anchor?: string | undefined
  readonly toJS: (document: YamlDocument, options: { readonly maxAliasCount: number }) => unknown
}

export interface YamlPair {
  readonly key: unknown
  readonly value: unknown
}

export interface YamlMap extends YamlNode {
  readonly items: readonly YamlPair[]
  /** Whether it is written in braces. */
  readonly flow?: boolean | undefined
  readonly get: (key: string, keepScalar: true) => unknown
  readonly has: (key: string) => boolean
}

export interface YamlScalar extends YamlNode {
  readonly value: unknown
  readonly source?: string | undefined
}

export interface YamlAlias extends YamlNode {
  readonly source: string
  readonly resolve: (document: YamlDocument) => unknown
}

export interface YamlDocument {
  readonly contents: unknown
  readonly errors: readonly { readonly message: string }[]
  readonly setIn: (path: readonly string[], value: unknown) => void
  readonly deleteIn: (path: readonly string[]) => boolean
  readonly createNode: (value: unknown) => unknown
  readonly toString: (options: { readonly lineWidth: number }) => string
}

export interface Yaml {
  readonly parseAllDocuments: (text: string, options: { readonly logLevel: 'silent' }) => unknown
  readonly isMap: (value: unknown) => value is YamlMap
  readonly isAlias: (value: unknown) => value is YamlAlias
  readonly isScalar: (value: unknown) => value is YamlScalar
  readonly visit: (
    node: unknown,
    visitor: { readonly Node: (key: unknown, node: { readonly anchor?: string }) => void },
  ) => void
}

/** The name of a member. */
export function nameOf({ key }: YamlPair, yaml: Yaml): string {
  return String(yaml.isScalar(key) ? key.value : key)
}
