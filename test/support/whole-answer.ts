import { expect, test } from 'vitest'
import { can, frameworks, type Framework } from './frameworks.ts'
import { expectGuarantees, run, type Outcome, type Probe } from './guarantees.ts'
import { lowerCased, sentHeaders } from './standard-answer.ts'

/** An answer with every header that it has; `null` takes a standard one away. */
export interface WholeAnswer {
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string | null>>
  /** Looks at what the answer does not show. */
  readonly also?: (outcome: Outcome) => void
}

/** Header lines as a record, for comparison as a whole: names in lower case, values that stand twice joined. */
export function record(headers: Outcome['headers']): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.join(' | ')]))
}

/** Runs a probe on every framework, or on some: guarantees hold, and the answer is this one, with no header more or less. */
export function answers(
  title: string,
  probe: Probe,
  expected: WholeAnswer,
  on: readonly Framework[] = frameworks,
): void {
  test(title, async () => {
    const able = on.filter(({ name }) => can(name, probe.needs))
    const outcomes = await Promise.all(able.map((framework) => run(framework, probe)))
    const headers = Object.entries({
      ...lowerCased(sentHeaders(expected.body)),
      ...lowerCased(expected.headers ?? {}),
    })
    for (const outcome of outcomes) {
      expectGuarantees(outcome, probe)
      expect({
        framework: outcome.framework,
        status: outcome.status,
        headers: record(outcome.headers),
        body: outcome.body,
      }).toEqual({
        framework: outcome.framework,
        status: expected.status,
        headers: Object.fromEntries(headers.filter(([, value]) => value !== null)),
        body: probe.request?.method === 'HEAD' ? '' : JSON.stringify(expected.body),
      })
      expect(outcome.raw, `G12: ${outcome.framework} as ${outcomes[0]!.framework}`).toBe(outcomes[0]!.raw)
      expected.also?.(outcome)
    }
  })
}
