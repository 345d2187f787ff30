import { json5, yaml } from '../../dependencies.cjs'
import { SetupError } from '../../guard/setup-error.ts'
import { nodePath } from './host-files.ts'

/** Makes what a file holds of its text. Throws an error that says where it cannot. */
export type Parse = (text: string) => unknown

interface Parser {
  /** Bytes of a file. Other parsers than JSON's take a hundred times as long. */
  readonly maxBytes: number
  /** @throws SetupError - when the package that parses it is missing */
  readonly load: (file: string) => Parse
}

export const MAX_BYTES = 67_108_864
const MAX_BYTES_OF_OTHERS = 2_097_152

const YAML: Parser = { maxBytes: MAX_BYTES_OF_OTHERS, load: loadYaml }

/** The parsers of translators' files. */
const PARSERS: Readonly<Record<string, Parser>> = {
  '.json': { maxBytes: MAX_BYTES, load: () => JSON.parse as Parse },
  '.json5': { maxBytes: MAX_BYTES_OF_OTHERS, load: (file) => loaded(json5(file), 'json5', file).parse },
  '.yaml': YAML,
  '.yml': YAML,
}

export const EXTENSIONS: readonly string[] = Object.keys(PARSERS)

/** Returns what parses a file of one of the extensions, in letters of any case. */
export function parserOf(file: string): Parser {
  return PARSERS[nodePath.extname(file).toLowerCase()]!
}

function loaded<TPackage>(found: TPackage | undefined, name: string, file: string): TPackage {
  if (found !== undefined) return found
  throw new SetupError(`${file} needs the package ${name}, which is not there. Run npm install ${name}.`)
}

// No number, date or other type is made of a key, and none of a value that YAML 1.2 does not know. The package looks for
// equal keys, and for the lines of faults, in a time that grows with their square.
const YAML_OPTIONS = {
  schema: 'core',
  stringKeys: true,
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const

const MAX_ALIASES = 100

// Unquoted, {{left}} is a map whose key is a map.
const NO_TEXT_AS_KEY = 'Quote a text that begins with {{: a key is a map or a list'

function loadYaml(file: string): Parse {
  const { LineCounter, parseDocument, visit } = loaded(yaml(file), 'yaml', file)

  function parse(text: string): unknown {
    const lineCounter = new LineCounter()
    const document = parseDocument(text, { ...YAML_OPTIONS, lineCounter })
    const refuse = (message: string, [offset]: readonly number[]): never => {
      const { line, col } = lineCounter.linePos(offset!)
      throw new Error(`${message} at line ${line}, column ${col}`)
    }
    for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
      refuse(code === 'NON_STRING_KEY' ? NO_TEXT_AS_KEY : message, pos)
    }
    let aliases = 0
    visit(document, {
      Map(_, { items }) {
        const keys = new Set<unknown>()
        for (const { key } of items as readonly { readonly key: Key }[]) {
          if (key.value === '<<') refuse('A merge key is not read: write its members out', key.range)
          if (keys.has(key.value)) refuse('Map keys must be unique', key.range)
          keys.add(key.value)
        }
      },
      // A text over several lines ends in a line break, where its writer does not say otherwise.
      Scalar(_, scalar) {
        if (typeof scalar.value === 'string' && scalar.type?.startsWith('BLOCK')) {
          scalar.value = scalar.value.replace(/\n$/, '')
        }
      },
      Alias(_, { range }) {
        aliases += 1
        if (aliases > MAX_ALIASES) refuse(`More than ${MAX_ALIASES} aliases`, range!)
      },
    })
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown
  }

  if (keepsKeys(parse)) return parse
  throw new SetupError(`${file} needs the package yaml in version 2.6.1 or later. Run npm install yaml.`)
}

/** Older versions make numbers of keys, or have none of these functions. */
function keepsKeys(parse: Parse): boolean {
  try {
    return Object.hasOwn(parse('01: text') as object, '01')
  } catch {
    return false
  }
}

/** A key of a map, which is a text. */
interface Key {
  readonly value: string
  readonly range: readonly number[]
}
