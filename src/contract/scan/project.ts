import { outlineOf, type Outline } from './outline.ts'
import { literalOf } from './literal.ts'
import { readText } from './disk.ts'
import type { Modules, Target } from './evaluate.ts'
import { createResolver } from './resolve.ts'
import type { Parser, Syntax } from './syntax.ts'

/** Why a file cannot be followed, and where. */
export interface Fault {
  readonly offset: number
  readonly problem: string
}

// A parser calls itself for what is inside: https://github.com/oxc-project/oxc has no limit of its own.
const MAX_NESTING = 2000

/** Any text between quotes that an import, an export or a `require` takes. */
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g

/** The files of a project, each read and parsed once, when somebody asks. */
export class Project implements Modules {
  readonly resolve: (from: string, specifier: string) => Target
  readonly faults = new Map<string, Fault>()
  readonly #parser: Parser
  readonly #texts = new Map<string, string | undefined>()
  readonly #outlines = new Map<string, Outline | undefined>()
  readonly #catalogs: ReadonlyMap<string, string>

  /** @param catalogs - names by file, of files that export one catalog */
  constructor(parser: Parser, catalogs: ReadonlyMap<string, string>) {
    this.#parser = parser
    this.#catalogs = catalogs
    this.resolve = createResolver((text) => this.#json(text))
  }

  catalogOf(file: string): string | undefined {
    return this.#catalogs.get(file)
  }

  text(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, readText(file))
    return this.#texts.get(file)
  }

  outline(file: string): Outline | undefined {
    if (!this.#outlines.has(file)) this.#outlines.set(file, this.#read(file))
    return this.#outlines.get(file)
  }

  /** The files that a file may take something from. */
  importsOf(file: string): readonly string[] {
    const text = this.text(file) ?? ''
    const specifiers = new Set(Array.from(text.matchAll(SPECIFIER), ([, , specifier = '']) => specifier))
    return [...specifiers].flatMap((specifier) => {
      const target = this.resolve(file, specifier)
      return target.kind === 'file' ? [target.file] : []
    })
  }

  #read(file: string): Outline | undefined {
    const text = this.text(file)
    if (text === undefined) return this.#fail(file, 0, 'cannot be read, or is larger than 2 MB')
    // What JSON holds is what a module would export.
    const isJson = file.endsWith('.json')
    const source = isJson ? `module.exports = ${text}` : text
    if (isNestedDeeply(source)) return this.#fail(file, 0, `is nested more than ${MAX_NESTING} deep`)
    try {
      const { program, errors } = this.#parse(isJson ? `${file}.cjs` : file, source)
      const fault = errors.find(({ severity }) => severity === 'Error')
      if (fault !== undefined && program.body.length === 0) {
        return this.#fail(file, fault.labels[0]?.start ?? 0, `is no valid program: ${fault.message}`)
      }
      return outlineOf(file, program.body)
    } catch (error) {
      return this.#fail(
        file,
        0,
        `cannot be parsed: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  #parse(file: string, text: string): ReturnType<Parser['parseSync']> {
    const parsed = this.#parser.parseSync(file, text, { preserveParens: false })
    // In JavaScript, JSX stands in files of any name.
    const isScript = /\.[cm]?js$/.test(file) && parsed.errors.length > 0 && parsed.program.body.length === 0
    return isScript ? this.#parser.parseSync(file, text, { preserveParens: false, lang: 'jsx' }) : parsed
  }

  #fail(file: string, offset: number, problem: string): undefined {
    this.faults.set(file, { offset, problem })
  }

  /** Parses JSON, in which comments and commas at the end may stand. */
  #json(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      if (isNestedDeeply(text)) return undefined
    }
    const [statement] = this.#parser.parseSync('a.js', `(${text}\n)`, { preserveParens: false }).program.body
    return literalOf((statement as { readonly expression?: Syntax } | undefined)?.expression)
  }
}

function isNestedDeeply(text: string): boolean {
  let depth = 0
  let deepest = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit === 0x28 || unit === 0x5b || unit === 0x7b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (unit === 0x29 || unit === 0x5d || unit === 0x7d) depth -= 1
  }
  return deepest > MAX_NESTING
}
