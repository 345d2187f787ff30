// `npm run fuzz`: the cases of fuzz.test.ts, many more of them, and streams. FUZZ_SEED and FUZZ_RUNS choose others.
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { koas } from '../support/frameworks.ts'
import { showProgress } from '../support/progress.ts'
import { createHttp2Fuzzer } from './fuzz-http2.ts'
import { checkStream, streams } from './fuzz-streams.ts'
import { cases, createFuzzer, seed } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: process.env['FUZZ_RUNS'] ?? '200000' },
    minutes: { type: 'string', default: '40' },
  },
})
type Attempt = typeof attempts extends fc.Arbitrary<infer T> ? T : never

const numRuns = Number(values.runs)
const limit = Number(values.minutes) * 60_000

const started = performance.now()
const [http1, http2] = await Promise.all([createFuzzer(), createHttp2Fuzzer()])

/** What is tried, and how often beside the others: a stream takes two servers of its own. */
const attempts = fc.oneof(
  { weight: 90, arbitrary: cases.map((generated) => ({ over: 'HTTP/1' as const, generated })) },
  { weight: 8, arbitrary: cases.map((generated) => ({ over: 'HTTP/2' as const, generated })) },
  {
    weight: 2,
    arbitrary: fc.record({
      over: fc.constant('a Koa body' as const),
      generated: streams,
      version: fc.integer({ min: 0, max: koas.length - 1 }),
    }),
  },
)

function run(attempt: Attempt): Promise<void> {
  if (attempt.over === 'a Koa body') return checkStream(koas[attempt.version]![1], attempt.generated)
  return (attempt.over === 'HTTP/1' ? http1 : http2).run(attempt.generated)
}

let done = 0
let latest: unknown

function show(): void {
  const seconds = (performance.now() - started) / 1_000
  process.stdout.write(
    `${done} of ${numRuns} cases, ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(0)}/s\n`,
  )
}

/** G1: nothing may end up here. */
function died(error: unknown): never {
  console.error(`G1: the process would have died with FUZZ_SEED=${seed} at or before case ${done}:`)
  console.error(fc.stringify(latest), error)
  process.exit(1)
}
process.on('uncaughtException', died)
process.on('unhandledRejection', died)

const progress = showProgress(numRuns, 'cases')
const telling = process.stderr.isTTY ? undefined : setInterval(show, 10_000)
const details = await fc.check(
  fc.asyncProperty(attempts, async (attempt) => {
    latest = attempt
    await run(attempt)
    progress.update(++done)
  }),
  { seed, numRuns, interruptAfterTimeLimit: limit, markInterruptAsFailure: true },
)
clearInterval(telling)
progress.stop()
http1.close()
http2.close()
show()
if (details.failed) console.error(fc.defaultReportMessage(details), details.errorInstance)
process.exitCode = details.failed ? 1 : 0
