import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { project, type Project } from '../cli/run.ts'

const SHOP = `
import { defineCatalog } from 'bizerror/catalog'
export const shop = defineCatalog({
  name: 'shop',
  locales: './locales',
  errors: {
    SOLD_OUT: { code: 10002, status: 409, message: 'Only {{left}} left' },
    GONE: { code: 10003, status: 410, message: 'No longer sold' },
  },
})
`
const DE = '{ "SOLD_OUT": { "message": "Nur noch {{left}} da" }, "GONE": { "message": "Nicht mehr da" } }'
const WRONG = '{\n  "SOLD_OUT": { "message": "Nur noch {{rest}} da" },\n  "GONE": { "message": "" }\n}'

const MORE = 'What a rule means, and how to silence it: node_modules/bizerror/examples/guide/lint/<rule>.md\n'

function shop(files: Readonly<Record<string, string>> = {}, config: object = {}): Project {
  return project({
    'errors.mjs': SHOP,
    'locales/de/shop.json': DE,
    'bizerror.config.json': JSON.stringify({ catalogs: ['errors.mjs'], ...config }),
    ...files,
  })
}

async function fingerprints(text: string): Promise<readonly string[]> {
  const { out } = await shop({ 'locales/de/shop.json': text }).bizerror(['lint', '-f', 'json'])
  return (JSON.parse(out) as { findings: { fingerprint: string }[] }).findings.map(
    ({ fingerprint }) => fingerprint,
  )
}

const PLACEHOLDERS = `  2:17  error  SOLD_OUT (10002)  placeholder-unknown  message in de has {{rest}}, which nothing fills. The catalog has {{left}}.
  2:17  error  SOLD_OUT (10002)  placeholder-missing  message in de lacks {{left}}. Write it where its value belongs.
  3:13  error  GONE (10003)      text-empty           message in de is empty. Translate it, or take it away.`

describe('bizerror lint', () => {
  test('says that it found nothing, and ends with 0', async () => {
    expect(await shop().bizerror(['lint'])).toEqual({
      code: 0,
      out: 'Nothing found in shop and 1 file of translations.\n',
      err: '',
    })
  })

  test('tells findings by file, with line and column, and ends with 1', async () => {
    expect(await shop({ 'locales/de/shop.json': WRONG }).bizerror(['lint'])).toEqual({
      code: 1,
      out: `locales/de/shop.json\n${PLACEHOLDERS}\n\n3 errors in shop and 1 file of translations.\n${MORE}`,
      err: '',
    })
  })

  test('has each finding as data with -f json', async () => {
    const { code, out, err } = await shop({ 'locales/de/shop.json': WRONG }).bizerror(['lint', '-f', 'json'])
    const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: readonly object[] }
    expect({ code, err, ok, count: findings.length }).toEqual({ code: 1, err: '', ok: false, count: 3 })
    expect(findings[0]).toEqual({
      rule: 'placeholder-unknown',
      level: 'error',
      message: 'message in de has {{rest}}, which nothing fills. The catalog has {{left}}.',
      catalog: 'shop',
      key: 'SOLD_OUT',
      code: 10002,
      file: 'locales/de/shop.json',
      line: 2,
      column: 17,
      fingerprint: expect.stringMatching(/^[\da-f]{12}$/) as string,
    })
  })

  test('has the same fingerprints when lines move, and others for others', async () => {
    const before = await fingerprints(WRONG)
    expect(await fingerprints(`\n\n${WRONG}`)).toEqual(before)
    expect(new Set(before).size).toBe(3)
  })

  test('takes levels from the preset, then the config, then --rule', async () => {
    const config = { lint: { rules: { 'placeholder-*': 'warning', 'text-empty': 'off' } } }
    const one = shop({ 'locales/de/shop.json': WRONG }, config)
    expect(await one.bizerror(['lint'])).toMatchObject({ code: 0, err: '' })
    expect((await one.bizerror(['lint', '--fail-on', 'warning'])).code).toBe(1)
    const only = await one.bizerror(['lint', '--rule', 'placeholder-*=off', '--rule', 'text-empty=info'])
    expect(only).toEqual({
      code: 0,
      out: `locales/de/shop.json\n  3:13  info  GONE (10003)  text-empty  message in de is empty. Translate it, or take it away.\n\n1 info in shop and 1 file of translations.\n${MORE}`,
      err: '',
    })
  })

  test('looks in the catalog alone, or in translations alone', async () => {
    const one = shop({
      'errors.mjs': SHOP.replace('No longer sold', 'No longer  sold'),
      'locales/de/shop.json': WRONG,
    })
    expect(await one.bizerror(['lint', '--only', 'catalog'])).toEqual({
      code: 0,
      out: `errors.mjs\n  8:5  warning  GONE (10003)  text-whitespace  message has two blanks in a row. Take one away.\n\n1 warning in shop.\n${MORE}`,
      err: '',
    })
    const { out } = await one.bizerror(['lint', '--only', 'locales'])
    expect(out).toContain(PLACEHOLDERS)
    expect(out).not.toContain('text-whitespace')
  })

  test('leaves out what the config ignores, and tells of a line that matches nothing', async () => {
    const ignore = [
      { rule: 'placeholder-*', key: 'SOLD_OUT', file: 'locales/*/shop.json', reason: 'the old server' },
      { rule: 'text-empty', code: 10003, reason: 'not yet translated' },
      { rule: 'text-entity', key: 'GONE', reason: 'a name' },
    ]
    expect(await shop({ 'locales/de/shop.json': WRONG }, { lint: { ignore } }).bizerror(['lint'])).toEqual({
      code: 0,
      out: `warning  ignore-unused  lint.ignore of rule text-entity, key GONE matches nothing (a name). Take it away, or look at how it is written.\n\n1 warning in shop and 1 file of translations.\n${MORE}`,
      err: '',
    })
  })

  test('reads translations that the config, --locales or the handler name, and those that stand in code', async () => {
    const noLocales = SHOP.replace("  locales: './locales',\n", '')
    const files = { 'errors.mjs': noLocales, 'texts/de/shop.json': WRONG }
    expect((await shop(files).bizerror(['lint'])).code).toBe(0)
    expect((await shop(files).bizerror(['lint', '--locales', 'texts'])).code).toBe(1)
    expect((await shop(files).bizerror(['lint', '--locales', 'texts/{{lng}}/{{ns}}.json'])).code).toBe(1)
    expect((await shop(files, { locales: 'texts' }).bizerror(['lint'])).code).toBe(1)
    const handler = `${noLocales}export const options = { catalog: shop, locales: './texts' }\n`
    expect(
      (await shop({ ...files, 'errors.mjs': handler }, { handler: 'errors.mjs#options' }).bizerror(['lint']))
        .code,
    ).toBe(1)
    const inCode = SHOP.replace("'./locales'", `{ de: { shop: ${WRONG} } }`)
    const { code, out } = await shop({ 'errors.mjs': inCode }).bizerror(['lint'])
    expect([code, out.match(/placeholder-unknown|placeholder-missing|text-empty/g)]).toEqual([
      1,
      ['placeholder-unknown', 'placeholder-missing', 'text-empty'],
    ])
  })

  test('reads a dump, with the translations that it holds', async () => {
    const one = shop({ 'locales/de/shop.json': '{ "GONE": { "message": "Nicht  mehr da" } }' })
    expect((await one.bizerror(['dump', '-q'])).code).toBe(0)
    expect(await one.bizerror(['lint', '-c', 'errors.json', '--rule', 'locale-missing-code=off'])).toEqual({
      code: 0,
      out: `errors.json\n  warning  GONE (10003)  text-whitespace  message in de has two blanks in a row. Take one away.\n\n1 warning in shop.\n${MORE}`,
      err: '',
    })
  })

  test('holds files named http and fields against the texts of this package', async () => {
    const one = shop({
      'locales/de/http.json': '{ "404": "Nicht da", "4044": "Gar nicht da" }',
      'locales/de/fields.json': '{ "too_short": { "message": "Zu kurz" } }',
    })
    const { out } = await one.bizerror(['lint'])
    expect(out.match(/^ .*$/gm)).toEqual([
      '  1:22  error  4044  locale-unknown-code  is no error of http. Did you mean 404?',
      '  1:18  error  too_short  placeholder-missing  message in de lacks {{min}}. Write it where its value belongs.',
    ])
  })
})

const MAIN = "import { shop } from '../errors.mjs'\nthrow shop.errors.SOLD_OTU()\n"

test('bizerror lint looks into source code, where it is named', async () => {
  // A scan looks for the package by its name.
  const catalog = SHOP.replace("'bizerror/catalog'", '"bizerror/catalog"')
  const installed = (config: object = {}): Project => {
    const one = shop({ 'errors.mjs': catalog, 'src/main.mjs': MAIN }, config)
    mkdirSync(join(one.folder, 'node_modules'))
    symlinkSync(
      fileURLToPath(new URL('../../../', import.meta.url)),
      join(one.folder, 'node_modules/bizerror'),
      'dir',
    )
    return one
  }
  const expected = {
    code: 1,
    out: `src/main.mjs
  2:19  error  SOLD_OTU  source-unknown-code  Catalog shop has no error "SOLD_OTU". Is "SOLD_OUT" meant?`,
    err: '',
  }
  const only = ['--rule', 'code-unused=off']
  const inConfig = await installed({ sources: ['src'] }).bizerror(['lint', ...only])
  expect({ ...inConfig, out: inConfig.out.split('\n\n')[0] }).toEqual(expected)
  const one = installed()
  const given = await one.bizerror(['lint', '--sources', 'src', ...only])
  expect({ ...given, out: given.out.split('\n\n')[0] }).toEqual(expected)
  expect((await one.bizerror(['lint', ...only])).code).toBe(0)
  expect((await one.bizerror(['lint', '--sources', 'src', '--rule', 'source-*=off', ...only])).code).toBe(0)
  expect(await one.bizerror(['lint', '--sources', 'lib'])).toMatchObject({ code: 2, out: '' })
})

describe('of what is broken, bizerror lint tells all of it, and changes no file', () => {
  test.for<readonly [files: Readonly<Record<string, string>>, found: readonly string[]]>([
    [
      { 'locales/de/shop.json': '{' },
      ['  1:2  error  locale-syntax  the file is no JSON. The file ends too early. Write what is missing.'],
    ],
    [
      { 'locales/de/shop.json': '{ "GONE": "weg", "GONE": "fort", "SOLD_OUT": "{{left}}" }' },
      ['  1:18  error  locale-duplicate  "GONE" stands twice, and the last is read. Take one away.'],
    ],
    [
      { 'locales/german/shop.json': DE },
      [
        '  error  locale-tag  the name holds the language "german", which no client can ask for. Rename it to "de".',
      ],
    ],
    [
      {
        'locales/fr/shop.json':
          '{"__proto__": {"message": "x"}, "constructor": "y", "GONE": "parti", "SOLD_OUT": "{{left}}"}',
      },
      ['  1:33  error  constructor  locale-unknown-code  is no error of shop. Take it away, or define it.'],
    ],
    [
      { 'locales/--output/shop.json': DE },
      ['  error  locale-tag  the name holds the language "--output". Use BCP 47 tags such as \'zh-CN\'.'],
    ],
  ])('%j', async ([files, found]) => {
    const one = shop(files)
    const before = one.files().map((file) => [file, one.read(file)])
    const { code, out, err } = await one.bizerror(['lint'])
    expect({ code, err, found: out.match(/^ .*$/gm) }).toEqual({ code: 1, err: '', found })
    expect(one.files().map((file) => [file, one.read(file)])).toEqual(before)
  })
})

describe('what cannot be done ends bizerror lint with 2, and one line that says what to do', () => {
  test('a file of 100 MB', async () => {
    const one = shop()
    truncateSync(join(one.folder, 'locales/de/shop.json'), 104_857_600)
    expect(await one.bizerror(['lint'])).toEqual({
      code: 2,
      out: '',
      err: `${join(one.folder, 'locales/de/shop.json')} has 104857600 bytes. Give at most 67108864.\n`,
    })
  })

  test('a file that nobody writes to', async () => {
    const one = shop()
    const file = join(one.folder, 'locales/fr/shop.json')
    one.write('locales/fr/other.json', '{}')
    execFileSync('mkfifo', [file])
    expect(await one.bizerror(['lint'])).toEqual({
      code: 2,
      out: '',
      err: `${file} is no regular file. Put a file of texts in its place.\n`,
    })
  })

  test.for([
    [
      ['--rule', 'text-empti=off'],
      '--rule names the rule "text-empti", which does not exist. Did you mean text-empty?',
    ],
    [
      ['--rule', 'text-empty'],
      '--rule is "text-empty". Give ID=LEVEL; levels are error, warning, info, off.',
    ],
    [
      ['--rule', 'text-empty=of'],
      '--rule is "text-empty=of". Give ID=LEVEL; levels are error, warning, info, off.',
    ],
    [['--only', 'catalogs'], '--only is "catalogs". Give one of catalog, locales, sources.'],
    [['--only', 'sources'], 'No source code is named. Give --sources DIR, or "sources" in the config.'],
  ] as const)('%j', async ([args, err]) => {
    expect(await shop().bizerror(['lint', ...args])).toEqual({ code: 2, out: '', err: `${err}\n` })
  })

  test('a folder of translations that is not there', async () => {
    const one = shop()
    const { code, out, err } = await one.bizerror(['lint', '--locales', 'texts'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^Option --locales is ".*texts", which is no folder\. Give one that holds .*\n$/)
  })

  test.for([
    [
      { rules: { 'text-empti': 'off' } },
      'lint.rules names the rule "text-empti", which does not exist. Did you mean text-empty?',
    ],
    [
      { ignore: [{ rule: 'text-empti', reason: 'x' }] },
      'lint.ignore[0] names the rule "text-empti", which does not exist. Did you mean text-empty?',
    ],
    [
      { ignore: [{ rule: 'text-empty' }] },
      'bizerror.config.json, lint, ignore[0] has no reason. Give it: rule and reason are required.',
    ],
    [
      { terms: { request: { translations: { de: '(' } } } },
      'lint.terms, request, translations.de is "(", which is no regular expression: Invalid regular expression: /(/iu: Unterminated group',
    ],
  ] as const)('%j', async ([lint, err]) => {
    expect(await shop({}, { lint }).bizerror(['lint'])).toEqual({ code: 2, out: '', err: `${err}\n` })
  })
})

test('a folder that can only be read is no hindrance', async () => {
  const one = shop()
  chmodSync(join(one.folder, 'locales/de'), 0o555)
  expect((await one.bizerror(['lint'])).code).toBe(0)
  chmodSync(join(one.folder, 'locales/de'), 0o755)
  writeFileSync(join(one.folder, 'locales/de/shop.json'), DE)
})
