import { BASES, type GoalResult } from './goals.ts'
import { cpuOf, rateOf, type Measured, type Run } from './rounds.ts'
import { ratios, spread, type Spread } from './stats.ts'

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** One line for each run: its own figures, and how many times another's its throughput is. */
export function runsTable(runs: readonly (readonly Run[])[], { node, groups }: Measured): string {
  const bases = BASES.filter((name) => groups.some((rounds) => rounds.has(name)))
  const told = new Set<string>()
  const rows = runs.flatMap((group, index) => {
    const rounds = groups[index]!
    const own = group.filter(({ name }) => told.size < told.add(name).size)
    return own.map(({ name, variant }) => {
      const measured = rounds.get(name)!
      return [
        variant.title,
        name,
        Math.round(spread(rateOf(measured)).median).toString(),
        spread(cpuOf(measured)).median.toFixed(1),
      ].concat(
        bases.map((base) => {
          const beside = rounds.get(base)
          return beside === undefined ? '' : shown(ratios(rateOf(measured), rateOf(beside)))
        }),
      )
    })
  })
  return table([`Node ${node}`, 'run', 'req/s', 'CPU µs', ...bases.map((name) => `× ${name}`)], rows)
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
