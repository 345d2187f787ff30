import { load, type Load } from './client.ts'
import { checkAnswers } from './expected.ts'
import { startServer, type Server } from './server.ts'
import { showProgress } from '../support/progress.ts'
import type { Variant } from './variants.ts'

/** A variant under a load. */
export interface Run {
  readonly name: string
  readonly variant: Variant
  readonly load: Load
}

/** What one round of a run came to. */
export interface Round {
  readonly perSecond: number
  /** User and system time of the server's process, in microseconds per request. */
  readonly cpu: number
}

export function cpuOf(rounds: readonly Round[]): readonly number[] {
  return rounds.map(({ cpu }) => cpu)
}

export function rateOf(rounds: readonly Round[]): readonly number[] {
  return rounds.map(({ perSecond }) => perSecond)
}

export interface Settings {
  readonly rounds: number
  /** Length of a round, in whole seconds. */
  readonly seconds: number
  /** The longest that one server is warmed up for, in seconds. */
  readonly warmUp: number
  /** The binary that runs the servers. */
  readonly node: string
}

export interface Measured {
  /** The version that ran the servers. */
  readonly node: string
  /** The rounds of each run by its name, for one group after the other. */
  readonly groups: readonly ReadonlyMap<string, readonly Round[]>[]
}

// V8 needs about so many requests before it has compiled what is hot.
const WARM_REQUESTS = 15_000
const STEADY = 0.05

/** What browsers send. */
export const USUAL: Load = { language: { fixed: 'de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7' } }

/**
 * Measures runs in rounds, one group after the other. The servers of a group are up at once, one at a time is under
 * load, and each round begins with another. Every server is checked for the right answers before, and under load for a
 * second before its turn.
 *
 * @param groups - small ones: a server that nobody asked for a minute is slower for many seconds
 */
export async function measure(groups: readonly (readonly Run[])[], settings: Settings): Promise<Measured> {
  const measured: ReadonlyMap<string, readonly Round[]>[] = []
  let node = ''
  const progress = showProgress(groups.length * settings.rounds, 'rounds')
  let done = 0
  const told = (): void => progress.update(++done)
  for (const runs of groups) {
    const servers = new Map<Variant, Server>()
    try {
      for (const { variant } of runs) {
        if (servers.has(variant)) continue
        const server = await startServer(variant, settings.node)
        servers.set(variant, server)
        node = server.node
        await check(variant, server)
        await warmUp(server, settings.warmUp)
      }
      measured.push(await measureGroup(runs, servers, settings, told))
    } finally {
      for (const server of servers.values()) server.stop()
    }
  }
  progress.stop()
  return { node, groups: measured }
}

async function measureGroup(
  runs: readonly Run[],
  servers: ReadonlyMap<Variant, Server>,
  settings: Settings,
  told: () => void,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  const rounds = new Map<string, Round[]>(runs.map(({ name }) => [name, []]))
  for (let round = 0; round < settings.rounds; round++) {
    let last: Variant | undefined
    for (const { name, variant, load: traffic } of rotated(runs, round)) {
      const server = servers.get(variant)!
      if (variant !== last) await load(server.port, USUAL, 1)
      rounds.get(name)!.push(await measureOnce(server, traffic, settings.seconds))
      last = variant
    }
    told()
  }
  return rounds
}

async function check({ title, expected }: Variant, { port }: Server): Promise<void> {
  try {
    await checkAnswers(port, expected)
  } catch (error) {
    throw new Error(`Wrong answer of: ${title}`, { cause: error })
  }
}

async function warmUp({ port }: Server, maxSeconds: number): Promise<void> {
  let requests = 0
  let before = 0
  for (let second = 0; second < maxSeconds; second++) {
    const now = await load(port, USUAL, 1)
    requests += now.requests
    const gain = now.requests / before - 1
    if (requests >= WARM_REQUESTS && gain < STEADY) return
    before = now.requests
  }
}

async function measureOnce(server: Server, traffic: Load, seconds: number): Promise<Round> {
  const before = await server.ask('cpu')
  const result = await load(server.port, traffic, seconds)
  const after = await server.ask('cpu')
  return {
    perSecond: result.requests / result.seconds,
    cpu: (after.user + after.system - before.user - before.system) / result.requests,
  }
}

/** Each round begins a third further on. */
function rotated<TItem>(items: readonly TItem[], round: number): readonly TItem[] {
  const start = (round * Math.ceil(items.length / 3)) % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
