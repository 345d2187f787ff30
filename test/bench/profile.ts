// `npm run bench:profile -- express`: where a request's time goes, by package.
import { parseArgs } from 'node:util'
import type { Profiler } from 'node:inspector'
import { load } from './client.ts'
import { checkAnswers } from './expected.ts'
import { table } from './report.ts'
import { USUAL } from './rounds.ts'
import { build, startServer } from './server.ts'
import { VARIANTS, variantName, type Variant } from './variants.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '5' },
    node: { type: 'string', default: process.execPath },
    functions: { type: 'string', default: '30' },
  },
})
const variant: Variant = VARIANTS[variantName(positionals[0] ?? 'express')]

await build()
const server = await startServer(variant, values.node)
await checkAnswers(server.port, variant.expected)
await load(server.port, USUAL, Number(values['warm-up']))
await server.ask('profile')
const { requests } = await load(server.port, USUAL, Number(values.seconds))
const profile = await server.ask('profiled')
server.stop()

/** Time by what `groupOf` says of a function, in microseconds per request, longest first. */
function selfTimes(groupOf: (node: Profiler.ProfileNode) => string): readonly (readonly [string, number])[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const times = new Map<string, number>()
  for (const [index, id] of profile.samples!.entries()) {
    const group = groupOf(nodes.get(id)!)
    times.set(group, (times.get(group) ?? 0) + profile.timeDeltas![index]!)
  }
  times.delete('(idle)')
  return [...times].map(([group, time]) => [group, time / requests] as const).sort(([, a], [, b]) => b - a)
}

function packageOf({ callFrame: { url, functionName } }: Profiler.ProfileNode): string {
  const [, installed] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  if (installed !== undefined) return installed
  if (url.includes('/bench/dist/')) return 'bizerror'
  if (url.includes('/bench/')) return 'the app'
  return url === '' ? functionName || '(native)' : url
}

function functionOf(node: Profiler.ProfileNode): string {
  const { functionName, url, lineNumber } = node.callFrame
  const file = url.split('/').at(-1)!
  return url === '' ? packageOf(node) : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}

const rows = (times: readonly (readonly [string, number])[], shown: number): readonly (readonly string[])[] =>
  times.slice(0, shown).map(([group, time]) => [group, time.toFixed(2)])

const byPackage = selfTimes(packageOf)
const total = byPackage.reduce((sum, [, time]) => sum + time, 0)
console.log(`${variant.title}, Node ${server.node}: ${total.toFixed(1)} µs per request while profiled\n`)
console.log(`${table(['package', 'µs per request'], rows(byPackage, 25))}\n`)
console.log(table(['function', 'µs per request'], rows(selfTimes(functionOf), Number(values.functions))))
const own = selfTimes((node) => (packageOf(node) === 'bizerror' ? functionOf(node) : ''))
console.log(
  `\n${table(
    ['function of bizerror', 'µs per request'],
    rows(
      own.filter(([key]) => key !== ''),
      30,
    ),
  )}`,
)
