// What the guide shows of the benchmarks: saved by `npm run bench -- --save`, written into the guide by `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { rateOf, type Measured } from './rounds.ts'
import { table } from './report.ts'
import { ratios, type Spread } from './stats.ts'
import type { VariantName } from './variants.ts'

const FILE = 'test/bench/figures.json'

/** Requests per second, or requests for the same instructions, as multiples of those of `BASE`: by Node's version. */
export interface Figures {
  readonly timed: Readonly<Record<string, Timed>>
  readonly counted: Readonly<Record<string, Partial<Readonly<Record<VariantName, number>>>>>
}

export interface Timed {
  /** What the ranges are of. */
  readonly range: string
  readonly runs: Partial<Readonly<Record<VariantName, Spread>>>
}

/** A run, and what the guide calls it. */
export type ShownRun = readonly [run: VariantName, title: string]

const BASE: VariantName = 'express-direct'

/** What is shown, in groups. */
export const SHOWN: readonly (readonly ShownRun[])[] = [
  [
    ['express-direct', '**Express**, `res.status(409).json()`'],
    ['express-floor', 'throw, and a constant answer: the least there is'],
    ['express-floor-after', 'the same behind headers that the app has set'],
    ['express', '**bizerror**'],
    ['express-whole', 'bizerror, with `requestId` and `notFound` too'],
    ['express-params', 'bizerror, a text with two params'],
    ['express-limited', 'bizerror, with `rateLimit` in memory'],
    ['express-stacks', 'bizerror, stacks kept, as in development'],
    ['express-by-hand', 'by hand with negotiator'],
    ['express-default', "Express's own error page with http-errors"],
    ['express-http-errors', 'http-errors + i18next-http-middleware'],
    ['express-boom', 'boom + i18next-http-middleware'],
  ],
  [
    ['koa-floor', '**Koa**, throw, and a constant answer: the least there is'],
    ['koa', '**bizerror on Koa**'],
    ['koa-by-hand', 'by hand with negotiator'],
    ['koa-i18next', '`ctx.throw` + i18next-http-middleware'],
    ['fastify-i18next', 'Fastify, @fastify/error + i18next-http-middleware'],
    ['hono-i18next', 'Hono, `HTTPException` + hono/language + i18next'],
  ],
  [
    ['raw', '**node:http**, the answer as a constant'],
    ['raw-throw', 'the same, once a bare `Error` was thrown and caught'],
    ['bizerror', 'bizerror on node:http, without a framework'],
  ],
]

export function readFigures(): Figures {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Figures
}

/** The table of the guide. */
export function figuresTable({ timed, counted }: Figures): string {
  const columns = [
    ...Object.entries(timed).map(([node, { runs }]) => ({
      head: `timed, Node ${node}`,
      of: (run: VariantName) => runs[run]?.median,
    })),
    ...Object.entries(counted).map(([node, runs]) => ({
      head: `counted, Node ${node}`,
      of: (run: VariantName) => runs[run],
    })),
  ]
  const rows = SHOWN.flat().map(([run, title]) => [title].concat(columns.map(({ of }) => shown(of(run)))))
  return table(['server', ...columns.map(({ head }) => head)], rows)
}

function shown(multiple: number | undefined): string {
  if (multiple === undefined) return '–'
  return multiple === 1 ? '1' : multiple.toFixed(2)
}

/** The figures with what was timed on one version of Node, in place of what was. */
export function withTimed({ timed, counted }: Figures, { node, groups }: Measured): Figures {
  const runs: Partial<Record<VariantName, Spread>> = {}
  for (const [run] of SHOWN.flat()) {
    const rounds = groups.find((group) => group.has(run) && group.has(BASE))
    if (rounds) runs[run] = ratios(rateOf(rounds.get(run)!), rateOf(rounds.get(BASE)!))
  }
  const count = groups[0]?.get(BASE)?.length
  return { timed: { ...timed, [minorOf(node)]: { range: `of ${count} rounds`, runs } }, counted }
}

/** The same with what was counted. */
export function withCounted(
  { timed, counted }: Figures,
  node: string,
  instructions: ReadonlyMap<VariantName, number>,
): Figures {
  const base = instructions.get(BASE)
  if (base === undefined) throw new Error(`Count ${BASE} as well: all are told in multiples of it.`)
  const runs = Object.fromEntries([...instructions].map(([run, own]) => [run, base / own]))
  return { timed, counted: { ...counted, [minorOf(node)]: runs } }
}

/** 20.20 of v20.20.2 */
function minorOf(node: string): string {
  return node.replace(/^v?(\d+\.\d+).*$/, '$1')
}

export async function saveFigures(figures: Figures): Promise<void> {
  const rounded = JSON.stringify(figures, (_key, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value,
  )
  writeFileSync(FILE, await format(rounded, { parser: 'json' }))
}
