import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path'
import { isRecord, read } from '../../../guard/read.ts'
import { show } from '../../../guard/setup-error.ts'
import { parseDump } from '../../dump/parse.ts'
import type { Finding } from '../../findings/finding.ts'
import { parseColumns } from '../../import/columns.ts'
import { decode, MAX_BYTES } from '../../import/decode.ts'
import { findingsOf } from '../../import/findings.ts'
import { FORMATS, formatOf, type Format } from '../../import/format.ts'
import { importDocuments, type Source } from '../../import/import.ts'
import { languageOfFile } from '../../import/languages.ts'
import type { Imported } from '../../import/model.ts'
import { readDocument } from '../../import/read.ts'
import { isPossible } from '../../import/statuses.ts'
import { MARK, writeCatalog, writeLocale } from '../../import/write.ts'
import { defineCommand, OUTPUT_OPTIONS, UsageError } from '../command.ts'
import { readFile } from '../output.ts'
import { peer } from '../peer.ts'

export const command = defineCommand({
  name: 'import',
  summary:
    'Makes a catalog of a table of codes. What the table leaves open is listed, and a TODO in the source.',
  operands: 'FILE [[LANGUAGE=]FILE ...]',
  maxOperands: 40,
  options: {
    output: {
      ...OUTPUT_OPTIONS.output,
      help: 'the source of the catalog; translations go to locales/ beside it',
    },
    check: OUTPUT_OPTIONS.check,
    name: { type: 'string', value: 'NAME', help: "of the catalog. By default the file's" },
    from: {
      type: 'string',
      value: 'FORMAT',
      choices: FORMATS,
      help: 'of the file, where its name does not tell',
    },
    columns: {
      type: 'string',
      value: 'ROLE=COLUMN,…',
      help: 'what columns hold: code=1,message=3, or by heading',
    },
    status: { type: 'string', value: 'STATUS', help: 'of errors whose table says none' },
    locale: { type: 'string', value: 'LANGUAGE', help: 'that the first file is written in' },
    dump: { type: 'string', value: 'OLD', help: 'a dump whose keys and statuses are kept' },
    draft: { type: 'boolean', help: 'exit with 0, whatever is in doubt' },
  },
  examples: [
    ['bizerror import errors.md --name shop -o src/errors.ts', 'writes a catalog of a Markdown table'],
    [
      'bizerror import codes.csv --columns code=1,message=3 --status 400',
      'prints it, where the table has no headings',
    ],
    ['bizerror import errors.md de=fehler.md -o src/errors.ts', 'writes locales/de/errors.json as well'],
    [
      'bizerror import messages.properties messages_de.properties -o src/errors.ts',
      'reads the language in the name',
    ],
  ],
  async run(options, operands, surroundings) {
    const { cwd, format, note, print, report, write } = surroundings
    const { output = '-', check = false, draft = false } = options
    const [file, ...others] = operands
    if (file === undefined)
      throw new UsageError('Name the file that holds the table: bizerror import errors.md.')
    const source = await readSource(cwd, file, { ...options, locale: localeOf(options.locale) })
    const translations = await Promise.all(others.map((each) => readTranslation(cwd, each, options.from)))
    const name = nameOf(options.name, file)
    const { imported, remarks } = importDocuments(source, translations, {
      name,
      columns: options.columns === undefined ? new Map() : parseColumns(options.columns),
      status: statusOf(options.status),
      old: options.dump === undefined ? undefined : { dump: readDump(cwd, options.dump), file: options.dump },
    })
    const findings = findingsOf(remarks, name)
    const files = filesOf(imported, output)
    if (output !== '-' && !check) checkOverwritten(cwd, output)
    const isPrinted = output === '-' && format === 'human'
    const differs =
      output === '-' ? 0 : write(files, { check, remedy: `Run bizerror import ${file} -o ${output}.` })
    const said = {
      summary: summaryOf(imported, findings, output),
      failOn: draft ? [] : (['warning'] as const),
    }
    if (!isPrinted) return Math.max(report(findings, said), differs) as 0 | 1
    // Stdout is the source: what is said of it goes beside.
    print(files.get('-')!)
    for (const { level, file: where, line, message } of findings) {
      if (level === 'warning') note(`${where}:${line} ${message}`)
    }
    note(said.summary)
    return !draft && findings.some(({ level }) => level === 'warning') ? 1 : 0
  },
})

interface ReadOptions {
  readonly from?: Format
  readonly locale: string | undefined
}

async function readSource(cwd: string, given: string, { from, locale }: ReadOptions): Promise<Source> {
  const file = relative(cwd, resolve(cwd, given)).split(sep).join('/')
  const text = decode(readBytes(cwd, given), given)
  const format = from ?? formatOf(given, text)
  const document = await readDocument(text, format, given, {
    parse5: () => peer('parse5', cwd, 'to read tables in HTML'),
    async yaml() {
      const loaded = await peer<Awaited<ReturnType<Parameters<typeof readDocument>[3]['yaml']>>>(
        'yaml',
        cwd,
        'to read YAML',
      )
      const inner = read(loaded, 'default')
      return isRecord(inner) ? (inner as unknown as typeof loaded) : loaded
    },
  })
  return { file, format, locale, document }
}

async function readTranslation(cwd: string, operand: string, from: Format | undefined): Promise<Source> {
  const [, told, path = operand] =
    readFile(cwd, operand) === undefined ? (/^([A-Za-z][\w-]*)=(.+)$/.exec(operand) ?? []) : []
  const locale = localeOf(told) ?? languageOfFile(path)
  if (locale === undefined) {
    throw new UsageError(`Say the language of ${path}: bizerror import … de=${path}.`)
  }
  return readSource(cwd, path, { ...(from === undefined ? {} : { from }), locale })
}

function readBytes(cwd: string, given: string): Uint8Array {
  try {
    const path = resolve(cwd, given)
    const { size } = statSync(path)
    if (size > MAX_BYTES)
      throw new UsageError(`${given} has more than ${MAX_BYTES / 1024 / 1024} MB. Give the table alone.`)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'it is not there',
      EISDIR: 'it is a folder',
      EACCES: 'permission is denied',
    }
    const code = String(read(error, 'code'))
    throw new UsageError(`${given} cannot be read: ${reasons[code] ?? code}.`)
  }
}

function readDump(cwd: string, given: string): ReturnType<typeof parseDump> {
  return parseDump(decode(readBytes(cwd, given), given), given)
}

function localeOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  try {
    return Intl.getCanonicalLocales(given.replaceAll('_', '-'))[0]
  } catch {
    throw new UsageError(`${show(given)} is no language. Give a tag such as de or zh-CN.`)
  }
}

function statusOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const status = Number(given)
  if (/^\d{3}$/.test(given) && isPossible(status)) return status
  throw new UsageError(
    `--status is ${show(given)}. Give 400 to 599, or 200 for errors that are answered with it.`,
  )
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

function nameOf(given: string | undefined, file: string): string {
  if (given !== undefined) {
    if (NAME.test(given) && given !== 'http' && given !== 'fields') return given
    throw new UsageError(
      `--name is ${show(given)}. Use lower case, digits and dashes, as in my-shop; http and fields are taken.`,
    )
  }
  const words =
    basename(file)
      .replace(/(?:\.[a-z]{1,10}){1,2}$/i, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const made = words
    .join('-')
    .replace(/^[\d-]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return NAME.test(made) && made !== 'http' && made !== 'fields' ? made : 'errors'
}

/** The source, and beside it a folder of translations. */
function filesOf(imported: Imported, output: string): ReadonlyMap<string, string> {
  const files = new Map([[output, writeCatalog(imported)]])
  if (output === '-') return files
  for (const [language, texts] of imported.translations) {
    files.set(
      posix.join(dirname(output).split(sep).join('/'), 'locales', language, `${imported.name}.json`),
      writeLocale(texts),
    )
  }
  return files
}

/** A file that a person wrote is not written over. */
function checkOverwritten(cwd: string, output: string): void {
  const written = readFile(cwd, output)
  if (written === undefined || written.trim() === '' || written.startsWith(MARK)) return
  throw new UsageError(`${join(output)} is there and was not imported. Give another -o, or remove it first.`)
}

function summaryOf(
  { entries, modules, sourceLocale, translations }: Imported,
  findings: readonly Finding[],
  output: string,
): string {
  const doubts = findings.filter(({ level }) => level === 'warning').length
  const languages = [sourceLocale, ...translations.keys()].join(', ')
  const parts = [
    plural(entries.length, 'error'),
    ...(modules.length === 0 ? [] : [plural(modules.length, 'module')]),
    `in ${languages}`,
  ]
  const where = output === '-' ? '' : `${output}: `
  return `${where}${parts.join(', ').replace(', in', ' in')}. ${doubts === 0 ? 'No doubts.' : `${plural(doubts, 'doubt')} to decide.`}`
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
