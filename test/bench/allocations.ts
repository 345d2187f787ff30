import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What one error of a kind allocates, or a code holds: the median of some batches, and their range. */
export interface Allocations {
  readonly title: string
  readonly bytes: number
  readonly min: number
  readonly max: number
}

const SCRIPT = fileURLToPath(new URL('allocations.js', import.meta.url))
const BUILT = [fileURLToPath(new URL('dist/parts', import.meta.url)), 'js']
const SOURCE = [fileURLToPath(new URL('../../src', import.meta.url)), 'ts']

// Of megabytes: nothing may be collected while it is counted.
const YOUNG = 128
const FLAGS = ['--expose-gc', `--min-semi-space-size=${YOUNG}`, `--max-semi-space-size=${YOUNG}`]

/** What the build allocates under a Node. */
export function measureAllocations(node: string): readonly Allocations[] {
  return count(node, [...FLAGS, SCRIPT, ...BUILT])
}

/** What the source allocates under this Node, without a build. */
export function measureSource(): readonly Allocations[] {
  return count(process.execPath, [...FLAGS, '--import', 'tsx', SCRIPT, ...SOURCE])
}

function count(node: string, args: readonly string[]): readonly Allocations[] {
  const { status, stdout, stderr } = spawnSync(node, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`Allocations were not counted:\n${stderr}`)
  return JSON.parse(stdout) as readonly Allocations[]
}
