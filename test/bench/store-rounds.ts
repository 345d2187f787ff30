/**
 * Compares what asks a store. Rounds are interleaved, so that a slow moment of the machine meets all; ratios are the
 * medians of the rounds' ratios, by the first one of a group.
 */

const REQUESTS = 4_000
const KEYS = 1_000
const IN_FLIGHT = [1, 32, 256]

export type Ask = (key: string) => Promise<unknown>

interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** Microseconds per request. */
async function measure(ask: Ask, inFlight: number): Promise<Cost> {
  let sent = 0
  const worker = async (): Promise<void> => {
    while (sent < REQUESTS) await ask(`client-${sent++ % KEYS}`)
  }
  const cpu = process.cpuUsage()
  const started = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const wall = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (wall * 1000) / REQUESTS, cpu: (user + system) / REQUESTS }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** Prints a table of microseconds per request, of the clock and of this process' CPU. */
export async function printCosts(
  groups: Readonly<Record<string, Readonly<Record<string, Ask>>>>,
  rounds: number,
): Promise<void> {
  console.log('| client | in flight | what | µs per request | CPU µs | × bare, time | × bare, CPU |')
  console.log('| --- | ---: | --- | ---: | ---: | ---: | ---: |')
  for (const [client, asks] of Object.entries(groups)) {
    for (const inFlight of IN_FLIGHT) {
      const costs = Object.values(asks).map((): Cost[] => [])
      for (let round = -2; round < rounds; round++) {
        for (let turn = 0; turn < costs.length; turn++) {
          // Another one begins each round.
          const index = (turn + round + 2) % costs.length
          const cost = await measure(Object.values(asks)[index]!, inFlight)
          if (round >= 0) costs[index]!.push(cost)
        }
      }
      const ratio = (index: number, part: keyof Cost): string =>
        median(costs[index]!.map((cost, round) => cost[part] / costs[0]![round]![part])).toFixed(2)
      for (const [index, what] of Object.keys(asks).entries()) {
        const [wall, cpu] = [costs[index]!.map((cost) => cost.wall), costs[index]!.map((cost) => cost.cpu)]
        console.log(
          `| ${client} | ${inFlight} | ${what} | ${median(wall).toFixed(1)} | ${median(cpu).toFixed(1)} | ${ratio(index, 'wall')} | ${ratio(index, 'cpu')} |`,
        )
      }
    }
  }
}
