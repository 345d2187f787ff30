import { expect, test } from 'vitest'
import { frameworks, type Framework, type Route } from '../contract/frameworks.ts'
import { expectGuarantees, run, type Expected, type Outcome, type Probe } from './guarantees.ts'

/** A route that throws one value, whatever it is. */
export function throws(value: unknown): Route {
  return () => {
    throw value
  }
}

/** As `holds`, on the frameworks given, with a closer look at each outcome: what was reported, logged, or sent as it is. */
export function holdsAnd(
  title: string,
  probe: Probe,
  expected: Expected,
  check: (outcome: Outcome) => void,
  on: readonly Framework[] = frameworks,
): void {
  test(title, async () => {
    const outcomes = await Promise.all(on.map((framework) => run(framework, probe)))
    for (const outcome of outcomes) {
      expectGuarantees(outcome, probe, expected.reports)
      expect([outcome.framework, outcome.status]).toEqual([outcome.framework, expected.status])
      if (expected.body) expect(JSON.parse(outcome.body)).toEqual(expected.body)
      for (const [name, value] of Object.entries(expected.headers ?? {})) {
        expect(outcome.headers.get(name.toLowerCase())?.join(' | ') ?? null, name).toBe(value)
      }
      expect(outcome.raw, `G12: ${outcome.framework} as ${outcomes[0]!.framework}`).toBe(outcomes[0]!.raw)
      check(outcome)
    }
  })
}
