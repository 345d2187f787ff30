import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { EntryDefinition } from '../../src/catalog/entry.ts'
import { defineCatalog, type TypedCatalog } from '../../src/error/define-catalog.ts'
import type { HandlerOptions } from '../../src/handler/options.ts'
import type { Route } from '../support/frameworks.ts'
import { say } from '../support/printed.ts'
import { exchange } from '../support/raw.ts'
import { onAll } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'

/** Where the tables are: beside the checkout, not in it. */
const FOLDER = '../shared/corpus'
const folder = new URL(`../../${FOLDER}/`, import.meta.url)

type Definitions = Readonly<Record<string, EntryDefinition>>

/** A published table, as rows that know the answer to each of its errors without the code that makes it. */
interface Table {
  readonly options: HandlerOptions & { readonly catalog: TypedCatalog<Definitions> }
  readonly rows: readonly Row[]
}

interface Row {
  readonly key: string
  readonly params?: Readonly<Record<string, string>>
  readonly status: number
  readonly body: object
  /** Default: `en`. */
  readonly locale?: string
}

interface Comparison {
  readonly title: string
  readonly language?: string
  readonly errors: number
  readonly read: (document: (name: string) => string) => Table
}

const comparisons: readonly Comparison[] = [
  {
    title: 'binance-errors.md: negative codes, one of which has 41 texts',
    errors: 203,
    read: (document) => readBinance(document('binance-errors.md'), document('binance-errors_CN.md'), 'en'),
  },
  {
    title:
      'binance-errors_CN.md: the same in Chinese, and in English the three that it lacks and one that lost a placeholder',
    language: 'zh-CN',
    errors: 203,
    read: (document) => readBinance(document('binance-errors.md'), document('binance-errors_CN.md'), 'zh-CN'),
  },
  {
    title: 'iam-codes.md: 26 codes and a success of its own',
    errors: 26,
    read: (document) => readIam(document('iam-codes.md')),
  },
  {
    title: 'pg-errcodes.txt: five characters with leading zeros, their statuses by class',
    errors: 265,
    read: (document) => readPostgres(document('pg-errcodes.txt')),
  },
  {
    title: 'stripe-decline-codes.yml: a common code with 50 finer ones, four of which are concealed',
    errors: 51,
    read: (document) => readStripe(document('stripe-decline-codes.yml')),
  },
]

function routesOf(catalog: TypedCatalog<Definitions>, rows: readonly Row[]): Readonly<Record<string, Route>> {
  return Object.fromEntries(
    rows.map(({ key, params }) => [
      `/${key}`,
      () => {
        throw catalog.errors[key]!(params === undefined ? {} : { params })
      },
    ]),
  )
}

/** Asks for every error over one connection, each request sent before the answer to the last has come. */
async function answersTo(port: number, rows: readonly Row[], language = 'en'): Promise<readonly string[]> {
  const requests = rows.map(({ key }, index) =>
    [
      `GET /${key} HTTP/1.1`,
      'Host: test',
      'X-Request-ID: probe-1',
      `Accept-Language: ${language}`,
      `Connection: ${index < rows.length - 1 ? 'keep-alive' : 'close'}`,
      '\r\n',
    ].join('\r\n'),
  )
  const answers = await exchange(port, requests.join(''))
  return answers.replace(/^Date: .*$/gm, 'Date: *').split(/(?=HTTP\/1\.1 )/)
}

interface Text {
  readonly key: string
  readonly code: number
  readonly text: string
}

function readBinance(english: string, chinese: string, locale: 'en' | 'zh-CN'): Table {
  const texts = binanceTexts(english, /^## Messages/)
  const keys = new Set(texts.map(({ key }) => key))
  const translations = new Map(
    binanceTexts(chinese, /^## 消息/)
      // Two stand below the code before theirs.
      .filter(({ key }) => keys.has(key))
      .map(({ key, text }) => [key, text]),
  )
  const catalog = defineCatalog({
    name: 'binance',
    status: 400,
    envelope: { body: ({ code, message }) => ({ code, msg: message }) },
    errors: Object.fromEntries(
      texts.map(({ key, code, text }): [string, EntryDefinition] => [key, { code, message: template(text) }]),
    ),
    locales: {
      'zh-CN': {
        binance: Object.fromEntries(
          [...translations].map(([key, text]) => [key, { message: template(text) }]),
        ),
      },
    },
  })
  const rows = texts.map(({ key, code, text }): Row => {
    const count = placeholdersIn(text)
    const translation = locale === 'en' ? undefined : translations.get(key)
    const translated = placeholdersIn(translation ?? '') === count ? translation : undefined
    return {
      key,
      params: Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, `v${index}`])),
      status: 400,
      body: { code, msg: numbered(translated ?? text, 'v', '') },
      locale: translated === undefined ? 'en' : locale,
    }
  })
  return { options: { catalog }, rows }
}

/** Two of the texts are written with a percent sign of full width. */
const PERCENT = /[%％][sd]/g

function placeholdersIn(text: string): number {
  return text.match(PERCENT)?.length ?? 0
}

function numbered(text: string, before: string, after: string): string {
  let index = 0
  return text.replace(PERCENT, () => `${before}${index++}${after}`)
}

function template(text: string): string {
  return numbered(text, '{{p', '}}')
}

/** `### -1003 TOO_MANY_REQUESTS` with texts below, and tables of what -2010 and -1013 say. The key is code and place. */
function binanceTexts(document: string, messages: RegExp): readonly Text[] {
  const texts: Text[] = []
  let code: number | undefined
  let place = 0
  for (const line of document.split('\n')) {
    const [, heading] = /^### (-\d+)/.exec(line) ?? []
    const [, item] = /^ *\* (.*)$/.exec(line) ?? []
    const [, cell] = /^[|"] ?"?([A-Z][^|]*?)"?\.? *\|/.exec(line) ?? []
    if (heading !== undefined) code = Number(heading)
    if (line.startsWith('## ')) code = messages.test(line) ? -2010 : -1013
    if (heading !== undefined || line.startsWith('## ')) place = heading === undefined ? 1000 : 0
    const text = item ?? cell
    if (code !== undefined && text !== undefined) texts.push({ key: `E${-code}_${place++}`, code, text })
  }
  return texts
}

function readIam(document: string): Table {
  const found = [...document.matchAll(/^\| (Err\w+) \| (\d+) \| (\d+) \| (.*) \|$/gm)].map(
    ([, key, code, status, message]) => ({
      key: key!,
      code: Number(code),
      status: Number(status),
      message: message!,
    }),
  )
  const catalog = defineCatalog({
    name: 'iam',
    success: { code: 100_001, message: 'OK' },
    modules: { base: '100001-109999', apiserver: '110001-119999' },
    errors: Object.fromEntries(found.map(({ key, ...entry }): [string, EntryDefinition] => [key, entry])),
  })
  expect(catalog.ok({ id: 1 })).toEqual({ code: 100_001, message: 'OK', data: { id: 1 } })
  const rows = found
    .filter(({ key }) => key !== 'ErrSuccess')
    .map(({ key, status, code, message }): Row => ({ key, status, body: { code, message } }))
  return { options: { catalog }, rows }
}

/** What a class of SQLSTATEs is to an HTTP client. Warnings are answered with 200. */
const STATUS_OF_CLASS: Readonly<Record<string, number>> = {
  '00': 200,
  '01': 200,
  '02': 200,
  '08': 503,
  '22': 400,
  '23': 409,
  '28': 401,
  '40': 409,
  '42': 400,
  '53': 503,
  '57': 503,
}

function readPostgres(document: string): Table {
  const modules = new Map<string, { title: string; status: number }>()
  const found: { key: string; code: string; severity: string; module: string; message: string }[] = []
  for (const line of document.split('\n')) {
    const [, name, title] = /^Section: Class (\w\w) - (.*)$/.exec(line) ?? []
    if (name !== undefined) modules.set(name, { title: title!, status: STATUS_OF_CLASS[name] ?? 500 })
    const [, code, severity, key, condition] =
      /^(\w{5}) +([EWS]) +ERRCODE_(\w+)(?: +(\w+))?$/.exec(line) ?? []
    if (code === undefined) continue
    found.push({
      key: key!,
      code,
      severity: severity!,
      module: code.slice(0, 2),
      message: condition ?? key!.toLowerCase(),
    })
  }
  const catalog = defineCatalog({
    name: 'postgres',
    success: { code: '00000', message: 'successful_completion' },
    modules: Object.fromEntries(modules),
    envelope: {
      body: ({ code, message, module, meta }) => ({
        severity: meta?.['severity'],
        code,
        message,
        class: module,
      }),
    },
    errors: Object.fromEntries(
      found.map(({ key, severity, ...entry }): [string, EntryDefinition] => [
        key,
        { ...entry, meta: { severity } },
      ]),
    ),
  })
  const rows = found
    .filter(({ severity }) => severity !== 'S')
    .map(({ key, severity, code, message, module }): Row => ({
      key,
      status: modules.get(module)!.status,
      body: { severity, code, message, class: module },
    }))
  return { options: { catalog }, rows }
}

function readStripe(document: string): Table {
  const found = [...document.matchAll(/^ {2}- \{code: (\w+), meaning: (.*), action: (.*)\}$/gm)].map(
    ([, code, message, action]) => ({ code: code!, message: message!, action: action! }),
  )
  const masked = /^mask_as_generic: \[(.*)\]$/m.exec(document)![1]!.split(', ')
  const catalog = defineCatalog({
    name: 'stripe',
    envelope: {
      body: ({ code, message, action, parent, meta }) => ({
        error: {
          ...meta,
          code: parent ?? code,
          decline_code: parent === undefined ? undefined : code,
          message,
          advice: action,
        },
      }),
    },
    errors: {
      card_declined: { status: 402, message: 'Your card was declined.', meta: { type: 'card_error' } },
      ...Object.fromEntries(
        found.map(({ code, ...texts }): [string, EntryDefinition] => [
          code,
          { parent: 'card_declined', meta: { type: 'card_error' }, ...texts },
        ]),
      ),
    },
  })
  const generic = found.find(({ code }) => code === 'generic_decline')!
  const rows = found.map((each): Row => {
    const { code, message, action } = masked.includes(each.code) ? generic : each
    return {
      key: each.code,
      status: 402,
      body: {
        error: { type: 'card_error', code: 'card_declined', decline_code: code, message, advice: action },
      },
    }
  })
  const common = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' }
  return {
    options: { catalog, conceal: [{ errors: masked, as: 'generic_decline' }] },
    rows: [...rows, { key: 'card_declined', status: 402, body: { error: common } }],
  }
}

if (existsSync(folder)) {
  for (const { title, language, errors, read } of comparisons) {
    const { options, rows } = read((name) => readFileSync(new URL(name, folder), 'utf8'))
    onAll(`Y05: ${title}`, { options, routes: routesOf(options.catalog, rows) }, async ({ port }) => {
      expect(rows.length).toBe(errors)
      expect(await answersTo(port, rows, language)).toEqual(
        rows.map(({ status, body, locale = 'en' }, index) =>
          standardAnswer(status, body, { locale, isKept: index < rows.length - 1 }),
        ),
      )
    })
  }
} else {
  const errors = comparisons.reduce((sum, each) => sum + each.errors, 0)
  const notice = `NOT COMPARED: the tables were not found in ${FOLDER}, so ${comparisons.length} comparisons of ${errors} errors did not run`
  test(`Y05: ${notice}`, () => say(notice))
  for (const { title } of comparisons) test.skip(`Y05: ${title}`)
}
