// `npm run bench:instructions`: what the processor executes for one request. Unlike times, it is the same on a machine
// that others keep busy. Needs valgrind.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readFigures, saveFigures, withCounted } from './figures.ts'
import { BASES } from './goals.ts'
import { table } from './report.ts'
import { build, nextMessage } from './server.ts'
import { VARIANTS, variantName, type Variant, type VariantName } from './variants.ts'

const COUNTED: readonly VariantName[] = [
  ...BASES,
  'raw-throw',
  'bizerror',
  'express-floor',
  'express-floor-after',
  'express',
  'express-stacks',
  'express-by-hand',
  'koa-floor',
  'koa',
  'koa-by-hand',
  'koa-i18next',
  'koa-success-bare',
  'koa-success',
  'fastify-floor',
  'fastify-plain',
  'fastify',
  'fastify-i18next',
  'hono-floor',
  'hono-plain',
  'hono',
  'hono-i18next',
  'nest-floor',
  'nest-plain',
  'nest',
  'nest-i18n',
  'nest-fastify-floor',
  'nest-fastify-plain',
  'nest-fastify',
  'nest-fastify-i18n',
  'web-floor',
  'web-plain',
  'web',
]

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: COUNTED.join(',') },
    node: { type: 'string', default: process.execPath },
    save: { type: 'boolean', default: false },
  },
})
const names = values.only.split(',').map(variantName)
if (spawnSync('valgrind', ['--version']).status !== 0) {
  throw new Error('valgrind was not found. Install it (Debian: apt-get install valgrind).')
}

const PROBE = fileURLToPath(new URL('instructions-probe.js', import.meta.url))
// All of V8's work in one thread, in the same order each time; a young generation (of megabytes) that lasts for a window.
const DETERMINISTIC = [
  '--single-threaded',
  '--random-seed=1',
  '--hash-seed=1',
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
]
const REQUESTS = 1_000
// Under valgrind a server warms up for minutes.
const TIMEOUT = 600_000
const WINDOWS = 12

/** Counts the instructions that a variant takes for a request: the least of some windows. */
async function count({ title, module, options = {}, environment, expected }: Variant): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'bizerror-instructions-'))
  const callgrind = [
    '--tool=callgrind',
    '--instr-atstart=no',
    '--smc-check=all-non-file',
    `--callgrind-out-file=${folder}/out`,
  ]
  const server = spawn(
    'valgrind',
    [
      ...callgrind,
      values.node,
      ...DETERMINISTIC,
      PROBE,
      module,
      JSON.stringify(options),
      `${expected.status ?? 409}`,
    ],
    {
      // valgrind tells of itself on stderr.
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...environment },
    },
  )
  try {
    const node = (await nextMessage(server, title, TIMEOUT)) as string
    control(server, '--instr=on')
    const windows: number[] = []
    // The first is for V8, which has been compiling in other circumstances.
    for (let window = 0; window <= WINDOWS; window++) {
      control(server, '--zero')
      server.send(REQUESTS)
      // One after the other, on the same server.
      // oxlint-disable-next-line no-await-in-loop
      await nextMessage(server, title, TIMEOUT)
      control(server, '--dump')
      windows.push(takeTotal(folder) / REQUESTS)
    }
    return { node, instructions: Math.min(...windows.slice(1)) }
  } finally {
    // Killed, it does not write what it counted last.
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  }
}

interface Counted {
  readonly node: string
  readonly instructions: number
}

function control({ pid }: ChildProcess, command: string): void {
  execFileSync('callgrind_control', [command, String(pid)], { stdio: 'ignore' })
}

/** The sum of what has been dumped: one file for each part. */
function takeTotal(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => {
    const path = join(folder, file)
    const [, total] = /^totals: (\d+)/m.exec(readFileSync(path, 'utf8')) ?? []
    rmSync(path)
    return sum + Number(total ?? 0)
  }, 0)
}

await build()
const counted = new Map<VariantName, Counted>()
for (const name of names) {
  // One after the other: valgrind takes much memory.
  // oxlint-disable-next-line no-await-in-loop
  counted.set(name, await count(VARIANTS[name]))
  process.stderr.write('.')
}
process.stderr.write('\n')

const bases = BASES.filter((name) => counted.has(name))
const rows = [...counted].map(([name, { instructions }]) =>
  [VARIANTS[name].title, name, Math.round(instructions).toString()].concat(
    bases.map((base) => (counted.get(base)!.instructions / instructions).toFixed(2)),
  ),
)
const node = counted.get(names[0]!)!.node
console.log(table([`Node ${node}`, 'run', 'instructions', ...bases.map((name) => `× ${name}`)], rows))
if (values.save) {
  const instructions = new Map([...counted].map(([name, { instructions }]) => [name, instructions]))
  await saveFigures(withCounted(readFigures(), node, instructions))
}
