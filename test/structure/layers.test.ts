import { readdirSync, readFileSync } from 'node:fs'
import { posix, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ENTRIES, PROGRAMS } from '../../.build/entries.ts'
import manifest from '../../package.json' with { type: 'json' }

type Sources = ReadonlyMap<string, string>

interface Import {
  readonly from: string
  /** A file of src, or what is not in src: a package, a built-in module, the locales folder. */
  readonly to: string
  readonly outside: boolean
}

/** Rooms of the house, in the order in which data goes through them: what each may see, and what from outside src. */
const ROOMS: Readonly<Record<string, { readonly sees: readonly string[]; readonly outside: RegExp }>> = {
  /** Reads what is hostile. */
  guard: { sees: [], outside: /^$/ },
  /** What a code means. */
  catalog: { sees: ['guard'], outside: /^$/ },
  /** What is thrown. */
  error: { sees: ['guard', 'catalog'], outside: /^$/ },
  /** Other people's errors → codes. */
  identify: { sees: ['guard', 'catalog', 'error'], outside: /^$/ },
  /** Error and request → reply. */
  answer: { sees: ['guard', 'catalog', 'error', 'identify'], outside: /^$/ },
  /** Chooses a language and finds its text. */
  locale: {
    sees: ['guard', 'catalog', 'answer'],
    outside: /^(?:node:.+|i18next|(?:\.\.\/)+dependencies\.cjs|\.\.\/\.\.\/locales\/index\.cjs)$/,
  },
  /** Tells the server's people. */
  report: { sees: ['guard', 'catalog', 'error', 'identify'], outside: /^$/ },
  /** The reference catalogs. */
  catalogs: { sees: ['catalog', 'error'], outside: /^\.\.\/\.\.\/locales\/index\.cjs$/ },
  /** One app's options → its way from a throw to a reply. */
  handler: {
    sees: ['guard', 'catalog', 'error', 'identify', 'answer', 'locale', 'report', 'catalogs'],
    outside: /^i18next$/,
  },
  'rate-limit': {
    sees: ['guard', 'catalog', 'error', 'report', 'catalogs'],
    outside: /^node:(?:net|crypto|http)$/,
  },
  /** What follows from a catalog: tools for people who write, review and read it. */
  contract: {
    sees: ['guard', 'catalog', 'error', 'answer', 'locale', 'handler', 'catalogs'],
    outside: /^node:.+$/,
  },
  /** Tries what others wrote, in their tests. */
  testing: {
    sees: ['guard', 'catalog', 'error', 'rate-limit', 'client'],
    outside:
      /^(?:vitest|@jest\/globals)$|^node:(?:assert|async_hooks|crypto|diagnostics_channel|fs|path|timers\/promises|util)$/,
  },
  /** The other side. It goes to browsers, so that it takes types alone. */
  client: { sees: ['catalog'], outside: /^bizerror\/catalog$/ },
  /** Errors for the tools of operators, and for other carriers than HTTP. */
  observe: {
    sees: ['guard', 'catalog', 'error', 'report', 'handler'],
    outside: /^@opentelemetry\/api$/,
  },
  /** Frameworks ⇄ facts and reply. */
  adapters: {
    sees: ['guard', 'catalog', 'answer', 'report', 'handler', 'rate-limit'],
    outside:
      /^(?:node:(?:http|stream|fs|async_hooks)|fastify|hono|@nestjs\/common|(?:\.\.\/)+(?:\w+\/)?[\w-]+\.cjs|\.\/[\w-]+\.cjs)$/,
  },
}
/** What the builds stand beside: translators' files, and the ways to the packages that are loaded late. */
const LOCALES = '../../locales/index.cjs'
const LATE = [...readdirSync(new URL('../../src/', import.meta.url), { recursive: true, encoding: 'utf8' })]
  .filter((name) => name.endsWith('.cjs'))
  .map((name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8'))
  .join('')
/** Optional, and of these, types alone. */
const TYPES_OF = ['fastify', 'hono', '@nestjs/common']
/** What adapters share. One framework's never imports another's. */
const SHARED_BY_ADAPTERS = ['adapters/', 'adapters/node/', 'adapters/web/']
/** What servers show of a catalog. The other tools are for the command line. */
const PAGES = 'contract/docs/'

// import x from 'y' | import type { x } from 'y' | import 'y' | export { x } from 'y' | export * from 'y'
const STATEMENT =
  /^(?:import|export)\s+(?:type\s+)?(?:[\w$\s{},*]+?\sfrom\s*)?(?<quote>['"])(?<to>.+?)\k<quote>/gm
// import('y'), as an expression or in a type
const CALL = /\bimport\s*\(\s*(?<quote>['"`])(?<to>.+?)\k<quote>/g
// What any import holds on one line, however it is wrapped. Modules of a user's project have no name here.
const TRACE =
  /^(?:import|export|\}).*\bfrom\s*['"]|^import\s*['"]|(?<!\.)\b(?:import|require)\s*\((?!pathToFileURL)/gm

function readSources(): Sources {
  const folder = new URL('../../src/', import.meta.url)
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll(sep, '/'))
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => [
        file,
        readFileSync(new URL(file, folder), 'utf8').replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''),
      ]),
  )
}

function importsOf(file: string, source: string): readonly Import[] {
  return [...source.matchAll(STATEMENT), ...source.matchAll(CALL)].map(({ groups = {} }) => {
    const name = groups['to']!
    const outside = !name.startsWith('.') || name.endsWith('.cjs')
    const to = outside ? name : posix.join(posix.dirname(file), name)
    return { from: file, to, outside }
  })
}

function roomOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf('/')))
}

/** `adapters/koa/body.ts` is in `adapters/koa/`. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}

function problemWith({ from, to, outside }: Import, sources: Sources): string | undefined {
  if (!outside && !sources.has(to)) return 'is no file of src'
  if (to === 'index.ts') return 'nobody imports index.ts'
  if (from === 'index.ts') return undefined
  const room = roomOf(from)
  const rule = ROOMS[room]
  if (rule === undefined) return `the folder ${room} has no rule`
  if (outside) return rule.outside.test(to) ? undefined : `${room} may not import ${to}`
  if (room === 'adapters' && roomOf(to) === 'adapters') {
    return [folderOf(from), ...SHARED_BY_ADAPTERS].includes(folderOf(to))
      ? undefined
      : 'adapters never import each other'
  }
  if (room === 'adapters' && to.startsWith(PAGES)) return undefined
  return [room, ...rule.sees].includes(roomOf(to)) ? undefined : `${room} may not import ${roomOf(to)}`
}

/** The circles among imports, those of types alone too, each from where the search entered it. */
function circlesOf(graph: readonly Import[]): readonly (readonly string[])[] {
  const inside = graph.filter(({ outside }) => !outside)
  const done = new Set<string>()
  const circles: string[][] = []
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start !== -1) circles.push([...path.slice(start), file])
    if (start !== -1 || done.has(file)) return
    for (const { from, to } of inside) if (from === file) visit(to, [...path, file])
    done.add(file)
  }
  for (const { from } of inside) visit(from, [])
  return circles
}

function problemsOf(sources: Sources): readonly string[] {
  const graph = [...sources].flatMap(([file, source]) => importsOf(file, source))
  const problems = graph.flatMap((edge) => {
    const problem = problemWith(edge, sources)
    return problem === undefined ? [] : [`${edge.from} → ${edge.to}: ${problem}`]
  })
  return [...problems, ...circlesOf(graph).map((circle) => `${circle.join(' → ')}: a circle`)]
}

/** The files that the package's entry points lead to, by imports of any kind. */
function reachableFiles(sources: Sources): readonly string[] {
  const reached = new Set(
    [...ENTRIES.map(({ source }) => source), ...Object.values(PROGRAMS)].map((source) =>
      source.replace('src/', ''),
    ),
  )
  // Grows while it is walked.
  for (const file of reached) {
    for (const { to, outside } of importsOf(file, sources.get(file) ?? '')) if (!outside) reached.add(to)
  }
  return [...reached].sort()
}

/** The names that the calls in those ways have. */
function named(call: RegExp): readonly string[] {
  return [...LATE.matchAll(call)].map(({ groups }) => groups!['name']!)
}

describe('src', () => {
  const sources = readSources()

  test('imports only what each room may see, and without circles', () => {
    expect(problemsOf(sources)).toEqual([])
  })

  test('is read as a whole: the entry points lead to every file in the folder', () => {
    expect(sources.size).toBeGreaterThan(25)
    expect(reachableFiles(sources)).toEqual([...sources.keys()])
  })

  test('holds no import that the reader of imports misses', () => {
    for (const [file, source] of sources) {
      expect(importsOf(file, source), file).toHaveLength(source.match(TRACE)?.length ?? 0)
    }
  })

  test('takes from outside what package.json installs, and nothing else but built-in modules', () => {
    const imported = [...sources]
      .flatMap(([file, source]) => importsOf(file, source))
      .filter(({ to, outside }) => outside && (to === LOCALES || !/^node:|^bizerror\/|\.cjs$/.test(to)))
      .map(({ to }) => to)
      .filter((name) => !TYPES_OF.includes(name))
    const required = named(/require\('(?<name>.+?)'\)/g)
    const { dependencies, peerDependencies, peerDependenciesMeta } = manifest
    const isPeer = (name: string): boolean => Object.hasOwn(peerDependencies, name)
    expect([...new Set([...imported, ...required])].filter((name) => !isPeer(name)).sort()).toEqual(
      [...Object.keys(dependencies), LOCALES].sort(),
    )
    // The command line asks for its own.
    const asked = [...sources.values()].flatMap((source) =>
      Array.from(
        source.matchAll(/\b(?:peer(?:<[^;]*?>)?|checkInstalled)\(\s*'(?<name>[\w-]+)'/g),
        ({ groups }) => groups!['name']!,
      ),
    )
    const peers = new Set(
      [...named(/ofTheApp\('(?<name>.+?)'/g), ...asked, ...required, ...imported].filter(isPeer),
    )
    expect([...peers].sort()).toEqual(Object.keys(peerDependencies))
    expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies))
  })
})

describe('the import rules', () => {
  const allowed = {
    'index.ts': "export { a } from './guard/a.ts'\nexport type { B } from './adapters/x/b.ts'",
    'guard/a.ts': "import type { C } from './c.ts'\nexport const a = 1",
    'guard/c.ts': 'export interface C {}',
    'handler/h.ts': "import {\n  a,\n} from '../guard/a.ts'\nimport type { i18n } from 'i18next'",
    'adapters/x/b.ts': "import '../node/http.ts'\nimport { h } from '../../handler/h.ts'\nimport './d.ts'",
    'adapters/x/d.ts': "import { a } from '../../guard/a.ts'",
    'adapters/node/http.ts': "import { STATUS_CODES } from 'node:http'",
  }

  test('let through what design and compiler allow', () => {
    expect(problemsOf(new Map(Object.entries(allowed)))).toEqual([])
  })

  test.each([
    ['guard/a.ts', "import { readFileSync } from 'node:fs'", 'guard may not import node:fs'],
    ['guard/b.ts', "import type { h } from '../handler/h.ts'", 'guard may not import handler'],
    ['guard/a.ts', "const b = await import('http-errors')", 'guard may not import http-errors'],
    ['guard/a.ts', "export * from './gone.ts'", 'is no file of src'],
    ['identify/f.ts', "import '../handler/h.ts'", 'identify may not import handler'],
    ['locale/l.ts', "import { b } from '../adapters/x/b.ts'", 'locale may not import adapters'],
    ['rate-limit/r.ts', "import '../handler/h.ts'", 'rate-limit may not import handler'],
    ['catalogs/c.ts', "import i18next from 'i18next'", 'catalogs may not import i18next'],
    ['handler/i.ts', "import type { b } from '../adapters/x/b.ts'", 'handler may not import adapters'],
    ['adapters/y/k.ts', "import { b } from '../x/b.ts'", 'adapters never import each other'],
    ['adapters/y/k.ts', "import express from 'express'", 'adapters may not import express'],
    ['adapters/y/k.ts', "export { a } from '../../index.ts'", 'nobody imports index.ts'],
    ['helpers/h.ts', "import { a } from '../guard/a.ts'", 'the folder helpers has no rule'],
  ])('report %s with %s', (file, source, problem) => {
    const name = /(['"])(?<to>.+?)\1/.exec(source)!.groups!['to']!
    const to = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name
    const sources = new Map(Object.entries({ ...allowed, [file]: source }))
    expect(problemsOf(sources)).toEqual([`${file} → ${to}: ${problem}`])
  })

  test.each(["import { a } from './a.ts'", "import type { a } from './a.ts'"])(
    'report a circle by %s',
    (source) => {
      const sources = new Map(Object.entries({ ...allowed, 'guard/c.ts': source }))
      expect(problemsOf(sources)).toEqual(['guard/a.ts → guard/c.ts → guard/a.ts: a circle'])
    },
  )
})
