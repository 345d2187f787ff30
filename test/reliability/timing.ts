/**
 * Prints how long a 401 takes by cause: what a client could time. Medians over 2,000 requests for each cause, the
 * causes in turn, over one connection; `off` is how far a median is from the median of them all. Once with errors
 * that were made before the request, which is our part alone, and once with errors made in it: a stack, a second
 * error as cause and headers cost the app some microseconds each.
 */
import { Agent, request, type RequestListener } from 'node:http'
import type { HandlerOptions } from '../../src/handler/options.ts'
import { frameworks, listen, type Route } from '../support/frameworks.ts'
import { showProgress } from '../support/progress.ts'
import { CAUSES, login, SAME_CODE_CAUSES } from './login.ts'

const REQUESTS = 2_000
const WARM_UP = 300

type Causes = Readonly<Record<string, () => unknown>>

function throwing(causes: Causes): Route {
  const makers = Object.values(causes)
  return (incoming) => {
    throw makers[Number(incoming.url!.split('?')[1])]!()
  }
}

function ask(port: number, agent: Agent, index: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    request(
      { port, agent, path: `/?${index}`, headers: { 'Accept-Language': 'de', 'X-Request-ID': 't-1' } },
      (response) => response.resume().on('end', () => resolve(performance.now() - started)),
    )
      .on('error', reject)
      .end()
  })
}

/** Milliseconds of every request, by cause. */
async function measure(listener: RequestListener, causes: number): Promise<readonly (readonly number[])[]> {
  const { port, server } = await listen(listener)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times = Array.from({ length: causes }, (): number[] => [])
  for (let round = -WARM_UP; round < REQUESTS; round++) {
    // Another cause begins each round, so that none always follows the same one.
    for (let turn = 0; turn < causes; turn++) {
      const index = (turn + round + WARM_UP) % causes
      // One at a time: what is measured is one request.
      // oxlint-disable-next-line no-await-in-loop
      const milliseconds = await ask(port, agent, index)
      if (round >= 0) times[index]!.push(milliseconds)
    }
  }
  agent.destroy()
  server.close()
  return times
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

const tables: readonly (readonly [title: string, options: HandlerOptions, causes: Causes])[] = [
  ['four codes, concealed', { conceal: { 401: 401 } }, CAUSES.codes],
  ['four codes and what a throw adds, concealed', { conceal: { 401: 401 } }, CAUSES.adorned],
  ['causes of one code, nothing concealed', {}, SAME_CODE_CAUSES],
  ['foreign errors, nothing concealed', {}, CAUSES.foreign],
]

function madeAhead(causes: Causes): Causes {
  return Object.fromEntries(
    Object.entries(causes).map(([name, make]) => {
      const error = make()
      return [name, () => error]
    }),
  )
}

/** Microseconds and percent for each cause. */
async function columns(listener: RequestListener, causes: Causes, suffix: string) {
  const medians = (await measure(listener, Object.keys(causes).length)).map(median)
  const middle = median(medians)
  return medians.map((milliseconds) => ({
    [`µs, ${suffix}`]: Number((milliseconds * 1000).toFixed(1)),
    [`off %, ${suffix}`]: Number(((milliseconds / middle - 1) * 100).toFixed(1)),
  }))
}

const progress = showProgress(tables.length * frameworks.length, 'tables')
let shown = 0
for (const [title, options, causes] of tables) {
  for (const { name, listener } of frameworks) {
    const app = (made: Causes): RequestListener =>
      listener({
        options: { catalog: login, logger: { error: () => {} }, ...options },
        routes: { '/': throwing(made) },
      })
    const ahead = madeAhead(causes)
    // oxlint-disable-next-line no-await-in-loop
    const ours = await columns(app(ahead), ahead, 'made before')
    // oxlint-disable-next-line no-await-in-loop
    const whole = await columns(app(causes), causes, 'made in the request')
    progress.clear()
    console.log(`\n${title}, ${name}`)
    console.table(
      Object.fromEntries(
        Object.keys(causes).map((cause, index) => [cause, { ...ours[index], ...whole[index] }]),
      ),
    )
    progress.update(++shown)
  }
}
progress.stop()
