import type { GoalResult } from './goals.ts'
import type { Measured, Run } from './rounds.ts'
import { ratios, spread, type Spread } from './stats.ts'

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const BY = ['raw', 'express-direct', 'express-http-errors'] as const

/** One line for each run: its own figures, and how many times another's its throughput is. */
export function runsTable(runs: readonly Run[], measured: Measured): string {
  const bases = BY.filter((name) => measured.runs.has(name))
  return table(
    [`Node ${measured.node}`, 'run', 'req/s', 'CPU µs', ...bases.map((name) => `× ${name}`)],
    runs.map(({ name, variant }) => {
      const rounds = measured.runs.get(name)!
      const perSecond = rounds.map((round) => round.perSecond)
      return [
        variant.title,
        name,
        Math.round(spread(perSecond).median).toString(),
        spread(rounds.map(({ cpu }) => cpu)).median.toFixed(1),
        ...bases.map((base) =>
          shown(
            ratios(
              perSecond,
              measured.runs.get(base)!.map((round) => round.perSecond),
            ),
          ),
        ),
      ]
    }),
  )
}

export function goalsTable(goals: readonly GoalResult[]): string {
  return table(
    ['goal', 'wanted', 'measured', 'by CPU time', 'met'],
    goals.map(({ title, wanted, measured, byCpu, met }) => [
      title,
      wanted,
      shown(measured),
      byCpu === undefined ? '' : shown(byCpu),
      met ? 'yes' : '**no**',
    ]),
  )
}

/** Median and range. */
export function shown({ median, min, max }: Spread): string {
  return min === max ? median.toFixed(2) : `${median.toFixed(2)} [${min.toFixed(2)}..${max.toFixed(2)}]`
}
