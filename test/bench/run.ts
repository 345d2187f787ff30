// `npm run bench` and `npm run bench:quick`: this package beside what people use today, and the goals.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureAllocations } from './allocations.ts'
import { isPinned } from './cores.ts'
import { readFigures, saveFigures, withTimed } from './figures.ts'
import { GOAL_RUNS, judge, RUNS } from './goals.ts'
import { goalsTable, runsTable, table } from './report.ts'
import { measure, type Run } from './rounds.ts'
import { judgeScale } from './scale.ts'
import { buildParts } from './server.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string', default: '1' },
    'warm-up': { type: 'string' },
    only: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    json: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
})

const { quick, node } = values
const settings = {
  rounds: Number(values.rounds ?? (quick ? 2 : 15)),
  seconds: Number(values.seconds),
  warmUp: Number(values['warm-up'] ?? (quick ? 4 : 20)),
  node,
}

/** @param names - runs, or variants with all their runs, separated by commas */
function chosen(names: string): readonly Run[] {
  const all = new Map(RUNS.flat().map((run) => [run.name, run]))
  return names.split(',').flatMap((name) => {
    const found = [...all.values()].filter((run) => run.name === name || run.name.startsWith(`${name}~`))
    if (found.length === 0) throw new Error(`No run is called ${name}: ${[...all.keys()].join(', ')}`)
    return found
  })
}

const runs = values.only === undefined ? (quick ? GOAL_RUNS : RUNS) : [chosen(values.only)]

await buildParts()
if (!isPinned)
  console.log('Server and client share their cores: read no more than orders of magnitude from this.\n')
const measured = await measure(runs, settings)
const whole = !quick && values.only === undefined
const goals = [...judge(measured), ...(whole ? judgeScale(node) : [])]
const allocations = measureAllocations(node)

console.log(runsTable(runs, measured))
console.log(`\n${goalsTable(goals)}\n`)
console.log(
  table(
    ['allocated for', 'bytes'],
    allocations.map(({ title, bytes }) => [title, bytes.toString()]),
  ),
)
if (values.save) await saveFigures(withTimed(readFigures(), measured))
if (values.json !== undefined) {
  const result = {
    ...settings,
    node: measured.node,
    groups: measured.groups.map((runs) => Object.fromEntries(runs)),
    goals,
    allocations,
  }
  writeFileSync(values.json, JSON.stringify(result, undefined, 2))
}
