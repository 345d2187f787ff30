// `npm run bench:import`: what a start pays for an import, beside that of Express. Each is imported by a process of its
// own, one after the other, in many rounds. Other load lengthens times and leaves the CPU time of the best round alone.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SingleBar, Presets } from 'cli-progress'
import { table } from './report.ts'
import { build } from './server.ts'
import { spread } from './stats.ts'

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    rounds: { type: 'string', default: '30' },
  },
})

interface Imported {
  readonly title: string
  /** What is run and timed. */
  readonly code: string
}

const BASE: Imported = { title: '`express`', code: "await import('express')" }
const COMPARED: readonly Imported[] = [
  BASE,
  { title: '`koa`', code: "await import('koa')" },
  { title: '`i18next`', code: "await import('i18next')" },
  { title: '**`bizerror`**', code: "await import('#bizerror')" },
  { title: 'the same by `require`', code: "require('./dist/cjs/index.cjs')" },
  {
    title: 'and `errorHandler()` made',
    code: "const { errorHandler } = await import('#bizerror'); errorHandler()",
  },
  { title: '**`bizerror/koa`**', code: "await import('#bizerror/koa')" },
  { title: '**`bizerror/rate-limit`**', code: "await import('#bizerror/rate-limit')" },
  { title: '**`bizerror/catalog`**', code: "await import('#bizerror/catalog')" },
]

/** Milliseconds of one import. */
interface Cost {
  readonly time: number
  readonly cpu: number
}

function measure({ title, code }: Imported): Cost {
  // The file does not exist: it says where the imports are looked for.
  const script = `
    const { createRequire } = await import('node:module')
    const require = createRequire(process.cwd() + '/import.js')
    const cpu = process.cpuUsage()
    const start = performance.now();
    ${code}
    const time = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    console.log(JSON.stringify({ time, cpu: (user + system) / 1000 }))`
  const { status, stdout, stderr } = spawnSync(values.node, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  if (status !== 0) throw new Error(`${title} was not imported:\n${stderr}`)
  return JSON.parse(stdout) as Cost
}

await build()
const rounds = Number(values.rounds)
const costs = new Map(COMPARED.map((imported) => [imported, [] as Cost[]]))
const bar = new SingleBar(
  { format: '{bar} {value}/{total} {title}', stream: process.stderr },
  Presets.shades_classic,
)
bar.start(rounds * COMPARED.length, 0, { title: '' })
for (let round = 0; round < rounds; round++) {
  for (const imported of COMPARED) {
    costs.get(imported)!.push(measure(imported))
    bar.increment({ title: imported.title })
  }
}
bar.stop()

const { stdout: version } = spawnSync(values.node, ['--version'], { encoding: 'utf8' })
const base = costs.get(BASE)!
const least = (measured: readonly Cost[], of: keyof Cost): number =>
  spread(measured.map((cost) => cost[of])).min
const rows = [...costs].map(([{ title }, measured]) => [
  title,
  least(measured, 'time').toFixed(1),
  least(measured, 'cpu').toFixed(1),
  (least(measured, 'cpu') / least(base, 'cpu')).toFixed(2),
])
console.log(table([`Node ${version.trim().slice(1)}`, 'ms', 'CPU ms', '× Express'], rows))
