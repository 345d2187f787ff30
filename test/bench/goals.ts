import type { Load } from './client.ts'
import { cpuOf, rateOf, USUAL, type Measured, type Run } from './rounds.ts'
import { ratios, type Spread } from './stats.ts'
import { VARIANTS, type VariantName } from './variants.ts'

const HOSTILE: Load = { language: { fixed: 'a,'.repeat(2048) } }

/** The loads beside the usual one, and who is put under them. */
const LANGUAGES: Readonly<Record<string, Load>> = {
  hostile: HOSTILE,
  cycle: { language: 'cycle' },
  unique: { language: 'unique' },
  ranges: { language: 'ranges' },
}
const UNDER_ALL_LANGUAGES: readonly VariantName[] = ['express', 'koa', 'express-by-hand', 'koa-by-hand']

/** Those in whose multiples the others are told: they run beside every group. */
export const BASES: readonly VariantName[] = ['raw', 'express-direct', 'express-http-errors']

/** What is compared, and so measured in the same minutes. */
const GROUPS: readonly (readonly VariantName[])[] = [
  ['raw-again', 'raw-throw', 'bizerror', 'bizerror-after'],
  ['express-floor', 'express-floor-after', 'express', 'express-whole', 'express-stacks'],
  ['koa-floor', 'koa', 'koa-by-hand', 'koa-i18next'],
  ['express-limited', 'express-cors', 'express-helmet', 'express-params'],
  ['express-nested', 'express-composite', 'express-two-level', 'express-problem'],
  ['express-by-hand', 'express-boom', 'express-default'],
  ['koa-success-bare', 'koa-success'],
  ['koa-whole', 'koa-limited'],
  ['fastify-floor', 'fastify-plain', 'fastify', 'fastify-i18next'],
  ['hono-floor', 'hono-plain', 'hono', 'hono-i18next'],
  ['nest-floor', 'nest-plain', 'nest', 'nest-i18n'],
  ['nest-fastify-floor', 'nest-fastify-plain', 'nest-fastify', 'nest-fastify-i18n'],
  ['web-floor', 'web-plain', 'web'],
]

/** The runs of a variant: under the usual load, and for some under others (`express~hostile`). */
function runsOf(name: VariantName): readonly Run[] {
  const variant = VARIANTS[name]
  const usual: Run = { name, variant, load: USUAL }
  if (!UNDER_ALL_LANGUAGES.includes(name)) return [usual]
  return [usual].concat(
    Object.entries(LANGUAGES).map(([language, load]) => ({ name: `${name}~${language}`, variant, load })),
  )
}

/** All runs of the full benchmark, in groups. */
export const RUNS: readonly (readonly Run[])[] = GROUPS.map((names) => BASES.concat(names).flatMap(runsOf))

/** What a run must be by another run. */
interface Goal {
  readonly title: string
  readonly run: string
  readonly by: string
  /** By requests per second, at least; or by the server's CPU time per request, at most. */
  readonly figure: 'perSecond' | 'cpu'
  readonly wanted: number
  /** From Node 24 on, where Express is no longer slowed down by `setPrototypeOf`. */
  readonly wantedFrom24?: number
}

const GOALS: readonly Goal[] = [
  {
    title: 'a localized throw on Express by its plain English `res.status(409).json()`',
    run: 'express',
    by: 'express-direct',
    figure: 'perSecond',
    wanted: 1,
    wantedFrom24: 1.35,
  },
  {
    title: 'by http-errors + i18next-http-middleware',
    run: 'express',
    by: 'express-http-errors',
    figure: 'perSecond',
    wanted: 4.2,
    wantedFrom24: 6.5,
  },
  { title: 'Koa by hand-written Koa', run: 'koa', by: 'koa-by-hand', figure: 'perSecond', wanted: 1.5 },
  { title: 'Koa by `ctx.throw` + i18next', run: 'koa', by: 'koa-i18next', figure: 'perSecond', wanted: 8 },
  {
    title: "share of Express's own floor",
    run: 'express',
    by: 'express-floor',
    figure: 'perSecond',
    wanted: 0.85,
  },
  { title: "share of Koa's own floor", run: 'koa', by: 'koa-floor', figure: 'perSecond', wanted: 0.85 },
  {
    title: 'no framework: the whole job by a constant answer',
    run: 'bizerror',
    by: 'raw',
    figure: 'perSecond',
    wanted: 0.9,
  },
  {
    title: 'stacks kept, by `res.status(409).json()`',
    run: 'express-stacks',
    by: 'express-direct',
    figure: 'perSecond',
    wanted: 0.93,
    wantedFrom24: 1,
  },
  least('Fastify', 'fastify', ['fastify-plain', 1.1]),
  by('Fastify by @fastify/error + i18next-http-middleware', 'fastify', 'fastify-i18next'),
  least('Hono', 'hono', ['hono-floor', 1.35]),
  by('Hono by `HTTPException` + hono/language + i18next', 'hono', 'hono-i18next'),
  least('Nest on Express', 'nest', ['nest-plain', 1.1]),
  by('Nest on Express by `HttpException` + nestjs-i18n', 'nest', 'nest-i18n'),
  least('Nest on Fastify', 'nest-fastify', ['nest-fastify-plain', 1.1]),
  by('Nest on Fastify by `HttpException` + nestjs-i18n', 'nest-fastify', 'nest-fastify-i18n'),
  least('a function of a `Request`', 'web', ['web-floor', 1.3]),
  {
    title: 'a hostile Accept-Language of 4 KB by a usual one, CPU',
    run: 'express~hostile',
    by: 'express',
    figure: 'cpu',
    wanted: 1.25,
  },
  {
    title: 'a success on Koa by one behind a bare `try`/`catch`, CPU',
    run: 'koa-success',
    by: 'koa-success-bare',
    figure: 'cpu',
    wanted: 1.05,
  },
  {
    title: 'a thousand languages in turn by one',
    run: 'express~cycle',
    by: 'express',
    figure: 'perSecond',
    wanted: 0.9,
  },
  {
    title: 'never the same language twice by one',
    run: 'express~unique',
    by: 'express',
    figure: 'perSecond',
    wanted: 0.9,
  },
]

/** At most so many times the CPU time of the least that a framework answers an error with. */
function least(framework: string, run: VariantName, [floor, wanted]: readonly [VariantName, number]): Goal {
  return { title: `${framework} by \`${floor}\`, CPU`, run, by: floor, figure: 'cpu', wanted }
}

/** Twice as fast as what users write today. */
function by(title: string, run: VariantName, today: VariantName): Goal {
  return { title, run, by: today, figure: 'perSecond', wanted: 2 }
}

/** The runs that the goals and the noise need. */
export const GOAL_RUNS: readonly (readonly Run[])[] = RUNS.map((group) => {
  const pairs = GOALS.filter(({ run, by }) =>
    [run, by].every((name) => group.some((other) => other.name === name)),
  )
  return group.filter(
    ({ name }) => name === 'raw-again' || pairs.some(({ run, by }) => run === name || by === name),
  )
}).filter((group) => group.length > 0)

export interface GoalResult {
  readonly title: string
  readonly wanted: string
  readonly measured: Spread
  /** The same by CPU time, which a busy machine changes less. */
  readonly byCpu?: Spread
  readonly met: boolean
}

/** Holds what was measured against the goals whose runs are there. */
export function judge({ groups, node }: Measured): readonly GoalResult[] {
  const from24 = Number.parseInt(node.slice(1), 10) >= 24
  return GOALS.flatMap(({ title, run, by, figure, wanted, wantedFrom24 = wanted }) => {
    const group = groups.find((runs) => runs.has(run) && runs.has(by))
    if (group === undefined) return []
    const ours = group.get(run)!
    const theirs = group.get(by)!
    if (figure === 'cpu') return [goalResult(title, wanted, ratios(cpuOf(ours), cpuOf(theirs)), true)]
    const result = goalResult(title, from24 ? wantedFrom24 : wanted, ratios(rateOf(ours), rateOf(theirs)))
    return [{ ...result, byCpu: ratios(cpuOf(theirs), cpuOf(ours)) }]
  })
}

export function goalResult(title: string, wanted: number, measured: Spread, atMost = false): GoalResult {
  return {
    title,
    wanted: `${atMost ? '≤' : '≥'} ${wanted}`,
    measured,
    met: atMost ? measured.median <= wanted : measured.median >= wanted,
  }
}
