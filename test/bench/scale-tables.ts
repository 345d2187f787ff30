// `npm run bench:scale`: what grows with the size of a catalog and of a request, and what does not.
import { parseArgs } from 'node:util'
import type { Load } from './client.ts'
import { BIZERROR, type Expected } from './expected.ts'
import { shown, table } from './report.ts'
import { cpuOf, measure, USUAL, type Run } from './rounds.ts'
import { measureScale, type Cost } from './scale.ts'
import { buildParts } from './server.ts'
import { ratios, spread } from './stats.ts'
import { VARIANTS, type Variant } from './variants.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    'warm-up': { type: 'string', default: '20' },
    node: { type: 'string', default: process.execPath },
    codes: { type: 'string', default: '300,10000,100000' },
  },
})
const { node } = values

function shownCost({ ms, mb }: Cost): string {
  return `${ms.toFixed(1)} ms, ${mb.toFixed(1)} MB`
}

function sizes(): string {
  const rows = values.codes.split(',').flatMap((codes) =>
    [2, 10].map((locales) => {
      const { catalog, first, rest, seen, ns } = measureScale(Number(codes), locales, node)
      return [
        `${Number(codes).toLocaleString('en')} × ${locales}`,
        shownCost(catalog),
        shownCost(first),
        shownCost(rest),
        `${seen.toFixed(0)} MB`,
        `${(ns.firstTime / 1000).toFixed(1)} µs`,
        `${ns.hot.toFixed(0)}–${ns.anywhere.toFixed(0)} ns`,
        `${(ns.i18nextHot / 1000).toFixed(1)}–${(ns.i18nextAnywhere / 1000).toFixed(1)} µs`,
      ]
    }),
  )
  return table(
    [
      'codes × languages',
      'catalog',
      'handler and first language',
      'all other languages',
      'heap, every code used once',
      'look-up, first time',
      'look-up again',
      "i18next's fixed `t`",
    ],
    rows,
  )
}

const EXPRESS = VARIANTS.express
const ROUTE = 'express-bizerror'

function header(bytes: number): Load {
  return { language: { fixed: 'de-AT,en;q=0.8,'.repeat(Math.ceil(bytes / 15)).slice(0, bytes) } }
}

function withFields(details: number): Variant {
  const fields = Array.from({ length: details }, (_, index) => ({
    path: `items.${index}.price`,
    code: 'too_small',
  }))
  const expected: Expected = {
    ...BIZERROR,
    body: (locale, id) => ({ ...(BIZERROR.body(locale, id) as object), details: { fields } }),
  }
  return { title: '', module: ROUTE, options: { details }, expected }
}

function inLanguages(languages: number): Variant {
  const expected: Expected = {
    ...BIZERROR,
    body: (locale) => ({
      code: 1,
      message: locale === 'de' ? 'Benutzername bereits vergeben' : 'Username already exists',
    }),
    headers: (locale) => BIZERROR.headers(locale === 'de' ? 'de' : 'en'),
  }
  return { title: '', module: ROUTE, options: { languages }, expected }
}

/** What grows, and the runs that show it. The first of each is what the others are measured by. */
const GROWTHS: Readonly<Record<string, readonly Run[]>> = {
  'Accept-Language, bytes': [40, 256, 1024, 4096, 12_000].map((bytes) => ({
    name: String(bytes),
    variant: EXPRESS,
    load: header(bytes),
  })),
  'Languages of the catalog, never the same header twice': [2, 10, 50, 200].map((count) => ({
    name: String(count),
    variant: inLanguages(count),
    load: { language: 'unique' },
  })),
  Connections: [10, 100, 1000].map((connections) => ({
    name: String(connections),
    variant: EXPRESS,
    load: { ...USUAL, connections },
  })),
  'Fields in details': [0, 1, 10, 100].map((count) => ({
    name: String(count),
    variant: count === 0 ? EXPRESS : withFields(count),
    load: USUAL,
  })),
}

async function growth(what: string, runs: readonly Run[]): Promise<string> {
  const { groups } = await measure([runs], {
    rounds: Number(values.rounds),
    seconds: 1,
    warmUp: Number(values['warm-up']),
    node,
  })
  const measured = groups[0]!
  const [base] = [...measured.values()].map(cpuOf)
  return table(
    [what, 'CPU µs', '× the first'],
    [...measured].map(([name, rounds]) => {
      const cpu = cpuOf(rounds)
      return [name, spread(cpu).median.toFixed(1), shown(ratios(cpu, base!))]
    }),
  )
}

await buildParts()
console.log(`${sizes()}\n`)
for (const [what, runs] of Object.entries(GROWTHS)) console.log(`${await growth(what, runs)}\n`)
