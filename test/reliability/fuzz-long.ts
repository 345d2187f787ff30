// `npm run fuzz`: the cases of fuzz.test.ts, many more of them. FUZZ_SEED and FUZZ_RUNS choose others.
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { cases, createFuzzer, seed } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: process.env['FUZZ_RUNS'] ?? '200000' },
    minutes: { type: 'string', default: '20' },
  },
})
const numRuns = Number(values.runs)
const limit = Number(values.minutes) * 60_000

const started = performance.now()
const fuzzer = await createFuzzer()
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

const progress = setInterval(show, 10_000)
const details = await fc.check(
  fc.asyncProperty(cases, async (generated) => {
    latest = generated
    await fuzzer.run(generated)
    done++
  }),
  { seed, numRuns, interruptAfterTimeLimit: limit, markInterruptAsFailure: true },
)
clearInterval(progress)
fuzzer.close()
show()
if (details.failed) console.error(fc.defaultReportMessage(details), details.errorInstance)
process.exitCode = details.failed ? 1 : 0
