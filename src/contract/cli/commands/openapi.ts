import type { Dump } from '../../dump/dump.ts'
import { openapiOf, type OpenapiOptions } from '../../openapi/openapi.ts'
import { allComponents, documentText } from '../../openapi/document-text.ts'
import { isJson, openapiFile, type Merged, type Owned } from '../../openapi/merge/merge.ts'
import type { Yaml } from '../../openapi/merge/yaml.ts'
import { defineCommand, OUTPUT_OPTIONS, UsageError, type ExitCode } from '../command.ts'
import { readFile } from '../output.ts'
import { peer } from '../peer.ts'
import type { Surroundings } from '../surroundings.ts'

export const command = defineCommand({
  name: 'openapi',
  summary: 'Writes the schemas, responses, headers and examples of all errors, for an OpenAPI document.',
  options: {
    merge: { type: 'string', value: 'FILE', help: 'a document, JSON or YAML, to write them into' },
    version: { type: 'string', choices: ['3.0', '3.1'], help: 'of OpenAPI; default: that of FILE, else 3.1' },
    detail: { type: 'string', choices: ['code', 'status'], help: 'components for each code, or each status' },
    examples: { type: 'string', value: 'LANG,…|all|none', help: "languages; default: the catalog's own" },
    ...OUTPUT_OPTIONS,
  },
  examples: [
    [
      'bizerror openapi --merge openapi.yaml',
      'keeps the components of openapi.yaml up to date, and all else as it is',
    ],
    ['bizerror openapi --merge openapi.yaml --check', 'says in CI whether they are'],
    ['bizerror openapi -o errors.openapi.json --examples all', 'writes a document of their own, to refer to'],
  ],
  async run(given, _, surroundings) {
    const { config, note, catalogs, write } = surroundings
    const { version, detail, merge, output, check = false } = { ...config.openapi, ...given }
    const examples = given.examples === undefined ? config.openapi?.examples : languagesOf(given.examples)
    if (given.merge !== undefined && output !== undefined) {
      throw new UsageError('--merge and --output were both given. Give one: where the components go.')
    }
    if (output === undefined && merge !== undefined) {
      return await mergeInto(merge, { version, detail, examples }, check, surroundings)
    }
    if (check && (output === undefined || output === '-')) {
      throw new UsageError('--check has nothing to compare with. Give --merge FILE, or --output PATH.')
    }
    const dumps = (await catalogs()).map(({ dump }) => dump)
    const components = allComponents(
      dumps.map((dump) => described(dump, { version, detail, examples }, note).components),
      (name) => {
        throw new UsageError(`Two catalogs each have a component ${name}. Write them into two documents.`)
      },
    )
    const format = /\.ya?ml$/i.test(output ?? '') ? 'yaml' : 'json'
    const text = documentText(components, version ?? '3.1', apiOf(dumps), format)
    return write(new Map([[output ?? '-', text]]), { check, remedy: 'Run bizerror openapi.' })
  },
})

type Described = Omit<OpenapiOptions, 'handler'>

function languagesOf(given: string): OpenapiOptions['examples'] {
  return given === 'all' || given === 'none' ? given : given.split(',').map((language) => language.trim())
}

/** The document is of the first API, if that has a name. */
function apiOf(dumps: readonly Dump[]): { readonly title: string; readonly version: string } {
  const api = dumps.find((dump) => dump.api !== undefined)?.api
  const names = dumps.map(({ catalog }) => catalog).join(', ')
  return { title: api?.title ?? `Errors of ${names}`, version: api?.version ?? '1.0.0' }
}

function described(dump: Dump, options: Described, note: Surroundings['note']): Owned {
  const { components } = openapiOf(dump, options)
  if ((dump.handler?.envelope ?? dump.envelope) === 'custom') {
    note(
      `The envelope of ${dump.catalog} is the app's own and has no schema: bodies are described as anything. Give it one: { body, schema }.`,
    )
  }
  return { catalog: dump.catalog, components }
}

async function mergeInto(
  file: string,
  options: Described,
  check: boolean,
  { cwd, catalogs, note, report, write }: Surroundings,
): Promise<ExitCode> {
  const text = readFile(cwd, file)
  if (text === undefined)
    throw new UsageError(`${file} is not there. Begin it with openapi: 3.1.1, or give --output.`)
  const yaml = isJson(file, text) ? undefined : await peer<Yaml>('yaml', cwd, `to read ${file}`)
  const document = openapiFile(file, text, yaml)
  const { version = document.version } = options
  if (version !== document.version) {
    throw new UsageError(
      `${file} is OpenAPI ${document.version}, and the version that was asked for is ${version}. Leave --version out.`,
    )
  }
  const owned = (await catalogs()).map(({ dump }) => described(dump, { ...options, version }, note))
  const merged = document.merge(owned)
  for (const catalog of merged.others) {
    note(
      `${file} has components of catalog ${catalog}, which stay. If there is no such catalog any more, remove them.`,
    )
  }
  const summary = summaryOf(merged)
  let code: ExitCode = 0
  if (merged.text !== undefined) {
    code = write(new Map([[file, merged.text]]), {
      check,
      differences: () => (hasChanges(merged) ? [`is not up to date: ${summary}`] : []),
      remedy: `Run bizerror openapi --merge ${file}.`,
    })
  }
  if (merged.findings.length > 0) {
    const { length } = merged.findings
    const told =
      merged.text === undefined
        ? `Nothing was written: ${plural(length, 'name')} of yours ${length === 1 ? 'is' : 'are'} needed.`
        : `${plural(length, 'reference')} to components that are not there.`
    return report(merged.findings, { summary: told, failOn: ['error'] }) || code
  }
  if (!check) note(`${file}: ${hasChanges(merged) ? summary : 'up to date'}`)
  return code
}

function hasChanges({ added, changed, removed }: Merged): boolean {
  return added + changed + removed > 0
}

function summaryOf({ added, changed, removed }: Merged): string {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return `components ${told.join(', ')}`
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
