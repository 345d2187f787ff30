// What a user of the other frameworks gets: the packed tarball beside them, and without them. Needs the build in dist.
import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { answersOf, compile, pack, PATIENCE, reply, root, run, text } from './project.ts'

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

describe.concurrent('the packed package beside other frameworks', { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    mkdirSync(work)
    const { file } = await pack(work)
    await run('tar', ['-xzf', file], work)
    for (const project of Object.values(projects)) {
      mkdirSync(join(project, 'node_modules'), { recursive: true })
      cpSync(join(work, 'package'), join(project, 'node_modules/bizerror'), { recursive: true })
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

  test.each([
    ['fastify', 'npm install fastify'],
    ['hono', 'npm install hono'],
    ['nest', 'npm install @nestjs/common'],
  ])('says what to install where bizerror/%s is loaded without its framework', async (face, remedy) => {
    for (const load of [
      `import('bizerror/${face}')`,
      `Promise.resolve().then(() => require('bizerror/${face}'))`,
    ]) {
      const script = `${load}.then(() => 'loaded', ({ message }) => message).then(console.log)`
      const { stdout } = await run(process.execPath, ['-e', script], projects.none)
      expect(stdout).toMatch(/^bizerror\/\w+ needs /)
      expect(stdout).toContain(remedy)
    }
  })

  test.each(
    Object.keys(manifest.exports).filter((name) => !/json$|\*|fastify|hono|nest|otel|vitest|jest/.test(name)),
  )('loads %s where no framework is installed', async (name) => {
    const entry = name.replace('.', 'bizerror')
    const script = `import('${entry}').then(() => console.log(typeof require('${entry}')))`
    const { stdout } = await run(process.execPath, ['-e', script], projects.none)
    expect(stdout).toBe('object\n')
  })

  for (const compiler of ['typescript', 'typescript59', 'typescript54']) {
    test(`has types that fit Fastify, Hono, NestJS and the Web for ${compiler}`, async () => {
      const { errors, files } = await compile(compiler, ['-p', 'frameworks/types'], projects.all)
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
  }

  for (const compiler of ['typescript', 'typescript54']) {
    test(`has types for Workers that need none of Node.js for ${compiler}`, async () => {
      const { errors, files } = await compile(compiler, ['-p', 'frameworks/worker'], projects.all)
      expect(errors.filter((line) => /^frameworks\/|bizerror\/dist/.test(line))).toEqual([])
      const read = files.map((file) => file.replace(/.*\/node_modules\//, ''))
      expect(read).toEqual(
        expect.arrayContaining(['bizerror/dist/esm/web.d.ts', 'bizerror/dist/cjs/web.d.cts']),
      )
      expect(
        read.filter((file) => /@types\/node\/|bizerror\/dist\/\w+\/(?:index|express)\./.test(file)),
      ).toEqual([])
    })
  }
})
