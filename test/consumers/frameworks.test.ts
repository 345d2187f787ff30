// What a user of the other frameworks gets: what is packed, beside them and without them. Needs the build in dist.
import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { answersOf, compile, PATIENCE, reply, root, run, text, type Compiled } from './project.ts'

const fixtures = fileURLToPath(new URL('.', import.meta.url))
const work = join(realpathSync(tmpdir()), `bizerror-frameworks-${randomUUID()}`)

/** A project that has all of them, and one that has what npm installs with the package, and no framework. */
const projects = { all: join(work, 'all'), none: join(work, 'none') }

/** What stands in this repository's node_modules for the lowest and the current of each. */
const FRAMEWORKS = ['fastify', 'hono', '@nestjs', 'rxjs', 'reflect-metadata']

function install(name: string, project: string): void {
  const link = join(project, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), link, 'junction')
}

describe('the packed package beside other frameworks', { timeout: PATIENCE }, () => {
  beforeAll(() => {
    for (const project of Object.values(projects)) {
      mkdirSync(join(project, 'node_modules'), { recursive: true })
      for (const part of ['package.json', 'dist']) {
        cpSync(join(root, part), join(project, 'node_modules/bizerror', part), { recursive: true })
      }
      cpSync(join(fixtures, 'frameworks'), join(project, 'frameworks'), { recursive: true })
      cpSync(join(fixtures, 'ask.cjs'), join(project, 'ask.cjs'))
      for (const name of Object.keys(manifest.dependencies)) install(name, project)
    }
    for (const name of [...FRAMEWORKS, '@types']) install(name, projects.all)
  }, 120_000)

  afterAll(() => {
    rmSync(work, { recursive: true, force: true })
  }, PATIENCE)

  for (const face of ['fastify', 'hono', 'nest', 'web', 'adapter']) {
    for (const script of [`${face}.js`, `${face}.cjs`]) {
      test(`answers in the language asked for by ${script}`, async () => {
        const answers = ['fr', 'zh-TW'].map((language) => [
          reply('/conflict', 409, language, { code: 1006, message: text(language, 'cloud-waf', 1006) }),
          reply('/nowhere', 404, language, { code: 404, message: text(language, 'cloud-waf', 404) }),
        ])
        const project = ['web', 'adapter'].includes(face) ? projects.none : projects.all
        expect(await answersOf(join(project, 'frameworks'), script)).toEqual([
          ...answers.map(([conflict]) => conflict),
          ...answers.map(([, nowhere]) => nowhere),
        ])
      })
    }
  }

  describe('where no framework is installed', () => {
    const missing = { fastify: 'fastify', hono: 'hono', nest: '@nestjs/common' }
    const others = Object.keys(manifest.exports).filter(
      (name) => !/json$|\*|fastify|hono|nest|otel|vitest|jest/.test(name),
    )
    /** What an entry point is, or what is said of it, imported and required. */
    let loaded: Readonly<Record<string, readonly string[]>>
    beforeAll(async () => {
      const names = [...others, ...Object.keys(missing).map((name) => `./${name}`)]
      const script = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const said = {}
for (const name of ${JSON.stringify(names)}) {
  const from = name.replace('.', 'bizerror')
  const loads = [() => import(from), async () => require(from)]
  said[name] = await Promise.all(loads.map((load) => load().then((found) => typeof found, (error) => error.message)))
}
console.log(JSON.stringify(said))`
      writeFileSync(join(projects.none, 'load.mjs'), script)
      const { stdout } = await run(process.execPath, ['load.mjs'], projects.none)
      loaded = JSON.parse(stdout) as typeof loaded
    })

    test.each(Object.entries(missing))('bizerror/%s says that %s is to be installed', (face, name) => {
      for (const said of loaded[`./${face}`]!) {
        expect(said).toMatch(/^bizerror\/\w+ needs /)
        expect(said).toContain(`npm install ${name}`)
      }
    })

    test.each(others)('%s is loaded', (name) => {
      expect(loaded[name]).toEqual(['object', 'object'])
    })
  })

  // What neither the lowest nor the newest refuses, those between them do not: see consumers.test.ts.
  describe.each(['typescript', 'typescript54'])('for %s', (compiler) => {
    let types: Compiled
    let worker: Compiled
    beforeAll(async () => {
      const both = ['types', 'worker'].map((name) => ['-p', `frameworks/${name}`])
      ;[types, worker] = (await compile(compiler, both, projects.all)) as [Compiled, Compiled]
    }, PATIENCE)

    test('has types that fit Fastify, Hono, NestJS and the Web', () => {
      const { errors, files } = types
      // Those of the frameworks have errors of their own.
      expect(errors.filter((line) => /^frameworks\/|bizerror\/dist/.test(line))).toEqual([])
      const read = [
        'frameworks/types/app.ts',
        'frameworks/types/required.cts',
        'node_modules/bizerror/dist/esm/fastify.d.ts',
      ]
      expect(files).toEqual(
        expect.arrayContaining(read.map((file) => join(projects.all, file).replaceAll('\\', '/'))),
      )
    })

    test('has types for Workers that need none of Node.js', () => {
      const { errors, files } = worker
      expect(errors.filter((line) => /^frameworks\/|bizerror\/dist/.test(line))).toEqual([])
      const read = files.map((file) => file.replace(/.*\/node_modules\//, ''))
      expect(read).toEqual(
        expect.arrayContaining(['bizerror/dist/esm/web.d.ts', 'bizerror/dist/cjs/web.d.cts']),
      )
      expect(
        read.filter((file) => /@types\/node\/|bizerror\/dist\/\w+\/(?:index|express)\./.test(file)),
      ).toEqual([])
    })
  })
})
