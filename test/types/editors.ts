import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as TypeScript from 'typescript59'

/** A place in a file: the cursor stands at the `|` of a piece of its text. */
export interface Place {
  readonly file: string
  readonly offset: number
}

/** What a developer's editor asks of a version of TypeScript. Places are told as `file: line of text`. */
export interface Editor {
  /** The names that can stand here. */
  readonly completions: (at: Place) => Promise<readonly string[]>
  readonly definitions: (at: Place) => Promise<readonly string[]>
  readonly references: (at: Place) => Promise<readonly string[]>
  /** What is written anew where this is renamed. */
  readonly renames: (at: Place) => Promise<readonly string[]>
  readonly hover: (at: Place) => Promise<string>
  /** The compiler's words, whole. */
  readonly problems: (file: string) => Promise<readonly string[]>
  readonly close: () => void
}

const project = fileURLToPath(new URL('editor/tsconfig.json', import.meta.url))
const textOf = (file: string): string => readFileSync(file, 'utf8')

/** Returns the path of a file of the project. */
export function fileOf(name: string): string {
  return fileURLToPath(new URL(`editor/${name}`, import.meta.url))
}

/** Finds a place by the text around it. */
export function place(name: string, text: string): Place {
  const file = fileOf(name)
  const start = textOf(file).indexOf(text.replace('|', ''))
  if (start === -1) throw new Error(`${name} does not hold ${text}`)
  return { file, offset: start + text.indexOf('|') }
}

function lineAt(file: string, offset: number): string {
  const text = textOf(file)
  const end = text.indexOf('\n', offset)
  return `${basename(file)}: ${text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? undefined : end).trim()}`
}

function linesOf(spans: readonly TypeScript.DocumentSpan[] = []): readonly string[] {
  return spans.map(({ fileName, textSpan }) => lineAt(fileName, textSpan.start))
}

/** The language service of a TypeScript that is written in JavaScript. */
export function languageService(packageName: string): Editor {
  const ts = createRequire(import.meta.url)(packageName) as typeof TypeScript
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(project, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    dirname(project),
  )
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => dirname(project),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (file) => ts.sys.fileExists(file),
    readFile: (file) => ts.sys.readFile(file),
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    getDirectories: (folder) => ts.sys.getDirectories(folder),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  })
  return {
    completions: async ({ file, offset }) =>
      service.getCompletionsAtPosition(file, offset, {})?.entries.map(({ name }) => name) ?? [],
    definitions: async ({ file, offset }) => linesOf(service.getDefinitionAtPosition(file, offset)),
    references: async ({ file, offset }) => linesOf(service.getReferencesAtPosition(file, offset)),
    renames: async ({ file, offset }) => linesOf(service.findRenameLocations(file, offset, false, false, {})),
    hover: async ({ file, offset }) => {
      const info = service.getQuickInfoAtPosition(file, offset)
      return [ts.displayPartsToString(info?.displayParts), ts.displayPartsToString(info?.documentation)]
        .filter((text) => text !== '')
        .join('\n')
    },
    problems: async (file) =>
      service
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    close: () => service.dispose(),
  }
}

/** What the language server tells of a place. */
interface Location {
  readonly uri: string
  readonly range: { readonly start: { readonly line: number; readonly character: number } }
}

interface Edits {
  readonly textDocument: { readonly uri: string }
  readonly edits: readonly Location[]
}

function lineOf({ uri, range }: Location): string {
  const file = fileURLToPath(uri)
  return `${basename(file)}: ${textOf(file).split('\n')[range.start.line]!.trim()}`
}

/** TypeScript's own language server, spoken to as an editor does (Language Server Protocol 3.17). */
export function languageServer(packageName: string): Editor {
  const bin = createRequire(import.meta.url)
    .resolve(`${packageName}/package.json`)
    .replace('package.json', 'bin/tsc')
  const server = spawn(process.execPath, [bin, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, (result: unknown) => void>()
  const opened = new Set<string>()
  let received = Buffer.alloc(0)
  let lastId = 0

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  server.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const end = received.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())?.[1])
      if (received.length < end + 4 + length) return
      const message = JSON.parse(received.subarray(end + 4, end + 4 + length).toString())
      received = received.subarray(end + 4 + length)
      // What the server asks of us has a method, what it answers has none.
      if (message.method !== undefined && message.id !== undefined) {
        const count = message.params?.items?.length
        send({ id: message.id, result: count === undefined ? null : Array(count).fill(null) })
      } else if (message.method === undefined) {
        waiting.get(message.id)?.(message.error ? { error: message.error } : message.result)
      }
    }
  })
  const request = async <TResult>(method: string, params: unknown): Promise<TResult> =>
    new Promise((resolve) => {
      waiting.set((lastId += 1), resolve as (result: unknown) => void)
      send({ id: lastId, method, params })
    })
  const ready = request<unknown>('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(dirname(project)).href,
    capabilities: {
      textDocument: { hover: { contentFormat: ['plaintext'] }, completion: {}, diagnostic: {} },
    },
  }).then(() => send({ method: 'initialized', params: {} }))

  const open = async (file: string): Promise<{ readonly uri: string }> => {
    await ready
    const uri = pathToFileURL(file).href
    if (!opened.has(file)) {
      opened.add(file)
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, languageId: 'typescript', version: 1, text: textOf(file) } },
      })
    }
    return { uri }
  }
  const ask = async <TResult>(
    method: string,
    { file, offset }: Place,
    more: object = {},
  ): Promise<TResult> => {
    const textDocument = await open(file)
    const before = textOf(file).slice(0, offset).split('\n')
    const position = { line: before.length - 1, character: before.at(-1)!.length }
    return request(`textDocument/${method}`, { textDocument, position, ...more })
  }

  return {
    completions: async (at) => {
      const list = await ask<{ readonly items: readonly { readonly label: string }[] } | null>(
        'completion',
        at,
      )
      return (list?.items ?? []).map(({ label }) => label)
    },
    definitions: async (at) => ((await ask<readonly Location[] | null>('definition', at)) ?? []).map(lineOf),
    references: async (at) => {
      const context = { includeDeclaration: true }
      return ((await ask<readonly Location[] | null>('references', at, { context })) ?? []).map(lineOf)
    },
    renames: async (at) => {
      const { changes = {}, documentChanges = [] } = await ask<{
        readonly changes?: Readonly<Record<string, readonly Location[]>>
        readonly documentChanges?: readonly Edits[]
      }>('rename', at, { newName: 'RENAMED' })
      return [
        ...Object.entries(changes),
        ...documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits] as const),
      ].flatMap(([uri, edits]) => edits.map(({ range }) => lineOf({ uri, range })))
    },
    hover: async (at) => {
      const hover = await ask<{ readonly contents: { readonly value: string } } | null>('hover', at)
      return hover?.contents.value ?? ''
    },
    problems: async (file) => {
      const textDocument = await open(file)
      const report = await request<{ readonly items: readonly { readonly message: string }[] }>(
        'textDocument/diagnostic',
        { textDocument },
      )
      return report.items.map(({ message }) => message)
    },
    close: () => {
      server.stdin.end()
      server.kill()
    },
  }
}
