// What a user gets: the packed tarball, installed and run in projects of several kinds. Needs the build in dist.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/rate-limit/stores/memory/memory-store.ts'
import { storeContract } from '../../src/testing/store-contract.ts'
import { pages } from '../docs/pages.ts'
import { replay } from '../docs/replay.ts'
import { readExchanges } from '../docs/transcript.ts'
import { answersOf, compile, install, PATIENCE, reply, root, run, text, type Compiled } from './project.ts'

const fixtures = fileURLToPath(new URL('.', import.meta.url))
const work = join(realpathSync(tmpdir()), `bizerror-consumers-${randomUUID()}`)
const projects = join(work, 'projects')

/** Whether a file is for the projects, and none of these tests. */
function isFixture(file: string): boolean {
  return !/\/consumers\/[\w.-]+\.ts$/.test(file.replaceAll('\\', '/'))
}

/** A dump, wherever its schema is. */
function contentOf(dump: string): object {
  return Object.assign(JSON.parse(dump) as object, { $schema: undefined })
}

/** What the apps of `esm` and `cjs` print. */
function expectedAnswers(): readonly object[] {
  const chinese = answersIn('zh-TW', '')
  const answers = answersIn('fr', ' ').flatMap((french, index) => [french, chinese[index]])
  return ['express', 'koa'].flatMap((app) => answers.map((answer) => ({ app, answer })))
}

function answersIn(language: string, blank: string): readonly object[] {
  const cdn = { code: 4000, message: `(2130)${blank}${text(language, 'cdn', 2130)}` }
  const conflict = { code: 1006, message: text(language, 'cloud-waf', 1006) }
  const gateway = { code: 403, sub_code: 40302, message: text(language, 'gateway', 40302), data: null }
  const expired = text(language, 'secrets', 'token_expired')
  return [
    reply('/cdn', 400, language, cdn),
    reply('/cloud-waf', 409, language, conflict),
    reply('/gateway', 403, language, gateway),
    reply('/secrets', 401, language, {
      error: { code: 'token_expired', message: expired, request_id: 't-1' },
    }),
    reply('/nowhere', 404, language, { code: 404, message: text(language, 'http', 404) }),
  ]
}

/** What the bundles of `esbuild` print. */
function expectedBundleAnswers(
  language: string,
  texts: { cdn: string; conflict: string; missing: string },
): readonly object[] {
  return ['express', 'koa'].flatMap((app) => [
    { app, answer: reply('/cdn', 400, language, { code: 4000, message: `(2130) ${texts.cdn}` }) },
    { app, answer: reply('/cloud-waf', 409, language, { code: 1006, message: texts.conflict }) },
    { app, answer: reply('/nowhere', 404, language, { code: 404, message: texts.missing }) },
  ])
}

/** What an app of `files` says of the texts in a folder. */
async function toldOf(texts: string, app: string, script: string): Promise<readonly unknown[]> {
  const { stdout } = await run(process.execPath, [script, texts], app)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

/** Puts the packages that read YAML and JSON5 into a folder's node_modules, as npm does. */
function installParsers(folder: string): void {
  for (const name of ['yaml', 'json5']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Where a compiler writes what it makes of a project. */
function outOf(project: string): readonly string[] {
  return ['--outDir', join(projects, 'out', project)]
}

/** The packages that the declarations of a project name. */
function namedIn(project: string, files: readonly string[]): ReadonlySet<string> {
  const declared = files.map((file) => readFileSync(join(projects, 'out', project, file), 'utf8'))
  const named = declared.join('\n').matchAll(/(?:\bimport\(|\bfrom )["'](?<name>[^."'].*?)["']/g)
  return new Set(Array.from(named, ({ groups }) => groups!['name']!))
}

type Bundle = (entry: string, outfile: string, format: 'esm' | 'cjs') => Promise<readonly string[]>

/** What an ES module that holds CommonJS needs of Node. */
const REQUIRE = "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);"

/** Bundle an app with all that it needs, and return what they warn of. */
const bundlers: Readonly<Record<string, Bundle>> = {
  async esbuild(entry, outfile, format) {
    const banner = format === 'esm' ? { js: REQUIRE } : {}
    const { warnings } = await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format,
      banner,
      logLevel: 'silent',
    })
    return warnings.map(({ text }) => text)
  },
  async rolldown(entry, outfile, format) {
    const warnings: string[] = []
    const bundle = await rolldown({
      input: entry,
      platform: 'node',
      onLog: (_level, { message }) => void warnings.push(message),
    })
    await bundle.write({ file: outfile, format })
    await bundle.close()
    return warnings
  },
}

/** Every file beneath a folder, with what changes when someone writes to it. */
function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((file) => {
      const { mtimeMs, size } = lstatSync(join(folder, file))
      return `${file} ${size} ${mtimeMs}`
    })
}

function setWritable(folder: string, writable: boolean): void {
  for (const file of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const path = join(folder, file)
    const { mode } = lstatSync(path)
    chmodSync(path, writable ? mode | 0o200 : mode & ~0o222)
  }
}

describe('the packed package', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    cpSync(fixtures, projects, { recursive: true, filter: isFixture })
    writeFileSync(join(projects, 'package.json'), '{ "private": true }\n')
    await install(projects, ['yaml-old@npm:yaml@2.5.1'])
    for (const name of ['express', 'koa']) {
      symlinkSync(join(root, 'node_modules', name), join(projects, 'node_modules', name), 'junction')
    }

    // The types of Express, Koa and Node are those that this repository has locked.
    for (const project of ['typescript-nodenext', 'typescript-library']) {
      mkdirSync(join(projects, project, 'node_modules'))
      symlinkSync(
        join(root, 'node_modules/@types'),
        join(projects, project, 'node_modules/@types'),
        'junction',
      )
    }
  }, PATIENCE)

  afterAll(() => {
    rmSync(work, { recursive: true, force: true })
  }, PATIENCE)

  test('holds what users need and nothing else', () => {
    expect(readdirSync(join(projects, 'node_modules/bizerror')).toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'examples',
      'package.json',
    ])
  })

  test('brings a command line, whose dump of a catalog is that of this repository', async () => {
    const bizerror = join(projects, 'node_modules/.bin/bizerror')
    const { stdout } = await run(bizerror, ['dump', '-c', 'bizerror/catalogs/cdn', '-o', '-'], projects)
    const committed = readFileSync(join(root, 'test/contract/dumps/cdn.json'), 'utf8')
    expect(contentOf(stdout)).toEqual(contentOf(committed))
    const { stdout: schema } = await run(
      process.execPath,
      ['-p', "require('bizerror/schema/catalog-1.json').title"],
      projects,
    )
    expect(schema).toBe('The dump of a catalog of error codes, as bizerror writes it\n')
  })

  test('answers errors of its other copy when one process has the ESM and the CJS build', async () => {
    const [facts, ...answers] = await answersOf(join(projects, 'esm'), 'two-copies.js')
    expect(facts).toEqual({
      copies: true,
      instances: [false, false],
      recognized: [true, true, true],
      otherKey: [false, false],
      lookAlike: false,
    })
    const conflict = { code: 1006, message: text('fr', 'cloud-waf', 1006) }
    const invalid = { code: 4000, message: `(2130) ${text('fr', 'cdn', 2130)}`, details: { project: 7 } }
    expect(answers).toEqual(
      ['esm', 'cjs'].flatMap((handler) => [
        { handler, answer: reply('/own', 409, 'fr', conflict) },
        { handler, answer: reply('/foreign', 400, 'fr', invalid) },
        { handler, answer: reply('/concealed', 400, 'fr', { code: 4000, message: text('fr', 'cdn', 4000) }) },
      ]),
    )
  })

  test('answers when its modules are loaded by Jest', async () => {
    const jest = join(root, 'node_modules/jest/bin/jest.js')
    const args = [jest, '--json', '--no-watchman', '--cacheDirectory', join(work, 'jest')]
    const { stdout } = await run(process.execPath, args, join(projects, 'jest'))
    const tests = 4 + storeContract(() => memoryStore(), { shared: false }).length
    expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: tests, numTotalTests: tests })
  })

  test.each(['app.mjs', 'app.cjs'])(
    'has a client that reads the errors of a server in %s',
    async (script) => {
      const error = { name: 'ApiError', code: 1006, status: 409, locale: 'fr', known: [true, true] }
      const message = text('fr', 'cloud-waf', 1006)
      expect(await answersOf(join(projects, 'client'), script)).toEqual([{ ...error, message }])
    },
  )

  const onNode = ['--lib', 'es2022', '--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  /** The arguments of `tsc` for each project, by what its test is of. */
  const typed = {
    all: ['-p', 'typescript-nodenext'],
    'all, without the types of a browser': ['-p', 'typescript-nodenext', '--lib', 'es2022'],
    catalog: ['-p', 'typescript-catalog', ...outOf('catalog')],
    library: ['-p', 'typescript-library', ...outOf('library')],
    'a browser': ['-p', 'typescript-client', ...outOf('browser')],
    'Node.js': ['-p', 'typescript-client', ...outOf('node'), ...onNode],
  } as const
  type Typed = keyof typeof typed
  const each = Object.keys(typed) as readonly Typed[]

  // What neither the lowest nor the newest refuses, those between them do not. The lowest goes without a browser's types.
  describe.each<readonly [compiler: string, of: readonly Typed[]]>([
    ['typescript', each.filter((name) => name !== 'all, without the types of a browser')],
    ['typescript54', each.filter((name) => name !== 'all')],
  ])('for %s', (compiler, of) => {
    let compiled: Readonly<Partial<Record<Typed, Compiled>>>
    beforeAll(async () => {
      const found = await compile(
        compiler,
        of.map((name) => typed[name]),
        projects,
      )
      compiled = Object.fromEntries(of.map((name, index) => [name, found[index]!]))
    }, PATIENCE)

    test.each(of.filter((name) => name.startsWith('all')))(
      'has types that fit Express 4 and 5 and Koa 2 and 3: %s',
      (name) => {
        const { errors, files } = compiled[name]!
        expect(errors).toEqual([])
        expect(files).toEqual(
          expect.arrayContaining(
            [
              'typescript-nodenext/app.ts',
              'typescript-nodenext/required.cts',
              'node_modules/bizerror/dist/esm/index.d.ts',
              'node_modules/bizerror/dist/cjs/index.d.cts',
            ].map((file) => join(projects, file).replaceAll('\\', '/')),
          ),
        )
      },
    )

    if (of.includes('catalog')) {
      test('has a catalog entry that needs no types but those of the language', () => {
        const { errors, files } = compiled.catalog!
        expect(errors).toEqual([])
        expect(files.length).toBeGreaterThan(2)
        const foreign = files.filter((file) => !/\/(?:typescript-catalog|bizerror\/dist)\//.test(file))
        expect(foreign).toEqual([])
        // What is inferred can be named by those who import the catalog's file from elsewhere.
        expect(namedIn('catalog', ['catalog.d.ts', 'required.d.cts'])).toEqual(new Set(['bizerror/catalog']))
      })
    }

    test.each((['a browser', 'Node.js'] as const).filter((host) => of.includes(host)))(
      'has a client that needs no types but those of %s',
      (host) => {
        const { errors, files } = compiled[host]!
        expect(errors).toEqual([])
        const read = ['esm/client.d.ts', 'cjs/client.d.cts'].map((file) =>
          join(projects, 'node_modules/bizerror/dist', file).replaceAll('\\', '/'),
        )
        expect(files).toEqual(expect.arrayContaining(read))
        expect(files.filter((file) => !/\/(?:typescript-client|bizerror\/dist)\//.test(file))).toEqual([])
      },
    )

    if (of.includes('library')) {
      test('has types that a library can name in its own declarations', () => {
        expect(compiled.library!.errors).toEqual([])
        const named = [...namedIn('library', ['library.d.ts', 'required.d.cts'])]
        // Each is an entry point of the package, and no file of its own.
        expect(
          named.filter((name) => /^bizerror(?!(?:\/(?:catalog|client|koa|catalogs\/http))?$)/.test(name)),
        ).toEqual([])
      })
    }
  })

  test('answers what README shows first, by the files that it shows and Node alone', async () => {
    const [readme] = pages
    const folder = join(projects, 'readme')
    const files = readme!.fences.filter(({ path }) => ['catalog.mts', 'server.mts'].includes(path))
    const onAnyPort = 'const server = app.listen(0, () => console.log(server.address().port))'
    for (const { path, code } of files) {
      write(join(folder, path.replace('.mts', '.mjs')), code.replace('app.listen(3000)', onAnyPort))
    }
    for (const [path, json] of readme!.data) write(join(folder, path), json)

    const exchanges = readExchanges(files.at(-1)!.after)
    expect(exchanges.length).toBeGreaterThan(3)
    const server = spawn(process.execPath, ['server.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [port] = (await once(server.stdout, 'data')) as [Buffer]
      for (const exchange of exchanges) expect(await replay(Number(port), exchange)).toEqual(exchange.answer)
    } finally {
      server.kill()
    }
  })

  test('has a catalog entry that a browser runs, of at most 9 kB when it is packed', async () => {
    const { outputFiles, metafile } = await build({
      absWorkingDir: join(projects, 'browser'),
      entryPoints: ['page.js'],
      bundle: true,
      minify: true,
      metafile: true,
      write: false,
      platform: 'browser',
      format: 'iife',
    })
    const { text: code } = outputFiles[0]!
    // A global scope that has what the language has, and nothing of Node.
    const shown: unknown = runInNewContext(`${code};shown`, {})
    expect(JSON.parse(String(shown))).toEqual({
      code: 10002,
      status: 409,
      message: 'Only 3 of tea left',
      ok: { code: 0, message: 'OK', data: 'done' },
    })
    expect(Object.keys(metafile.inputs).filter((file) => file.endsWith('.cjs'))).toEqual([])
    expect(gzipSync(code).length).toBeLessThanOrEqual(9_000)
  })

  test.each([
    ['createReader', 2048],
    ['createClient', 4000],
  ])('has %s in an app that is bundled for %d bytes at most', async (name, bytes) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { ${name} } from 'bizerror/client'\nglobalThis.used = ${name}`,
        resolveDir: projects,
      },
      bundle: true,
      minify: true,
      write: false,
      platform: 'browser',
      format: 'esm',
    })
    expect(gzipSync(outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(bytes)
  })

  for (const [format, extension] of [
    ['esm', '.mjs'],
    ['cjs', '.cjs'],
  ] as const) {
    test(`answers from a bundle in ${format} format, far from its own files`, async () => {
      // Outside of projects, where no node_modules can stand in for what the bundle lacks.
      const outdir = join(work, `Größe & Ümlaut 套件 ${format}`)
      await build({
        absWorkingDir: join(projects, 'esbuild'),
        entryPoints: ['with-texts.js', 'without-texts.js'],
        outdir,
        outExtension: { '.js': extension },
        bundle: true,
        minify: true,
        platform: 'node',
        format,
        // Express and Koa are CJS and require built-in modules.
        ...(format === 'esm' && {
          banner: {
            js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
          },
        }),
      })
      const warning = 'The translations of bizerror are not where its code is, as in a bundle'
      expect(await answersOf(outdir, `without-texts${extension}`, [warning])).toEqual(
        expectedBundleAnswers('en', {
          cdn: 'Invalid ProjectID parameter. Check it and try again.',
          conflict: 'Username already exists',
          missing: 'Resource not found',
        }),
      )
      expect(await answersOf(outdir, `with-texts${extension}`)).toEqual(
        expectedBundleAnswers('de', {
          cdn: text('de', 'cdn', 2130),
          conflict: text('de', 'cloud-waf', 1006),
          missing: text('de', 'cloud-waf', 404),
        }),
      )
    })
  }

  test('says which package reads a file, where it is not installed', async () => {
    const app = join(projects, 'files')
    const needs = (file: string, name: string): string =>
      `${join(app, 'locales', file)} needs the package ${name}, which is not there. Run npm install ${name}.`
    for (const script of ['app.js', 'app.cjs']) {
      expect(await toldOf(join(app, 'locales'), app, script)).toEqual([
        needs('de/shop.yaml', 'yaml'),
        needs('fr/shop.json5', 'json5'),
      ])
    }
  })

  test('says which version reads YAML, where an older one is installed', async () => {
    const texts = join(work, 'texts with an old parser')
    cpSync(join(projects, 'files', 'locales'), texts, { recursive: true })
    write(join(texts, 'package.json'), '{ "private": true }')
    cpSync(join(projects, 'node_modules/yaml-old'), join(texts, 'node_modules/yaml'), { recursive: true })
    const [refused] = await toldOf(texts, join(projects, 'files'), 'app.js')
    const file = join(texts, 'de/shop.yaml')
    expect(refused).toBe(`${file} needs the package yaml in version 2.6.1 or later. Run npm install yaml.`)
  })

  test('reads YAML and JSON5 with the packages beside the files, or beside itself', async () => {
    const files = join(projects, 'files')
    const texts = join(work, 'texts of an app')
    const alone = join(work, 'texts of nobody')
    for (const folder of [texts, alone]) cpSync(join(files, 'locales'), folder, { recursive: true })
    installParsers(texts)
    const app = join(work, 'app with parsers')
    cpSync(files, app, { recursive: true })
    const packages = join(projects, 'node_modules')
    cpSync(packages, join(app, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    installParsers(app)
    for (const script of ['app.js', 'app.cjs']) {
      expect([await toldOf(texts, files, script), await toldOf(alone, app, script)]).toEqual([
        ['Weg', 'Parti'],
        ['Weg', 'Parti'],
      ])
    }
  })

  for (const [bundler, bundle] of Object.entries(bundlers)) {
    for (const format of ['esm', 'cjs'] as const) {
      test(`is bundled by ${bundler} in ${format} format without a warning, and reads YAML there`, async () => {
        const place = join(work, `${bundler} ${format}`)
        const outfile = `app.${format === 'esm' ? 'mjs' : 'cjs'}`
        expect(await bundle(join(projects, 'files', 'app.js'), join(place, outfile), format)).toEqual([])
        const texts = join(place, 'locales')
        cpSync(join(projects, 'files', 'locales'), texts, { recursive: true })
        const [refused] = await toldOf(texts, place, outfile)
        expect(refused).toMatch(/needs the package yaml, which is not there\. Run npm install yaml\.$/)
        installParsers(place)
        expect(await toldOf(texts, place, outfile)).toEqual(['Weg', 'Parti'])
      })
    }
  }

  test('answers in the language asked for, where nothing can be written and the path has blanks, # and %', async () => {
    const place = join(work, 'Nur lesen #1 100%25 套件')
    for (const part of ['esm', 'cjs', 'ask.cjs', 'node_modules']) {
      cpSync(join(projects, part), join(place, part), { recursive: true, verbatimSymlinks: true })
    }
    setWritable(place, false)
    // The administrator may write everywhere, so what is there is compared as well.
    const before = listing(place)
    try {
      expect(await answersOf(join(place, 'esm'), 'app.js')).toEqual(expectedAnswers())
      expect(await answersOf(join(place, 'cjs'), 'app.js')).toEqual(expectedAnswers())
      expect(listing(place)).toEqual(before)
    } finally {
      setWritable(place, true)
    }
  })
})
