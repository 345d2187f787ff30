import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as parse5 from 'parse5'
import { onTestFinished } from 'vitest'
import * as yaml from 'yaml'
import { parseColumns } from '../../../src/contract/import/columns.ts'
import { formatOf, type Format } from '../../../src/contract/import/format.ts'
import { importDocuments, type ImportOptions, type Source } from '../../../src/contract/import/import.ts'
import type { Imported } from '../../../src/contract/import/model.ts'
import { readDocument } from '../../../src/contract/import/read.ts'
import type { Yaml } from '../../../src/contract/import/read/yaml.ts'
import { writeCatalog, writeLocale } from '../../../src/contract/import/write.ts'
import type { EntryDefinition } from '../../../src/catalog/entry.ts'
import type { TypedCatalog } from '../../../src/error/define-catalog.ts'
import { run } from '../../support/command.ts'

export type AnyCatalog = TypedCatalog<Readonly<Record<string, EntryDefinition>>>

export interface Given extends Partial<Omit<ImportOptions, 'columns'>> {
  readonly columns?: string
  readonly locale?: string
  readonly from?: Format
  /** Texts by `language=file`. */
  readonly translations?: Readonly<Record<string, string>>
}

export interface Result {
  readonly imported: Imported
  readonly source: string
  /** By path, beside the source. */
  readonly locales: ReadonlyMap<string, string>
  /** `line rule` of what has to be decided. */
  readonly doubts: readonly string[]
  readonly notes: readonly string[]
  readonly messages: readonly string[]
}

/** Imports a text as the command does a file. */
export async function importText(file: string, text: string, given: Given = {}): Promise<Result> {
  const { columns, locale, from, translations = {}, name = 'shop', status, old } = given
  const source = await readSource(file, text, locale, from)
  const others = await Promise.all(
    Object.entries(translations).map(([operand, each]) => {
      const [language, path] = operand.split('=')
      return readSource(path!, each, language, from)
    }),
  )
  const { imported, remarks } = importDocuments(source, others, {
    name,
    columns: columns === undefined ? new Map() : parseColumns(columns),
    status,
    old,
  })
  const told = (isDoubt: boolean): readonly string[] =>
    remarks.filter((each) => each.isDoubt === isDoubt).map(({ line, rule }) => `${line} ${rule}`)
  return {
    imported,
    source: writeCatalog(imported),
    locales: new Map(
      [...imported.translations].map(([language, texts]) => [
        `locales/${language}/${imported.name}.json`,
        writeLocale(texts),
      ]),
    ),
    doubts: told(true),
    notes: told(false),
    messages: remarks.map(({ message }) => message),
  }
}

async function readSource(
  file: string,
  text: string,
  locale: string | undefined,
  from: Format | undefined,
): Promise<Source> {
  const format = from ?? formatOf(file, text)
  const document = await readDocument(text, format, file, {
    parse5: () => Promise.resolve(parse5),
    yaml: () => Promise.resolve(yaml as unknown as Yaml),
  })
  return { file, format, locale, document }
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Writes files into a folder of their own, where TypeScript and we find the package by its name. */
export function writeImported(files: ReadonlyMap<string, string>): string {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, '.cache/import-'))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** What the compiler says of the files of a folder: nothing where all is well. */
export function compile(folder: string): string {
  const config = { extends: '../../tsconfig.json', include: ['**/*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { stdout, stderr } = run(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-p',
    folder,
  ])
  return `${stdout}${stderr}`
}

/** Loads the catalog of an imported source. */
export async function load({ source, locales }: Pick<Result, 'source' | 'locales'>): Promise<AnyCatalog> {
  const folder = writeImported(new Map([['errors.ts', source], ...locales]))
  try {
    const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'errors.ts')).href)) as object
    return Object.values(module).find(
      (each): each is AnyCatalog => typeof each === 'object' && 'BizError' in each,
    )!
  } finally {
    if (locales.size === 0) rmSync(folder, { recursive: true })
    else process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  }
}

/** A folder that goes with the test. */
export function temporary(files: ReadonlyMap<string, string>): string {
  const folder = writeImported(files)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
