import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import type { Code } from '../../../src/catalog/code.ts'
import type { Entry } from '../../../src/catalog/entry.ts'
import { catalog as cdn } from '../../../src/catalogs/cdn.ts'
import { catalog as cloudWaf } from '../../../src/catalogs/cloud-waf.ts'
import { catalog as gateway } from '../../../src/catalogs/gateway.ts'
import { catalog as secrets } from '../../../src/catalogs/secrets.ts'
import { createDump } from '../../../src/contract/dump/create.ts'
import { readCdn, readCdnChinese, readCloudWaf, readGateway, readSecrets } from '../../reference/documents.ts'
import { say } from '../../support/printed.ts'
import { exchange } from '../../support/raw.ts'
import { onAll } from '../../support/served.ts'
import { standardAnswer } from '../../support/standard-answer.ts'
import { compile, importText, load, temporary, type AnyCatalog, type Given, type Result } from './imported.ts'

/** Where the documents are: beside the checkout, not in it. */
const SHARED = '../shared'
const shared = new URL(`../../../${SHARED}/`, import.meta.url)

/** A row of a table, read by other means than the importer's. */
interface Row {
  readonly code: Code
  readonly status: number
  readonly message: string
}

interface Case {
  readonly title: string
  readonly file: string
  readonly given?: (read: (file: string) => string) => Given
  /** Decides what the table leaves open, as a person would. */
  readonly mend?: (source: string) => string
  readonly rows: (text: string, read: (file: string) => string) => readonly Row[]
  readonly errors: number
  readonly doubts: readonly string[]
  readonly locale?: string
  /** What our own catalog of the same document says as well. */
  readonly compare?: (imported: AnyCatalog, text: string) => void
}

/** Takes what a TODO proposes. */
function accept(source: string): string {
  return source.replaceAll(/TODO\((['"].*['"])\), \/\/ .*$/gm, '$1,')
}

const cases: readonly Case[] = [
  {
    title: 'cloud-waf: cells on lines of their own, modules by their ranges',
    file: 'reference/000_',
    rows: (text) =>
      readCloudWaf(text).codes.map(({ code, status, meaning }) => ({ code, status, message: meaning })),
    errors: 112,
    doubts: [],
    compare(imported) {
      const fields = ['status', 'message', 'action', 'module', 'notes'] as const
      expect(entriesOf(imported, fields)).toEqual(entriesOf(cloudWaf, fields))
      expect(modulesOf(imported)).toEqual(modulesOf(cloudWaf))
    },
  },
  {
    title: 'cdn in English: statuses of the dump that it is given',
    file: 'reference/001_',
    given: () => ({ old: { dump: createDump(cdn), file: 'cdn.json' } }),
    rows: (text) => cdnRows(readCdn(text)),
    errors: 79,
    doubts: [],
    compare: compareCdn,
  },
  {
    title: 'cdn in Chinese: a table in HTML, and the language of its letters',
    file: 'reference/002_',
    given: () => ({ old: { dump: createDump(cdn), file: 'cdn.json' } }),
    rows: (text) => cdnRows(readCdnChinese(text)),
    errors: 79,
    doubts: [],
    locale: 'zh-CN',
  },
  {
    title: 'gateway: statuses from digits, and modules that overlap',
    file: 'reference/003_',
    rows(text) {
      const { global, sub } = readGateway(text)
      return [...global, ...sub]
        .filter(({ code }) => code !== 200)
        .map(({ code, description }) => ({
          code,
          status: Number(String(code).slice(0, 3)),
          message: description,
        }))
    },
    errors: 44,
    doubts: [],
    compare(imported) {
      const fields = ['status', 'title', 'message', 'action', 'module'] as const
      expect(entriesOf(imported, fields)).toEqual(entriesOf(gateway, fields))
      expect(modulesOf(imported)).toEqual(modulesOf(gateway))
      expect(imported.success).toEqual(gateway.success)
    },
  },
  {
    title: 'secrets: word codes, a row on two lines, 22 without a text',
    file: 'reference/004_',
    mend: accept,
    rows: (text) =>
      readSecrets(text).codes.map(({ code, status, meaning }) => ({
        code,
        status,
        message: meaning ?? inWords(code),
      })),
    errors: 73,
    doubts: ['58 message-missing'],
    compare(imported) {
      expect(entriesOf(imported, ['status'])).toEqual(entriesOf(secrets, ['status']))
      expect(sectionsOf(imported)).toEqual(sectionsOf(secrets))
    },
  },
  {
    title: 'iam in Markdown: names, codes, and a success of its own',
    file: 'corpus/iam-codes.md',
    rows: iamRows,
    errors: 26,
    doubts: [],
    compare(imported) {
      expect(imported.success).toEqual({ code: 100_001, message: 'OK' })
    },
  },
  {
    title: 'iam in Go: the same, and a comment that names another error',
    file: 'corpus/iam-code.go.txt',
    rows: (_, read) => iamRows(read('corpus/iam-codes.md')),
    errors: 26,
    doubts: ['104 comment-names-another'],
    compare(imported) {
      expect(imported.success).toEqual({ code: 100_001, message: 'OK' })
    },
  },
  {
    title: 'postgres: columns without headings, codes with leading zeros, statuses by class',
    file: 'corpus/pg-errcodes.txt',
    given: () => ({ columns: 'code=1,key=3,message=4' }),
    mend: (source) =>
      accept(source).replaceAll(
        /(code: '(\w\w)\w{3}',\n +status: )TODO, .*$/gm,
        (_, start: string, group: string) => `${start}${STATUS_OF_CLASS[group] ?? 500},`,
      ),
    rows: postgresRows,
    errors: 265,
    doubts: ['4 status-missing', ...[48, 52, 205, 206, 208, 209].map((line) => `${line} message-missing`)],
    compare(imported) {
      expect(imported.success).toEqual({ code: '00000', message: 'successful_completion' })
      expect(imported.modules.size).toBe(43)
    },
  },
  {
    title: 'stripe: a list in YAML, and a status for all',
    file: 'corpus/stripe-decline-codes.yml',
    given: () => ({ status: 402 }),
    rows: (text) =>
      [...text.matchAll(/^ {2}- \{code: (\w+), meaning: (.*), action: .*\}$/gm)].map(([, code, message]) => ({
        code: code!,
        status: 402,
        message: message!,
      })),
    errors: 50,
    doubts: [],
  },
  {
    title: 'binance: headings that are codes, several texts of one, tables without codes',
    file: 'corpus/binance-errors.md',
    given: () => ({ status: 400 }),
    mend: mendBinance,
    rows: binanceRows,
    errors: 203,
    doubts: ['372 no-codes', '426 no-codes'],
  },
  {
    title: 'binance in Chinese: texts by code and place',
    file: 'corpus/binance-errors.md',
    given: (read) => ({
      status: 400,
      translations: { 'zh-CN=binance-errors_CN.md': read('corpus/binance-errors_CN.md') },
    }),
    mend: mendBinance,
    rows: (text, read) => translated(binanceRows(text), binanceRows(read('corpus/binance-errors_CN.md'))),
    errors: 203,
    doubts: ['372 no-codes', '426 no-codes', '44 texts-differ', '64 placeholders-differ'],
    locale: 'zh-CN',
  },
]

const STATUS_OF_CLASS: Readonly<Record<string, number>> = {
  '08': 503,
  22: 400,
  23: 409,
  28: 401,
  40: 409,
  42: 400,
  53: 503,
  57: 503,
}

function cdnRows({ common, module }: ReturnType<typeof readCdn>): readonly Row[] {
  return [...common, ...module].map(({ code, description }) => ({
    code,
    status: cdn.get(code)!.status,
    message: description,
  }))
}

/** Our catalog sends the type of a common code, and has its description besides. */
function compareCdn(imported: AnyCatalog): void {
  expect(entriesOf(imported, ['status', 'title'])).toEqual(entriesOf(cdn, ['status', 'title']))
  for (const { key, message } of imported) {
    const entry = cdn.get(key)!
    expect(message).toBe(entry.description ?? entry.message)
  }
}

function iamRows(text: string): readonly Row[] {
  return [...text.matchAll(/^\| (?!ErrSuccess)Err\w+ \| (\d+) \| (\d+) \| (.*) \|$/gm)].map(
    ([, code, status, message]) => ({
      code: Number(code),
      status: Number(status),
      message: message!,
    }),
  )
}

function postgresRows(text: string): readonly Row[] {
  return [...text.matchAll(/^(\w{5}) +[EW] +ERRCODE_(\w+)(?: +(\w+))?$/gm)].map(
    ([, code = '', name = '', message]) => {
      return {
        code,
        status: STATUS_OF_CLASS[code.slice(0, 2)] ?? 500,
        message: message ?? inWords(name.toLowerCase()),
      }
    },
  )
}

function inWords(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words[0]!.toUpperCase() + words.slice(1)
}

/** The codes of the two tables that have none, which the text above them tells. */
function mendBinance(source: string): string {
  return source.replaceAll(
    /code: TODO, .*\n( +module: '(filter|messages).*)$/gm,
    (_, module: string, which: string) => `code: ${which === 'filter' ? -1013 : -2010},\n${module}`,
  )
}

function binanceRows(text: string): readonly Row[] {
  const rows: Row[] = []
  let code = 0
  for (const line of text.split('\n')) {
    const [, heading] = /^ ?### (-\d+)/.exec(line) ?? []
    if (heading !== undefined) code = Number(heading)
    if (line.startsWith('## ')) code = /Messages|消息/.test(line) ? -2010 : -1013
    const [, item] = /^ *\* (.*)$/.exec(line) ?? []
    const [, cell] = /^\|?\s*([^|]*?)\s*\|/.exec(line) ?? []
    const isRow = cell !== undefined && !/^(?:Error message|错误消息|错误信息|-+)$/.test(cell)
    const message = item ?? (isRow ? cell.replace(/^"([^"]*)"$/, '$1') : undefined)
    if (message !== undefined) rows.push({ code, status: 400, message: numbered(message) })
  }
  return rows
}

/** Placeholders are filled by their place. */
function numbered(text: string): string {
  let index = 0
  return text.replaceAll(/[%％][sd]|\{param\}/g, (written) =>
    written === '{param}' ? 'param' : `p${index++}`,
  )
}

/** By code and place; a text whose placeholders differ is sent in English. */
function translated(english: readonly Row[], chinese: readonly Row[]): readonly Row[] {
  const places = new Map<string, number>()
  const place = ({ code }: Row, of: string): string => {
    const id = `${of} ${code}`
    places.set(id, (places.get(id) ?? 0) + 1)
    return `${code} ${places.get(id)}`
  }
  const texts = new Map(chinese.map((row) => [place(row, 'zh'), row.message]))
  return english.map((row) => {
    const text = texts.get(place(row, 'en'))
    const fits =
      text !== undefined && /p\d$|p\d\b/.exec(row.message) ? paramsIn(text) === paramsIn(row.message) : true
    return text === undefined || !fits ? row : { ...row, message: text }
  })
}

function paramsIn(text: string): number {
  return new Set(text.match(/p\d\b/g)).size
}

function entriesOf(
  catalog: Iterable<Entry>,
  fields: readonly (keyof Entry)[],
): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    [...catalog].map((entry) => [`${entry.key} ${entry.code}`, fields.map((field) => entry[field])]),
  )
}

function sectionsOf(catalog: Iterable<Entry> & Pick<AnyCatalog, 'modules'>): readonly (readonly unknown[])[] {
  return [...catalog].map(({ key, module }) => [key, catalog.modules.get(module!)?.title])
}

function modulesOf({ modules }: Pick<AnyCatalog, 'modules'>): readonly object[] {
  return [...modules.values()]
}

/** Asks for every error over one connection. */
async function answersTo(port: number, count: number, language: string): Promise<readonly string[]> {
  const requests = Array.from({ length: count }, (_, index) =>
    [
      `GET /${index} HTTP/1.1`,
      'Host: test',
      'X-Request-ID: probe-1',
      `Accept-Language: ${language}`,
      `Connection: ${index < count - 1 ? 'keep-alive' : 'close'}`,
      '\r\n',
    ].join('\r\n'),
  )
  const answers = await exchange(port, requests.join(''))
  return answers.replaceAll(/^Date: .*$/gm, 'Date: *').split(/(?=HTTP\/1\.1 )/)
}

function read(file: string): string {
  const folder = new URL(file.replace(/[^/]*$/, ''), shared)
  const name = readdirSync(folder).find((each) => each.startsWith(file.replace(/^.*\//, '')))
  return readFileSync(new URL(name!, folder), 'utf8')
}

if (existsSync(shared)) {
  const sources = new Map<string, string>()
  for (const [index, each] of cases.entries()) {
    const {
      title,
      file,
      given,
      mend = (source) => source,
      rows,
      errors,
      doubts,
      locale = 'en',
      compare,
    } = each
    const text = read(file)
    const name = file.endsWith('_') ? 'table.txt' : file.replace('corpus/', '')
    const result: Result = await importText(name, text, given?.(read))
    const source = mend(result.source)
    sources.set(`mended/${index}.ts`, source)
    if (source !== result.source) sources.set(`open/${index}.ts`, result.source)
    const catalog = await load({ source, locales: result.locales })
    const expected = rows(text, read)
    const thrown = [...catalog].filter(({ isSuccess }) => !isSuccess)

    test(`${title}: what is open is told, and nothing else`, () => {
      expect(result.doubts).toEqual(doubts)
    })

    test(`${title}: the catalog has what the table has, and the table what the catalog has`, () => {
      expect(expected.length).toBe(errors)
      expect(thrown.map(({ code, status }) => `${code} ${status}`).sort()).toEqual(
        expected.map(({ code, status }) => `${code} ${status}`).sort(),
      )
      compare?.(catalog, text)
    })

    test(`${title}: Prettier leaves the source as it is`, async () => {
      const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 110 } as const
      expect(await format(result.source, options)).toBe(result.source)
    })

    const routes = Object.fromEntries(
      thrown.map(({ key, params }, at) => [
        `/${at}`,
        (): never => {
          throw new catalog.BizError(key, {
            params: Object.fromEntries(params.map((param) => [param, param])),
          } as never)
        },
      ]),
    )
    const left = new Map<string, Row[]>()
    for (const row of expected) left.set(String(row.code), [...(left.get(String(row.code)) ?? []), row])
    // Errors that share a code stand in the order of the table in both.
    const inOrder = thrown.map(({ code }) => left.get(String(code))!.shift()!)

    onAll(
      `${title}: every error is answered as the table says`,
      { options: { catalog }, routes },
      async ({ port }) => {
        const answers = await answersTo(port, thrown.length, locale)
        expect(answers.length).toBe(errors)
        for (const [at, { code, status, message }] of inOrder.entries()) {
          const isKept = at < thrown.length - 1
          const spoken = /^Content-Language: (.*)$/m.exec(answers[at]!)![1]!.trim()
          expect(answers[at]).toBe(standardAnswer(status, { code, message }, { locale: spoken, isKept }))
        }
        const other = answers.filter((answer) => !answer.includes(`Content-Language: ${locale}\r`)).length
        expect(other).toBe(locale === 'zh-CN' && title.startsWith('binance') ? 2 : 0)
        return answers
      },
    )
  }

  test('what is decided compiles, and a TODO does not', () => {
    const folder = temporary(sources)
    const said = compile(folder)
      .split('\n')
      .filter((line) => line !== '')
    expect(said.length).toBeGreaterThan(100)
    expect(
      said.filter((line) => !/open\/\d+\.ts\(\d+,\d+\): error TS2304: Cannot find name 'TODO'\.$/.test(line)),
    ).toEqual([])
  })

  test("iam's Go source and its Markdown give the same catalog", async () => {
    const [markdown, go] = await Promise.all(
      ['iam-codes.md', 'iam-code.go.txt'].map(async (name) => {
        const { source, locales } = await importText(name, read(`corpus/${name}`), { name: 'iam' })
        return createDump(await load({ source, locales }))
      }),
    )
    const byCode = (dump: typeof go): typeof go => ({
      ...dump!,
      entries: [...dump!.entries].sort((one, other) => Number(one.code) - Number(other.code)),
    })
    expect(byCode(go)).toEqual(byCode(markdown))
  })
} else {
  const errors = cases.reduce((sum, each) => sum + each.errors, 0)
  const notice = `NOT COMPARED: the documents were not found in ${SHARED}, so ${cases.length} imports of ${errors} errors did not run`
  test(notice, () => say(notice))
  for (const { title } of cases) test.skip(title)
}
