import { AssertionError } from 'node:assert'
import { inspect } from 'node:util'
import type { StoreDecision, Limits, Standing } from '../../rate-limit/stores/store.ts'

/** Both ends are right, too. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What a decision has to be. What is left out may be anything. */
export interface Expected {
  readonly allowed?: boolean
  readonly violated?: readonly number[]
  readonly retryAfter?: number | Range
  /** By limit: undefined for one that has no standing. */
  readonly remaining?: readonly (number | undefined)[]
  readonly resetAfter?: readonly (number | Range | undefined)[]
}

type Part = keyof Expected

/** A call of `consume` or `peek`. */
export interface Call {
  readonly method: 'consume' | 'peek'
  readonly key: string
  readonly cost: number
  readonly limits: Limits | undefined
}

/** What a store said to one call. It decided between the two times, which are of our own clock, in seconds. */
export class Said {
  readonly call: Call
  readonly decision: StoreDecision
  readonly sent: number
  readonly answered: number

  constructor(call: Call, decision: StoreDecision, sent: number, answered: number) {
    this.call = call
    this.decision = decision
    this.sent = sent
    this.answered = answered
  }

  /**
   * @param rule - why it has to be so, as a sentence
   * @throws AssertionError - when it is not
   */
  mustBe(rule: string, expected: Expected): void {
    for (const part of Object.keys(expected) as Part[]) {
      const said = partOf(this.decision, part)
      if (fits(said, expected[part])) continue
      const { method, key, cost, limits } = this.call
      throw new AssertionError({
        message: [
          rule,
          `Expected: ${part} ${tell(expected[part])}`,
          `The store said: ${part} ${show(said)}`,
          `To: ${showCall(method, key, cost, limits)}`,
          `In full: ${show(this.decision)}`,
        ].join('\n'),
        actual: said,
        expected: expected[part],
        operator: 'mustBe',
      })
    }
  }
}

export function failure(rule: string, expected: string, did: string): AssertionError {
  return new AssertionError({ message: `${rule}\nExpected: ${expected}\nThe store ${did}` })
}

export function showCall(method: string, ...args: readonly unknown[]): string {
  return `${method}(${args
    .filter((arg) => arg !== undefined)
    .map(show)
    .join(', ')})`
}

export function show(value: unknown): string {
  return inspect(value, { breakLength: Infinity })
}

/** A store may say anything. */
function partOf(decision: StoreDecision | undefined, part: Part): unknown {
  if (part !== 'remaining' && part !== 'resetAfter') return decision?.[part]
  const standings: unknown = decision?.standings
  if (!Array.isArray(standings)) return standings
  return standings.map((standing: Standing | undefined) => standing?.[part])
}

/** Lists are compared one by one, and a number may have to be in a range. */
function fits(said: unknown, expected: unknown): boolean {
  if (isRange(expected)) return typeof said === 'number' && said >= expected.from && said <= expected.to
  if (!Array.isArray(expected)) return said === expected
  if (!Array.isArray(said) || said.length !== expected.length) return false
  return expected.every((one, index) => fits(said[index], one))
}

function isRange(expected: unknown): expected is Range {
  return typeof expected === 'object' && expected !== null && 'from' in expected
}

function tell(expected: unknown): string {
  if (isRange(expected)) return `from ${expected.from} to ${expected.to}`
  return Array.isArray(expected) ? `[ ${expected.map(tell).join(', ')} ]` : show(expected)
}
