import { describe } from 'vitest'
import { say } from '../../../support/printed.ts'

/** As `describe`, where nothing is in the way. Else the tests are skipped, and say so. */
export function describeUnless(problem: string | undefined, title: string, body: () => void): void {
  if (problem === undefined) {
    describe(title, body)
    return
  }
  say(`DID NOT RUN: ${title}. ${problem}.`)
  describe.skip(`${title} (did not run: ${problem})`, body)
}
