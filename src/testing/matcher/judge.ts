import { differencesOf } from './differences.ts'
import { demandOf, type Demand } from './expected.ts'
import { failureText, unwantedText, type Colors } from './failure-text.ts'
import { SetupError } from '../../guard/setup-error.ts'
import { isMistaken, receive, type Received } from './received.ts'

/** Whether something is the error that a test expects, and what to say where that is wrong. */
export interface Verdict {
  readonly pass: boolean
  /** How the code was written: `errors.SOLD_OUT`, `10002`. */
  readonly name: string
  /** Whether it is a mistake of the test, which only looks as if it were not the error. */
  readonly isMistaken: boolean
  /** Why it is not, or if `pass`, that it is. */
  readonly text: (colors: Colors) => string
}

/**
 * Compares a subject with what a test expects. A promise where the body of an answer has to be waited for.
 *
 * @throws SetupError - for what cannot be compared, whether or not it should be the error
 */
export function judge(
  caller: string,
  subject: unknown,
  error: unknown,
  expected: unknown,
): Verdict | Promise<Verdict> {
  const demand = demandOf(caller, error, expected)
  const received = receive(subject, demand)
  return received instanceof Promise
    ? received.then((read) => verdictOn(demand, read))
    : verdictOn(demand, received)
}

function verdictOn(demand: Demand, received: Received): Verdict {
  const differences = differencesOf(demand, received)
  const pass = differences.length === 0
  return {
    pass,
    name: demand.name,
    isMistaken: isMistaken(received),
    text: (colors) =>
      pass ? unwantedText(demand, received, colors) : failureText(demand, received, differences, colors),
  }
}

/** A verdict that is needed at once. */
export function judgeNow(caller: string, subject: unknown, error: unknown, expected: unknown): Verdict {
  const verdict = judge(caller, subject, error, expected)
  if (!(verdict instanceof Promise)) return verdict
  throw new SetupError(
    `${caller} cannot wait for the body of a Response. Compare the Response itself: await expect(response).toBeBizError(…), or await assertBizError(response, …).`,
  )
}
