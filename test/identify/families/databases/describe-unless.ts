import { describe } from 'vitest'

/** As `describe`, where nothing is in the way. Else the tests are skipped, and say so. */
export function describeUnless(problem: string | undefined, title: string, body: () => void): void {
  if (problem === undefined) {
    describe(title, body)
    return
  }
  process.stderr.write(`\nDID NOT RUN: ${title}. ${problem}.\n\n`)
  describe.skip(`${title} (did not run: ${problem})`, body)
}
